"""The facts in a model's answer, as far as they can be read, whatever stands around them.

Models write reasoning before the answer, fences and prose around it, one object a line, facts in lists by their kind,
and stop in the middle. Nothing here is believed yet: what is found is a candidate, to be grounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.fact_keys import MODELS
from ingest.llm.loose_json import Value, find

Candidate = dict[str, Value]
"""One fact as the model gives it."""

FACTS: Final = "facts"
KIND: Final = "kind"
SENTENCE: Final = "sentence"

_LEVELS: Final = 4
"""How many objects may be wrapped around the facts."""

_REASONING: Final = re.compile(r"\s*<(think|thinking|reasoning|thought)>", re.IGNORECASE)
_REASONED: Final = re.compile(r"</(?:think|thinking|reasoning|thought)>", re.IGNORECASE)
_KINDS: Final = {form: kind for kind in MODELS for form in (kind, f"{kind}s", kind.replace("_", " "))} | {
    "people": "person",
    "persons": "person",
    "stances": "stance",
    "technology_uses": "technology_use",
    "technologies": "technology_use",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer holds.

    `readable` says whether there was anything like a list of facts in it, `whole` whether it was there to its end.
    """

    candidates: tuple[Candidate, ...]
    readable: bool
    whole: bool


def read(text: str) -> Answer:
    """Read an answer; never fails."""
    found = find(_without_reasoning(text))
    candidates = tuple(candidate for value in found.values for candidate in _facts(value, None, _LEVELS))
    if not found.whole:
        # Of a fact that is broken its names may be whole, and look like facts.
        candidates = tuple(candidate for candidate in candidates if SENTENCE in candidate)
    readable = bool(candidates) or any(_empty(value) for value in found.values)
    return Answer(candidates, readable, found.whole)


def kind_of(candidate: Candidate) -> str | None:
    """The kind of fact that a candidate says it is, in its proper form; None when it is none."""
    kind = candidate.get(KIND)
    return _KINDS.get(kind.strip().lower()) if isinstance(kind, str) else None


def _without_reasoning(text: str) -> str:
    """The text after the model's reasoning; nothing when it never ended."""
    closings = list(_REASONED.finditer(text))
    if _REASONING.match(text):
        return text[closings[0].end() :] if closings else ""
    if closings and re.search(r"[{\[]", text[closings[-1].end() :]):
        return text[closings[-1].end() :]
    return text


def _facts(value: Value, kind: str | None, levels: int) -> Iterator[Candidate]:
    """The facts in a value: a list of them, one alone, or wrapped in objects; `kind` is that of what holds it."""
    if isinstance(value, list):
        for item in value:
            yield from _facts(item, kind, levels)
    elif isinstance(value, dict):
        if kind is not None and KIND not in value:
            value = {KIND: kind, **value}
        if isinstance(value.get(KIND), str):
            yield value
        elif levels:
            for key, inner in value.items():
                yield from _facts(inner, _KINDS.get(key.lower()), levels - 1)


def _empty(value: Value) -> bool:
    """Whether a value says that there are no facts."""
    return value == [] or (isinstance(value, dict) and FACTS in value and not value[FACTS])

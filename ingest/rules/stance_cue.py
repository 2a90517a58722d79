"""The words that take a side, from `data/stances.tsv`: in what is said, and verbs that take an object."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ingest.facts import Stance
from ingest.language.article import Span
from ingest.rules.lexicon import rows


def stance_of(text: str, content: Iterable[Span]) -> tuple[Stance, list[Span]] | None:
    """The side that words take, with the words that show it; both sides are `mixed`. Most statements take none."""
    found: dict[Stance, Span] = {}
    for start, end in content:
        for pattern, stance in _said():
            match = pattern.search(text, start, end) if stance not in found else None
            if match is not None:
                found[stance] = match.span()
    if not found:
        return None
    if Stance.REGULATE in found:
        return Stance.REGULATE, [found[Stance.REGULATE]]
    if len(found) > 1:
        return Stance.MIXED, sorted(found.values())
    ((stance, span),) = found.items()
    return stance, [span]


@cache
def stance_verbs() -> dict[tuple[str, str], Stance]:
    """The stance of each verb's subject on its object, by the verb's lemma and its particle or preposition, or ""."""
    found = {}
    for words, cls, stance in rows("stances.tsv"):
        if cls == "verb":
            lemma, _, preposition = words.partition(" ")
            found[lemma, preposition] = Stance(stance)
    return found


@cache
def _said() -> tuple[tuple[re.Pattern[str], Stance], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), Stance(stance))
        for words, cls, stance in rows("stances.tsv")
        if cls == "said"
    )

"""The words that attribute, from `data/cues.tsv`, and when an occurrence of one attributes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ingest.rules.lexicon import rows
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLASSES = {"VERB": ("verb", "adjective"), "AUX": ("verb",), "NOUN": ("noun",), "ADJ": ("adjective",)}
"""The classes of the file that a part of speech may be of: the model takes "worried" for a verb or an adjective."""

_ENDINGS = (("s", ""), ("d", ""), ("ed", ""), ("ing", "e"), ("ing", ""), ("ied", "y"))
_SHORTEST_STEM = 4
_IMAGINED = group("imagined")
_DECLINING = group("declining")
_WISHING = group("wishing")


class Frame(Enum):
    """How a cue takes what is attributed."""

    CLAUSE = "clause"
    QUOTATION = "quotation"
    INFINITIVE = "infinitive"
    NAMING = "naming"
    EVIDENCE = "evidence"
    OBJECT = "object"
    THAT = "that"


@dataclass(frozen=True, slots=True)
class Cue:
    """One word of the file."""

    word: str
    cls: str
    frames: frozenset[Frame]


@cache
def cues() -> dict[tuple[str, str], Cue]:
    """All cues, by their word and their class: verb, noun, adjective."""
    return {
        (word, cls): Cue(word, cls, frozenset(map(Frame, frames.split()))) for word, cls, frames in rows("cues.tsv")
    }


def cue(token: Token) -> Cue | None:
    """The cue that a token may be."""
    part_of_speech = token.pos_
    return _known(part_of_speech, token.lemma_, token.text) if part_of_speech in _CLASSES else None


@lru_cache(maxsize=20_000)
def _known(part_of_speech: str, lemma: str, text: str) -> Cue | None:
    for cls in _CLASSES[part_of_speech]:
        for word in _forms(lemma.casefold(), text.casefold()):
            found = cues().get((word, cls))
            if found is not None:
                return found
    return None


def _forms(lemma: str, text: str) -> Iterator[str]:
    """The lemma and what it may be instead: the model makes "hop" of "hopes"."""
    yield lemma
    yield text
    for ending, instead in _ENDINGS:
        if text.endswith(ending) and len(text) >= len(ending) + _SHORTEST_STEM:
            yield text[: -len(ending)] + instead


def attributes(verb: Token) -> bool:
    """Whether a cue verb says that something was said: not when negated, declined, or only imagined."""
    lemma = verb.lemma_
    for child in verb.children:
        if child.dep_ == "neg":
            return lemma == "deny"
        if child.dep_ == "aux" and child.text.casefold() in _IMAGINED and lemma not in _WISHING:
            return False
    governor = verb.head
    if verb.dep_ == "xcomp" and governor.i != verb.i:
        return governor.lemma_ not in _DECLINING and not any(child.dep_ == "neg" for child in governor.children)
    return verb.dep_ != "advcl" or not any(
        child.dep_ == "mark" and child.text.casefold() == "if" for child in verb.children
    )

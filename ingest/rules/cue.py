"""The words that attribute, from `data/cues.tsv`, and when an occurrence of one attributes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")

_CLASSES = {"verb": frozenset({"VERB", "AUX"}), "noun": frozenset({"NOUN"}), "adjective": frozenset({"ADJ", "VERB"})}
_IRREALIS = frozenset({"would", "could", "might", "should", "may"})
_DECLINED = frozenset({"decline", "refuse", "fail", "avoid", "stop"})


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
    found = {}
    for line in (DATA / "cues.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, cls, frames = line.split("\t")
            found[word, cls] = Cue(word, cls, frozenset(Frame(frame) for frame in frames.split()))
    return found


def cue(token: Token) -> Cue | None:
    """The cue that a token may be."""
    for cls, tags in _CLASSES.items():
        if token.pos_ in tags:
            for word in _forms(token):
                found = cues().get((word, cls))
                if found is not None:
                    return found
    return None


def _forms(token: Token) -> Iterator[str]:
    """The lemma and what it may be instead: the model makes "hop" of "hopes"."""
    text = token.text.casefold()
    yield token.lemma_.casefold()
    yield text
    for ending, instead in (("s", ""), ("d", ""), ("ed", ""), ("ing", "e"), ("ing", ""), ("ied", "y")):
        if text.endswith(ending) and len(text) > len(ending) + 3:
            yield text[: -len(ending)] + instead


def attributes(token: Token) -> bool:
    """Whether a cue verb says that something was said: not when negated, declined, or only imagined."""
    for child in token.children:
        if child.dep_ == "neg":
            return token.lemma_ == "deny"
        if child.dep_ == "aux" and child.text.casefold() in _IRREALIS and not _reported_by_nature(token):
            return False
    governor = token.head
    if token.dep_ == "xcomp" and governor.i != token.i:
        if governor.lemma_ in _DECLINED:
            return False
        return not any(child.dep_ == "neg" for child in governor.children)
    if token.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.text.casefold() == "if" for child in token.children
    ):
        return False
    return True


def _reported_by_nature(token: Token) -> bool:
    """Whether even "would" and "could" leave the thought a thought: hopes and fears are."""
    return token.lemma_ in {"hope", "fear", "like"}

"""The lexicon of events, as its data files give it: frames of verbs, nouns, and verbs that begin or end an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.facts import EventKind, EventState

DATA = Path(__file__).with_name("data")

ANY = "*"
"""Any noun, or any kind."""

NOTHING = "-"
"""What a column says that says nothing."""


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A row of `event_verbs.tsv`."""

    lemmas: frozenset[str]
    beside: tuple[str, ...]
    nouns: frozenset[str]
    kind: EventKind
    state: EventState | None
    who: tuple[str, ...]
    called: str | None


@dataclass(frozen=True, slots=True)
class NounFrame:
    """A row of `event_nouns.tsv`; `before` is the noun that must stand before it."""

    noun: str
    before: str | None
    kind: EventKind
    state: EventState | None
    bare: frozenset[str]


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of `event_aspects.tsv`: whether the verb takes the noun as subject or object, and what state it gives."""

    as_subject: bool
    subject_state: EventState | None
    as_object: bool
    object_state: EventState | None
    kinds: frozenset[str]

    def fits(self, kind: EventKind) -> bool:
        """Whether the verb is said of events of this kind."""
        return ANY in self.kinds or kind.value in self.kinds


@cache
def verb_frames() -> dict[str, tuple[VerbFrame, ...]]:
    """The frames of each verb, in the order of the file."""
    found: dict[str, list[VerbFrame]] = {}
    for lemmas, beside, nouns, kind, state, who, called in _rows("event_verbs.tsv", 7):
        frame = VerbFrame(
            frozenset(lemmas.split()),
            tuple(beside.split("|")),
            frozenset() if nouns == NOTHING else frozenset(_expanded(nouns)),
            EventKind(kind),
            _state(state),
            tuple(who.split()),
            called or None,
        )
        for lemma in frame.lemmas:
            found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(frames, key=_is_open)) for lemma, frames in found.items()}


def _expanded(nouns: str) -> Iterator[str]:
    """The nouns of a row, with those of a class in the place of its name."""
    for noun in nouns.split():
        yield from classes().get(noun, (noun,))


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The nouns of each class of `event_classes.tsv`, by its name with "@" before it."""
    return {f"@{name}": tuple(nouns.split()) for name, nouns in _rows("event_classes.tsv", 2)}


def _is_open(frame: VerbFrame) -> bool:
    """Whether a frame asks for nothing beside its verb, and so comes after those that do."""
    return frame.beside == (NOTHING,) and not frame.nouns


@cache
def noun_frames() -> dict[str, tuple[NounFrame, ...]]:
    """The events that each noun names, longer names first."""
    found: dict[str, list[NounFrame]] = {}
    for words, kind, state, bare in _rows("event_nouns.tsv", 4):
        *before, noun = words.split()
        conditions = frozenset() if bare == NOTHING else frozenset(bare.split())
        frame = NounFrame(noun, before[0] if before else None, EventKind(kind), _state(state), conditions)
        found.setdefault(noun, []).append(frame)
    return {noun: tuple(sorted(frames, key=lambda each: each.before is None)) for noun, frames in found.items()}


@cache
def aspects() -> dict[str, tuple[Aspect, ...]]:
    """What each verb says of events."""
    found: dict[str, list[Aspect]] = {}
    for verb, as_subject, as_object, kinds in _rows("event_aspects.tsv", 4):
        aspect = Aspect(
            as_subject != "no",
            _state(as_subject) if as_subject != "no" else None,
            as_object != "no",
            _state(as_object) if as_object != "no" else None,
            frozenset(kinds.split()),
        )
        found.setdefault(verb, []).append(aspect)
    return {verb: tuple(listed) for verb, listed in found.items()}


@cache
def listed_verbs() -> frozenset[str]:
    """The lemmas of all verbs of the lexicon."""
    return frozenset(verb_frames()) | {verb.partition(" ")[0] for verb in aspects()}


@cache
def adjectives() -> frozenset[str]:
    """Adjectives that make an event of a noun."""
    lines = (DATA / "event_adjectives.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _state(value: str) -> EventState | None:
    return None if value == NOTHING else EventState(value)


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


@cache
def headline_verbs() -> frozenset[str]:
    """Lemmas that the tagger takes for nouns in the clipped grammar of headlines."""
    return frozenset({"sue", "ratify", "unveil", "axe"})

"""What an event is called, and the key under which other sentences and documents speak of the same one.

A key is made of the kind and the named organizations and persons. Where only groups take part ("nurses"), or nobody,
the key is the document's own: such words mean something else elsewhere. The labels are data: `event_kinds.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.facts import EventKind, Name, NameKind
from ingest.rules.participant import Sides
from ingest.slug import slug

DATA = Path(__file__).with_name("data")

HOLLYWOOD = ("hollywood-strikes", "Hollywood writers' and actors' strikes")
_MANY = frozenset({EventKind.OTHER, EventKind.LAUNCH})
"""Kinds of which a document tells several that share their participants."""
_WRITERS = frozenset({"writers", "wga", "writers guild of america", "writer"})
_ACTORS = frozenset({"actors", "sag-aftra", "performers", "actor", "screen actors guild"})


@dataclass(frozen=True, slots=True)
class KindLabels:
    """A row of `event_kinds.tsv`."""

    one: str
    sides: str
    against: str
    alone: str
    topic: str | None


@dataclass(slots=True)
class EventNames:
    """The events of one document so far. A mention without participants of its own means the last one of its kind."""

    document: str
    _last: dict[EventKind, tuple[str, str, frozenset[str]]] = field(default_factory=dict)
    _parties: dict[EventKind, Sides] = field(default_factory=dict)

    def parties(self, kind: EventKind) -> Sides:
        """Who takes part in the last event of a kind, as far as the document has said."""
        return self._parties.get(kind, Sides(()))

    def of(
        self,
        kind: EventKind,
        sides: Sides,
        words: str,
        year: str | None = None,
        *,
        hollywood: bool = False,
        what: str | None = None,
    ) -> tuple[str, str]:
        """The key and the label of an event with these participants; `words` are those that name it.

        `what` is launched or done, and tells one launch of a company from another.
        """
        folded = sides.folded
        if sides.names:
            self._parties[kind] = sides
        last = self._last.get(kind)
        if kind is EventKind.STRIKE and (hollywood or (folded & _WRITERS and folded & _ACTORS)):
            key, label = HOLLYWOOD
        elif last is not None and kind not in _MANY and (not folded or folded & last[2]) and year is None:
            key, label = last[0], last[1]
            folded |= last[2]
        else:
            key, label = self._key(kind, sides.names, year, what), _label(kind, sides, what or words)
        if year is None or last is None:
            self._last[kind] = (key, label, folded)
        return key, label

    def _key(self, kind: EventKind, names: Sequence[Name], year: str | None, what: str | None) -> str:
        known = sorted(name.name for name in names if name.kind in (NameKind.ORGANIZATION, NameKind.PERSON))
        parts = [kind.value, *known] if known else [self.document, kind.value, *(name.name for name in names)]
        return slug("-".join([*parts, *(each for each in (what, year) if each)]))


def topic_of(kind: EventKind) -> str | None:
    """The topic that all events of a kind are about."""
    return kind_labels()[kind].topic


def _label(kind: EventKind, sides: Sides, words: str) -> str:
    labels = kind_labels()[kind]
    who = [name for name in sides.names if name.name not in sides.others]
    against = [name.name for name in sides.names if name.name in sides.others]
    pattern = labels.alone
    if who:
        pattern = labels.sides if against else labels.one
    elif against:
        pattern = labels.against
    return pattern.format(
        who=_listed([name.name for name in who]),
        against=_listed(against),
        at="at" if who and who[0].kind is NameKind.ORGANIZATION else "of",
        between="between" if len(who) > 1 else "of",
        what=words if kind is EventKind.LAUNCH else words[:1].upper() + words[1:],
    )


def _listed(said: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


@cache
def kind_labels() -> dict[EventKind, KindLabels]:
    """How the events of each kind are called."""
    found: dict[EventKind, KindLabels] = {}
    for line in (DATA / "event_kinds.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, one, sides, against, alone, topic = line.split("\t")
            found[EventKind(kind)] = KindLabels(one, sides, against, alone, topic or None)
    return found

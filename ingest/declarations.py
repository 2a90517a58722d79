"""Names that a document introduces itself, beside those of the authority file, and the one way to look a name up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process

from ingest.anchor import fold_case
from ingest.facts import NameKind, OrganizationKind
from ontology.authority import Actor, Authority
from ontology.names import fold


class ThingKind(StrEnum):
    """Things other than actors that a document may give a name of their own."""

    POSTING = "posting"
    SURVEY = "survey"
    EVENT = "event"
    TECHNOLOGY = "technology"
    WORK = "work"
    DOCUMENT = "document"


ACTOR_KINDS: tuple[str, ...] = (NameKind.PERSON.value, NameKind.GROUP.value, *(kind.value for kind in OrganizationKind))
"""Kinds that a declared actor may have."""


@dataclass(frozen=True, slots=True)
class DeclaredActor:
    """A person, group or organization that the authority file lacks."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredThing:
    """Something else with a name; `key` names it across documents."""

    name: str
    kind: ThingKind
    key: str | None = None
    aliases: tuple[str, ...] = ()


Declared = DeclaredActor | DeclaredThing


@dataclass(frozen=True, slots=True)
class Declarations:
    """All names that one document introduces."""

    actors: tuple[DeclaredActor, ...] = ()
    things: tuple[DeclaredThing, ...] = ()


class Names:
    """Looks names up: first what the document declares, then the authority file."""

    def __init__(self, authority: Authority, declarations: Declarations | None = None) -> None:
        self._authority = authority
        self._declared: dict[str, Declared] = {}
        if declarations is not None:
            for actor in declarations.actors:
                self._declare(actor)
            for thing in declarations.things:
                self._declare(thing)

    def find(self, name: str) -> Declared | Actor | None:
        """What has this name, in any case and typography, with or without a leading "the"."""
        return self._declared.get(fold(name)) or self._authority.find(name)

    def nearest(self, name: str) -> list[str]:
        """The names that come closest, best first."""
        declared = [item.name for item in dict.fromkeys(self._declared.values())]
        close = process.extract(name, declared, limit=2, score_cutoff=60, processor=fold_case)
        names = [match[0] for match in close] + self._authority.nearest(name)
        return list(dict.fromkeys(names))[:3]

    def _declare(self, declared: Declared) -> None:
        for name in (declared.name, *declared.aliases):
            self._declared.setdefault(fold(name), declared)


def name_kind(found: Declared | Actor) -> NameKind:
    """The sort of name that a fact gives it."""
    if isinstance(found, DeclaredThing):
        return NameKind.DOCUMENT
    if found.kind in (NameKind.PERSON.value, NameKind.GROUP.value):
        return NameKind(found.kind)
    return NameKind.ORGANIZATION

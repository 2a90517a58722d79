"""The names that the facts of a document use and the authority file does not know, so that they can be resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.declarations import Declarations, DeclaredActor
from ingest.fact_keys import Reading, readings
from ingest.facts import Fact, Name, NameKind, Organization, OrganizationKind, Person
from ontology.authority import Authority
from ontology.names import fold


def declarations(facts: Iterable[Fact], authority: Authority) -> Declarations:
    """One actor for each name, of the kind that a fact about it says, or else that the first fact with it says."""
    listed = list(facts)
    actors: dict[str, DeclaredActor] = {}
    for found in (_about(listed), _named(listed)):
        for name, kind in found:
            if authority.find(name) is None:
                actors.setdefault(fold(name), DeclaredActor(name, kind))
    return Declarations(tuple(actors.values()))


def _about(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Persons and organizations that are the subject of a fact."""
    for fact in facts:
        if isinstance(fact, Organization):
            yield fact.name, fact.organization_kind.value
        elif isinstance(fact, Person):
            yield fact.name, NameKind.PERSON.value


def _named(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Everybody else who is named."""
    for fact in facts:
        for key, reading in readings(fact.kind).items():
            value = getattr(fact, key, None)
            if reading is Reading.ACTOR and isinstance(value, str):
                yield value, OrganizationKind.OTHER.value
            elif reading in (Reading.NAME, Reading.NAMES):
                for name in value if isinstance(value, tuple) else (value,):
                    if isinstance(name, Name) and not name.unresolved and name.kind is not NameKind.DOCUMENT:
                        organization = name.kind is NameKind.ORGANIZATION
                        yield name.name, OrganizationKind.OTHER.value if organization else name.kind.value

"""The names that the facts of a document use: made full where the document has the full name, and declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.declarations import Declarations, DeclaredActor, Names, name_kind
from ingest.fact_keys import Reading, readings
from ingest.facts import Fact, Name, NameKind, Organization, OrganizationKind, Person, Statement
from ontology.authority import Authority
from ontology.names import fold


def with_full_names(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with a surname made a full name, where exactly one person of the document has it as the last word."""
    full: dict[str, set[str]] = defaultdict(set)
    for name in _persons(facts):
        if " " in name:
            full[fold(name).split()[-1]].add(name)
    surnames = {surname: names.pop() for surname, names in full.items() if len({fold(name) for name in names}) == 1}
    return tuple(_with_names(fact, surnames) for fact in facts)


def declarations(facts: Sequence[Fact], authority: Authority) -> Declarations:
    """One actor for each unknown name, of the kind that a fact about it says, or else the first that has it."""
    actors: dict[str, DeclaredActor] = {}
    for found in (_about(facts), _named(facts)):
        for name, kind in found:
            if authority.find(name) is None:
                actors.setdefault(fold(name), DeclaredActor(name, kind))
    return Declarations(tuple(actors.values()))


def contradiction(fact: Fact, names: Names) -> str | None:
    """What is wrong with a fact that makes a person of what is an organization, or the other way about; else None."""
    if isinstance(fact, Person | Organization):
        kind = NameKind.PERSON if isinstance(fact, Person) else NameKind.ORGANIZATION
        if _kind(fact.name, names) is not kind:
            return f"{fact.name} is no {kind} elsewhere"
    affiliation = fact.affiliation if isinstance(fact, Person | Statement) else None
    if affiliation is not None and _kind(affiliation, names) is not NameKind.ORGANIZATION:
        return f"affiliation: {affiliation} is no {NameKind.ORGANIZATION} elsewhere"
    return None


def _kind(name: str, names: Names) -> NameKind | None:
    found = names.find(name)
    return name_kind(found) if found is not None else None


def _persons(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, Person):
            yield fact.name
        yield from (name.name for _, name in _names(fact) if name.kind is NameKind.PERSON and not name.unresolved)


def _with_names(fact: Fact, surnames: dict[str, str]) -> Fact:
    """The fact with these persons' names; it stays itself when it has none of them."""

    def full(name: Name) -> Name:
        person = name.kind is NameKind.PERSON and not name.unresolved
        return name.model_copy(update={"name": surnames.get(fold(name.name), name.name)}) if person else name

    changed: dict[str, Any] = {}
    for key, _ in _names(fact):
        value = getattr(fact, key)
        changed[key] = tuple(map(full, value)) if isinstance(value, tuple) else full(value)
    if isinstance(fact, Person):
        changed["name"] = surnames.get(fold(fact.name), fact.name)
    return fact.model_copy(update=changed)


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
        for _, name in _names(fact):
            if not name.unresolved and name.kind is not NameKind.DOCUMENT:
                organization = name.kind is NameKind.ORGANIZATION
                yield name.name, OrganizationKind.OTHER.value if organization else name.kind.value


def _names(fact: Fact) -> Iterator[tuple[str, Name]]:
    """Every name with its kind that a fact has, with the key that has it."""
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        for name in value if isinstance(value, tuple) else (value,):
            if isinstance(name, Name):
                yield key, name

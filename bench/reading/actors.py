"""People, their roles, and organizations: each counts once a document, wherever it is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.reading.finding import Finding, missed, wrong
from bench.reading.gold import Reading
from bench.reading.identity import Identity, alike
from bench.reading.matching import Pairing, pair
from bench.reading.measure import Measure
from bench.reading.statements import Outcome
from ingest.facts import (
    Event,
    Fact,
    JobPosting,
    Name,
    NameKind,
    Organization,
    OrganizationKind,
    PayReport,
    Person,
    StanceReport,
    Statement,
    TechnologyUse,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named, with the first fact that names them; `kind` where the document says what it is."""

    name: Name
    fact: Fact
    kind: OrganizationKind | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Who holds which role where."""

    person: Name
    role: str | None
    affiliation: str | None
    fact: Fact


def people(reading: Reading, identity: Identity) -> Outcome:
    """Everybody whom any fact names as a person."""
    pairing, measure = _compared("people", NameKind.PERSON, reading, identity)
    return Outcome((measure,), tuple(_told("person", reading.gold.document.name, pairing)))


def organizations(reading: Reading, identity: Identity) -> Outcome:
    """Every organization that any fact names, and the kinds of those on which both sides say one."""
    pairing, measure = _compared("organizations", NameKind.ORGANIZATION, reading, identity)
    kinds = [(a, b) for a, b in pairing.pairs if a.kind is not None and b.kind is not None]
    right = sum(a.kind == b.kind for a, b in kinds)
    document = reading.gold.document.name
    findings = list(_told("organization", document, pairing))
    findings += [
        wrong("kind wrong", document, b.fact, f"{b.name.name}: {a.kind} not {b.kind}")
        for a, b in kinds
        if a.kind != b.kind
    ]
    return Outcome(
        (measure, Measure.of("organizations: kind of those found", right, len(kinds), len(kinds))), tuple(findings)
    )


def roles(reading: Reading, identity: Identity) -> Outcome:
    """Person, role and affiliation as one, wherever a fact gives a person's role or affiliation."""
    gold = _distinct(_roles(reading.gold.facts), identity)
    system = _distinct(_roles(reading.facts), identity)
    found = pair(gold, system, lambda a, b: float(_same_role(a, b, identity)))
    document = reading.gold.document.name
    findings = [missed("role missed", document, a.fact, _role(a)) for a in found.missed]
    findings += [wrong("role spurious", document, b.fact, _role(b)) for b in found.spurious]
    return Outcome((Measure.of("roles", len(found.pairs), len(system), len(gold)),), tuple(findings))


def _compared(
    label: str, kind: NameKind, reading: Reading, identity: Identity
) -> tuple[Pairing[Mention, Mention], Measure]:
    gold = _once(mentions(reading.gold.facts, kind), identity)
    system = _once(mentions(reading.facts, kind), identity)
    found = pair(gold, system, lambda a, b: _closeness(a, b, identity))
    return found, Measure.of(label, len(found.pairs), len(system), len(gold))


def _closeness(gold: Mention, found: Mention, identity: Identity) -> float:
    """Equal names before names that are only alike."""
    if not identity.same(gold.name, found.name):
        return 0.0
    return 2.0 if gold.name.name == found.name.name else 1.0


def mentions(facts: Iterable[Fact], kind: NameKind) -> list[Mention]:
    """The resolved names of one kind in facts. Facts about persons and organizations themselves come first."""
    listed = list(facts)
    found: list[Mention] = []
    for fact in listed:
        if isinstance(fact, Person) and kind is NameKind.PERSON:
            found.append(Mention(Name(name=fact.name, kind=kind), fact))
        elif isinstance(fact, Organization) and kind is NameKind.ORGANIZATION:
            found.append(Mention(Name(name=fact.name, kind=kind), fact, fact.organization_kind))
    found += [
        Mention(name, fact) for fact in listed for name in names(fact) if name.kind is kind and not name.unresolved
    ]
    return found


def names(fact: Fact) -> tuple[Name, ...]:
    """The names that a fact gives, with their kinds."""
    match fact:
        case Statement():
            return (fact.speaker, *fact.told_to, *fact.reported_by, *fact.according_to)
        case StanceReport():
            return (fact.holder, *fact.according_to)
        case Event():
            return (*fact.participants, *fact.according_to)
        case TechnologyUse():
            return (*fact.users, *fact.according_to)
        case PayReport():
            return (fact.who, *fact.according_to)
        case JobPosting():
            return (Name(name=fact.employer, kind=NameKind.ORGANIZATION), *fact.according_to)
        case _:
            return fact.according_to


def _once(found: Iterable[Mention], identity: Identity) -> list[Mention]:
    kept: list[Mention] = []
    for mention in found:
        if not any(identity.same(earlier.name, mention.name) for earlier in kept):
            kept.append(mention)
    return kept


def _roles(facts: Iterable[Fact]) -> Iterator[Role]:
    for fact in facts:
        if isinstance(fact, Person) and (fact.role or fact.affiliation):
            yield Role(Name(name=fact.name, kind=NameKind.PERSON), fact.role, fact.affiliation, fact)
        elif isinstance(fact, Statement) and fact.speaker.kind is NameKind.PERSON and (fact.role or fact.affiliation):
            yield Role(fact.speaker, fact.role, fact.affiliation, fact)


def _distinct(found: Iterable[Role], identity: Identity) -> list[Role]:
    kept: list[Role] = []
    for role in found:
        if not any(_same_role(earlier, role, identity) for earlier in kept):
            kept.append(role)
    return kept


def _same_role(gold: Role, found: Role, identity: Identity) -> bool:
    if not identity.same(gold.person, found.person):
        return False
    if (gold.role is None) != (found.role is None) or (gold.affiliation is None) != (found.affiliation is None):
        return False
    if gold.role is not None and found.role is not None and not alike(gold.role, found.role):
        return False
    if gold.affiliation is None or found.affiliation is None:
        return True
    return identity.same_words(gold.affiliation, found.affiliation, NameKind.ORGANIZATION)


def _role(role: Role) -> str:
    return f"{role.person.name}: {role.role or 'no role'}, {role.affiliation or 'no affiliation'}"


def _told(what: str, document: str, pairing: Pairing[Mention, Mention]) -> Sequence[Finding]:
    return [
        *(missed(f"{what} missed", document, a.fact, a.name.name) for a in pairing.missed),
        *(wrong(f"{what} spurious", document, b.fact, b.name.name) for b in pairing.spurious),
    ]

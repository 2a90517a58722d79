"""Persons with their roles and organizations with their kinds, as facts and as names that the document introduces."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.declarations import Declarations, DeclaredActor
from ingest.facts import Fact, NameKind, Organization, Person
from ingest.language.block import BlockKind
from ingest.language.entity import Entity, Mention
from ingest.rules.reading import Reading
from ontology.names import fold


def persons(reading: Reading) -> Iterator[Fact]:
    """Each person whom the document names in full, with the fullest account of role and affiliation."""
    for person in _of_one_kind(reading, reading.cast.persons()):
        role = reading.references.roles.of(person)
        place = role.span if role is not None else None
        mention = _mention(reading, person, place)
        sentence = reading.article.sentence_at(mention.start)
        if sentence is None:
            continue
        start, end = mention.start, mention.end
        if place is not None and sentence.start <= place[0] and place[1] <= sentence.end:
            start, end = min(start, place[0]), max(end, place[1])
        evidence = reading.evidence([sentence], source=(start, end))
        organization = role.organization if role is not None else None
        yield reading.fact(
            Person,
            "person/role" if role is not None else "person/name",
            "0.85" if role is not None else "0.8",
            evidence,
            name=person.name,
            role=role.words if role is not None else None,
            affiliation=organization.name if organization is not None else None,
        )


def organizations(reading: Reading) -> Iterator[Fact]:
    """Each organization that the document names, once, where it has its fullest name."""
    for entity in _of_one_kind(reading, reading.cast.organizations()):
        mention = _mention(reading, entity, None)
        sentence = reading.article.sentence_at(mention.start)
        if sentence is None:
            continue
        yield reading.fact(
            Organization,
            "organization/known" if entity.actor is not None else "organization/name",
            "0.95" if entity.actor is not None else "0.75",
            reading.evidence([sentence], source=(mention.start, mention.end)),
            name=entity.name,
            organization_kind=entity.organization_kind,
        )


def _of_one_kind(reading: Reading, entities: list[Entity]) -> Iterator[Entity]:
    """The entities whose name the document does not mostly give to one of another kind: a name has one kind."""
    mostly: dict[str, Entity] = {}
    for entity in reading.cast.entities:
        other = mostly.setdefault(fold(entity.name), entity)
        if len(entity.mentions) > len(other.mentions):
            mostly[fold(entity.name)] = entity
    return (entity for entity in entities if mostly[fold(entity.name)].kind is entity.kind)


def declarations(reading: Reading) -> Declarations:
    """The persons and organizations that the authority file lacks, with their other names, and groups in the cast."""
    declared = [
        DeclaredActor(entity.name, NameKind.PERSON.value, tuple(sorted(entity.aliases)))
        for entity in _of_one_kind(reading, reading.cast.persons())
    ]
    declared += [
        DeclaredActor(entity.name, entity.organization_kind.value, tuple(sorted(entity.aliases)))
        for entity in _of_one_kind(reading, reading.cast.organizations())
        if entity.actor is None
    ]
    declared += [
        DeclaredActor(entity.name, NameKind.GROUP.value)
        for entity in reading.cast.entities
        if entity.kind is NameKind.GROUP
    ]
    return Declarations(tuple(declared))


def _mention(reading: Reading, entity: Entity, near: tuple[int, int] | None) -> Mention:
    """The mention by which a fact is evidenced: beside the role, else the first with the full name outside headings."""
    if near is not None:
        return min(entity.mentions, key=lambda m: (abs(m.start - near[1]), m.start))

    def rank(mention: Mention) -> tuple[bool, bool, int]:
        sentence = reading.article.sentence_at(mention.start)
        heading = sentence is None or sentence.block.kind is BlockKind.HEADING
        return mention.end - mention.start < len(entity.name), heading, mention.start

    return min(entity.mentions, key=rank)

"""Persons and organizations of one article, each with all its mentions under full and short names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.facts import NameKind, OrganizationKind
from ingest.language.gazetteer import organization_kind
from ingest.language.name import proper_words
from ontology.authority import Actor


@dataclass(eq=False, slots=True)
class Entity:
    """A person or an organization of one document, under the fullest name that the document gives.

    `apposed_kind` is what a noun beside an organization's name says that it is, `treated_kind` what is done with it.
    """

    kind: NameKind
    name: str
    actor: Actor | None = None
    aliases: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list, repr=False)
    apposed_kind: OrganizationKind | None = None
    treated_kind: OrganizationKind | None = None

    @property
    def organization_kind(self) -> OrganizationKind:
        """The authority file's kind, or what words beside the name tell, or the name itself."""
        if self.actor is not None:
            known = self.actor.kind
            return OrganizationKind(known) if known in list(OrganizationKind) else OrganizationKind.OTHER
        if self.apposed_kind is not None:
            return self.apposed_kind
        told = organization_kind(self.name)
        return self.treated_kind if told is OrganizationKind.OTHER and self.treated_kind is not None else told

    @property
    def surname(self) -> str:
        """The last word of a person's name, without "Jr."."""
        words = proper_words(self.name)
        return words[-1] if words else self.name


@dataclass(frozen=True, eq=False, slots=True)
class Mention:
    """An entity's name at one place."""

    start: int
    end: int
    entity: Entity = field(repr=False)


class Cast:
    """The entities of an article, and who is mentioned where."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = sorted(
            (entity for entity in entities if entity.mentions), key=lambda e: min(m.start for m in e.mentions)
        )
        self.mentions = sorted((m for entity in self.entities for m in entity.mentions), key=lambda m: m.start)
        self._starts = [mention.start for mention in self.mentions]

    def persons(self) -> list[Entity]:
        """The persons, in the order of their first mention."""
        return [entity for entity in self.entities if entity.kind is NameKind.PERSON]

    def organizations(self) -> list[Entity]:
        """The organizations, in the order of their first mention."""
        return [entity for entity in self.entities if entity.kind is NameKind.ORGANIZATION]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie inside a span, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that holds a character."""
        index = bisect_right(self._starts, offset) - 1
        found = self.mentions[index] if index >= 0 else None
        return found if found is not None and found.end > offset else None

    def before(self, offset: int) -> Iterator[Mention]:
        """The mentions that end before a place, nearest first."""
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if self.mentions[index].end <= offset:
                yield self.mentions[index]

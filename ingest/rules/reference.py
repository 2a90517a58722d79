"""What a phrase of an article stands for."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.facts import Name, NameKind
from ingest.language.article import Span
from ingest.language.entity import Entity, Mention


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom or what a phrase means: the name, the words of the document that say so, the entity if it is a named one.

    `noun` is the lemma of a description, `human` says that it describes one person.
    """

    name: Name
    span: Span
    entity: Entity | None = None
    noun: str = ""
    human: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it stands for one person, named or not."""
        return self.human or (self.entity is not None and self.entity.kind is NameKind.PERSON)

    @property
    def organization(self) -> Entity | None:
        """The organization that it stands for, if it is a named one."""
        return self.entity if self.entity is not None and self.entity.kind is NameKind.ORGANIZATION else None

    @staticmethod
    def to(entity: Entity, span: Span, noun: str = "") -> Reference:
        """A phrase that stands for an entity."""
        return Reference(Name(name=entity.name, kind=entity.kind), span, entity, noun)

    @staticmethod
    def by(mention: Mention) -> Reference:
        """A name that stands for its own entity."""
        return Reference.to(mention.entity, (mention.start, mention.end))

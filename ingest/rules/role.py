"""Which role a person has, and where, as the words around the name say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.language.article import Article, Span
from ingest.language.entity import Cast, Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role as printed, where it stands, and the organization that it is held at, if the document says."""

    person: Entity
    words: str | None
    span: Span
    organization: Entity | None


@cache
def role_nouns() -> frozenset[str]:
    """Nouns that name what somebody is by occupation or office, singular, in lower case."""
    lines = (DATA / "roles.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class Roles:
    """The roles of an article's persons."""

    def __init__(self, article: Article, cast: Cast) -> None:
        self.article = article
        self.cast = cast
        self.found: dict[Entity, list[Role]] = {}

    def is_role(self, head: Token) -> bool:
        """Whether a noun names an occupation or office."""
        return head.text.casefold() in role_nouns() or head.lemma_.casefold() in role_nouns()

    def holds(self, person: Entity, noun: str, organization: Entity | None) -> bool:
        """Whether a person has a role of this noun, at this organization if one is given."""
        return any(
            role.words is not None
            and noun in role.words.casefold().replace("-", " ").split()
            and (organization is None or role.organization is None or role.organization is organization)
            for role in self.found.get(person, ())
        )

    def of(self, person: Entity) -> Role | None:
        """The fullest account of a person's role: with an organization first, then the longest words."""
        roles = self.found.get(person)
        if not roles:
            return None
        return max(roles, key=lambda role: (role.organization is not None, len(role.words or ""), -role.span[0]))

"""The roles that persons of an article have, and where, as the words around their names say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.language.article import Span
from ingest.language.entity import Entity
from ingest.language.gazetteer import role_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDES = ("member", "one of")
"""Beginnings of what somebody is besides their occupation: "a tester and a member of the committee"."""

_PAST = ("former", "ex-", "retired", "onetime")
"""Beginnings of what somebody is no longer, which counts where nothing says what they are."""

_BETWEEN_WORDS = re.compile(r"[\s/]+")


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role as printed, where it stands, and the organization that it is held at, if the document says.

    `words` is None when the document says where somebody belongs, but not as what. `unsaid` marks an organization that
    only goes without saying.
    """

    person: Entity
    words: str | None
    span: Span
    organization: Entity | None
    unsaid: bool = False


class Roles:
    """The roles of an article's persons, as they are found."""

    def __init__(self) -> None:
        self._found: defaultdict[Entity, list[Role]] = defaultdict(list)

    def add(self, roles: Iterable[Role]) -> None:
        """Note the roles that stand around one name."""
        for role in roles:
            self._found[role.person].append(role)

    def is_role(self, head: Token) -> bool:
        """Whether a noun names an occupation or office."""
        return head.text.casefold() in role_nouns() or head.lemma_.casefold() in role_nouns()

    def holds(self, person: Entity, noun: str, organization: Entity | None) -> bool:
        """Whether a person has a role of this noun, at this organization if one is given."""
        return any(
            role.words is not None
            and noun in role.words.casefold().replace("-", " ").split()
            and (organization is None or role.organization is None or role.organization is organization)
            for role in self._found.get(person, ())
        )

    def of(self, person: Entity) -> Role | None:
        """The fullest account of a person's role: with words and an organization, then the longest words."""
        roles = self._found.get(person)
        if not roles:
            return None
        best = max(roles, key=_fullness)
        if best.organization is not None and not best.unsaid:
            return best
        said = next((role.organization for role in roles if role.organization is not None and not role.unsaid), None)
        other = next((role.organization for role in roles if role.organization is not None), None)
        return replace(best, organization=said or best.organization or other)


def names_role(words: str) -> bool:
    """Whether any word, or a part of one such as "chairman-CEO", is a noun for an occupation or office."""
    whole = [word.strip(",.") for word in _BETWEEN_WORDS.split(words.replace("’", "'").casefold())]
    return any(part in role_nouns() for word in whole for part in (word, *word.split("-")))


def _fullness(role: Role) -> tuple[bool, bool, bool, bool, int, int]:
    words = role.words or ""
    said = role.organization is not None and not role.unsaid
    past = words.casefold().startswith(_PAST)
    return role.words is not None, not past, said, not words.startswith(_BESIDES), len(words), -role.span[0]

"""Common nouns that stand for somebody or something named elsewhere, from `data/descriptions.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ingest.facts import NameKind, OrganizationKind
from ingest.rules.lexicon import rows

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Description:
    """A noun of the file, in the singular; `kinds` are those of the organizations that it fits."""

    noun: str
    stands_for: NameKind
    kinds: frozenset[OrganizationKind]

    @property
    def is_organization(self) -> bool:
        """Whether the noun stands for an organization."""
        return self.stands_for is NameKind.ORGANIZATION


@cache
def descriptions() -> dict[str, Description]:
    """The nouns that stand for somebody or something, by their singular."""
    found: dict[str, Description] = {}
    for noun, stands_for, kinds in rows("descriptions.tsv"):
        fitting = frozenset(map(OrganizationKind, kinds.split()))
        found.setdefault(noun, Description(noun, NameKind(stands_for), fitting))
    return found


def description(head: Token) -> Description | None:
    """What a noun stands for, by its lemma or, where the model makes another word of it, as it is printed."""
    return descriptions().get(head.lemma_.casefold()) or descriptions().get(head.text.casefold())

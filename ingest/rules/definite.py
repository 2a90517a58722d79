"""Whom a description means: "the union", "the guild's president", "a report from Variety", or words for themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind, OrganizationKind
from ingest.language.article import Article, Passage, Span
from ingest.language.block import BlockKind
from ingest.language.entity import Entity
from ingest.rules import phrase
from ingest.rules.description import Description, description
from ingest.rules.issuer import Issuers, alias
from ingest.rules.prominence import Prominence
from ingest.rules.reference import Reference
from ingest.rules.role import Roles
from ingest.rules.speakers import Speakers
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "both"})
_BEHIND_A_DOCUMENT = re.compile(
    r"\s+(?:(?:sent|released|published|obtained|posted|circulated|signed|issued|filed|shared|dated|written|seen|viewed|"
    r"carried|conducted|made|prepared|based|on|in|at|to|last|this)\b)",
    re.IGNORECASE,
)
_HUMAN = group("human")
_POSITIONS = group("position")


class Descriptions:
    """Resolves the descriptions of one article."""

    def __init__(
        self, article: Article, prominence: Prominence, issuers: Issuers, speakers: Speakers, roles: Roles
    ) -> None:
        self._issuers = issuers
        self._article = article
        self._prominence = prominence
        self._speakers = speakers
        self._roles = roles

    def of(self, passage: Passage, head: Token) -> Reference:
        """Whom a noun phrase without a name means; its own words when it describes nobody who is named elsewhere."""
        span = phrase.span(passage, head)
        noun = head.lemma_.casefold()
        found = self._entity(passage, head)
        if found is not None:
            return Reference.to(found, span, noun)
        definite = phrase.determiner(head) in _DEFINITE
        earlier = self._speakers.unnamed(passage.place(head)[0], alias(noun)) if definite else None
        if earlier is not None:
            return Reference(earlier.name, span, None, noun, earlier.human)
        return self._itself(passage, head, span, noun)

    def _entity(self, passage: Passage, head: Token) -> Entity | None:
        """The person or organization that a description in the singular stands for."""
        if head.tag_ not in {"NN", "NNP"}:
            return None
        holder = self._holder(passage, head) if self._roles.is_role(head) else None
        if holder is not None:
            return holder
        stands_for = description(head)
        if stands_for is None or not stands_for.is_organization:
            return None
        definite = phrase.determiner(head) in _DEFINITE or _is_of_members(head)
        bare = definite and not self._is_possessed(passage, head)
        if not bare and head.i > 0 and passage.block.kind is not BlockKind.HEADING:
            return None
        return self._organization(passage.place(head)[0], stands_for)

    def _holder(self, passage: Passage, head: Token) -> Entity | None:
        """The person before this place who has the role that is described, at the organization that is named if any."""
        inside = self._prominence.cast.mentions_in(*phrase.core(passage, head))
        organization = next((m.entity for m in inside if m.entity.kind is NameKind.ORGANIZATION), None)
        if phrase.determiner(head) not in _DEFINITE and organization is None:
            return None
        noun = head.text.casefold()
        recent = self._prominence.recent(passage.place(head)[0], NameKind.PERSON)
        return next((person for person in recent if self._roles.holds(person, noun, organization)), None)

    def _is_possessed(self, passage: Passage, head: Token) -> bool:
        """Whether a name possesses what is described: "Acme's studio" is not Acme."""
        return any(
            child.dep_ == "poss"
            and child.tag_ != "PRP$"
            and self._prominence.cast.mention_at(passage.place(child)[0]) is not None
            for child in head.lefts
        )

    def _organization(self, place: int, stands_for: Description) -> Entity | None:
        """The organization of a fitting kind that stands out most before this place, or else the first after it."""
        return self._prominence.fitting(place, stands_for) or self._prominence.next_fitting(place, stands_for)

    def _itself(self, passage: Passage, head: Token, span: Span, noun: str) -> Reference:
        """A description that stands for itself, as a document or a group."""
        core = phrase.core(passage, head)
        words = " ".join(self._article.text[slice(*core)].split())
        stands_for = description(head)
        definite = phrase.determiner(head) in _DEFINITE
        if stands_for is not None and stands_for.stands_for is NameKind.DOCUMENT:
            outlet = self._publisher(core)
            if outlet is not None:
                return Reference.to(outlet, span, noun)
            return Reference(Name(name=self._titled(head, words, span), kind=NameKind.DOCUMENT), span, None, noun)
        if definite and noun in _POSITIONS:
            owner = self._prominence.organization_in_view(span[0])
            name = f"{owner.name} {words}" if owner is not None else words
            return Reference(Name(name=name, kind=NameKind.DOCUMENT), span, None, noun)
        unresolved = definite and stands_for is not None and len(words.split()) == 1 and head.tag_ != "NNS"
        human = head.tag_ == "NN" and (self._roles.is_role(head) or noun in _HUMAN)
        return Reference(Name(name=words, kind=NameKind.GROUP, unresolved=unresolved), span, None, noun, human)

    def _titled(self, head: Token, words: str, span: Span) -> str:
        """What a document is called: its noun and what stands before it, led by the name of whose it is.

        "A memo sent to staff on Monday" of Acme, and "the memo" after it, are the Acme memo.
        """
        short = _BEHIND_A_DOCUMENT.split(words)[0]
        issuer = self._issuers.of(head.lemma_.casefold(), span[1])
        if issuer is None or any(
            m.entity.kind is not NameKind.DOCUMENT for m in self._prominence.cast.mentions_in(*span)
        ):
            return short
        return f"{issuer.name} {short}"

    def _publisher(self, core: Span) -> Entity | None:
        """The outlet whose report a phrase names: "a report from Variety" says what Variety says."""
        named = [mention.entity for mention in self._prominence.cast.mentions_in(*core)]
        if len(named) != 1 or named[0].kind is not NameKind.ORGANIZATION:
            return None
        return named[0] if named[0].organization_kind is OrganizationKind.NEWS_OUTLET else None


def _is_of_members(head: Token) -> bool:
    """Whether it is "the performers' union": of those whose body it is, and no name."""
    return any(
        child.dep_ == "poss" and child.tag_ == "NNS" and phrase.determiner(child) == "the" for child in head.lefts
    )

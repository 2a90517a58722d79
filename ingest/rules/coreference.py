"""Who is meant by a noun phrase: a name, a surname, a description such as "the union", a pronoun, or a group.

Names go before descriptions, descriptions before pronouns, and where nothing in the document decides, the reference is
unresolved: its words stand for themselves. What it finds is the fullest name that the document gives.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Article, Passage, Span
from ingest.language.entity import Cast, Entity
from ingest.rules import phrase
from ingest.rules.belonging import Belonging
from ingest.rules.definite import Descriptions
from ingest.rules.description import descriptions
from ingest.rules.issuer import Issuers
from ingest.rules.prominence import Prominence
from ingest.rules.pronoun import FITTING, PRONOUNS, Pronouns, governing_speaker
from ingest.rules.reference import Reference
from ingest.rules.role import Roles
from ingest.rules.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = re.compile(r",?\s*(?:(?:an?|the)\s+)?(?:[\w'-]+\s+){0,4}(?:named\s+|called\s+)?|,\s*")
_FURTHEST = 70
"""Characters after a description within which the name of who is described ends."""


class References:
    """Resolves the phrases of one article. Speakers are noted as they are found, since pronouns mostly mean them."""

    def __init__(self, article: Article, cast: Cast, roles: Roles) -> None:
        self.cast = cast
        self.roles = roles
        self.prominence = Prominence(article, cast)
        self.belonging = Belonging(article, cast, self.prominence)
        self._article = article
        self._speakers = Speakers()
        self.issuers = Issuers(article, cast, self.prominence)
        self._descriptions = Descriptions(article, self.prominence, self.issuers, self._speakers, roles)
        self._pronouns = Pronouns(article, self.prominence, self._speakers)

    def note_speaker(self, offset: int, reference: Reference) -> None:
        """Remember who spoke at a place."""
        self._speakers.note(offset, reference)

    def of(self, passage: Passage, head: Token) -> Reference:
        """What the noun phrase with this head stands for."""
        antecedent = phrase.antecedent(head)
        while antecedent is not None:
            head, antecedent = antecedent, phrase.antecedent(antecedent)
        if head.pos_ == "PRON" or head.text.casefold() in PRONOUNS:
            return self._of_who_says_so(passage, head) or self._pronouns.of(passage, head)
        return self._named(passage, head) or self._descriptions.of(passage, head)

    def _of_who_says_so(self, passage: Passage, pronoun: Token) -> Reference | None:
        """The speaker of the clause whose subject a pronoun is: "Acme said it would …" speaks of Acme."""
        speaker = governing_speaker(pronoun)
        kinds = FITTING.get(pronoun.text.casefold())
        if speaker is None or kinds is None or speaker.head.i == pronoun.i:
            return None
        found = self.of(passage, speaker)
        if found.name.kind not in kinds or (NameKind.PERSON in kinds and found.entity is None):
            return None
        if not self._pronouns.agrees(found, pronoun.text.casefold()):
            return None
        return replace(found, span=passage.place(pronoun))

    def organization(self, passage: Passage, head: Token) -> Entity | None:
        """The named organization that a noun phrase stands for, if it does."""
        return self.of(passage, head).organization

    def _named(self, passage: Passage, head: Token) -> Reference | None:
        """A name at the head itself, or beside it in apposition."""
        span = phrase.span(passage, head)
        mention = self.cast.mention_at(passage.place(head)[0])
        if mention is not None:
            return Reference.to(mention.entity, span)
        for beside in phrase.appositions(head):
            mention = self.cast.mention_at(passage.place(beside)[0])
            if mention is not None and self._is_described_by(mention.entity, head):
                return Reference.to(mention.entity, (span[0], max(span[1], mention.end)))
        return self._beside(head, span) or self._at_the_end(head, span)

    def _is_described_by(self, entity: Entity, head: Token) -> bool:
        """Whether a noun in apposition to a name describes who is named: not one of several, not somebody of theirs."""
        if entity.kind is NameKind.PERSON and head.tag_ != "NNS":
            return True
        found = descriptions().get(head.lemma_.casefold())
        organization = found is not None and found.is_organization
        return head.pos_ == "NOUN" and head.tag_ == "NN" and (organization or not self.roles.is_role(head))

    def _at_the_end(self, head: Token, span: Span) -> Reference | None:
        """The person with whose name a role ends that the parser hung on a noun in it: "head of games Jane Roe"."""
        if head.tag_ not in {"NN", "NNP"} or not self.roles.is_role(head):
            return None
        persons = [m for m in self.cast.mentions_in(*span) if m.entity.kind is NameKind.PERSON]
        return Reference.to(persons[0].entity, span) if len(persons) == 1 and persons[0].end == span[1] else None

    def _beside(self, head: Token, span: Span) -> Reference | None:
        """The person named right after one that is described, where the parser saw no apposition."""
        if head.tag_ not in {"NN", "CD", "NNP"} or not (self.roles.is_role(head) or head.text.casefold() == "one"):
            return None
        following = self.cast.mentions_in(span[1], min(len(self._article.text), span[1] + _FURTHEST))
        if not following or following[0].entity.kind is not NameKind.PERSON:
            return None
        between = self._article.text[span[1] : following[0].start]
        return Reference.to(following[0].entity, (span[0], following[0].end)) if _BESIDE.fullmatch(between) else None

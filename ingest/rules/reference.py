"""Who is meant by a noun phrase: a name, a surname, a description such as "the union", a pronoun, or a group.

Names go before descriptions, descriptions before pronouns, and where nothing in the document decides, the reference is
unresolved: its words stand for themselves. What it finds is the fullest name that the document gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind, OrganizationKind
from ingest.language.article import Article, Passage, Span
from ingest.language.entity import Cast, Entity, Mention
from ingest.rules import phrase
from ingest.rules.role import Roles

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")

REACH = 1500
"""Characters before a pronoun or description within which what it stands for is looked for."""

_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "we", "us", "our"})
_IT = frozenset({"it", "its", "itself"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "both"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Reference:
    """What a phrase stands for: its name, the words of the document that say so, and the entity if it is a named one."""

    name: Name
    span: Span
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A common noun of `data/descriptions.tsv`."""

    noun: str
    stands_for: NameKind
    kinds: frozenset[OrganizationKind]


@cache
def descriptions() -> dict[str, Description]:
    """The nouns that stand for somebody or something, by their singular."""
    found: dict[str, Description] = {}
    for line in (DATA / "descriptions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            noun, stands_for, kinds = line.split("\t")
            found.setdefault(
                noun, Description(noun, NameKind(stands_for), frozenset(map(OrganizationKind, kinds.split())))
            )
    return found


class References:
    """Resolves the phrases of one article. Speakers are noted as they are found, since pronouns mostly mean them."""

    def __init__(self, article: Article, cast: Cast, roles: Roles) -> None:
        self.article = article
        self.cast = cast
        self.roles = roles
        self._speakers: list[tuple[int, Reference]] = []

    def note_speaker(self, offset: int, reference: Reference) -> None:
        """Remember who spoke at a place."""
        self._speakers.append((offset, reference))

    def of(self, passage: Passage, head: Token) -> Reference:
        """What the noun phrase with this head stands for."""
        antecedent = phrase.antecedent(head)
        if antecedent is not None:
            return self.of(passage, antecedent)
        word = head.text.casefold()
        if head.pos_ == "PRON" or word in _PERSONAL | _PLURAL | _IT:
            return self._pronoun(passage, head, word)
        named = self._named(passage, head)
        if named is not None:
            return named
        return self._described(passage, head)

    def _named(self, passage: Passage, head: Token) -> Reference | None:
        """A name at the head itself, or beside it in apposition."""
        span = phrase.span(passage, head)
        mention = self.cast.mention_at(passage.place(head)[0])
        if mention is not None:
            return _reference(mention, span)
        for beside in phrase.appositions(head):
            mention = self.cast.mention_at(passage.place(beside)[0])
            if mention is not None and mention.entity.kind is NameKind.PERSON and head.tag_ != "NNS":
                return _reference(mention, (span[0], max(span[1], mention.end)))
        return None

    def _described(self, passage: Passage, head: Token) -> Reference:
        span = phrase.span(passage, head)
        core = phrase.core(passage, head)
        words = self._words(core)
        description = descriptions().get(head.lemma_.casefold()) or descriptions().get(head.text.casefold())
        singular = head.tag_ in {"NN", "NNP"}
        definite = phrase.determiner(head) in _DEFINITE
        if singular and self.roles.is_role(head):
            holder = self._holder(passage, head, core)
            if holder is not None:
                return Reference(Name(name=holder.name, kind=NameKind.PERSON), span, holder)
        if description is not None and description.stands_for is NameKind.ORGANIZATION and singular and definite:
            found = self._organization(passage, head, description)
            if found is not None:
                return Reference(Name(name=found.name, kind=NameKind.ORGANIZATION), span, found)
            bare = len(words.split()) == 1
            return Reference(Name(name=self._words(span), kind=NameKind.GROUP, unresolved=bare), span)
        if description is not None and description.stands_for is NameKind.DOCUMENT:
            return Reference(Name(name=words, kind=NameKind.DOCUMENT), span)
        return Reference(Name(name=words, kind=NameKind.GROUP), span)

    def _holder(self, passage: Passage, head: Token, core: Span) -> Entity | None:
        """The person before this place who has the role that is described, at the organization that is named if any."""
        organization = next(
            (m.entity for m in self.cast.mentions_in(*core) if m.entity.kind is NameKind.ORGANIZATION), None
        )
        definite = phrase.determiner(head) in _DEFINITE or organization is not None
        if not definite:
            return None
        place = passage.place(head)[0]
        noun = head.text.casefold()
        for person in self._recent(place, NameKind.PERSON):
            if self.roles.holds(person, noun, organization):
                return person
        return None

    def _organization(self, passage: Passage, head: Token, description: Description) -> Entity | None:
        """The organization of a fitting kind that stands nearest before, the subject of its sentence first."""
        place = passage.place(head)[0]
        fitting = [
            mention
            for mention in self.cast.before(place)
            if place - mention.end <= REACH
            and mention.entity.kind is NameKind.ORGANIZATION
            and mention.entity.organization_kind in description.kinds
        ]
        if not fitting:
            return None
        return max(fitting, key=lambda mention: self._salience(mention, place)).entity

    def _salience(self, mention: Mention, place: int) -> float:
        """How much a mention stands out at a later place: near, a subject, named often."""
        sentences = len(self.article.sentences_in(mention.end, place))
        score = -float(sentences)
        passage = self.article.sentence_at(mention.start)
        token = passage.passage.token_at(mention.end - 1) if passage is not None else None
        if token is not None and token.dep_ in _SUBJECTS:
            score += 1.5
        if token is not None and token.dep_ in {"pobj", "poss", "compound", "conj"}:
            score -= 0.5
        return score + min(len(mention.entity.mentions), 6) * 0.25

    def _pronoun(self, passage: Passage, head: Token, word: str) -> Reference:
        span = passage.place(head)
        place = span[0]
        if word in _PERSONAL:
            person = self._person(place)
            if person is not None:
                return Reference(Name(name=person.name, kind=NameKind.PERSON), span, person)
            return Reference(Name(name=head.text, kind=NameKind.PERSON, unresolved=True), span)
        if word in _IT or word in _PLURAL:
            found = self._last_speaker(place, word) or (self._subject(passage, head) if word in _IT else None)
            if found is not None:
                return Reference(found.name, span, found.entity)
            return Reference(Name(name=head.text, kind=NameKind.GROUP, unresolved=True), span)
        return Reference(Name(name=self._words(span), kind=NameKind.GROUP), span)

    def _person(self, place: int) -> Entity | None:
        """The person whom "he" or "she" means: the last one named outside quotations, or who spoke last."""
        spoke = next((r.entity for at, r in reversed(self._speakers) if at < place and r.entity is not None), None)
        for mention in self.cast.before(place):
            if place - mention.end > REACH:
                break
            if mention.entity.kind is NameKind.PERSON and not self.article.in_quotation(mention.start):
                near = self.article.sentence_at(mention.start)
                subject = near is not None and self._is_subject(near.passage, mention)
                if subject or mention.entity is spoke or spoke is None or spoke.kind is not NameKind.PERSON:
                    return mention.entity
        return spoke if spoke is not None and spoke.kind is NameKind.PERSON else None

    def _is_subject(self, passage: Passage, mention: Mention) -> bool:
        tokens = passage.tokens(mention.start, mention.end)
        return any(token.dep_ in _SUBJECTS for token in tokens)

    def _last_speaker(self, place: int, word: str) -> Reference | None:
        for at, reference in reversed(self._speakers):
            if at < place and place - at <= REACH // 2:
                kind = reference.name.kind
                if word in _IT and kind in (NameKind.ORGANIZATION, NameKind.DOCUMENT):
                    return reference
                if word in _PLURAL and kind is NameKind.GROUP:
                    return reference
        return None

    def _subject(self, passage: Passage, head: Token) -> Reference | None:
        """The organization that is the subject nearest before."""
        place = passage.place(head)[0]
        for mention in self.cast.before(place):
            if place - mention.end > REACH // 2:
                return None
            sentence = self.article.sentence_at(mention.start)
            if (
                mention.entity.kind is NameKind.ORGANIZATION
                and sentence is not None
                and self._is_subject(sentence.passage, mention)
            ):
                return _reference(mention, (mention.start, mention.end))
        return None

    def _recent(self, place: int, kind: NameKind) -> Iterator[Entity]:
        seen: set[int] = set()
        for mention in self.cast.before(place):
            if mention.entity.kind is kind and id(mention.entity) not in seen:
                seen.add(id(mention.entity))
                yield mention.entity

    def _words(self, span: Span) -> str:
        return " ".join(self.article.text[span[0] : span[1]].split())


def _reference(mention: Mention, span: Span) -> Reference:
    entity = mention.entity
    return Reference(Name(name=entity.name, kind=entity.kind), span, entity)

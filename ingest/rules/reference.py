"""Who is meant by a noun phrase: a name, a surname, a description such as "the union", a pronoun, or a group.

Names go before descriptions, descriptions before pronouns, and where nothing in the document decides, the reference is
unresolved: its words stand for themselves. What it finds is the fullest name that the document gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind, OrganizationKind
from ingest.language.article import Article, Passage, Span
from ingest.language.block import BlockKind
from ingest.language.entity import Cast, Entity, Mention
from ingest.language.gazetteer import gender
from ingest.rules import phrase
from ingest.rules.description import Description, descriptions
from ingest.rules.role import Roles

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 1500
"""Characters before a pronoun or description within which what it stands for is looked for."""

_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her", "both"})
_VIEW = 4
_OFFICE_NOUNS = frozenset(
    {"producer", "office", "partner", "unit", "operator", "owner", "service", "site", "board", "group"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our"})
_SECOND = frozenset({"you", "your", "yours"})
_HUMAN = frozenset(
    {"person", "man", "woman", "one", "insider", "source", "user", "reader", "parent", "mother", "father"}
)
_POSITIONS = frozenset({"role", "position", "job", "opening", "vacancy"})
_NO_OUTLET = frozenset({"company", "firm", "studio", "startup", "giant", "business", "employer"})
_BESIDE = re.compile(r",?\s*(?:(?:an?|the)\s+)?(?:[\w'-]+\s+){0,4}(?:named\s+|called\s+)?|,\s*")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord)\.?\s+\Z")
_FEMALE = re.compile(r"\b(?:Ms|Mrs|Miss|Dame|Lady)\.?\s+\Z")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a phrase stands for: its name, the words of the document that say so, and the entity if it is a named one.

    `noun` is the lemma of a description, `human` says that it describes one person.
    """

    name: Name
    span: Span
    entity: Entity | None = None
    noun: str = ""
    human: bool = False


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
        return self._named(passage, head) or self._described(passage, head)

    def _named(self, passage: Passage, head: Token) -> Reference | None:
        """A name at the head itself, or beside it in apposition."""
        span = phrase.span(passage, head)
        mention = self.cast.mention_at(passage.place(head)[0])
        if mention is not None:
            return _reference(mention, span)
        for beside in phrase.appositions(head):
            mention = self.cast.mention_at(passage.place(beside)[0])
            if mention is None:
                continue
            person = mention.entity.kind is NameKind.PERSON and head.tag_ != "NNS"
            described = descriptions().get(head.lemma_.casefold())
            organization = described is not None and described.stands_for is NameKind.ORGANIZATION
            plain = head.pos_ == "NOUN" and head.tag_ == "NN"
            if person or (plain and (organization or not self.roles.is_role(head))):
                return _reference(mention, (span[0], max(span[1], mention.end)))
        return self._beside(head, span)

    def _beside(self, head: Token, span: Span) -> Reference | None:
        """The person named right after one that is described, where the parser saw no apposition."""
        if head.tag_ not in {"NN", "CD", "NNP"} or not (self.roles.is_role(head) or head.text.casefold() == "one"):
            return None
        following = self.cast.mentions_in(span[1], min(len(self.article.text), span[1] + 70))
        if not following or following[0].entity.kind is not NameKind.PERSON:
            return None
        between = self.article.text[span[1] : following[0].start]
        return _reference(following[0], (span[0], following[0].end)) if _BESIDE.fullmatch(between) else None

    def _described(self, passage: Passage, head: Token) -> Reference:
        span = phrase.span(passage, head)
        core = phrase.core(passage, head)
        words = self._words(core)
        noun = head.lemma_.casefold()
        description = descriptions().get(noun) or descriptions().get(head.text.casefold())
        definite = phrase.determiner(head) in _DEFINITE
        if head.tag_ in {"NN", "NNP"}:
            holder = self._holder(passage, head, core) if self.roles.is_role(head) else None
            if holder is not None:
                return Reference(Name(name=holder.name, kind=NameKind.PERSON), span, holder, noun)
            possessed = any(
                child.dep_ == "poss"
                and child.tag_ != "PRP$"
                and self.cast.mention_at(passage.place(child)[0]) is not None
                for child in head.lefts
            )
            bare = definite and not possessed or self._in_heading(passage)
            if description is not None and description.stands_for is NameKind.ORGANIZATION and (bare or head.i == 0):
                found = self._organization(passage, head, description)
                if found is not None:
                    return Reference(Name(name=found.name, kind=NameKind.ORGANIZATION), span, found, noun)
        earlier = self._earlier(passage, head, noun) if definite else None
        if earlier is not None:
            return Reference(earlier.name, span, earlier.entity, noun, earlier.human)
        if description is not None and description.stands_for is NameKind.DOCUMENT:
            outlet = self._publisher(core)
            if outlet is not None:
                return Reference(Name(name=outlet.name, kind=NameKind.ORGANIZATION), span, outlet, noun)
            return Reference(Name(name=words, kind=NameKind.DOCUMENT), span, None, noun)
        if noun in _POSITIONS and definite:
            owner = self.organization_in_view(span[0])
            name = f"{owner.name} {words}" if owner is not None else words
            return Reference(Name(name=name, kind=NameKind.DOCUMENT), span, None, noun)
        unresolved = definite and description is not None and len(words.split()) == 1
        human = head.tag_ == "NN" and (self.roles.is_role(head) or noun in _HUMAN)
        name = Name(name=words, kind=NameKind.GROUP, unresolved=unresolved)
        return Reference(name, span, None, noun, human)

    def _publisher(self, core: Span) -> Entity | None:
        """The outlet whose report a phrase names: "a report from BeInCrypto" says what BeInCrypto says."""
        named = [m.entity for m in self.cast.mentions_in(*core)]
        outlets = [
            e for e in named if e.organization_kind is OrganizationKind.NEWS_OUTLET and e.kind is NameKind.ORGANIZATION
        ]
        return outlets[-1] if len(outlets) == 1 and len(named) == 1 else None

    def _in_heading(self, passage: Passage) -> bool:
        return passage.block.kind is BlockKind.HEADING

    def _holder(self, passage: Passage, head: Token, core: Span) -> Entity | None:
        """The person before this place who has the role that is described, at the organization that is named if any."""
        organization = next(
            (m.entity for m in self.cast.mentions_in(*core) if m.entity.kind is NameKind.ORGANIZATION), None
        )
        if phrase.determiner(head) not in _DEFINITE and organization is None:
            return None
        place = passage.place(head)[0]
        noun = head.text.casefold()
        for person in self._recent(place, NameKind.PERSON):
            if self.roles.holds(person, noun, organization):
                return person
        return None

    def _earlier(self, passage: Passage, head: Token, noun: str) -> Reference | None:
        """An unnamed speaker or document before this place that the same noun called more fully."""
        place = passage.place(head)[0]
        for at, reference in reversed(self._speakers):
            if at < place and reference.noun == noun and reference.entity is None:
                return reference
        return None

    def _organization(self, passage: Passage, head: Token, description: Description) -> Entity | None:
        """The organization of a fitting kind that stands out most before this place, or else the first after it."""
        place = passage.place(head)[0]
        before = [m for m in self._near(place) if self._fits(m.entity, description)]
        if before:
            return max(before, key=lambda m: self._salience(m, place, description)).entity
        for mention in self.cast.mentions_in(place, place + REACH // 2):
            if self._fits(mention.entity, description):
                return mention.entity
        return None

    def described(self, place: int, noun: str) -> Entity | None:
        """The organization that a noun such as "guild" means at a place, if it means any."""
        description = descriptions().get(noun)
        if description is None or description.stands_for is not NameKind.ORGANIZATION or noun in _OFFICE_NOUNS:
            return None
        fitting = [m for m in self._near(place) if self._fits(m.entity, description)]
        return max(fitting, key=lambda m: self._salience(m, place, description)).entity if fitting else None

    def organization_in_view(self, place: int) -> Entity | None:
        """The organization that a passage is about: no outlet, named within two sentences, a subject first."""
        best: tuple[float, Entity] | None = None
        for mention in self._near(place):
            entity = mention.entity
            outlet = entity.organization_kind is OrganizationKind.NEWS_OUTLET
            if entity.kind is not NameKind.ORGANIZATION or outlet:
                continue
            distance = len(self.article.sentences_in(mention.end, place))
            if distance > _VIEW:
                continue
            token = self._token(mention)
            subject = token is not None and token.dep_ in _SUBJECTS
            score = 1.5 * subject - distance + min(len(entity.mentions), 6) * 0.3
            if best is None or score > best[0]:
                best = score, entity
        return best[1] if best is not None else None

    def _near(self, place: int) -> Iterator[Mention]:
        for mention in self.cast.before(place):
            if place - mention.end > REACH:
                return
            yield mention

    @staticmethod
    def _fits(entity: Entity, description: Description) -> bool:
        if entity.kind is not NameKind.ORGANIZATION:
            return False
        if not description.kinds:
            return description.noun in entity.name.casefold().split()
        return entity.organization_kind in description.kinds or description.noun in entity.name.casefold().split()

    def _salience(self, mention: Mention, place: int, description: Description) -> float:
        """How much a mention stands out at a later place: near, a subject, named often, called by the same noun."""
        score = -float(len(self.article.sentences_in(mention.end, place)))
        token = self._token(mention)
        if token is not None and token.dep_ in _SUBJECTS:
            score += 1.5
        if token is not None and token.dep_ in {"poss", "compound"}:
            score -= 0.5
        if description.noun in mention.entity.name.casefold().split():
            score += 4
        if mention.entity.organization_kind is OrganizationKind.OTHER:
            score -= 1
        if mention.entity.organization_kind is OrganizationKind.NEWS_OUTLET and description.noun in _NO_OUTLET:
            score -= 3
        return score + min(len(mention.entity.mentions), 6) * 0.3

    def _token(self, mention: Mention) -> Token | None:
        sentence = self.article.sentence_at(mention.start)
        return sentence.passage.token_at(mention.end - 1) if sentence is not None else None

    def _pronoun(self, passage: Passage, head: Token, word: str) -> Reference:
        span = passage.place(head)
        if word in _PERSONAL:
            found = self._person(span[0], "f" if word in _SHE else "m")
            if found is not None:
                return Reference(found.name, span, found.entity, found.noun, human=True)
            return Reference(Name(name=head.text, kind=NameKind.PERSON, unresolved=True), span)
        if word in _IT or word in _PLURAL:
            other = self._organization_meant(span[0]) if word in _IT else self._last_group(span[0])
            if other is not None:
                return Reference(other.name, span, other.entity, other.noun)
            return Reference(Name(name=head.text, kind=NameKind.GROUP, unresolved=True), span)
        unresolved = word in _FIRST | _SECOND
        return Reference(Name(name=self._words(span), kind=NameKind.GROUP, unresolved=unresolved), span)

    def _person(self, place: int, gender: str) -> Reference | None:
        """Whom "he" or "she" means: the person who stands out most before, named or not, if the gender fits."""
        best: tuple[float, Reference] | None = None
        for mention in self._near(place):
            entity = mention.entity
            known = self.gender(entity)
            quoted = self.article.in_quotation(mention.start)
            if entity.kind is not NameKind.PERSON or quoted is not None or (known is not None and known != gender):
                continue
            token = self._token(mention)
            score = -float(len(self.article.sentences_in(mention.end, place)))
            if token is not None and (token.dep_ in _SUBJECTS or _in_subject(token)):
                score += 1.5
            if known == gender:
                score += 0.5
            if best is None or score > best[0]:
                best = score, _reference(mention, (mention.start, mention.end))
        for at, reference in reversed(self._speakers):
            if at >= place:
                continue
            if place - at > REACH // 2:
                break
            if reference.human or (reference.entity is not None and reference.entity.kind is NameKind.PERSON):
                known = self.gender(reference.entity) if reference.entity is not None else _noun_gender(reference.noun)
                score = 1.0 - len(self.article.sentences_in(at, place))
                if (known is None or known == gender) and (best is None or score > best[0]):
                    best = score, reference
                break
        return best[1] if best is not None else None

    def gender(self, person: Entity | None) -> str | None:
        """What the given name, or a form of address before the name, tells."""
        if person is None or person.kind is not NameKind.PERSON:
            return None
        for mention in person.mentions[:6]:
            before = self.article.text[max(0, mention.start - 6) : mention.start]
            if _MALE.search(before):
                return "m"
            if _FEMALE.search(before):
                return "f"
        return gender(person.name)

    def _last_group(self, place: int) -> Reference | None:
        """The group that spoke last before a place, whom "they" means."""
        for at, reference in reversed(self._speakers):
            if at < place and place - at <= REACH // 2:
                if reference.name.kind is NameKind.GROUP and not reference.human:
                    return reference
        return None

    def _organization_meant(self, place: int) -> Reference | None:
        """What "it" means: the organization or document that stands out most before a place; who spoke last does."""
        best: tuple[float, Reference] | None = None
        for mention in self._near(place):
            if mention.entity.kind is not NameKind.ORGANIZATION or place - mention.end > REACH // 2:
                continue
            token = self._token(mention)
            score = -float(len(self.article.sentences_in(mention.end, place)))
            if token is not None and token.dep_ in _SUBJECTS:
                score += 1.5
            if best is None or score > best[0]:
                best = score, _reference(mention, (mention.start, mention.end))
        spoke = next(
            (
                (at, reference)
                for at, reference in reversed(self._speakers)
                if at < place and reference.name.kind in (NameKind.ORGANIZATION, NameKind.DOCUMENT)
            ),
            None,
        )
        if spoke is not None and place - spoke[0] <= REACH // 2:
            score = 1.0 - len(self.article.sentences_in(spoke[0], place))
            if best is None or score >= best[0]:
                return spoke[1]
        return best[1] if best is not None else None

    def _recent(self, place: int, kind: NameKind) -> Iterator[Entity]:
        seen: set[int] = set()
        for mention in self._near(place):
            if mention.entity.kind is kind and id(mention.entity) not in seen:
                seen.add(id(mention.entity))
                yield mention.entity

    def _words(self, span: Span) -> str:
        return " ".join(self.article.text[span[0] : span[1]].split())


def _in_subject(token: Token) -> bool:
    """Whether a token stands in the phrase of a subject, as a name in apposition does."""
    for _ in range(3):
        if token.dep_ in {"appos", "compound", "flat"}:
            token = token.head
        else:
            break
    return token.dep_ in _SUBJECTS


def _noun_gender(noun: str) -> str | None:
    if noun.endswith(("woman", "ess", "mother", "girl")):
        return "f"
    return "m" if noun.endswith(("man", "father", "boy")) and not noun.endswith("woman") else None


def _reference(mention: Mention, span: Span) -> Reference:
    entity = mention.entity
    return Reference(Name(name=entity.name, kind=entity.kind), span, entity)

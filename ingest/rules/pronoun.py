"""Whom a pronoun means: the person, organization or group of its kind that stands out most before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind
from ingest.language.article import Article, Passage
from ingest.language.entity import Entity, Mention
from ingest.language.gazetteer import gender
from ingest.rules.cue import cue
from ingest.rules.prominence import AS_SUBJECT, REACH, Prominence
from ingest.rules.reference import Reference
from ingest.rules.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

SHE = frozenset({"she", "her", "hers", "herself"})
HE = frozenset({"he", "him", "his", "himself"})
THEY = frozenset({"they", "them", "their", "themselves"})
IT = frozenset({"it", "its", "itself"})
PRONOUNS = SHE | HE | THEY | IT
FITTING = {
    "she": frozenset({NameKind.PERSON}),
    "he": frozenset({NameKind.PERSON}),
    "it": frozenset({NameKind.ORGANIZATION, NameKind.DOCUMENT}),
    "they": frozenset({NameKind.GROUP}),
}
"""What the pronouns that can be a subject stand for."""

_FIRST_AND_SECOND = frozenset(
    {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours"}
)
_MALE = re.compile(r"\b(?:Mr|Sir|Lord)\.?\s+\Z")
_FEMALE = re.compile(r"\b(?:Ms|Mrs|Miss|Dame|Lady)\.?\s+\Z")
_FORM_OF_ADDRESS = 6
"""Characters before a name in which a form of address stands, and mentions that are looked at for one."""

_SPOKE = 1.0
"""What it is worth that somebody spoke last, in sentences of distance."""

Scored = tuple[float, Reference]


class Pronouns:
    """Resolves the pronouns of one article."""

    def __init__(self, article: Article, prominence: Prominence, speakers: Speakers) -> None:
        self._article = article
        self._prominence = prominence
        self._speakers = speakers

    def of(self, passage: Passage, head: Token) -> Reference:
        """Whom a pronoun means; unresolved when nothing before it says so."""
        word = head.text.casefold()
        start, end = passage.place(head)
        if word in SHE or word in HE:
            found, kind = self._person(start, "f" if word in SHE else "m"), NameKind.PERSON
        else:
            found = self._thing(start) if word in IT else self._group(start) if word in THEY else None
            kind = NameKind.GROUP
        if found is not None:
            return Reference(found.name, (start, end), found.entity, found.noun, human=kind is NameKind.PERSON)
        unresolved = word in PRONOUNS or word in _FIRST_AND_SECOND
        return Reference(Name(name=self._article.text[start:end], kind=kind, unresolved=unresolved), (start, end))

    def agrees(self, reference: Reference, word: str) -> bool:
        """Whether nothing that is known of a person's gender tells against a pronoun."""
        known = self._gender(reference.entity) if reference.entity is not None else None
        return not (known == "m" and word in SHE) and not (known == "f" and word in HE)

    def _person(self, place: int, wanted: str) -> Reference | None:
        """The person who stands out most before a place, named or not, if the gender fits."""
        best: Scored | None = None
        for mention in self._prominence.near(place):
            known = self._gender(mention.entity)
            if mention.entity.kind is not NameKind.PERSON or known not in {None, wanted}:
                continue
            if self._article.in_quotation(mention.start) is None:
                score = self._score(mention, place, inside=True) + 0.5 * (known == wanted)
                best = _better(best, score, mention)
        spoke = next(((at, each) for at, each in self._speakers.before(place, REACH // 2) if each.is_person), None)
        if spoke is None:
            return best[1] if best is not None else None
        at, speaker = spoke
        known = self._gender(speaker.entity) if speaker.entity is not None else _noun_gender(speaker.noun)
        score = _SPOKE - self._prominence.distance(at, place)
        if known in {None, wanted} and (best is None or score > best[0]):
            return speaker
        return best[1] if best is not None else None

    def _thing(self, place: int) -> Reference | None:
        """The organization or document that stands out most before a place; one that spoke last does."""
        best: Scored | None = None
        for mention in self._prominence.near(place):
            if mention.entity.kind is NameKind.ORGANIZATION and place - mention.end <= REACH // 2:
                best = _better(best, self._score(mention, place, inside=True), mention)
        for at, speaker in self._speakers.before(place, REACH // 2):
            if speaker.name.kind in {NameKind.ORGANIZATION, NameKind.DOCUMENT}:
                if best is None or _SPOKE - self._prominence.distance(at, place) >= best[0]:
                    return speaker
                break
        return best[1] if best is not None else None

    def _group(self, place: int) -> Reference | None:
        """The group that spoke last before a place."""
        for _, speaker in self._speakers.before(place, REACH // 2):
            if speaker.name.kind is NameKind.GROUP and not speaker.human:
                return speaker
        return None

    def _score(self, mention: Mention, place: int, *, inside: bool = False) -> float:
        as_subject = AS_SUBJECT * self._prominence.is_subject(mention, inside=inside)
        return as_subject - self._prominence.distance(mention.end, place)

    def _gender(self, person: Entity) -> str | None:
        """What the given name, or a form of address before the name, tells."""
        if person.kind is not NameKind.PERSON:
            return None
        for mention in person.mentions[:_FORM_OF_ADDRESS]:
            before = self._article.text[max(0, mention.start - _FORM_OF_ADDRESS) : mention.start]
            if _MALE.search(before):
                return "m"
            if _FEMALE.search(before):
                return "f"
        return gender(person.name)


def governing_speaker(pronoun: Token) -> Token | None:
    """Who says the clause whose subject a pronoun is: "the union" of "the union said it had not agreed"."""
    clause = pronoun.head
    if pronoun.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    while clause.dep_ == "conj" and clause.head.i < clause.i:
        clause = clause.head
    verb = clause.head
    if clause.dep_ != "ccomp" or verb.pos_ != "VERB" or cue(verb) is None:
        return None
    while True:
        before = [child for child in verb.lefts if child.dep_ == "nsubj"]
        if before:
            return before[-1] if before[-1].pos_ in {"NOUN", "PROPN"} and before[-1].i < pronoun.i else None
        if verb.dep_ not in {"conj", "advcl", "xcomp"} or verb.head.i >= verb.i:
            return None
        verb = verb.head


def _better(best: Scored | None, score: float, mention: Mention) -> Scored:
    return best if best is not None and best[0] >= score else (score, Reference.by(mention))


def _noun_gender(noun: str) -> str | None:
    if noun.endswith(("woman", "ess", "mother", "girl")):
        return "f"
    return "m" if noun.endswith(("man", "father", "boy")) else None

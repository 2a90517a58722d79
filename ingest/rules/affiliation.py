"""As what and for which organization a speaker speaks: a person's role, or what an unnamed speaker is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.entity import Entity
from ingest.rules import phrase
from ingest.rules.description import descriptions
from ingest.rules.issuer import sort_of
from ingest.rules.reading import Reading
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.language.article import Passage

_PAPERS = group("papers")
_SEEING = group("seeing")
_STAFF = group("staff")
_DEFINITE = frozenset({"the", "this", "that"})
_OWNERS = frozenset({"for", "of", "at", "from", "by"})


def affiliation(reading: Reading, utterance: Utterance) -> str | None:
    """The name of the organization that a speaker belongs to, if the document says or leaves no doubt."""
    reference = utterance.reference
    if reference.entity is not None:
        role = reading.references.roles.of(reference.entity)
        return role.organization.name if role is not None and role.organization is not None else None
    if reference.name.kind is NameKind.ORGANIZATION:
        return None
    if reference.name.kind is NameKind.DOCUMENT or sort_of(reference.noun) is not None:
        return _issuer(reading, utterance)
    inside = reading.cast.mentions_in(*reference.span)
    named = (mention.entity for mention in inside if mention.entity.kind is NameKind.ORGANIZATION)
    found, said = next(named, None), True
    if found is None:
        found, said = _owner(reading, utterance)
    if found is None and not said:
        found = _unsaid(reading, utterance)
    return found.name if found is not None else None


def _issuer(reading: Reading, utterance: Utterance) -> str | None:
    """The name of the organization whose a document is."""
    reference, head = utterance.reference, utterance.speaker
    start, end = reference.span
    passage = utterance.passage(head) if head is not None else None
    owners = [child for child in head.lefts if child.dep_ == "poss"] if head is not None else []
    found = _belonging(reading, passage, owners[0]) if passage is not None and owners else None
    if found is None:
        before = passage.place(head)[0] if passage is not None and head is not None else end
        inside = (mention.entity for mention in reading.cast.mentions_in(start, before))
        found = next((entity for entity in inside if entity.kind is NameKind.ORGANIZATION), None)
    found = found or reading.references.issuers.of(reference.noun, end)
    by_somebody = head is not None and any(
        child.dep_ == "agent"
        for each in head.rights
        if each.dep_ == "acl" and each.text.casefold() not in _SEEING
        for child in each.rights
    )
    if found is None and reference.noun in _PAPERS and not by_somebody:
        found = reading.references.belonging.in_focus(start)
    return found.name if found is not None else None


def role(reading: Reading, utterance: Utterance) -> str | None:
    """The role of a speaker in the document's words: "chief executive", or "staff writer" of one without a name."""
    reference, head = utterance.reference, utterance.speaker
    if reference.entity is not None:
        found = reading.references.roles.of(reference.entity)
        return found.words if found is not None else None
    passage = utterance.passage(head) if head is not None else None
    if head is None or passage is None or not reference.human or not reading.references.roles.is_role(head):
        return None
    first = head
    for child in reversed(list(head.lefts)):
        place = passage.place(child)[0]
        belongs = _lemma(child) in descriptions() or reading.cast.mention_at(place) is not None
        if child.dep_ != "compound" or child.i != first.i - 1 or belongs:
            break
        first = child
    start, end = passage.span(first, head)
    return reading.text[start:end]


def _owner(reading: Reading, utterance: Utterance) -> tuple[Entity | None, bool]:
    """The organization whose an unnamed speaker is, as in "its lawyers", and whether any words say whose."""
    head = utterance.speaker
    passage = utterance.passage(head) if head is not None else None
    if head is None or passage is None:
        return None, False
    for child in head.lefts:
        if child.dep_ == "poss":
            return _belonging(reading, passage, child), True
        if child.dep_ in {"compound", "nmod"}:
            described = reading.references.prominence.described(passage.place(child)[0], _lemma(child))
            if described is not None:
                return described, True
    behind = list(phrase.objects(head, _OWNERS))
    named = (reading.references.organization(passage, noun) for noun in behind)
    return next((owner for owner in named if owner is not None), None), bool(behind)


def _belonging(reading: Reading, passage: Passage, possessor: Token) -> Entity | None:
    """The organization that possesses, or that of the person who does: "her manager"."""
    reference = reading.references.of(passage, possessor)
    if reference.entity is None or reference.entity.kind is not NameKind.PERSON:
        return reference.organization
    role = reading.references.roles.of(reference.entity)
    return role.organization if role is not None else None


def _unsaid(reading: Reading, utterance: Utterance) -> Entity | None:
    """The organization of an unnamed speaker, or of a document, that goes without saying."""
    reference, belonging = utterance.reference, reading.references.belonging
    if reference.noun in _PAPERS:
        return belonging.in_focus(reference.span[0])
    if reference.noun in _STAFF:
        return belonging.of_staff(reference.span[0])
    if not reference.human:
        return None
    definite = utterance.speaker is not None and phrase.determiner(utterance.speaker) in _DEFINITE
    of = belonging.of_role if definite else belonging.of_somebody
    return of(reference.noun, reference.span[0])


def _lemma(token: Token) -> str:
    return token.lemma_.casefold()

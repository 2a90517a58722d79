"""As what and for which organization a speaker speaks: a person's role, or what an unnamed speaker is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.entity import Entity
from ingest.rules import phrase
from ingest.rules.description import descriptions
from ingest.rules.reading import Reading
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_PAPERS = group("papers")
_STAFF = group("staff")
_OWNERS = frozenset({"for", "of", "at", "from", "by"})


def affiliation(reading: Reading, utterance: Utterance) -> str | None:
    """The name of the organization that a speaker belongs to, if the document says or leaves no doubt."""
    reference = utterance.reference
    if reference.entity is not None:
        role = reading.references.roles.of(reference.entity)
        return role.organization.name if role is not None and role.organization is not None else None
    if reference.name.kind is NameKind.ORGANIZATION:
        return None
    inside = reading.cast.mentions_in(*reference.span)
    named = (mention.entity for mention in inside if mention.entity.kind is NameKind.ORGANIZATION)
    found = next(named, None) or _owner(reading, utterance)
    goes_without_saying = reference.noun in _PAPERS or (reference.human and reference.noun in _STAFF)
    if found is None and goes_without_saying:
        found = reading.references.prominence.organization_in_view(reference.span[0])
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


def _owner(reading: Reading, utterance: Utterance) -> Entity | None:
    """The organization whose an unnamed speaker is: "the guild's rates", "its lawyers", "a guild insider"."""
    head = utterance.speaker
    passage = utterance.passage(head) if head is not None else None
    if head is None or passage is None:
        return None
    for child in head.lefts:
        if child.dep_ == "poss":
            return reading.references.organization(passage, child)
        if child.dep_ in {"compound", "nmod"}:
            described = reading.references.prominence.described(passage.place(child)[0], _lemma(child))
            if described is not None:
                return described
    behind = (reading.references.organization(passage, noun) for noun in phrase.objects(head, _OWNERS))
    return next((owner for owner in behind if owner is not None), None)


def _lemma(token: Token) -> str:
    return token.lemma_.casefold()

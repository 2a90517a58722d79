"""What a sentence says of an event beside who takes part: how many, what about, where, and which date is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import EventKind
from ingest.language.article import Passage, Span
from ingest.rules import phrase
from ingest.rules import verb as verbs
from ingest.rules.event_cue import Cue, noun_frame
from ingest.rules.number import number_before

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOUT_OBJECT = frozenset({EventKind.HIRING, EventKind.LAUNCH, EventKind.PROPOSAL, EventKind.OTHER})
_ABOUT = ("over", "about", "on", "regarding", "around")
_CLIMB = 8


def counted(cue: Cue) -> int | None:
    """How many, from the number before what is cut."""
    nouns = [cue.noun] if cue.noun is not None else []
    if cue.verb is not None:
        nouns += [*verbs.objects(cue.verb), *verbs.after(cue.verb, "of"), *verbs.subjects(cue.verb)]
    if cue.noun is not None:
        nouns += verbs.after(cue.noun, "of")
    return next((count for noun in nouns if (count := number_before(noun)) is not None), None)


def subject_matter(passage: Passage, cue: Cue, dated: list[Span]) -> Span | None:
    """What an event is about: the phrase of "over" and its like, or what is launched, offered or sought; no date."""
    for head in _heads(cue):
        for preposition in _ABOUT:
            for noun in verbs.after(head, preposition) or (
                verbs.below(head, preposition) if preposition == "over" else []
            ):
                at = passage.place(noun)[0]
                if any(start <= at < end for start, end in dated) or noun is cue.noun or noun_frame(noun) is not None:
                    continue
                if noun.pos_ in {"NOUN", "PROPN"}:
                    return phrase.span(passage, noun)
    if cue.kind in _ABOUT_OBJECT and cue.verb is not None:
        objects = [cue.noun] if cue.noun is not None and not verbs.is_verb(cue.noun) else verbs.objects(cue.token)
        if objects and objects[0].pos_ in {"NOUN", "PROPN"}:
            return phrase.span(passage, objects[0])
    return None


def _heads(cue: Cue) -> list[Token]:
    return [token for token in (cue.noun, cue.verb) if token is not None]


def location(passage: Passage, cue: Cue) -> Span | None:
    """The place that hangs on the event's verb or noun by "in", "at" or "outside"."""
    for head in _heads(cue):
        for preposition in ("in", "outside", "across"):
            for noun in verbs.after(head, preposition):
                start = passage.place(noun)[0]
                for left, right, label in passage.entities:
                    if left <= start < right and label in {"GPE", "LOC"}:
                        return left, right
    return None


def belongs(passage: Passage, span: Span, cue: Cue) -> bool:
    """Whether a date hangs on the event's own words, with no other verb between."""
    current = passage.token_at(span[1] - 1)
    own = {each.i for each in (cue.token, cue.verb, cue.noun) if each is not None}
    if current is None:
        return False
    for step in range(_CLIMB):
        if current.i in own:
            return True
        if current.head.i == current.i or (step and verbs.is_verb(current) and current.dep_ != "acl"):
            return False
        current = current.head
    return False

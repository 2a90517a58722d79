"""Whether those who take part in an event are such as its kind has: somebody, or many, or no single person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import EventKind, EventState, Name, NameKind
from ingest.rules import verb as verbs
from ingest.rules.event_cue import Cue
from ingest.rules.people import is_actor_noun
from ingest.rules.technology_names import technology_nouns
from ingest.rules.work import work_nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEEDS_SOMEBODY = frozenset(
    {EventKind.STRIKE, EventKind.HIRING, EventKind.LAUNCH, EventKind.OTHER, EventKind.PROPOSAL, EventKind.NEGOTIATION}
)
_OF_MANY = frozenset({EventKind.STRIKE, EventKind.VOTE, EventKind.NEGOTIATION, EventKind.HIRING})
_MEETINGS = frozenset({"session", "meeting", "talk", "hearing", "room", "negotiation"})
_PRONOUNS = frozenset({"it", "they", "we"})
_ANAPHORS = frozenset({"side", "party"})
_NAMED = frozenset({"GPE", "ORG", "NORP", "PERSON"})
_GOING_ON = frozenset({"begin", "continue", "resume", "return", "start"})
_MEMBERSHIP = frozenset({"membership", "percent", "%", "majority", "staff", "cast", "crew", "workforce"})
_ANSWERING = frozenset({"accept", "approve", "back", "endorse", "ratify"})
_ANSWERED = frozenset({EventState.REJECTED, EventState.ACCEPTED})


def is_fitting(cue: Cue, who: tuple[Name, ...]) -> bool:
    """Whether those who take part are such as such an event has, with those whom a word means and nothing names."""
    if cue.verb is None:
        return True
    persons = bool(who) and all(name.kind is NameKind.PERSON for name in who)
    if cue.kind in _OF_MANY and persons and cue.called is None:
        return False
    if cue.rule.endswith("-verb") and cue.kind in _NEEDS_SOMEBODY and not who and not _means_somebody(cue, cue.verb):
        return False
    return _is_told(cue, cue.verb)


def is_vote(cue: Cue, who: tuple[Name, ...]) -> bool:
    """Whether many answer an offer or a deal, which they do by voting."""
    answer = cue.kind is EventKind.PROPOSAL and cue.state in _ANSWERED
    if cue.kind is EventKind.AGREEMENT:
        answer = cue.verb is not None and cue.verb.lemma_.casefold() in _ANSWERING
    if not answer or not who or who[0].kind is not NameKind.GROUP:
        return False
    subjects = verbs.subjects(cue.verb) if cue.verb is not None else []
    return not subjects or any(noun.tag_ in {"NNS", "NNPS"} or noun.lower_ in _MEMBERSHIP for noun in subjects)


def _is_told(cue: Cue, verb: Token) -> bool:
    """Whether the verb tells an event in the form in which it stands."""
    if cue.rule == "event/negotiation-verb" and cue.token is verb and verb.lemma_ in {"negotiate", "bargain"}:
        going_on = verb.dep_ == "xcomp" and verb.head.lemma_ in _GOING_ON
        return (verb.tag_ in {"VBG", "VBD", "VBN"} or going_on) and verb.dep_ != "acl"
    if cue.kind is EventKind.HIRING and verb.dep_ in {"acl", "relcl"} and cue.token is verb:
        return False
    if cue.kind is EventKind.STRIKE and any(noun.lemma_ in _MEETINGS for noun in verbs.after(verb, "of")):
        return False
    if cue.kind is EventKind.LAUNCH and cue.noun is not None and cue.noun.tag_ == "VBG":
        return any(_is_thing(noun) for noun in verbs.objects(cue.noun))
    return not (cue.kind is EventKind.LAYOFF and verb.lemma_ == "lose" and cue.token.tag_ == "NN")


def _means_somebody(cue: Cue, verb: Token) -> bool:
    """Whether the subject is somebody whom nothing names, or a thing that is launched."""
    if cue.kind is EventKind.LAUNCH and _is_made_thing(verb):
        return True
    return any(subject.lower_ in _PRONOUNS or _is_somebody(subject) for subject in verbs.subjects(verb))


def _is_made_thing(verb: Token) -> bool:
    """Whether what is launched is the subject: "the tool was launched", "Sora made its debut"."""
    if verbs.is_passive(verb):
        return True
    things = technology_nouns() | work_nouns()
    return any(noun.lemma_.casefold() in things or noun.pos_ == "PROPN" for noun in verbs.subjects(verb))


def _is_thing(noun: Token) -> bool:
    """Whether a noun means something that can be launched: a name, a technology, or what AI makes."""
    if noun.pos_ in {"PROPN", "PRON"} or noun.lemma_.casefold() in technology_nouns():
        return True
    return any(each.lower_ in {"ai", "a.i."} for child in noun.lefts for each in child.subtree)


def _is_somebody(noun: Token) -> bool:
    """Whether a noun names somebody, or means a body that was spoken of before: "the company", whichever that is."""
    if noun.lemma_.casefold() in _ANAPHORS:
        return True
    if noun.ent_type_ in _NAMED or (noun.pos_ == "PROPN" and not noun.ent_type_):
        return True
    return is_actor_noun(noun) and any(child.dep_ in {"det", "poss"} for child in noun.lefts)

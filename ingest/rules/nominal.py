"""Attributions by a noun or an adjective: "the union's claim that …", "she is confident that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.rules.attribution import Attribution
from ingest.rules.cue import Cue, Frame
from ingest.rules.scope import Scope
from ingest.rules.subject import subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = frozenset({"by", "from", "of", "among"})
_ACCOMPANYING = frozenset({"with", "by", "amid", "in", "on"})


def nominal(scope: Scope, noun: Token, known: Cue) -> Attribution | None:
    """What a cue noun attributes: the speaker stands before the noun, after "of" or "by", or is who makes the claim."""
    clause = next(
        (child for child in noun.rights if child.dep_ in {"acl", "ccomp"} and _is_marked(child, known)),
        None,
    )
    if clause is None:
        return None
    speaker = _owner(noun, clause) or _maker(scope, noun)
    if speaker is None:
        return None
    spans = scope.clause(clause, (noun, speaker))
    return Attribution("noun", scope.sentence, speaker, scope.passage.place(noun), tuple(spans), (), noun)


def adjectival(scope: Scope, adjective: Token, known: Cue) -> Attribution | None:
    """What a cue adjective after "is" attributes to the subject."""
    clause = next((child for child in adjective.rights if child.dep_ == "ccomp"), None)
    verb = adjective.head
    if clause is None or Frame.CLAUSE not in known.frames or verb.pos_ not in {"AUX", "VERB"}:
        return None
    speaker = subject(scope, verb)
    negated = any(child.dep_ == "neg" for child in verb.children)
    if negated or speaker is None or speaker.text.casefold() in {"it", "that", "this"}:
        return None
    spans = scope.clause(clause, (adjective, verb, speaker))
    words = scope.passage.span(verb, adjective) if verb.i < adjective.i else scope.passage.place(adjective)
    return Attribution("adjective", scope.sentence, speaker, words, tuple(spans), (), adjective)


def _owner(noun: Token, clause: Token) -> Token | None:
    possessors = [child for child in noun.lefts if child.dep_ == "poss"]
    named = [child for child in possessors if child.tag_ != "PRP$"]
    behind = [
        each
        for child in noun.rights
        if child.dep_ == "prep" and child.text.casefold() in _OWNERS and child.i < clause.i
        for each in child.children
        if each.dep_ == "pobj"
    ]
    return next(iter([*named, *possessors, *behind]), None)


def _maker(scope: Scope, noun: Token) -> Token | None:
    """The subject of the verb whose object the noun is, or to which it is joined by "with" or "amid"."""
    governor = noun.head
    if noun.dep_ == "dobj" and governor.pos_ == "VERB":
        return subject(scope, governor)
    if noun.dep_ == "pobj" and governor.head.pos_ == "VERB" and governor.text.casefold() in _ACCOMPANYING:
        return subject(scope, governor.head)
    return None


def _is_marked(clause: Token, known: Cue) -> bool:
    marks = {child.text.casefold() for child in clause.lefts if child.dep_ in {"mark", "aux"}}
    return "that" in marks or (Frame.INFINITIVE in known.frames and "to" in marks)

"""Attributions by a verb: "she said that …", "vowed to fight", "called it a mistake", "was called a mistake by Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.rules.attribution import Attribution
from ingest.rules.complement import Predicate, complement, named, names_in_passing
from ingest.rules.cue import Cue, Frame, attributes, cue
from ingest.rules.description import descriptions
from ingest.rules.scope import Scope
from ingest.rules.subject import passive_subject, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


def verbal(scope: Scope, verb: Token, known: Cue) -> Attribution | None:
    """What a cue verb attributes, if it does."""
    if is_passive(verb):
        return _passive(scope, verb, known)
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and cue(verb.head) is not None:
        return None
    speaker = subject(scope, verb) if attributes(verb) else None
    if speaker is None or scope.is_quoted(speaker):
        return None
    predicate = Predicate(scope, verb, known, speaker)
    if Frame.NAMING in known.frames and names_in_passing(predicate):
        return None
    rule, content = complement(predicate)
    return Attribution(rule, scope.sentence, speaker, scope.passage.place(verb), tuple(content), (), verb)


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    return verb.tag_ == "VBN" and any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def _passive(scope: Scope, verb: Token, known: Cue) -> Attribution | None:
    """ "was called a mistake by Roe"."""
    agent = _agent(scope, verb)
    speaker = next((child for child in agent.children if child.dep_ == "pobj"), None) if agent is not None else None
    called = passive_subject(verb)
    if agent is None or speaker is None or called is None or Frame.NAMING not in known.frames:
        return None
    if agent.text.casefold() == "in" and (speaker.ent_type_ or speaker.lemma_.casefold() not in descriptions()):
        return None
    left_out = {token.i for token in agent.subtree}
    parts = [child for child in named(verb) if child.i != agent.i]
    tokens = [token for child in parts for token in child.subtree if token.i not in left_out]
    if agent.head.i != verb.i:
        tokens = [token for token in tokens if token.i < agent.i]
    if tokens and tokens[0].text.casefold() == "as":
        tokens = tokens[1:]
    if not tokens:
        return None
    spans = scope.runs([*scope.phrase(called), *tokens])
    return Attribution("passive", scope.sentence, speaker, scope.passage.place(verb), tuple(spans), (), verb)


def _agent(scope: Scope, verb: Token) -> Token | None:
    """The "by" of a passive, also one that hangs on what is called, or the "in" of "called … in the report"."""
    agents = [child for child in verb.rights if child.dep_ == "agent"]
    places = [child for child in verb.rights if child.dep_ == "prep" and child.text.casefold() in {"by", "in"}]
    called = [token for child in named(verb) for token in child.subtree if not scope.is_quoted(token)]
    below = [token for token in called if token.dep_ == "prep" and token.text.casefold() == "by"]
    return next(iter([*agents, *places, *below]), None)

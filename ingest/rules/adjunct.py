"""Attributions by an adjunct: "according to X, …", "…, per X", "as stated by X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.rules.attribution import Attribution
from ingest.rules.cue import cue
from ingest.rules.scope import Scope

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_PER = frozenset({",", "—", "–", "("})
_SUBORDINATE = frozenset({"advcl", "xcomp", "relcl", "acl"})
_FEWEST_TOKENS = 3
"""Tokens that the clause of an adjunct has at least; a shorter one is no clause but the parser's error."""


def adjuncts(scope: Scope) -> Iterator[Attribution]:
    """What the adjuncts of a sentence attribute."""
    for token in scope.tokens:
        word = token.text.casefold()
        if word not in {"according", "per", "as"} or scope.is_quoted(token):
            continue
        found = _according(token) if word == "according" else _per(token) if word == "per" else _as(scope, token)
        if found is not None:
            yield _adjunct(scope, "as-stated-by" if word == "as" else "according-to", token, *found)


def _according(token: Token) -> tuple[Token, Token] | None:
    """The "to" of "according to", and the noun after it."""
    to = next((child for child in token.children if child.text.casefold() == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor(1).text.casefold() == "to":
        to = token.nbor(1)
    speaker = _object(to) if to is not None else None
    return (to, speaker) if to is not None and speaker is not None else None


def _per(token: Token) -> tuple[Token, Token] | None:
    if token.dep_ != "prep" or not token.i or token.nbor(-1).text not in _BEFORE_PER:
        return None
    speaker = _object(token)
    return (token, speaker) if speaker is not None and speaker.pos_ in {"PROPN", "NOUN"} else None


def _as(scope: Scope, token: Token) -> tuple[Token, Token] | None:
    """The "by" or "in" of "as stated by X", and the noun after it."""
    if token.i + 2 >= scope.sentence.tokens.end:
        return None
    verb = token.nbor(1)
    known = cue(verb)
    if known is None or known.cls != "verb" or verb.tag_ not in {"VBN", "VBD"}:
        return None
    agent = next(
        (c for c in verb.children if c.dep_ in {"agent", "prep"} and c.text.casefold() in {"by", "in"}),
        None,
    )
    speaker = _object(agent) if agent is not None else None
    return (agent, speaker) if agent is not None and speaker is not None else None


def _object(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def _adjunct(scope: Scope, rule: str, first: Token, last: Token, speaker: Token) -> Attribution:
    """The clause that an adjunct stands in, without the adjunct, as what it attributes."""
    own = set(range(first.i, _end(speaker)))
    clause = _clause(first, own)
    tokens = [token for token in clause.subtree if token.i not in own] if clause is not None else []
    if len(tokens) < _FEWEST_TOKENS:
        tokens = [token for token in scope.tokens if token.i not in own]
    return Attribution(rule, scope.sentence, speaker, scope.passage.span(first, last), tuple(scope.runs(tokens)))


def _end(speaker: Token) -> int:
    """The token behind the adjunct: a verb in the speaker's phrase is the parser's error, and begins what is said."""
    after = (token for token in speaker.subtree if token.i > speaker.i)
    verb = next((token for token in after if token.pos_ == "VERB" and token.dep_ in {"ROOT", "conj"}), None)
    return verb.left_edge.i if verb is not None else speaker.right_edge.i + 1


def _clause(first: Token, own: set[int]) -> Token | None:
    """The verb of the clause that the adjunct belongs to; None when that is the whole sentence."""
    top = first
    while top.head.i != top.i and top.head.pos_ not in {"VERB", "AUX"}:
        top = top.head
    host = top.head
    if host.i == top.i and host.i in own:
        return None
    edge = top.left_edge.i
    while host.dep_ in _SUBORDINATE and host.head.i != host.i and host.left_edge.i > edge:
        host = host.head
    return host if host.dep_ != "ROOT" else None

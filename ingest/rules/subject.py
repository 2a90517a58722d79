"""The subject of a verb: its own, one that it shares, or one that stands behind it where the parser saw an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.rules.scope import Scope

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARING = frozenset({"advcl", "xcomp", "pcomp", "dep"})
_TAKEN_FOR_OBJECTS = frozenset({"dobj", "attr", "npadvmod", "oprd", "dep"})
_NOUNS = frozenset({"PROPN", "NOUN", "PRON"})
_FURTHEST = 12
"""Tokens from an inverted verb within which its subject stands."""


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself, the nearest one; "there" is none."""
    # In "Roe: Poe said …" of a transcript the parser takes both names for subjects.
    before = [child for child in verb.lefts if child.dep_ == "nsubj" and child.tag_ != "EX"]
    return before[-1] if before else next((child for child in verb.rights if child.dep_ == "nsubj"), None)


def passive_subject(verb: Token) -> Token | None:
    """The subject of a verb in the passive."""
    return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)


def subject(scope: Scope, verb: Token) -> Token | None:
    """Who does what a verb says: its own subject, that of the verb that it is joined to, or one behind it."""
    while True:
        governor = verb.head
        found = own_subject(verb)
        if found is None and verb.dep_ == "conj" and governor.tag_ == "VBN":
            found = passive_subject(governor)
        if found is not None:
            return found
        if not _shares(verb):
            break
        if governor.pos_ not in {"VERB", "AUX"}:
            return None
        verb = governor
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"} and verb.head.pos_ in {"NOUN", "PROPN"}:
        return verb.head if verb.tag_ == "VBG" else None
    return _inverted(scope, verb)


def _shares(verb: Token) -> bool:
    """Whether a verb without a subject has that of the verb above it."""
    if verb.head.i == verb.i:
        return False
    if verb.dep_ == "conj":
        return verb.tag_.startswith("VB")
    return verb.dep_ in _SHARING and verb.tag_ in {"VBG", "VB"}


def _inverted(scope: Scope, verb: Token) -> Token | None:
    """A subject that the parser took for an object: “…,” said the chair."""
    if verb.tag_ not in {"VBD", "VBZ"} or not scope.quotations:
        return None
    return next(
        (
            child
            for child in verb.rights
            if child.dep_ in _TAKEN_FOR_OBJECTS
            and child.pos_ in _NOUNS
            and child.i - verb.i <= _FURTHEST
            and not scope.is_quoted(child)
        ),
        None,
    )

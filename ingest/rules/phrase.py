"""Noun phrases in the parse: where one begins and ends, its core without what follows the noun, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.language.article import Passage, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT_OUT = frozenset({"relcl", "punct", "cc", "conj", "appos", "advcl", "parataxis", "ccomp", "dep", "acl", "advmod"})
_CORE = frozenset(
    {"compound", "amod", "nummod", "quantmod", "poss", "nmod", "advmod", "punct", "predet", "case", "neg"}
)
_DETERMINERS = frozenset({"det", "predet"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def span(passage: Passage, head: Token) -> Span:
    """The whole phrase, without relative clauses, appositions and what is joined by "and"."""
    kept = list(_kept(head, _LEFT_OUT))
    return passage.span(min(kept, key=lambda t: t.i), max(kept, key=lambda t: t.i))


def core(passage: Passage, head: Token) -> Span:
    """The phrase without its determiner; what is joined to its noun by "and" and its "of" and "at" phrases are in."""
    kept = [head]
    for child in head.lefts:
        if child.dep_ in _CORE and child.dep_ != "punct":
            kept += [token for token in child.subtree if token.i < head.i]
    for child in head.rights:
        if child.dep_ in {"prep", "amod"} or (
            child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"} and child.i == head.i + 1
        ):
            kept += _kept(child, _LEFT_OUT)
    first = min(kept, key=lambda token: token.i)
    return passage.span(first, max(kept, key=lambda token: token.i))


def determiner(head: Token) -> str | None:
    """The determiner or possessive pronoun of a noun, in lower case."""
    for child in head.lefts:
        if child.dep_ in _DETERMINERS or child.tag_ == "PRP$":
            return child.text.casefold()
    return None


def appositions(head: Token) -> Iterator[Token]:
    """Nouns in apposition to this one, after it and before it."""
    for child in head.children:
        if child.dep_ == "appos":
            yield child
    if head.dep_ == "appos":
        yield head.head


def antecedent(head: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if head.text.casefold() not in _RELATIVE or head.tag_ not in {"WP", "WDT", "IN"}:
        return None
    clause = head.head
    while clause.dep_ not in {"relcl", "acl"} and clause.head.i != clause.i:
        clause = clause.head
    noun = clause.head
    return (
        noun if clause.dep_ in {"relcl", "acl"} and noun.i < head.i and noun.pos_ in {"NOUN", "PROPN", "PRON"} else None
    )


def _kept(head: Token, left_out: frozenset[str]) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ not in left_out:
            yield from _kept(child, left_out)

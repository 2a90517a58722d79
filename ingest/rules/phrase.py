"""Noun phrases in the parse: where one begins and ends, its core, what stands beside it and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.language.article import Passage, Span
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT_OUT = frozenset({"relcl", "punct", "cc", "conj", "appos", "advcl", "parataxis", "ccomp", "dep", "acl", "advmod"})
_CORE = frozenset({"compound", "amod", "nummod", "quantmod", "poss", "nmod", "advmod", "predet", "case", "neg"})
_DETERMINERS = frozenset({"det", "predet"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SEEING = group("seeing")
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


def span(passage: Passage, head: Token) -> Span:
    """The whole phrase, without relative clauses, appositions and what is joined by "and"."""
    return _around(passage, _kept(head))


def core(passage: Passage, head: Token) -> Span:
    """The phrase without its determiner, with its "of" and "at" phrases, but not "seen by Variety"."""
    kept = [head]
    for child in head.lefts:
        if child.dep_ in _CORE:
            kept += [token for token in child.subtree if token.i < head.i]
    for child in head.rights:
        participle = child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"} and child.i == head.i + 1
        if (participle and child.text.casefold() not in _SEEING) or child.dep_ in {"prep", "amod"}:
            kept += _kept(child)
    return _around(passage, kept)


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
    if head.tag_ not in {"WP", "WDT", "IN"} or head.text.casefold() not in _RELATIVE:
        return None
    clause = head.head
    while clause.dep_ not in {"relcl", "acl"} and clause.head.i != clause.i:
        clause = clause.head
    noun = clause.head
    return noun if clause.dep_ in {"relcl", "acl"} and noun.i < head.i and noun.pos_ in _NOUNS else None


def objects(head: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """The nouns after any of these prepositions right behind a word: "a lawyer for the guild"."""
    for preposition in head.rights:
        yield from objects_of(preposition, prepositions)


def objects_of(preposition: Token, words: frozenset[str]) -> Iterator[Token]:
    """The nouns after a preposition, if it is one of these words."""
    if preposition.dep_ in {"prep", "dative"} and preposition.text.casefold() in words:
        yield from (child for child in preposition.children if child.dep_ == "pobj")


def _around(passage: Passage, tokens: list[Token]) -> Span:
    return passage.span(min(tokens, key=lambda each: each.i), max(tokens, key=lambda each: each.i))


def _kept(head: Token) -> list[Token]:
    """The head and all below it that is not left out."""
    kept, waiting = [], [head]
    while waiting:
        token = waiting.pop()
        kept.append(token)
        waiting += [child for child in token.children if child.dep_ not in _LEFT_OUT]
    return kept

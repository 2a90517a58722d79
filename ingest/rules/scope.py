"""The sentence in which attributions are looked for, and how tokens of its parse become spans of the document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.language.article import Article, Sentence, Span
from ingest.rules import phrase
from ingest.rules.cue import Cue, cue

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRIMMED = frozenset(" \t\r\n\u00a0,;:–—-")


class Scope:
    """One sentence of an article."""

    def __init__(self, article: Article, sentence: Sentence) -> None:
        self.article = article
        self.sentence = sentence
        self.passage = sentence.passage
        self.text = article.text
        self.tokens = list(sentence.tokens)
        self.quotations = article.quoted(sentence.start, sentence.end)

    @cached_property
    def cues(self) -> list[tuple[Token, Cue]]:
        """The tokens that may be cues, outside quotations, in order."""
        known = ((token, cue(token)) for token in self.tokens)
        return [(token, found) for token, found in known if found is not None and not self.is_quoted(token)]

    def is_quoted(self, token: Token) -> bool:
        """Whether a token stands inside quotation marks."""
        return bool(self.quotations) and self.article.in_quotation(self.passage.place(token)[0]) is not None

    def phrase(self, head: Token) -> list[Token]:
        """The tokens of the noun phrase with this head."""
        return self.passage.tokens(*phrase.span(self.passage, head))

    def clause(self, clause: Token, without: Iterable[Token]) -> list[Span]:
        """A clause's characters, without "that" and without the tokens of an attribution in its midst."""
        inside = {token.i for token in clause.subtree}
        left_out = {i for outer in without for i in _own(outer, inside)}
        tokens = [token for token in clause.subtree if token.i not in left_out]
        return self.runs(_without_that(tokens))

    def runs(self, tokens: Iterable[Token]) -> list[Span]:
        """Runs of neighbouring tokens as spans, without marks and commas at their ends."""
        runs: list[tuple[Token, Token]] = []
        for token in sorted(set(tokens), key=lambda each: each.i):
            if runs and token.i == runs[-1][1].i + 1:
                runs[-1] = runs[-1][0], token
            else:
                runs.append((token, token))
        spans = [self.trimmed(*self.passage.span(first, last)) for first, last in runs]
        return [(start, end) for start, end in spans if any(map(str.isalnum, self.text[start:end]))]

    def trimmed(self, start: int, end: int) -> Span:
        """A span without white space, commas and dashes at its ends, and without the sentence's full stop."""
        while start < end and self.text[start] in _TRIMMED:
            start += 1
        while end > start and (
            self.text[end - 1] in _TRIMMED or (self.text[end - 1] == "." and end == self.sentence.end)
        ):
            end -= 1
        return start, end


def _own(outer: Token, clause: set[int]) -> Iterable[int]:
    """The attribution's own tokens: the subtree of the cue, without the clause that it governs."""
    everything = (token.i for token in outer.subtree)
    return everything if outer.i in clause else [i for i in everything if i not in clause]


def _without_that(tokens: list[Token]) -> list[Token]:
    """Without the "that" that opens a clause, and what stands before it: "however, that pay is low"."""
    for index, token in enumerate(tokens[:4]):
        if token.dep_ == "mark" and token.text.casefold() == "that" and (index == 0 or len(tokens) > 4):
            tokens = tokens[index + 1 :]
            break
    while tokens and tokens[0].is_space:
        tokens = tokens[1:]
    return tokens

"""Quotations that nothing in their sentence attributes: after a colon, before a dash, in a turn, or going on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.article import Sentence, Span
from ingest.language.quotation import Quotation
from ingest.rules.cue import cue
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference
from ingest.rules.subject import own_subject
from ingest.rules.transcript import called, turn
from ingest.rules.utterance import AROUND, Utterance

if TYPE_CHECKING:
    from spacy.tokens import Token

_DASH = re.compile(r"\s*[—–-]{1,2}\s*(?=[A-ZÀ-Þ])")
_FURTHEST_NAME = 24
"""Characters from a dash to the name under a quotation."""

_LONGEST_NAME = 80
_FEWEST_WORDS = 4
_WIDEST_REST = 12
"""Words around a quotation that is still the sentence's main matter."""

_NEAR = 3


class StandingQuotations:
    """Says whose such a quotation is, in one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._article = reading.article
        self._text = reading.text

    def is_utterance(self, quotation: Quotation, sentence: Sentence, attributed: bool) -> bool:
        """Whether a quotation is an utterance of its own, no title and no word in passing.

        Args:
            quotation: one that begins in the sentence.
            sentence: where it stands.
            attributed: whether anything else in the sentence is attributed.
        """
        words = quotation.words(self._text)
        last = self._text[quotation.pieces[-1][1] - 1]
        outside = self._text[sentence.start : quotation.start] + self._text[quotation.end : sentence.end]
        if not outside.strip(AROUND):
            return words > 2 or last in ".!?"
        return not attributed and last in ".,!?…" and words >= _FEWEST_WORDS and len(outside.split()) <= _WIDEST_REST

    def attributed(self, index: int, quotation: Quotation, last: Utterance | None) -> Utterance | None:
        """The utterance that a quotation is, or goes on with, if the document says whose it is.

        Args:
            index: which sentence of the article it begins in.
            quotation: one that is an utterance of its own.
            last: the quoted utterance before it.
        """
        sentence = self._article.sentences[index]
        return (
            self._with_dash(quotation, sentence)
            or self._in_turn(quotation, sentence)
            or self._after_colon(quotation)
            or self._continued(quotation, sentence, last)
            or self._in_paragraph(index, quotation)
        )

    def _with_dash(self, quotation: Quotation, sentence: Sentence) -> Utterance | None:
        """A quotation under which, or after which, a dash gives the name."""
        match = _DASH.match(self._text, quotation.end)
        names = self._reading.cast.mentions_in(match.end(), match.end() + _LONGEST_NAME) if match is not None else []
        if match is None or not names or names[0].start - match.end() > _FURTHEST_NAME:
            return None
        own = self._article.sentences_in(quotation.start, names[0].end)
        return self._made("dash", own or [sentence], Reference.by(names[0]), None, quotation)

    def _in_turn(self, quotation: Quotation, sentence: Sentence) -> Utterance | None:
        """A quotation that stands after "Name:" at the beginning of its block."""
        match = turn(self._reading, sentence.block)
        if match is None or not quotation.start <= match.end() <= quotation.start + 1:
            return None
        reference = called(self._reading, match)
        return self._made("turn", [sentence], reference, None, quotation) if reference is not None else None

    def _after_colon(self, quotation: Quotation) -> Utterance | None:
        """A quotation that the words before it introduce by a colon."""
        end = quotation.start
        while end > 0 and self._text[end - 1].isspace():
            end -= 1
        sentence = self._article.sentence_at(end - 1) if end > 0 and self._text[end - 1] == ":" else None
        if sentence is None:
            return None
        reference, words = self._introduced(sentence, end)
        if reference is None:
            return None
        own = [sentence, *self._article.sentences_in(quotation.start, quotation.end)]
        return self._made("colon", own, reference, words, quotation)

    def _introduced(self, sentence: Sentence, end: int) -> tuple[Reference | None, Span | None]:
        """Whom the words before a colon introduce, with their cue: the last cue's subject, a person, or the subject."""
        passage = sentence.passage
        tokens = [token for token in sentence.tokens if passage.place(token)[1] <= end]
        for token in reversed(tokens):
            speaker = _subject(token) if token.pos_ == "VERB" and cue(token) is not None else None
            if speaker is not None:
                return self._reading.references.of(passage, speaker), passage.place(token)
        named = self._reading.cast.mentions_in(sentence.start, end)
        persons = [mention for mention in named if mention.entity.kind is NameKind.PERSON]
        if persons:
            return Reference.by(persons[-1]), None
        speaker = _main_subject(tokens)
        return (self._reading.references.of(passage, speaker) if speaker is not None else None), None

    def _continued(self, quotation: Quotation, sentence: Sentence, last: Utterance | None) -> Utterance | None:
        """The last quoted utterance goes on, in its paragraph as the same one, in the next as another."""
        if last is None:
            return None
        adjoins = not self._text[last.end : quotation.start].strip(AROUND)
        if adjoins and sentence.block is last.sentences[-1].block:
            last.goes_on(self._article.sentences_in(quotation.start, quotation.end), quotation)
            return last
        near = adjoins or quotation.start - last.end <= _NEAR
        if near and last.reference.name.kind is not NameKind.DOCUMENT:
            return self._made("continued", [sentence], last.reference, None, quotation)
        return None

    def _in_paragraph(self, index: int, quotation: Quotation) -> Utterance | None:
        """A quotation after a sentence of the same paragraph whose subject is named, or before such a one."""
        sentence = self._article.sentences[index]
        for neighbour in (index - 1, index + 1):
            beside = self._article.sentences[neighbour] if 0 <= neighbour < len(self._article.sentences) else None
            if beside is None or beside.block is not sentence.block:
                continue
            speaker = _main_subject(list(beside.tokens))
            if speaker is None or self._article.in_quotation(beside.passage.place(speaker)[0]) is not None:
                continue
            reference = self._reading.references.of(beside.passage, speaker)
            if reference.entity is not None:
                return self._made("paragraph", [beside, sentence], reference, None, quotation)
        return None

    def _made(
        self, rule: str, sentences: Sequence[Sentence], reference: Reference, words: Span | None, quotation: Quotation
    ) -> Utterance:
        touched = self._article.sentences_in(quotation.start, quotation.end)
        own = sorted(dict.fromkeys([*sentences, *touched]), key=lambda each: each.start)
        pieces = list(quotation.pieces)
        return Utterance(rule, own, reference, words, pieces, list(pieces), [quotation])


def _subject(verb: Token) -> Token | None:
    """A verb's subject, or that of the verb that it is joined to."""
    found = own_subject(verb)
    return own_subject(verb.head) if found is None and verb.dep_ in {"conj", "advcl", "xcomp"} else found


def _main_subject(tokens: Sequence[Token]) -> Token | None:
    return next((token for token in tokens if token.dep_ == "nsubj" and token.head.dep_ == "ROOT"), None)

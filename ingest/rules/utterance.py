"""A statement while it is put together: who is quoted or reported, in which sentences, with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.language.article import Passage, Sentence, Span
from ingest.language.quotation import Quotation
from ingest.rules.reference import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

AROUND = " \t\r\n\u00a0.,;:!?…“”\"‘’'«»"
"""Characters that may stand around an utterance and belong to none."""


@dataclass(slots=True, eq=False)
class Utterance:
    """What somebody says. `speaker` is the head of the phrase for who does, `predicate` the word that attributes."""

    rule: str
    sentences: list[Sentence]
    reference: Reference
    cue: Span | None
    content: list[Span]
    pieces: list[Span]
    quotations: list[Quotation] = field(default_factory=list)
    predicate: Token | None = None
    speaker: Token | None = None
    told_to: list[Reference] = field(default_factory=list)
    reported_by: list[Reference] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where its last sentence ends."""
        return self.sentences[-1].end

    def passage(self, token: Token) -> Passage | None:
        """The passage of its sentences that a token is of."""
        return next((each.passage for each in self.sentences if each.passage.parse is token.doc), None)

    def goes_on(self, sentences: Sequence[Sentence], quotation: Quotation) -> None:
        """Take in a quotation that continues it, with all the sentences that the quotation runs over."""
        self.sentences += sentences
        self.content += quotation.pieces
        self.pieces += quotation.pieces
        self.quotations.append(quotation)

    def is_inside(self, other: Utterance) -> bool:
        """Whether all that is said is a part of what another says."""
        return all(any(start <= left and right <= end for start, end in other.content) for left, right in self.content)

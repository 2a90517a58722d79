"""Where quotations stand in a text, found on characters, so that no tokenizer can lose or shift one.

Double marks, curly or straight, guillemets, and single curly marks that stand for them. A quotation that runs over
paragraphs is one, with a piece in each, whether its paragraphs open it anew or not. Apostrophes and inches are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.language.marks import Marks

Span = tuple[int, int]

LONGEST = 8
"""Paragraphs over which one quotation may run."""

_NEVER_UNCLOSED = frozenset("‘»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: the spans of its words without marks, a piece a paragraph; `start` and `end` take the marks in."""

    start: int
    end: int
    pieces: tuple[Span, ...]
    closed: bool = True

    def words(self, text: str) -> int:
        """How many words are quoted."""
        return sum(len(text[start:end].split()) for start, end in self.pieces)


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """All quotations of a text, outermost only, in order.

    Args:
        text: the document's text.
        paragraphs: the spans of its paragraphs, in order, none of them empty.
    """
    return _Scanner(text, paragraphs).quotations()


class _Scanner:
    """Goes over paragraphs once; the marks of those that are done are dropped."""

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._marks: dict[int, Marks] = {}

    def quotations(self) -> list[Quotation]:
        found: list[Quotation] = []
        index = 0
        while index < len(self._paragraphs):
            index = self._scan(index, found)
        return found

    def _scan(self, index: int, found: list[Quotation]) -> int:
        """Adds the quotations that open in a paragraph after the last one; returns the paragraph to go on with."""
        marks = self._of(index)
        opening = marks.opening(max(marks.start, found[-1].end if found else 0))
        while opening is not None:
            quotation, last = self._quotation(index, opening)
            if quotation is not None:
                found.append(quotation)
                if last != index:
                    self._marks = {number: each for number, each in self._marks.items() if number >= last}
                    return last
            opening = marks.opening(quotation.end if quotation is not None else opening + 1)
        self._marks.pop(index)
        return index + 1

    def _quotation(self, index: int, opening: int) -> tuple[Quotation | None, int]:
        """The quotation that opens here, and the paragraph in which it ends; none when it is not one."""
        mark = self._text[opening]
        marks = self._of(index)
        closing = marks.closing(opening)
        if closing is not None:
            return _closed(opening, closing, [(opening + 1, closing)]), index
        if mark in _NEVER_UNCLOSED:
            return None, index
        if self._goes_on(index + 1, mark):
            return self._long(index, opening)
        if mark == '"' or not marks.has_words_from(opening + 1):
            return None, index
        # Nothing closes it: a quotation to the paragraph's end, since so much is quoted that it is no stray mark.
        return Quotation(opening, marks.end, ((opening + 1, marks.end),), closed=False), index

    def _long(self, index: int, opening: int) -> tuple[Quotation | None, int]:
        """A quotation that goes on in the next paragraphs."""
        mark = self._text[opening]
        pieces = [(opening + 1, self._of(index).end)]
        number = index + 1
        while number < index + LONGEST and self._goes_on(number, mark):
            marks = self._of(number)
            reopened = self._text[marks.start] == mark
            begin = marks.start + 1 if reopened else marks.start
            closing = marks.closing(marks.start) if reopened else marks.closing_unopened(mark)
            if closing is not None:
                return _closed(opening, closing, [*pieces, (begin, closing)]), number
            pieces.append((begin, marks.end))
            number += 1
        kept = tuple((start, end) for start, end in pieces if start < end)
        return (Quotation(opening, kept[-1][1], kept, closed=False) if kept else None), number - 1

    def _goes_on(self, index: int, mark: str) -> bool:
        """Whether a paragraph opens a quotation anew, or closes it without having opened it."""
        if index >= len(self._paragraphs):
            return False
        start, _ = self._paragraphs[index]
        return self._text[start] == mark or self._of(index).runs_on(mark)

    def _of(self, index: int) -> Marks:
        if index not in self._marks:
            self._marks[index] = Marks(self._text, *self._paragraphs[index])
        return self._marks[index]


def _closed(start: int, closing: int, pieces: list[Span]) -> Quotation | None:
    kept = tuple((left, right) for left, right in pieces if left < right)
    return Quotation(start, closing + 1, kept) if kept else None

"""Where quotations stand in a text, found on characters, so that no tokenizer can lose or shift one.

Double marks, curly or straight, guillemets, and single curly marks that stand for them. A quotation that runs over
paragraphs is one, with a piece in each, whether its paragraphs open it anew or not. Apostrophes and inches are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

LONGEST = 8
"""Paragraphs over which one quotation may run."""

_OPENING = {"“": "”", "„": "”“", "«": "»", "‟": "”"}
_CLOSING = frozenset("”»")
_MARKS = re.compile(r"[“”„‟«»\"]|(?<![\w’'])‘(?=\w)")
_SINGLE_END = re.compile(r"(?<=[\w,.!?…;:])’(?!\w)")
_BEFORE_AN_OPENING = re.compile(r"(?:\A|[\s(\[{—–\-/:‘'“])\Z")
_INCHES = re.compile(r"\d\Z")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: the spans of its words, a piece a paragraph, without marks; `start` and `end` take the marks in."""

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
        paragraphs: the spans of its paragraphs, in order.
    """
    found: list[Quotation] = []
    index = 0
    while index < len(paragraphs):
        start = found[-1].end if found else 0
        index = _paragraph(text, paragraphs, index, start, found)
    return found


def _paragraph(text: str, paragraphs: Sequence[Span], index: int, reached: int, found: list[Quotation]) -> int:
    """Scan one paragraph from `reached` on; returns the paragraph to go on with."""
    start, end = paragraphs[index]
    position = max(start, reached)
    while position < end:
        opening = _opening(text, position, end)
        if opening is None:
            break
        quotation, last = _quotation(text, paragraphs, index, opening)
        if quotation is None:
            position = opening + 1
            continue
        found.append(quotation)
        if last != index:
            return last
        position = quotation.end
    return index + 1


def _opening(text: str, start: int, end: int) -> int | None:
    for match in _MARKS.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _OPENING or mark == "‘":
            return at
        if mark == '"' and _opens(text, at, end):
            return at
    return None


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a straight mark opens: something follows it at once, and nothing that it could close stands before it."""
    if at + 1 >= end or text[at + 1].isspace():
        return False
    return bool(_BEFORE_AN_OPENING.search(text, max(0, at - 1), at)) or not text[at - 1].isalnum()


def _quotation(text: str, paragraphs: Sequence[Span], index: int, opening: int) -> tuple[Quotation | None, int]:
    """The quotation that opens here, and the paragraph in which it ends; none when it is not one."""
    mark = text[opening]
    start, end = paragraphs[index]
    if mark == "‘":
        closing = _single_end(text, opening, end)
        return (_made(opening, closing + 1, [(opening + 1, closing)]), index) if closing is not None else (None, index)
    pieces: list[Span] = []
    begin = opening + 1
    for number in range(index, min(index + LONGEST, len(paragraphs))):
        start, end = paragraphs[number]
        if number > index:
            reopened = text[start] == mark
            if not reopened and (mark == '"' or not _runs_on(text, mark, start, end)):
                break
            begin = start + 1 if reopened else start
        closing = _closing(text, mark, begin, end)
        if closing is not None:
            if closing > begin:
                pieces.append((begin, closing))
            return _made(opening, closing + 1, pieces), number
        if mark == '"' and number == index and not _continues(text, paragraphs, number, mark):
            return None, index
        pieces.append((begin, end))
    if not pieces or not _continues(text, paragraphs, index, mark):
        # Nothing closes it: a quotation to the paragraph's end, if so much is quoted that it is no stray mark.
        first = pieces[:1]
        long = bool(first) and len(text[first[0][0] : first[0][1]].split()) > 2
        return (Quotation(opening, first[0][1], tuple(first), closed=False), index) if long else (None, index)
    return Quotation(opening, pieces[-1][1], tuple(pieces), closed=False), index + len(pieces) - 1


def _made(start: int, end: int, pieces: list[Span]) -> Quotation | None:
    kept = tuple(piece for piece in pieces if piece[1] > piece[0])
    return Quotation(start, end, kept) if kept else None


def _closing(text: str, mark: str, begin: int, end: int) -> int | None:
    depth = 0
    wanted = _OPENING.get(mark, '"')
    for at in range(begin, end):
        character = text[at]
        if mark == '"':
            if character == '"' and not _opens_inside(text, at, begin, end):
                return at
        elif character in wanted:
            if depth == 0:
                return at
            depth -= 1
        elif character == mark:
            depth += 1
        elif character == '"' and mark in "“„‟" and not _opens(text, at, end):
            # Opened by a curly mark and closed by a straight one.
            return at
    return None


def _opens_inside(text: str, at: int, begin: int, end: int) -> bool:
    """Whether a straight mark inside a quotation cannot be its end: inches, or nothing stands before it."""
    if at == begin:
        return False
    if _INCHES.search(text, at - 1, at) and at + 1 < end and text[at + 1] not in " ,.;:!?)—–-":
        return True
    return text[at - 1].isspace() and at + 1 < end and not text[at + 1].isspace()


def _runs_on(text: str, mark: str, start: int, end: int) -> bool:
    """Whether a paragraph that does not open anew still closes what an earlier one opened."""
    wanted = _OPENING.get(mark, "")
    for at in range(start, end):
        if text[at] in wanted:
            return True
        if text[at] == mark:
            return False
    return False


def _continues(text: str, paragraphs: Sequence[Span], index: int, mark: str) -> bool:
    following = index + 1
    if following >= len(paragraphs):
        return False
    start, end = paragraphs[following]
    return text[start] == mark or (mark != '"' and _runs_on(text, mark, start, end))


def _single_end(text: str, opening: int, end: int) -> int | None:
    """The end of a quotation in single marks: the first that no word goes on after, if more than one word is quoted."""
    for match in _SINGLE_END.finditer(text, opening + 1, end):
        inside = text[opening + 1 : match.start()]
        possessive = (
            match.start() > 0 and text[match.start() - 1] in "sS" and text[match.start() + 1 : end].startswith(" ")
        )
        if (
            possessive
            and _SINGLE_END.search(text, match.end(), end)
            and text[match.end() + 1 : match.end() + 2].islower()
        ):
            continue
        return match.start() if inside.strip() else None
    return None


def covering(spans: Sequence[Quotation], start: int, end: int) -> Iterator[Quotation]:
    """The quotations that a span touches."""
    return (each for each in spans if each.start < end and start < each.end)

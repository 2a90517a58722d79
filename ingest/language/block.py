"""The blocks of a text: paragraphs, headings, list items, and what is no content; each is parsed alone.

A sentence splitter that sees a heading before a sentence takes both for one. Lines that were only wrapped at a margin
belong to one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

Span = tuple[int, int]

_BULLET = re.compile(r"\s*(?:[•●▪◦‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;,][”\"’')\]]*\Z")
_WRAPPED = range(45, 101)
_LONGEST_HEADING = 16


class BlockKind(StrEnum):
    """What a block is to its text."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """One block without the white space around it, and without the bullet of a list item."""

    start: int
    end: int
    kind: BlockKind


class _Covering:
    """Tells which spans lie inside one of several; asked in the order of the text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._next = 0
        self._reached: Span = (0, 0)

    def covers(self, start: int, end: int) -> bool:
        # Of the spans that begin before this one, the one that reaches farthest is the only one to ask.
        while self._next < len(self._spans) and self._spans[self._next][0] <= start:
            self._reached = max(self._reached, self._spans[self._next], key=lambda span: span[1])
            self._next += 1
        return end <= self._reached[1]


def blocks(text: str, boilerplate: Sequence[Span] = ()) -> list[Block]:
    """All blocks of a text, in order. Together they hold every character that is not white space or a bullet."""
    found = []
    marked = _Covering(boilerplate)
    for start, end in _paragraphs(text):
        bullet = _BULLET.match(text, start, end)
        marker = _MARKDOWN_HEADING.match(text, start, end)
        if marked.covers(start, end):
            found.append(Block(start, end, BlockKind.BOILERPLATE))
        elif marker:
            found.append(Block(marker.end(), end, BlockKind.HEADING))
        elif bullet and bullet.end() < end and not _is_dash_of_speech(text, start, bullet.end()):
            found.append(Block(bullet.end(), end, BlockKind.ITEM))
        elif _is_heading(text[start:end]):
            found.append(Block(start, end, BlockKind.HEADING))
        else:
            found.append(Block(start, end, BlockKind.PARAGRAPH))
    return found


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines that belong together, trimmed."""
    run: list[Span] = []
    for start, end in _lines(text):
        if text[start:end].strip():
            run.append((start, end))
        elif run:
            yield from (_stripped(text, *span) for span in _joined(text, run))
            run = []
    yield from (_stripped(text, *span) for span in _joined(text, run))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        newline = text.find("\n", start)
        end = newline if newline >= 0 else len(text)
        yield start, end
        start = end + 1


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines wrapped at a margin as one run; each line alone otherwise. A bullet begins a run of its own."""
    starts = [index for index, line in enumerate(lines) if index == 0 or _BULLET.match(text, *line)]
    for first, following in pairwise([*starts, len(lines)]):
        run = lines[first:following]
        lengths = [end - start for start, end in run]
        if max(lengths) < _WRAPPED.stop and all(length in _WRAPPED for length in lengths[:-1]):
            yield run[0][0], run[-1][1]
        else:
            yield from run


def _is_heading(line: str) -> bool:
    words = line.split()
    return len(words) <= _LONGEST_HEADING and not _SENTENCE_END.search(line) and line[0] not in '“"‘('


def _is_dash_of_speech(text: str, start: int, end: int) -> bool:
    """A dash before a name under a quotation gives the speaker; it is no bullet."""
    return text[start:end].strip() in {"—", "–"}

"""The blocks of a text: paragraphs, headings, list items, and what is no content; each is parsed alone.

A sentence splitter that sees a heading before a sentence takes both for one. Lines that were only wrapped at a margin
belong to one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]

_BLANK = re.compile(r"(?:[^\S\n]*\n){2,}")
_LINE = re.compile(r"[^\n]+")
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


def blocks(text: str, boilerplate: Sequence[Span] = ()) -> list[Block]:
    """All blocks of a text, in order. Together they hold every character that is not white space or a bullet."""
    found = []
    for start, end in _paragraphs(text):
        bullet = _BULLET.match(text, start, end)
        marker = _MARKDOWN_HEADING.match(text, start, end)
        if any(left <= start and end <= right for left, right in boilerplate):
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
    position = 0
    for blank in [*_BLANK.finditer(text), None]:
        end = blank.start() if blank else len(text)
        lines = [match.span() for match in _LINE.finditer(text, position, end) if match.group().strip()]
        position = blank.end() if blank else end
        for start, stop in _joined(text, lines):
            while start < stop and text[start].isspace():
                start += 1
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            if start < stop:
                yield start, stop


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines wrapped at a margin as one run; each line alone otherwise."""
    lengths = [end - start for start, end in lines]
    wrapped = len(lines) > 1 and max(lengths) < _WRAPPED.stop and all(length in _WRAPPED for length in lengths[:-1])
    if wrapped and not any(_BULLET.match(text, start, end) for start, end in lines[1:]):
        yield lines[0][0], lines[-1][1]
        return
    yield from lines


def _is_heading(line: str) -> bool:
    words = line.split()
    return len(words) <= _LONGEST_HEADING and not _SENTENCE_END.search(line) and not line[0] in '“"‘'


def _is_dash_of_speech(text: str, start: int, end: int) -> bool:
    """A dash before a name under a quotation gives the speaker; it is no bullet."""
    return text[start:end].strip() in {"—", "–"}

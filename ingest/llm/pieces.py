"""A long text in overlapping pieces that begin and end where paragraphs, lines, sentences or words do.

Every run of characters that is no longer than the overlap lies whole in one piece at least, so that what a sentence
says is not lost at a seam.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = (
    re.compile(r"\n[ \t\r]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?…][\"'”’»)\]]*\s+"),
    re.compile(r"\s+"),
)
"""Where a piece may end, best first; a match is what stands between two pieces."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters from start to end of a text, end exclusive."""

    start: int
    end: int


def pieces(text: str, size: int, overlap: int) -> tuple[Piece, ...]:
    """Cut a text; the pieces follow each other and together hold every character.

    Args:
        text: the text.
        size: how many characters a piece has at most.
        overlap: how many characters a piece shares with the one before it at least; at most a fifth of the size.
    """
    if not text:
        return ()
    found = []
    start = 0
    while len(text) - start > size:
        end = _break(text, start + size // 2, start + size)
        found.append(Piece(start, end))
        start = _break(text, end - 2 * overlap, end - overlap)
    found.append(Piece(start, len(text)))
    return tuple(found)


def _break(text: str, low: int, high: int) -> int:
    """The last break of the best kind there is between two places; the higher one when there is none."""
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, low, high)]
        if ends:
            return ends[-1]
    return high

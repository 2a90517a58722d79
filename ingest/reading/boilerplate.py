"""Lines that stand on many pages and are no content, found by the patterns in `boilerplate.tsv`. They stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PATTERNS: Final = Path(__file__).with_name("boilerplate.tsv")
"""One pattern a line: a regular expression, a tab, an example."""

LONGEST_LINE: Final = 300
"""Characters of a line above which it is content; no pattern is tried on it, however long it takes."""

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of the file, with the number of its line and an example of what it matches."""

    line: int
    expression: re.Pattern[str]
    example: str

    def matches(self, line: str) -> bool:
        """Whether a line, without the spaces around it, is of this kind."""
        return self.expression.fullmatch(line) is not None


@cache
def patterns(path: Path = PATTERNS) -> tuple[Pattern, ...]:
    """The patterns of a file, in its order.

    Raises:
        ValueError: a line is no pattern with an example.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        expression, tab, example = line.partition("\t")
        if not tab or not example.strip():
            raise ValueError(f"{path}:{number}: a pattern is followed by a tab and an example")
        try:
            found.append(Pattern(number, re.compile(expression, re.IGNORECASE), example.strip()))
        except re.error as error:
            raise ValueError(f"{path}:{number}: not a regular expression: {error}") from error
    return tuple(found)


def is_boilerplate(line: str) -> bool:
    """Whether a line is no content."""
    bare = line.strip()
    return 0 < len(bare) <= LONGEST_LINE and _any_pattern().fullmatch(bare) is not None


@cache
def _any_pattern() -> re.Pattern[str]:
    """All patterns as one, which is tried in a tenth of the time."""
    return re.compile("|".join(f"(?:{pattern.expression.pattern})" for pattern in patterns()), re.IGNORECASE)


def marked(text: str) -> tuple[Span, ...]:
    """The lines of a text that are no content, as wholes without their ends."""
    return tuple(line.span() for line in _LINE.finditer(text) if is_boilerplate(line.group()))


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text, with those made one that overlap or have only white space between them."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip()):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)

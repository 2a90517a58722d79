"""From printed pages to running text: lines become paragraphs, words broken at line ends are whole again, pages join.

What stands at the top or the bottom of most pages, and page numbers, are no content: such a line is put behind the
paragraph that it interrupts, and marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Final

from ingest.reading.boilerplate import Span

FULL: Final = 0.75
"""Share of the usual width of a line below which a line that ends a sentence ends its paragraph."""

SHORT: Final = 0.55
"""Share below which a line that ends without punctuation is a heading, or of a list or a table."""

MARGIN: Final = 2
"""Lines at the top and at the bottom of a page among which running heads are looked for."""

REPEATED: Final = 3
"""Pages on which a line stands that is a running head."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:[-–— ]*|page |p\. ?)\d{1,4}(?:(?: of | ?/ ?)\d{1,4})?[-–— ]*\Z", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)]) ")
_ENDS = re.compile(r"[.!?:…][\"”’')\]]*\Z")
_BROKEN = re.compile(r"\w[-\u00ad\u2010]\Z")
_CONTINUES = re.compile(r"[a-zà-öø-ÿ]")
_KEPT_HYPHEN = re.compile(
    r"(?:\b|-)(?:self|non|co|ex|anti|pro|post|pre|multi|semi|half|cross|well|long|short|high|low|six|five|four|three|two)-\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `running` says that it is a running head or foot, or a page number."""

    text: str
    running: bool = False


def running_text(pages: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The text of pages, its paragraphs between blank lines, and the spans of it that are running heads and feet."""
    listed = _lines(pages)
    width = _width(line.text for line in listed if not line.running)
    parts: list[tuple[str, bool]] = []
    for paragraph, running in _paragraphs(listed, width):
        parts.append((paragraph, False))
        parts += [(line, True) for line in running]
    text, spans, position = "", [], 0
    pieces = [(words, mark) for words, mark in parts if words]
    for words, mark in pieces:
        if mark:
            spans.append((position, position + len(words)))
        position += len(words) + 2
    text = "\n\n".join(words for words, _ in pieces)
    return text, tuple(spans)


def _lines(pages: Sequence[str]) -> list[Line]:
    printed = [[" ".join(line.split(" ")).strip() for line in page.replace("\0", "").splitlines()] for page in pages]
    heads = _running(printed)
    found: list[Line] = []
    for page in printed:
        margin = _margin(page)
        found += [Line(line, number in margin and _is_running(line, heads)) for number, line in enumerate(page)]
    return found


def _margin(page: Sequence[str]) -> set[int]:
    filled = [number for number, line in enumerate(page) if line]
    return {*filled[:MARGIN], *filled[-MARGIN:]}


def _running(printed: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines, without their numbers, that stand in the margin of several pages."""
    seen = Counter(key for page in printed for key in {_DIGITS.sub("#", page[number]) for number in _margin(page)})
    return frozenset(key for key, pages in seen.items() if pages >= REPEATED and pages * 2 >= len(printed))


def _is_running(line: str, heads: frozenset[str]) -> bool:
    return bool(_NUMBER.match(line)) or _DIGITS.sub("#", line) in heads


def _width(lines: Iterable[str]) -> float:
    """The usual width of a full line: nine of ten lines are no longer."""
    lengths = [len(line) for line in lines if line]
    return quantiles(lengths, n=10)[-1] if len(lengths) > 1 else float(max(lengths, default=0))


def _paragraphs(lines: Sequence[Line], width: float) -> Iterator[tuple[str, list[str]]]:
    """Paragraphs, each with the running lines that stood within it or right behind it."""
    paragraph, last, waiting = "", "", []
    for line in lines:
        if line.running:
            waiting.append(line.text)
        elif not line.text:
            # A blank line within a page ends a paragraph; at the end of a page it says nothing.
            if paragraph and not waiting:
                yield paragraph, waiting
                paragraph, last, waiting = "", "", []
        elif paragraph and not _ends(last, line.text, width):
            paragraph, last = _joined(paragraph, line.text), line.text
        else:
            if paragraph or waiting:
                yield paragraph, waiting
            paragraph, last, waiting = line.text, line.text, []
    if paragraph or waiting:
        yield paragraph, waiting


def _ends(last: str, following: str, width: float) -> bool:
    """Whether a paragraph ends with its last line, given the one that follows."""
    if _BULLET.match(following):
        return True
    if _BROKEN.search(last):
        return False
    if _ENDS.search(last):
        return len(last) < FULL * width
    return len(last) < SHORT * width and not _CONTINUES.match(following)


def _joined(paragraph: str, line: str) -> str:
    """The paragraph with one more line; a hyphen at its end goes, unless it belongs to the word."""
    if paragraph.endswith("\u00ad"):
        return paragraph[:-1] + line
    if _BROKEN.search(paragraph):
        if _CONTINUES.match(line) and not _KEPT_HYPHEN.search(paragraph):
            return paragraph[:-1] + line
        return paragraph + line
    return f"{paragraph} {line}"

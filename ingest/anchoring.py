"""The way back from characters of a document to an annotator's words: the shortest quotation that finds them again.

What is written is tried with the finder that will read it, so that nothing is written that would be read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.anchor import AnchorError, Anchors, Span

LONG = 100
"""Characters from which on words in the middle are left out, where that is allowed."""

ENDS = (4, 6, 9)
"""How many words are kept at either end, tried in this order."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words as an annotation gives them; `nth` when they occur more than once, offsets when words do not tell."""

    exact: str
    nth: int | None = None
    start: int | None = None
    end: int | None = None


def anchor(anchors: Anchors, span: Span, within: Sequence[Span] | None, *, shorten: bool) -> Anchor | None:
    """The words by which these characters are found; None when an annotation cannot give them.

    Args:
        anchors: the document's text.
        span: the characters.
        within: the sentences in which they are looked for; None for the whole document.
        shorten: whether `[...]` may stand for words in the middle.
    """
    exact = anchors.text[slice(*span)]
    for words in _wordings(exact, shorten):
        if _find(anchors, words, within) == span:
            return Anchor(words)
    words = " ".join(exact.split())
    places = anchors.occurrences(words, within) if words else []
    if span in places:
        return Anchor(words, nth=places.index(span) + 1)
    if exact and exact == exact.strip() and (within is None or _inside(span, within)):
        return Anchor(exact, start=span[0], end=span[1])
    return None


def _wordings(exact: str, shorten: bool) -> Iterator[str]:
    words = exact.split()
    if shorten and len(exact) > LONG:
        for count in ENDS:
            if len(words) > 2 * count + 2:
                yield " ".join([*words[:count], "[...]", *words[-count:]])
    yield " ".join(words)


def _find(anchors: Anchors, words: str, within: Sequence[Span] | None) -> Span | None:
    try:
        return anchors.find(words, within)
    except AnchorError:
        return None


def _inside(span: Span, within: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in within)

"""Where an annotator's quoted words stand in a document.

Typographic variants are folded one character to one character, so that offsets found in the folded text are offsets in
the document: `text[start:end]` are the document's own characters, whatever the annotator typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from ontology.errors import InputError

Span = tuple[int, int]
"""Start and end of a run of characters, end exclusive."""

GAP = re.compile(r"\s*\[(?:\.\.\.|…)\]\s*")
"""What stands for left-out words: `The strikers [...] writers.`"""

_VARIANTS = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032`",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "*": "\u2022",
}
_FOLDING = str.maketrans({variant: plain for plain, variants in _VARIANTS.items() for variant in variants})


def fold(text: str) -> str:
    """The text with quotation marks, dashes, bullets and spaces in their plain form, character by character."""
    return text.translate(_FOLDING)


def fold_case(text: str) -> str:
    """As `fold`, and in lower case where that keeps a character a character."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in fold(text))


class AnchorError(InputError):
    """Words that are not in the document, or in it more than once."""


class Anchors:
    """Finds words in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold(text)
        self._lower = fold_case(text)

    def find(self, quote: str, within: Sequence[Span] | None = None, nth: int | None = None) -> Span:
        """The one place where the words stand.

        White space matches any white space, typographic variants match each other, and `A [...] B` reaches from A to
        the first B after it. Matches of whole words go before matches inside words.

        Args:
            quote: the words, as copied from the document or typed.
            within: look only inside these spans.
            nth: which occurrence, counted from 1, when there are several.

        Raises:
            AnchorError: the words are nowhere, or at several places and `nth` does not say which.
        """
        if not quote.strip():
            raise AnchorError("there are no words to look for")
        spans = self.occurrences(quote, within)
        if not spans:
            raise AnchorError(self._absent(quote, within))
        if nth is not None:
            if not 1 <= nth <= len(spans):
                raise AnchorError(f"nth: {nth} is not there: {_shown(quote)} occurs {_times(len(spans))}")
            return spans[nth - 1]
        if len(spans) > 1:
            places = ", ".join(str(start) for start, _ in spans[:5]) + (", …" if len(spans) > 5 else "")
            where = "in the given sentences" if within is not None else "in the document"
            raise AnchorError(
                f"{_shown(quote)} occurs {_times(len(spans))} {where} (at {places}); "
                "quote more of it, or write {exact: …, nth: 1} and so on"
            )
        return spans[0]

    def at(self, start: int, end: int, exact: str) -> Span:
        """The place that was given by offsets, when the words do stand there.

        Raises:
            AnchorError: the end is not after the start, or other words stand there.
        """
        if end <= start:
            raise AnchorError(f"the end ({end}) is not after the start ({start})")
        if start < 0 or end > len(self.text):
            raise AnchorError(f"{start} to {end} is outside the document of {len(self.text)} characters")
        if fold(exact) != self._folded[start:end]:
            there = _shown(self.text[start:end])
            raise AnchorError(f"{there} stands at {start} to {end}, not {_shown(exact)}")
        return start, end

    def occurrences(self, quote: str, within: Sequence[Span] | None = None) -> list[Span]:
        """All places of the words, in order; whole words only if there are any."""
        everywhere: Sequence[Span] = [(0, len(self.text))] if within is None else within
        return sorted({span for bounds in everywhere for span in self._inside(quote, bounds)})

    def contains(self, words: str) -> bool:
        """Whether the text holds these words, in any case."""
        pattern = _pattern(fold_case(words))
        return pattern is not None and pattern.search(self._lower) is not None

    def _inside(self, quote: str, bounds: Span) -> list[Span]:
        literal = self._matches(fold(quote), bounds)
        if literal or not GAP.search(quote):
            return literal
        first, *others = (fold(piece) for piece in GAP.split(quote) if piece.strip())
        spans = []
        for start, first_end in self._matches(first, bounds):
            end = self._follow(others, first_end, bounds[1])
            if end is not None:
                spans.append((start, end))
        return spans

    def _follow(self, pieces: Iterable[str], start: int, limit: int) -> int | None:
        """The end of the last of these pieces, each the first of its kind after the one before it."""
        for piece in pieces:
            following = self._matches(piece, (start, limit))
            if not following:
                return None
            start = following[0][1]
        return start

    def _matches(self, folded_quote: str, bounds: Span) -> list[Span]:
        pattern = _pattern(folded_quote)
        if pattern is None:
            return []
        spans: list[Span] = []
        match = pattern.search(self._folded, *bounds)
        while match:
            spans.append(match.span())
            match = pattern.search(self._folded, match.start() + 1, bounds[1])
        return [span for span in spans if self._whole_words(span)] or spans

    def _whole_words(self, span: Span) -> bool:
        start, end = span
        begins = start == 0 or not (self.text[start - 1].isalnum() and self.text[start].isalnum())
        return begins and (end == len(self.text) or not (self.text[end - 1].isalnum() and self.text[end].isalnum()))

    def _absent(self, quote: str, within: Sequence[Span] | None) -> str:
        if within is not None and self.occurrences(quote):
            return f"{_shown(quote)} stands in the document, but not inside the given sentence"
        if GAP.search(quote):
            for piece in GAP.split(quote):
                if piece.strip() and not self.occurrences(piece, within):
                    return self._absent(piece, within)
            return f"the parts of {_shown(quote)} do not follow each other in this order"
        where = "in the given sentence" if within is not None else "in the document"
        nearest = self._nearest(quote, within)
        return f"{_shown(quote)} is not {where}" + (f"; nearest: {_shown(nearest)}" if nearest else "")

    def _nearest(self, quote: str, within: Sequence[Span] | None) -> str | None:
        """The most similar run of whole words, if any is similar."""
        best: tuple[float, int, int] = (50.0, 0, 0)
        needle = fold_case(quote)
        for start, end in within if within is not None else [(0, len(self.text))]:
            if end - start < len(needle):
                alignment = (fuzz.ratio(needle, self._lower[start:end]), 0, end - start)
            else:
                found = fuzz.partial_ratio_alignment(needle, self._lower[start:end])
                if found is None:
                    continue
                alignment = (found.score, found.dest_start, found.dest_end)
            if alignment[0] > best[0]:
                best = (alignment[0], start + alignment[1], start + alignment[2])
        _, begin, finish = best
        if finish <= begin:
            return None
        while begin > 0 and not self.text[begin - 1].isspace():
            begin -= 1
        while finish < len(self.text) and not self.text[finish].isspace():
            finish += 1
        return self.text[begin:finish].strip()


def inside(span: Span, bounds: Iterable[Span]) -> bool:
    """Whether the span lies inside one of these."""
    return any(start <= span[0] and span[1] <= end for start, end in bounds)


def _pattern(folded: str) -> re.Pattern[str] | None:
    words = folded.split()
    return re.compile(r"\s+".join(map(re.escape, words))) if words else None


def _shown(text: str) -> str:
    """The words on one line, shortened in the middle, between marks that no document uses."""
    line = " ".join(text.split())
    return f"‹{line}›" if len(line) <= 120 else f"‹{line[:70]} … {line[-40:]}›"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

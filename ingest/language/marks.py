"""The quotation marks of one paragraph: where each may open a quotation, and which mark then closes it.

Everything is found in one pass over the marks, so that a paragraph of nothing but marks takes no longer than any other.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

CLOSING = {"“": "”", "„": "”“", "‟": "”", "«": "»", "»": "«"}
"""Opening marks with those that close them; a straight mark closes itself, and any double curly one."""

_CURLY = frozenset("“„‟")
_ELIDED = r"(?!(?i:\d\ds?|em|tis|twas|til|till|cause|n|round)\b)"
_MARKS = re.compile(rf"[“”„‟«»\"]|(?<![\w’'])‘{_ELIDED}(?=\w)")
_SINGLE_END = re.compile(r"(?<=[\w,.!?…;:])’(?!\w)")
_BEFORE_REVERSED = " \t\n\u00a0([—–"
_AFTER_INCHES = " ,.;:!?)—–-"
_FEET = re.compile(r"\d['’′]\d{1,2}\Z")
_NONE = -1


class Marks:
    """The marks of a paragraph.

    Args:
        text: the document's text.
        start: where the paragraph begins.
        end: where it ends.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self.start = start
        self.end = end
        self._places = array("q", (match.start() for match in _MARKS.finditer(text, start, end)))
        self._partners: dict[str, array[int]] = {}
        self._unopened: dict[str, int] = {}
        self._runs_on: dict[str, bool] = {}
        self._straight: array[int] | None = None
        self._single: array[int] | None = None
        self._tail: int | None = None

    def opening(self, position: int) -> int | None:
        """The first mark from a position on that may open a quotation."""
        for index in range(bisect_left(self._places, position), len(self._places)):
            if self._opens(self._places[index]):
                return self._places[index]
        return None

    def closing(self, opening: int) -> int | None:
        """The mark that closes the quotation which a mark of this paragraph opens."""
        mark = self._text[opening]
        if mark == '"':
            return _next(self._straight_ends(), opening + 1)
        if mark == "‘":
            return _next(self._single_ends(), opening + 1)
        partner = self._pairs(mark)[bisect_left(self._places, opening)]
        return partner if partner != _NONE else None

    def closing_unopened(self, mark: str) -> int | None:
        """The mark that closes a quotation which an earlier paragraph opened with a mark."""
        self._pairs(mark)
        found = self._unopened[mark]
        return found if found != _NONE else None

    def runs_on(self, mark: str) -> bool:
        """Whether the paragraph closes what an earlier one opened, before it opens such a quotation itself."""
        if mark not in CLOSING:
            return False
        if mark not in self._runs_on:
            told = CLOSING[mark] + mark
            first = next((self._text[place] for place in self._places if self._text[place] in told), mark)
            self._runs_on[mark] = first != mark
        return self._runs_on[mark]

    def has_words_from(self, position: int) -> bool:
        """Whether more than two words stand between a position and the paragraph's end."""
        if self._tail is None:
            before, *last = self._text[self.start : self.end].rsplit(maxsplit=2) or [""]
            self._tail = self.start + len(before) if len(last) == 2 and before.strip() else self.start
        return position < self._tail

    def _opens(self, at: int) -> bool:
        mark = self._text[at]
        if mark == '"':
            return _opens_straight(self._text, at, self.end)
        if mark == "»":
            # Some print »so«. The other way round, « opens.
            before = at == self.start or self._text[at - 1] in _BEFORE_REVERSED
            return before and at + 1 < self.end and self._text[at + 1].isalnum()
        return mark != "”"

    def _pairs(self, mark: str) -> array[int]:
        """For each mark by its number, the place of the one that closes it as an opening `mark`."""
        if mark in self._partners:
            return self._partners[mark]
        partners = array("q", [_NONE]) * len(self._places)
        unopened = _NONE
        pending: list[int] = []
        for index, at in enumerate(self._places):
            character = self._text[at]
            if character == mark:
                pending.append(index)
            elif character in CLOSING[mark] or self._closes_curly(at, mark):
                closed = pending if character == '"' else pending[-1:]
                for each in closed:
                    partners[each] = at
                if unopened == _NONE and (character == '"' or not closed):
                    unopened = at
                del pending[len(pending) - len(closed) :]
        self._partners[mark] = partners
        self._unopened[mark] = unopened
        return partners

    def _closes_curly(self, at: int, mark: str) -> bool:
        """Whether a straight mark closes what a curly one opened."""
        return mark in _CURLY and self._text[at] == '"' and not _opens_straight(self._text, at, self.end)

    def _straight_ends(self) -> array[int]:
        if self._straight is None:
            straight = [at for at in self._places if self._text[at] == '"' and not self._opens_inside(at)]
            # Inches after feet are no end, unless nothing else can be.
            self._straight = array(
                "q", (at for at in straight if at == straight[-1] or not _FEET.search(self._text, max(0, at - 4), at))
            )
        return self._straight

    def _opens_inside(self, at: int) -> bool:
        """Whether a straight mark inside a quotation cannot be its end: inches, or nothing stands before it."""
        if at == 0 or at + 1 >= self.end:
            return False
        before, after = self._text[at - 1], self._text[at + 1]
        return (before.isdigit() and after not in _AFTER_INCHES) or (before.isspace() and not after.isspace())

    def _single_ends(self) -> array[int]:
        """Where single marks end: at the first that no word goes on after, a possessive plural left out."""
        if self._single is None:
            ends = [match.start() for match in _SINGLE_END.finditer(self._text, self.start, self.end)]
            self._single = array("q", (at for at in ends if at == ends[-1] or not self._is_plural(at)))
        return self._single

    def _is_plural(self, at: int) -> bool:
        """Whether an apostrophe is that of "the actors’ strike"."""
        return self._text[at - 1] in "sS" and self._text[at + 1] == " " and self._text[at + 2 : at + 3].islower()


def _opens_straight(text: str, at: int, end: int) -> bool:
    """Whether a straight mark opens: something follows it at once, and nothing that it could close stands before it."""
    return at + 1 < end and not text[at + 1].isspace() and (at == 0 or not text[at - 1].isalnum())


def _next(places: array[int], position: int) -> int | None:
    index = bisect_right(places, position - 1)
    return places[index] if index < len(places) else None

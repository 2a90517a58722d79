"""Finding any of many names in a text, in time that does not grow with how many names there are.

A name is looked up by its first run of word characters; of the names that begin with it, the longest that stands there
wins. Found names do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FIRST = re.compile(r"\w+")


class NameIndex:
    """Names, ready to be found.

    Args:
        names: what to look for, character for character; each begins with a letter or a digit.
        before: characters after which no name begins.
        after: a pattern of what may not follow a name.
    """

    def __init__(self, names: Iterable[str], before: str, after: re.Pattern[str]) -> None:
        self._before = frozenset(before)
        self._after = after
        self._lengths: dict[str, list[int]] = {}
        self._names = frozenset(name for name in names if _FIRST.match(name))
        for length, first in sorted({(-len(name), _first(name)) for name in self._names}):
            self._lengths.setdefault(first, []).append(-length)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names inside a span of a text, in order, the longest where several begin at one place."""
        reached = start
        for word in _FIRST.finditer(text, start, end):
            place = word.start()
            if place < reached or (place > 0 and text[place - 1] in self._before):
                continue
            stop = self._stop(text, place, end, word.group())
            if stop is not None:
                yield place, stop
                reached = stop

    def _stop(self, text: str, place: int, end: int, first: str) -> int | None:
        for length in self._lengths.get(first, ()):
            stop = place + length
            if stop <= end and text[place:stop] in self._names and not self._after.match(text, stop):
                return stop
        return None


def _first(name: str) -> str:
    match = _FIRST.match(name)
    return match.group() if match else ""

"""Answers that were given before: within a release the same question has the same answer, so it is computed once.

What is kept is bounded in bytes; what was not asked for longest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from server.workers.pool import Outcome

OVERHEAD_BYTES = 1024
"""What an answer takes beside its texts, about."""

SHARE = 8
"""No answer takes more than this part of the whole."""

Question = tuple[str, ...]
"""A release, and all that an answer depends on besides it."""


class Answers:
    """The answers that are kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Question, Outcome] = OrderedDict()
        self.size = 0
        """Bytes that are kept."""
        self.hits = 0
        self.misses = 0

    def find(self, release: str, parts: Sequence[str]) -> Outcome | None:
        """The answer to a question in a release, if it is kept; it takes no seconds."""
        question = (release, *parts)
        found = self._kept.get(question)
        if found is None:
            self.misses += 1
            return None
        self._kept.move_to_end(question)
        self.hits += 1
        return found

    def keep(self, parts: Sequence[str], outcome: Outcome) -> None:
        """Keeps an answer of the release that gave it, unless it is too large."""
        question = (outcome.release, *parts)
        cost = _cost(question, outcome)
        if question in self._kept or cost * SHARE > self._limit:
            return
        self._kept[question] = replace(outcome, seconds=0.0)
        self.size += cost
        while self.size > self._limit:
            self.size -= _cost(*self._kept.popitem(last=False))


def _cost(question: Question, outcome: Outcome) -> int:
    # A character of a text takes up to four bytes.
    return len(outcome.body) + 4 * sum(map(len, question)) + OVERHEAD_BYTES

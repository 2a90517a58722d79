"""Answers that were given before: within a release the same question has the same answer, so it is computed once.

Whole replies, as they went over the wire, are kept beside the results that they were made of. What is kept is bounded
in bytes; what was not asked for longest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.http.together import Together
from server.problems import QueueFull, TooManyRequests
from server.workers.pool import Outcome

OVERHEAD_BYTES = 1024
"""What an answer takes beside its texts, about."""

SHARE = 8
"""No answer takes more than this part of the whole."""

Question = tuple[str, ...]
"""A release, and all that an answer depends on besides it."""

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it went over the wire, with the entity tag that it bore, the route that gave it, and the hash of what
    was asked."""

    tag: str
    route: str
    question: str
    headers: Headers
    body: bytes


class Answers:
    """The answers that are kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Question, tuple[int, Outcome | Reply]] = OrderedDict()
        self.asked: Together[Outcome] = Together((QueueFull, TooManyRequests))
        """The questions that are being asked now."""
        self.size = 0
        """Bytes that are kept."""
        self.hits = 0
        self.misses = 0

    def find(self, release: str, parts: Sequence[str]) -> Outcome | None:
        """The answer to a question in a release, if it is kept; it takes no seconds."""
        question = (release, *parts)
        found = self._found(question)
        if not isinstance(found, Outcome):
            self.misses += 1
            return None
        self.hits += 1
        return found

    def knows(self, release: str, parts: Sequence[str]) -> bool:
        """Whether the answer to a question is kept."""
        return (release, *parts) in self._kept

    def keep(self, parts: Sequence[str], outcome: Outcome) -> None:
        """Keeps an answer of the release that gave it, unless it is too large."""
        self._keep((outcome.release, *parts), replace(outcome, seconds=0.0))

    def reply(self, question: Question) -> Reply | None:
        """The reply to a request; what is not kept may be asked for as an answer yet, and is not counted."""
        found = self._found(question)
        if not isinstance(found, Reply):
            return None
        self.hits += 1
        return found

    def keep_reply(self, question: Question, reply: Reply) -> None:
        """Keeps a reply, unless it is too large. The question names the release that it is of."""
        self._keep(question, reply)

    def room(self, size: int) -> bool:
        """Whether a body of that many bytes may be kept."""
        return size * SHARE <= self._limit

    def _found(self, question: Question) -> Outcome | Reply | None:
        found = self._kept.get(question)
        if found is None:
            return None
        self._kept.move_to_end(question)
        return found[1]

    def _keep(self, question: Question, answer: Outcome | Reply) -> None:
        # A character of a text takes up to four bytes.
        cost = len(answer.body) + 4 * sum(map(len, question)) + OVERHEAD_BYTES
        if question in self._kept or cost * SHARE > self._limit:
            return
        self._kept[question] = (cost, answer)
        self.size += cost
        while self.size > self._limit:
            self.size -= self._kept.popitem(last=False)[1][0]

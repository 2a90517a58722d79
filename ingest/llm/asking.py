"""Asking about one piece until there is an answer that can be read, or patience ends.

What fails in passing (time, connection, too many requests, a broken or half answer) is asked again after a wait that
doubles, or that the server names; what would fail again (a wrong key, an unknown model) is not. An answer that stops at
the model's limit would stop there again: its piece is to be divided.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.llm import answer
from ingest.llm.answer import Answer
from ingest.llm.cache import AnswerCache, question_digest
from ingest.llm.client import ChatClient, Message, ModelFailure, Reply
from ingest.llm.settings import ModelSettings, variable
from ingest.llm.usage import Usage

_NOTHING: Final = Answer((), readable=False, whole=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: an answer, maybe only a part of one, what it cost, and what went wrong.

    `cut` says that the answer stopped at the model's limit of length.
    """

    answer: Answer
    usage: Usage = field(default_factory=Usage)
    failure: str | None = None
    cut: bool = False


class Asking:
    """Asks one model, kept answers first. `unkept` tells why answers cannot be kept, if they cannot."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._cache = AnswerCache(settings.cache)
        self._client: ChatClient | None = None
        self._reached = True
        self.unkept: str | None = None

    def close(self) -> None:
        """Close the connections; the next question opens them again."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def ask(self, messages: Sequence[Message], *, divisible: bool = False) -> Outcome:
        """The answer to a question. What fails is told in the outcome.

        Args:
            messages: the question.
            divisible: whether the piece can be asked about in parts, so that an answer that was cut before is enough.

        Raises:
            InputError: the server's address, or a proxy that the environment names, cannot be used.
        """
        digest = question_digest(self._settings, messages)
        kept = self._cache.get(digest)
        if kept is not None:
            found = answer.read(kept.text)
            if not kept.whole and (divisible or self._settings.replay):
                return Outcome(found, Usage(cached=1), _wrong_with(found, kept), cut=True)
            if kept.whole and found.readable and found.whole:
                return Outcome(found, Usage(cached=1))
        if self._settings.replay:
            return Outcome(_NOTHING, failure=f"no answer is kept, and {variable('replay')} is set")
        return self._asked(messages, digest)

    def _asked(self, messages: Sequence[Message], digest: str) -> Outcome:
        """Ask the server: the first whole answer, or else the one of all tries that has the most facts."""
        until = time.monotonic() + self._settings.patience
        # A server that said nothing the last time is tried once, so that a long run does not wait for it at each piece.
        tries = self._settings.tries if self._reached else 1
        best, usage, failure, turn = _NOTHING, Usage(), "", 0
        while True:
            turn += 1
            wait = self._settings.backoff * 2.0 ** (turn - 1)
            try:
                reply = self._server().ask(messages)
            except ModelFailure as error:
                failure, self._reached = error.message, error.reached
                wait = max(wait, error.wait or 0.0)
                tries = tries if error.passing else turn
            else:
                self._reached = True
                usage += Usage.of(reply)
                found = answer.read(reply.text)
                if not reply.whole or (found.readable and found.whole):
                    self._keep(digest, reply)
                    wrong = None if reply.whole else _wrong_with(found, reply)
                    return Outcome(found, usage, wrong, cut=not reply.whole)
                failure = _wrong_with(found, reply)
                best = max(best, found, key=lambda each: len(each.candidates))
            if turn >= tries or time.monotonic() + wait > until:
                times = "once" if turn == 1 else f"{turn} times"
                return Outcome(best, usage, f"{failure}; asked {times}")
            time.sleep(wait)

    def _server(self) -> ChatClient:
        if self._client is None:
            self._client = ChatClient(self._settings)
        return self._client

    def _keep(self, digest: str, reply: Reply) -> None:
        try:
            self._cache.put(digest, reply)
        except OSError as error:
            self.unkept = f"answers cannot be kept in {self._settings.cache}: {error.strerror or error}"


def _wrong_with(found: Answer, reply: Reply) -> str:
    """What is wrong with an answer that is not whole, or holds nothing."""
    if not reply.text.strip():
        return "the answer is empty"
    if not reply.whole:
        return f"the answer stops at the model's limit of length, after {len(found.candidates)} facts"
    if not found.readable:
        return "the answer holds no list of facts"
    return f"the answer breaks off or is broken; {len(found.candidates)} facts in it are whole"

"""Asking about one piece until there is an answer that can be read, or patience ends.

What fails in passing (time, connection, too many requests, a broken or half answer) is asked again after a wait that
doubles, or that the server names; what would fail again (a wrong key, an unknown model) is not.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.llm import answer
from ingest.llm.answer import Answer
from ingest.llm.cache import AnswerCache, question_digest
from ingest.llm.client import ChatClient, Message, ModelFailure, Reply
from ingest.llm.settings import ModelSettings, variable
from ingest.llm.usage import Usage

NO_FACTS = Answer((), readable=False, whole=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: an answer, maybe only a part of one, what it cost, and what went wrong."""

    answer: Answer
    usage: Usage = field(default_factory=Usage)
    failure: str | None = None


class Asking:
    """Asks one model, kept answers first."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._cache = AnswerCache(settings.cache)
        self._client: ChatClient | None = None
        self._reachable = True
        self.unkept: str | None = None

    def close(self) -> None:
        """Close the connections; the next question opens them again."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def ask(self, messages: Sequence[Message]) -> Outcome:
        """The answer to a question; never fails, since what fails is told in the outcome."""
        digest = question_digest(self._settings, messages)
        kept = self._cache.get(digest)
        if kept is not None and (found := answer.read(kept.text)).readable:
            return Outcome(found, Usage(cached=1))
        if self._settings.replay:
            return Outcome(NO_FACTS, failure=f"no answer is kept, and {variable('replay')} is set")
        return self._asked(messages, digest)

    def _asked(self, messages: Sequence[Message], digest: str) -> Outcome:
        """Ask the server; the best answer of all tries, whole or the one with the most facts."""
        until = time.monotonic() + self._settings.patience
        # A server that was not there the last time is tried once, so that a long run does not wait for it every time.
        tries = self._settings.tries if self._reachable else 1
        best, usage, failure = NO_FACTS, Usage(), ""
        for turn in range(1, tries + 1):
            wait = self._settings.backoff * 2.0 ** (turn - 1)
            try:
                reply = self._server().ask(messages)
            except ModelFailure as error:
                failure, self._reachable = error.message, error.reached
                if not error.passing:
                    break
                wait = max(wait, error.wait or 0.0)
            else:
                self._reachable = True
                usage += Usage.of(reply)
                found = answer.read(reply.text)
                if found.readable and found.whole and reply.whole:
                    self._keep(digest, reply)
                    return Outcome(found, usage)
                failure = _half(found, reply)
                best = max(best, found, key=lambda each: len(each.candidates))
            if turn == tries or time.monotonic() + wait > until:
                break
            time.sleep(wait)
        times = "once" if turn == 1 else f"{turn} times"
        return Outcome(best, usage, f"{failure} (asked {times})")

    def _server(self) -> ChatClient:
        if self._client is None:
            self._client = ChatClient(self._settings)
        return self._client

    def _keep(self, digest: str, reply: Reply) -> None:
        try:
            self._cache.put(digest, reply)
        except OSError as error:
            self.unkept = f"answers cannot be kept in {self._settings.cache}: {error.strerror or error}"


def _half(found: Answer, reply: Reply) -> str:
    """What is wrong with an answer that is not whole."""
    if not reply.text.strip():
        return "the answer is empty"
    if not found.readable:
        return "the answer holds no list of facts"
    return f"the answer breaks off or is broken; {len(found.candidates)} facts could be read"

"""What the routes share: the settings, the pool of workers, which release answers, the counters; and how a route asks
the pool for as long as its client is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from ontology.errors import OnrecordError
from server.canned.catalogue import Catalogue
from server.http.answers import Answers
from server.http.clients import client_of
from server.http.connections import Connections
from server.http.logs import note, question
from server.http.metrics import Metrics
from server.http.siblings import Siblings
from server.outside.fetching import Outside
from server.outside.relay import Relay
from server.problems import RequestTimeout, RequestTooLarge
from server.releases.release import Home
from server.settings import Settings
from server.workers.current import Current
from server.workers.pool import Outcome, Pool
from server.workers.wire import Header, pack
from server.writing.writer import Writer

if TYPE_CHECKING:
    from server.http.held import Sending


SLOWEST_BYTES = 2**20
"""Bytes of a body that are to come within the seconds that a request may take to arrive; a longer one has more."""


@dataclass(frozen=True, slots=True)
class Context:
    """One running server."""

    settings: Settings
    home: Home
    current: Current
    pool: Pool
    catalogue: Catalogue
    metrics: Metrics
    answers: Answers
    sending: Sending
    writer: Writer
    outside: Outside
    relay: Relay
    siblings: Siblings
    connections: Connections

    async def answer(
        self, request: Request, parts: Sequence[str], header: Header, body: bytes = b"", seconds: float | None = None
    ) -> Outcome:
        """As `ask`, but a question that the current release has answered before is not asked again. The parts are all
        that the answer depends on besides the release.

        Raises:
            ClientLeft, OnrecordError: as `ask`.
        """
        release = self.current()
        if release and (known := self.answers.find(release.id, parts)):
            note(request.scope, question=question(pack(header, body)), known=True, release=release.id)
            return known
        # A client that gives its request less time may be refused what another one gets.
        key = (release and release.id, str(seconds), *parts)
        asking = self.answers.asked.ask(key, lambda: self._run(request, header, body, seconds))
        outcome = await while_connected(request, asking)
        self.answers.keep(parts, outcome)
        return outcome

    async def ask(self, request: Request, header: Header, body: bytes = b"", seconds: float | None = None) -> Outcome:
        """Has a worker do something for a client, in some seconds at the most, and has it stop when the client leaves.

        Raises:
            ClientLeft: nobody waits for the answer.
            OnrecordError: as `Pool.run`.
        """
        return await while_connected(request, self._run(request, header, body, seconds))

    async def _run(self, request: Request, header: Header, body: bytes, seconds: float | None) -> Outcome:
        note(request.scope, question=question(pack(header, body)))
        outcome = await self.pool.run(header, body, client=client_of(request), seconds=seconds)
        note(request.scope, query_ms=round(outcome.seconds * 1000, 2), bytes=len(outcome.body), release=outcome.release)
        self.metrics.observe(outcome.seconds)
        return outcome


class ClientLeft(OnrecordError):
    """The client closed the connection before it had its answer."""


def context(request: Request) -> Context:
    """The server that a request came to."""
    found: Context = request.app.state.context
    return found


def root(request: Request) -> str:
    """What comes before all paths in links: the prefix under which a proxy shows the server, mostly nothing."""
    found: str = request.scope.get("root_path", "")
    return found


async def read_body(request: Request, limit: int | None = None) -> bytes:
    """The body of a request, of no more bytes than the limit or the setting for queries.

    Raises:
        RequestTooLarge: it is longer; no more than that is read.
        RequestTimeout: it does not come in time.
        ClientLeft: the client is gone.
    """
    settings = context(request).settings
    limit = settings.query_bytes if limit is None else limit
    parts: list[bytes] = []
    size = 0
    seconds = settings.receive_seconds * max(1.0, limit / SLOWEST_BYTES)
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise RequestTooLarge(f"the body has more than {limit} bytes")
                parts.append(part)
    except TimeoutError:
        raise RequestTimeout(f"the body did not come within {seconds:g} seconds") from None
    except ClientDisconnect:
        raise ClientLeft("the client left") from None
    return b"".join(parts)


async def while_connected(request: Request, work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """The result of the work, which is cancelled when the client leaves before it is done.

    Raises:
        ClientLeft: it left.
    """
    task = asyncio.current_task()
    assert task is not None, "a request is handled in a task"
    left = done = False

    def leave(_: asyncio.Task[None]) -> None:
        nonlocal left
        if not done:
            left = True
            task.cancel()

    # The work is done in the task of the request: a task of its own would cost a short query as much as the query does.
    leaving = asyncio.create_task(_gone(request))
    leaving.add_done_callback(leave)
    try:
        return await work
    except asyncio.CancelledError:
        if left and not task.uncancel():
            raise ClientLeft("the client left") from None
        raise
    finally:
        done = True
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""Connections before there is a request on them: how many one address may have, and how long it may take to say what it
wants. What uvicorn leaves open for ever (https://uvicorn.dev/settings/#timeouts) is closed here.
"""

from __future__ import annotations

import asyncio
from collections import Counter

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from server.http.clients import client_named
from server.http.proxy import Network, trusts


class Connections:
    """The connections of one server: at most `most` of a client that is no trusted proxy, 0 for any number. Each is
    closed that says nothing whole for some `seconds`."""

    def __init__(self, most: int, seconds: float, trusted: tuple[Network, ...] = ()) -> None:
        self._most = most
        self._trusted = trusted
        self._open: Counter[str] = Counter()
        self.seconds = seconds
        self.refused = 0
        """Connections that were one too many."""

    def enter(self, address: str) -> str | None:
        """The client whose connection is counted now; None when it is one too many."""
        client = client_named(address)
        if self._most and self._open[client] >= self._most and not trusts(self._trusted, address):
            self.refused += 1
            return None
        self._open[client] += 1
        return client

    def leave(self, client: str) -> None:
        """One connection less."""
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client]

    def protocol(self) -> type[asyncio.Protocol]:
        """The class of protocol that uvicorn is to use."""
        return type("Counted", (Connection,), {"shared": self})


class Connection(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """One connection, of whichever protocol uvicorn has."""

    shared: Connections
    entered: str | None = None
    late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """It is there."""
        super().connection_made(transport)
        address = transport.get_extra_info("peername")
        self.entered = self.shared.enter(address[0] if isinstance(address, tuple) else "")
        if self.entered is None:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Something was said."""
        super().data_received(data)
        if self._answering():
            self._cancel()
        elif self.late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._cancel()
        if self.entered is not None:
            self.shared.leave(self.entered)
            self.entered = None
        super().connection_lost(exc)

    def _answering(self) -> bool:
        """Whether a request has come and its answer has not gone."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self.late = asyncio.get_running_loop().call_later(self.shared.seconds, self._close)

    def _cancel(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None

    def _close(self) -> None:
        self.late = None
        if not self._answering():
            self.transport.close()

"""The way out of workers, which have no network: they ask for the SERVICE clauses of a query here, over a socket in the
file system, and the web process asks the endpoints in their place, those that the operator allows.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from pathlib import Path

from ontology.errors import OnrecordError
from server.outside.fetching import Outside
from server.workers.wire import LENGTHS, Header, pack, unpack

log = logging.getLogger(__name__)

ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
"""What the engine reads."""

QUERY_BYTES = 2**24
"""No query that a worker passes on is longer."""

AT_ONCE = 16
"""Endpoints that are asked at once; who comes after waits."""


class Relay:
    """Listens while the server runs. The socket is in a directory that only this user may enter."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._places = asyncio.Semaphore(AT_ONCE)
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._server: asyncio.Server | None = None
        self.path: str | None = None
        """Where it listens; None when the operator allows no endpoint, or it has not begun."""

    async def start(self) -> None:
        """Begins, where there is an endpoint that may be asked."""
        if not self._outside.allowance.endpoints:
            return
        self._directory = tempfile.TemporaryDirectory(prefix="onrecord-")
        path = Path(self._directory.name) / "relay"
        self._server = await asyncio.start_unix_server(self._serve, path)
        self.path = os.fspath(path)

    async def close(self) -> None:
        """Ends, and leaves nothing behind."""
        if self._server is not None:
            self._server.close()
            self.path = None
        if self._directory is not None:
            self._directory.cleanup()

    @property
    def endpoints(self) -> list[str]:
        """What may be asked."""
        return sorted(self._outside.allowance.endpoints)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head, body = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
            if head + body <= QUERY_BYTES:
                header, query = unpack(await reader.readexactly(head + body), head)
                async with self._places:
                    writer.write(pack(*await self._asked(header, query)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, KeyError) as error:
            # The worker was ended, as when its query took too long.
            log.debug("a worker left the relay: %s", error)
        finally:
            writer.close()

    async def _asked(self, header: Header, query: bytes) -> tuple[Header, bytes]:
        try:
            found = await self._outside.ask(str(header["endpoint"]), query, ACCEPT)
        except OnrecordError as error:
            return {"failure": error.message}, b""
        return {"media_type": found.media_type}, found.body

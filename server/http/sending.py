"""The way out: bodies are compressed and handed to the connection in pieces, each when the one before has gone. How
much of them waits for slow clients is bounded, and for how long.
"""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.coding import Compressor, coding, tagged
from server.http.held import PIECE_BYTES, Sending
from server.http.responses import problem
from server.problems import QueueFull

LEAST_BYTES = 1024
"""Shorter bodies are sent as they are: they fit a packet or two."""

INLINE_BYTES = 2**16
"""Longer pieces are compressed in a thread, so that other requests do not wait for them."""

_TEXT = re.compile(r"(?:text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|application/(?:n-triples|n-quads|trig)\b)")


class Outbound:
    """ASGI middleware through which all bodies leave."""

    def __init__(self, app: ASGIApp, sending: Sending) -> None:
        self._app = app
        self._sending = sending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http":
            send = _Sender(scope, receive, send, self._sending).send
        await self._app(scope, receive, send)


class _Sender:
    """One response on its way: its start waits until the beginning of its body is known."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, sending: Sending) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._sending = sending
        self._coding = coding(Headers(scope=scope).get("accept-encoding"))
        self._start: Message | None = None
        self._compressor: Compressor | None = None
        self._left = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] != "http.response.body":
            await self._send(message)
        elif not self._left:
            await self._body(message.get("body", b""), message.get("more_body", False))

    async def _body(self, body: bytes, more: bool) -> None:
        start, self._start = self._start, None
        if start is not None:
            self._choose(start, whole=None if more else len(body))
        coded = await self._coded(body, last=not more)
        try:
            with self._sending.hold(len(body) + (len(coded) if self._compressor else 0)):
                await self._pass_on(start, coded, more)
        except QueueFull as error:
            self._left = True
            # Where the beginning has gone already, the rest stays away, and the client sees that it is not whole.
            if start is not None:
                await problem(error)(self._scope, self._receive, self._send)

    def _choose(self, start: Message, whole: int | None) -> None:
        headers = MutableHeaders(scope=start)
        if not _codable(start["status"], headers):
            return
        headers.add_vary_header("Accept-Encoding")
        if self._coding and start["status"] != 304 and (whole is None or whole >= LEAST_BYTES):
            self._compressor = self._coding.start()
            headers["Content-Encoding"] = self._coding.name
            del headers["Content-Length"]
            if tag := headers.get("etag"):
                headers["ETag"] = tagged(tag, self._coding.name)

    async def _coded(self, body: bytes, *, last: bool) -> bytes:
        compressor = self._compressor
        if compressor is None:
            return body

        def compress() -> bytes:
            return compressor.compress(body) + (compressor.flush() if last else b"")

        return await asyncio.to_thread(compress) if len(body) > INLINE_BYTES else compress()

    async def _pass_on(self, start: Message | None, body: bytes, more: bool) -> None:
        if start is not None:
            if self._compressor and not more:
                MutableHeaders(scope=start)["Content-Length"] = str(len(body))
            await self._send(start)
        try:
            for offset in range(0, max(len(body), 1), PIECE_BYTES):
                piece = body[offset : offset + PIECE_BYTES]
                ends = offset + PIECE_BYTES >= len(body)
                async with asyncio.timeout(self._sending.seconds):
                    await self._send({"type": "http.response.body", "body": piece, "more_body": more or not ends})
        except TimeoutError:
            # The server closes a connection whose response has no end.
            self._left = True


def _codable(status: int, headers: Headers) -> bool:
    """Whether a response has a body that codings may change; a 304 says what the 200 would have said."""
    if status == 304:
        return "etag" in headers
    told = {"content-encoding", "content-range", "accept-ranges"}
    return status not in {204, 206} and not told & set(headers) and bool(_TEXT.match(headers.get("content-type", "")))

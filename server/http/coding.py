"""Content codings: answers compressed as the client takes it, in pieces as fast as the client reads (RFC 9110, section
12.5.3), each coding with an entity tag of its own (section 8.8.3.3).

https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 1024
"""Shorter bodies are sent as they are: they fit a packet or two."""

PIECE_BYTES = 2**18
"""What is handed to the connection at once; the next piece waits until it has gone out."""

INLINE_BYTES = 2**16
"""Longer pieces are compressed in a thread, so that other requests do not wait for them."""

IDENTITY = "identity"

_MEMBER = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?$", re.IGNORECASE)
_QUALITY = re.compile(r"0(?:\.\d*)?|1(?:\.0*)?|\.\d+")
_TEXT = re.compile(r"(?:text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|application/(?:n-triples|n-quads|trig)\b)")


class Compressor(Protocol):
    """What compresses one body."""

    def compress(self, data: bytes, /) -> bytes:
        """Takes a piece; what it gives may be empty."""

    def flush(self) -> bytes:
        """The end."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A content coding: its name, other names for it, and what begins a body in it."""

    name: str
    start: Callable[[], Compressor]
    aliases: tuple[str, ...] = ()


def _gzip() -> Compressor:
    # 31: the window of 15 bits, in the gzip format.
    return zlib.compressobj(level=5, wbits=31)


def _zstd() -> Compressor:
    started: Compressor = import_module("compression.zstd").ZstdCompressor(level=3)
    return started


CODINGS: tuple[Coding, ...] = (
    # From Python 3.14 on the standard library has it.
    *((Coding("zstd", _zstd),) if find_spec("compression") and find_spec("compression.zstd") else ()),
    Coding("gzip", _gzip, ("x-gzip",)),
)
"""Preferred first."""


def coding(accept_encoding: str | None, offers: Sequence[Coding] = CODINGS) -> Coding | None:
    """The coding that suits an Accept-Encoding header; None for the body as it is.

    The highest quality wins, then the server's order; a coding is taken before none at the same quality.

    >>> found = coding("gzip;q=0.5, deflate")
    >>> found.name if found else None
    'gzip'
    >>> coding("gzip;q=0, *")
    >>> coding(None)
    """
    qualities = _qualities(accept_encoding or "")
    best, chosen = _quality(IDENTITY, (), qualities), None
    for offer in offers:
        quality = _quality(offer.name, offer.aliases, qualities)
        if quality > 0 and (quality > best or (chosen is None and quality == best)):
            best, chosen = quality, offer
    return chosen


def _qualities(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for member in header.split(","):
        match = _MEMBER.match(member)
        if match and _QUALITY.fullmatch(match[2] or "1"):
            found[match[1].lower()] = float(match[2] or 1)
    return found


def _quality(name: str, aliases: Sequence[str], qualities: dict[str, float]) -> float:
    for each in (name, *aliases):
        if each in qualities:
            return qualities[each]
    # Nothing said of it, a body as it is may be sent, but any coding that is named goes before it.
    return qualities.get("*", 1e-6 if name == IDENTITY else 0.0)


def tagged(tag: str, name: str) -> str:
    """The entity tag of a coding of what has the tag.

    >>> tagged('"0123"', "gzip")
    '"0123-gzip"'
    """
    return f'{tag[:-1]}-{name}"'


def tags(tag: str, accept_encoding: str | None) -> tuple[str, ...]:
    """The entity tags under which what has a tag may be sent to a client."""
    chosen = coding(accept_encoding)
    return (tag, tagged(tag, chosen.name)) if chosen else (tag,)


class Encoding:
    """ASGI middleware that codes bodies and hands them on piece by piece."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http":
            send = _Sender(send, Headers(scope=scope).get("accept-encoding")).send
        await self._app(scope, receive, send)


class _Sender:
    """One response on its way: its start waits until the beginning of its body is known."""

    def __init__(self, send: Send, accept_encoding: str | None) -> None:
        self._send = send
        self._coding = coding(accept_encoding)
        self._start: Message | None = None
        self._compressor: Compressor | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            await self._body(message.get("body", b""), message.get("more_body", False))
        else:
            await self._send(message)

    async def _body(self, body: bytes, more: bool) -> None:
        start, self._start = self._start, None
        if start is not None:
            headers = MutableHeaders(scope=start)
            if _codable(start["status"], headers):
                headers.add_vary_header("Accept-Encoding")
                if self._coding and start["status"] != 304 and (more or len(body) >= LEAST_BYTES):
                    self._compressor = self._coding.start()
                    _announce(headers, self._coding.name)
        body = await self._coded(body, last=not more)
        if start is not None:
            if self._compressor and not more:
                MutableHeaders(scope=start)["Content-Length"] = str(len(body))
            await self._send(start)
        for offset in range(0, len(body), PIECE_BYTES):
            piece = body[offset : offset + PIECE_BYTES]
            ends = offset + PIECE_BYTES >= len(body)
            await self._send({"type": "http.response.body", "body": piece, "more_body": more or not ends})
        if not body:
            await self._send({"type": "http.response.body", "body": b"", "more_body": more})

    async def _coded(self, body: bytes, *, last: bool) -> bytes:
        compressor = self._compressor
        if compressor is None:
            return body

        def compress() -> bytes:
            return compressor.compress(body) + (compressor.flush() if last else b"")

        return await asyncio.to_thread(compress) if len(body) > INLINE_BYTES else compress()


def _codable(status: int, headers: Headers) -> bool:
    """Whether a response has a body that codings may change; a 304 says what the 200 would have said."""
    if status == 304:
        return "etag" in headers
    told = {"content-encoding", "content-range", "accept-ranges"}
    return status not in {204, 206} and not told & set(headers) and bool(_TEXT.match(headers.get("content-type", "")))


def _announce(headers: MutableHeaders, name: str) -> None:
    headers["Content-Encoding"] = name
    del headers["Content-Length"]
    if tag := headers.get("etag"):
        headers["ETag"] = tagged(tag, name)

"""Content codings: which one a client takes (RFC 9110, section 12.5.3), and the entity tag that each has of its own
(section 8.8.3.3).

https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"

_MEMBER = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?$", re.IGNORECASE)
_QUALITY = re.compile(r"0(?:\.\d*)?|1(?:\.0*)?|\.\d+")


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


class _Brotli:
    """The format of https://www.rfc-editor.org/rfc/rfc7932, by the names that the other compressors have."""

    def __init__(self) -> None:
        # Up to 5 it is about as fast as gzip; beyond, an answer costs more to compress than to send.
        self._compressor = brotli.Compressor(quality=5)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._compressor.process(data))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


def _gzip() -> Compressor:
    # 31: the window of 15 bits, in the gzip format.
    return zlib.compressobj(level=5, wbits=31)


def _zstd() -> Compressor:
    # Its window of 2 MB is within the 8 MB that clients have to hold (https://www.rfc-editor.org/rfc/rfc9659).
    return zstd.ZstdCompressor(level=3)


CODINGS: tuple[Coding, ...] = (Coding("zstd", _zstd), Coding("br", _Brotli), Coding("gzip", _gzip, ("x-gzip",)))
"""Preferred first."""


def coding(accept_encoding: str | None, offers: Sequence[Coding] = CODINGS) -> Coding | None:
    """The coding that suits an Accept-Encoding header; None for the body as it is.

    The highest quality wins, then the server's order; a coding is taken before none at the same quality.

    >>> found = coding("gzip;q=0.5, deflate")
    >>> found.name if found else None
    'gzip'
    >>> coding("gzip;q=0, identity")
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

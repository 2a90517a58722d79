"""The frames that the web process and its query workers exchange over a socket pair.

A frame is two lengths, a JSON header of plain data, and a body of bytes: nothing that could run code when it is read.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any

Header = Mapping[str, Any]

LENGTHS = struct.Struct(">IQ")
"""Lengths in bytes of the header and of the body."""

SPOOLED = "spooled"
"""The field of a header that tells the bytes of a body which was handed over as a file before."""


def pack(header: Header, body: bytes = b"") -> bytes:
    """A frame.

    >>> unpack(pack({"op": "query"}, b"ASK {}")[LENGTHS.size :], 15)
    ({'op': 'query'}, b'ASK {}')
    """
    head = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTHS.pack(len(head), len(body)) + head + body


def unpack(payload: bytes, header_length: int) -> tuple[Header, bytes]:
    """The header and the body of what follows the lengths."""
    return json.loads(payload[:header_length].decode("utf-8", "surrogatepass")), payload[header_length:]


def receive(read: Callable[[int], bytes]) -> tuple[Header, bytes] | None:
    """One frame from a blocking `read(n)` that returns n bytes, or fewer at the end; None at the end."""
    lengths = read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    payload = read(head + body)
    return unpack(payload, head) if len(payload) == head + body else None

"""HTTP by hand, over plain sockets: what no client library would send, from whichever address."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

SECONDS = 60.0
"""How long a hostile client waits for whatever comes."""

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a server listens, and the address from which it is asked."""

    host: str
    port: int
    source: str

    def connect(self, receive_buffer: int | None = None, seconds: float = SECONDS) -> socket.socket:
        """A connection."""
        connection = socket.socket()
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(seconds)
        connection.bind((self.source, 0))
        connection.connect((self.host, self.port))
        return connection

    def exchange(self, data: bytes) -> str:
        """The status of the answer to some bytes; `closed` when there is none, `late` when it does not come."""
        with self.connect() as connection:
            # A server may answer and close before it has read all.
            with suppress(OSError):
                connection.sendall(data)
            return status(connection)


def status(connection: socket.socket) -> str:
    """Reads an answer to its end, or what there is of it; what it says is of no interest."""
    head = b""
    try:
        while b"\r\n\r\n" not in head:
            part = connection.recv(65536)
            if not part:
                break
            head += part
        found = _STATUS.match(head)
        return found[1].decode() if found else "closed"
    except TimeoutError:
        return "late"
    except OSError:
        found = _STATUS.match(head)
        return found[1].decode() if found else "closed"


def request(
    method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, connection: str = "close"
) -> bytes:
    """The bytes of a request, with its length where the headers tell none."""
    lines = [f"{method} {path} HTTP/1.1", "Host: onrecord", f"Connection: {connection}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body and not {"Content-Length", "Transfer-Encoding"} & set(headers or ()):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def direct(query: str | bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """A query as the body of a POST."""
    body = query if isinstance(query, bytes) else query.encode()
    return request("POST", "/sparql", body, {"Content-Type": "application/sparql-query", **(headers or {})})


def by_get(query: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> bytes:
    """A query in the URL."""
    return request(method, f"/sparql?query={quote(query)}", headers=headers)

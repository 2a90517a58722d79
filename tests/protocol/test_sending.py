"""Large answers and slow clients: nothing is cut, nothing is held for ever, and nobody else waits."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
"""About 20 MB of JSON, more than the buffers of a connection hold."""

PATH = "/sparql?" + urlencode({"query": LARGE})
HELD = "onrecord_sending_bytes"


@pytest.fixture(scope="module")
def narrow(server: Any, start: Callable[..., Any]) -> Iterator[Any]:
    """A server that lets one large answer wait for its client, and not for long."""
    with start(server.home, workers=1, sending_bytes="32M", sending_seconds=1.5, cache_bytes=0) as running:
        yield running


def _asking(server: Any, buffer: int = 4096) -> socket.socket:
    """A connection of a client that has asked for a large answer and read nothing of it yet."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.settimeout(60)
    connection.connect((host, int(port)))
    connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


def _until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not holds():
        if time.monotonic() > deadline:
            return False
    return True


def test_a_large_answer_arrives_whole_in_every_coding(client: httpx.Client) -> None:
    plain = client.get(PATH, headers={"Accept-Encoding": "identity"})
    assert len(plain.content) > 10_000_000
    assert int(plain.headers["content-length"]) == len(plain.content)
    with client.stream("GET", PATH, headers={"Accept-Encoding": "gzip"}) as response:
        coded = b"".join(response.iter_raw())
    assert response.headers["transfer-encoding"] == "chunked", "its end is marked, so that a cut is seen"
    assert len(coded) < len(plain.content) / 5
    assert gzip.decompress(coded) == plain.content
    assert len(plain.json()["results"]["bindings"]) == 60_000


def test_head_tells_of_a_large_answer_what_get_tells(client: httpx.Client) -> None:
    for coding in ("identity", "gzip"):
        got, head = (client.request(method, PATH, headers={"Accept-Encoding": coding}) for method in ("GET", "HEAD"))
        assert head.content == b""
        told = {"content-length", "content-encoding", "etag", "vary", "content-type", "last-modified"}
        assert {name: head.headers.get(name) for name in told} == {name: got.headers.get(name) for name in told}


def test_a_large_answer_takes_little_memory_of_the_web_process(server: Any, start: Callable[..., Any]) -> None:
    """Clients that ask for 20 MB each, and do not read: the web process holds a few pieces for each."""
    with start(server.home, workers=1, cache_bytes=0) as roomy, ExitStack() as connections:
        status = Path(f"/proc/{roomy.web()[0]}/status")

        def resident() -> int:
            return int(status.read_text().split("VmRSS:")[1].split()[0]) * 1024

        assert httpx.get(roomy.url + PATH, timeout=60).status_code == 200
        assert _until(lambda: roomy.metric(HELD) == 0)
        before = resident()
        for _ in range(8):
            held = roomy.metric(HELD)
            connections.enter_context(_asking(roomy))
            assert _until(lambda held=held: roomy.metric(HELD) > held + 10_000_000)  # type: ignore[misc]
        assert resident() - before < 32 * 2**20
        assert roomy.metric("onrecord_workers_idle") == 1, "nobody who reads slowly holds a worker"


def test_while_one_client_does_not_read_the_others_are_answered(narrow: Any) -> None:
    with _asking(narrow):
        assert _until(lambda: narrow.metric(HELD) > 10_000_000)
        began = time.monotonic()
        assert httpx.get(f"{narrow.url}/sparql?query=ASK%7B%7D", timeout=60).json()["boolean"] is True
        assert time.monotonic() - began < 1
        full = httpx.get(narrow.url + PATH, headers={"Accept-Encoding": "identity"}, timeout=60)
        assert full.status_code == 503
        assert full.headers["content-type"] == "application/problem+json"
        assert full.json()["type"].endswith("/queue-full")
        assert int(full.headers["retry-after"]) > 0
        assert full.headers["access-control-allow-origin"] == "*"
        assert "etag" not in full.headers


def test_who_does_not_read_is_left_and_told_no_lie(narrow: Any) -> None:
    assert _until(lambda: narrow.metric(HELD) == 0)
    with _asking(narrow) as connection:
        assert _until(lambda: narrow.metric(HELD) > 0)
        assert _until(lambda: narrow.metric(HELD) == 0)
        got = b"".join(iter(lambda: connection.recv(2**20), b""))
    head, _, body = got.partition(b"\r\n\r\n")
    [length] = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    assert len(body) < length, "a client that counts sees that the answer is not whole"
    whole = httpx.get(narrow.url + PATH, headers={"Accept-Encoding": "gzip"}, timeout=60)
    assert len(whole.json()["results"]["bindings"]) == 60_000


def test_a_client_that_reads_slowly_but_steadily_gets_all(narrow: Any) -> None:
    assert _until(lambda: narrow.metric(HELD) == 0)
    with _asking(narrow, 2**17) as connection:
        began, got = time.monotonic(), 0
        while part := connection.recv(2**18):
            got += len(part)
            if b"]}}" in part[-3:]:
                break
            if time.monotonic() - began < 2.5:
                # Slower than the server writes, and longer than it waits for a client that does not read.
                time.sleep(0.01)
    assert got > 10_000_000
    assert time.monotonic() - began > 1.5

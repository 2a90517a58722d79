"""Strangers beside the well-behaved client: requests that cost a server much, or that hold its connections, one after
the other over a few connections for as long as the load is measured.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import quote, urlencode, urlsplit

from bench.load.systems import Running

PATIENCE = 10.0
"""Seconds that a stranger waits for an answer before it leaves."""

PARENTHESES = 5_000
"""Enough to overflow a stack of 8 MB while the query is parsed."""

COSTLY = (
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(?c != ?f) }",
    "SELECT (COUNT(*) AS ?n) WHERE { ?a (<x:a>|!<x:a>)* ?b }",
    "SELECT ?a WHERE { ?a ?b ?c FILTER REGEX(STR(?c), '(a|aa|a?a)+$') } ORDER BY STRLEN(STR(?c))",
    "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?a ?b ?c } }",
    f"SELECT * WHERE {{ VALUES ?a {{ {' '.join(f'<x:{number}>' for number in range(20_000))} }} ?a ?b ?c }}",
    "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
)
"""Queries that are SPARQL and ask for more than anybody needs."""

OVERFLOW = f"SELECT * WHERE {{ ?a ?b ?c FILTER({'(' * PARENTHESES}1{')' * PARENTHESES}) }}"
"""A query that ends servers whose parser is recursive and which have no guard."""


def requests(path: str) -> list[bytes]:
    """What is sent, each on a connection of its own."""
    whole = [post(path, query) for query in COSTLY]
    half = post(path, COSTLY[0])[:-20]
    return [*whole, half, b"GET " + b"/" * 4000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10]


def post(path: str, query: str) -> bytes:
    """A query in a form, and the end of the connection."""
    body = urlencode({"query": query}, quote_via=quote).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: */*\r\n"
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + kind).encode() + body


@contextmanager
def beside(server: Running, connections: int) -> Iterator[None]:
    """Strangers at a server while the block runs."""
    loop = asyncio.new_event_loop()
    come = _come(server, connections)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    coming = asyncio.run_coroutine_threadsafe(come, loop)
    try:
        yield
    finally:
        coming.cancel()
        asyncio.run_coroutine_threadsafe(_gone(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _come(server: Running, connections: int) -> None:
    sent = requests(server.system.path)
    await asyncio.gather(*(_stranger(server.url, [*sent[each:], *sent[:each]]) for each in range(connections)))


async def _gone() -> None:
    """Returns when all other tasks of the loop have ended."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)


async def _stranger(url: str, sent: Sequence[bytes]) -> None:
    for request in cycle(sent):
        try:
            await asyncio.wait_for(_exchange(url, request), PATIENCE)
        except (OSError, TimeoutError):
            await asyncio.sleep(0.01)


async def _exchange(url: str, request: bytes) -> None:
    """Sends a request and reads the answer slowly."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(request)
        await writer.drain()
        for _ in range(10_000):
            if not await reader.read(4096):
                break
            await asyncio.sleep(0.05)
    finally:
        writer.close()


def survives(server: Running, seconds: float = 20.0) -> bool:
    """Whether a server answers after a query that overflows stacks."""

    async def asked() -> bool:
        for query in (OVERFLOW, "ASK {}"):
            try:
                await asyncio.wait_for(_exchange(server.url, post(server.system.path, query)), seconds)
            except (OSError, TimeoutError):
                continue
        try:
            await asyncio.wait_for(_exchange(server.url, post(server.system.path, "ASK {}")), seconds)
        except (OSError, TimeoutError):
            return False
        return server.alive

    return asyncio.run(asked())

"""The kinds of hostile request, as one table: queries, messages, and clients that misbehave on their connections."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.hostile.messages import MESSAGES
from bench.hostile.queries import QUERIES, cross_product, large, service
from bench.hostile.wire import Target, by_get, direct, status

Kind = Callable[[Target, int], str]

PATIENCE_SECONDS = 3.0
"""How long a client that sends or reads slowly goes on; then it leaves, as such clients do."""


def _service(target: Target, number: int) -> str:
    """It asks the server itself, which would notice."""
    return target.exchange(direct(service(target.port, number)))


def _half_a_body(target: Target, number: int) -> str:
    with target.connect(seconds=PATIENCE_SECONDS) as connection:
        connection.sendall(direct("ASK { ?s ?p ?o }" + " " * 1000)[: -500 - number % 400])
        return status(connection)


def _half_a_head(target: Target, number: int) -> str:
    with target.connect(seconds=PATIENCE_SECONDS) as connection:
        connection.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: x\r\nX-A: " + b"b" * (number % 1000))
        return status(connection)


def _drops(target: Target, number: int) -> str:
    """A request that comes byte by byte."""
    with target.connect(seconds=PATIENCE_SECONDS) as connection:
        began, data = time.monotonic(), iter(direct(f"ASK {{ ?s ?p {number} }}" + " " * 10_000))
        while time.monotonic() - began < PATIENCE_SECONDS:
            try:
                connection.sendall(bytes([next(data)]))
            except OSError:
                return status(connection)
            time.sleep(0.05)
        return "left"


def _slow_reader(target: Target, number: int) -> str:
    with target.connect(receive_buffer=4096) as connection:
        connection.sendall(by_get(large(number)))
        began, got = time.monotonic(), b""
        while time.monotonic() - began < PATIENCE_SECONDS:
            part = connection.recv(256)
            got = got or part
            if not part:
                break
            time.sleep(0.05)
        return got[9:12].decode("ascii", "replace") or "closed"


def _leaves(target: Target, number: int) -> str:
    """Asks something long and is gone."""
    with target.connect() as connection:
        connection.sendall(direct(cross_product(number)))
        time.sleep(0.02 * (number % 10))
    return "left"


def _resets(target: Target, number: int) -> str:
    """Asks for something large, and is gone in the middle of it."""
    with target.connect(receive_buffer=4096) as connection:
        connection.sendall(by_get(large(number)))
        got = connection.recv(1024)
        return got[9:12].decode("ascii", "replace") or "closed"


def _pipeline(target: Target, number: int) -> str:
    """A hundred requests at once on one connection, of which it reads the first answer only."""
    with target.connect() as connection:
        one = f"GET /sparql?query=ASK%20%7B%3Fs%20%3Fp%20{number}%7D HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(one.encode() * 100)
        return status(connection)


def _nothing(target: Target, _: int) -> str:
    """A connection on which nothing is said."""
    with target.connect(seconds=PATIENCE_SECONDS) as connection:
        return status(connection)


def _sent(make: Callable[[int], bytes]) -> Kind:
    return lambda target, number: target.exchange(make(number))


def _asked(make: Callable[[int], str | bytes]) -> Kind:
    return lambda target, number: target.exchange(direct(make(number)))


KINDS: Mapping[str, Kind] = {
    **{name: _asked(make) for name, make in QUERIES.items()},
    **{name: _sent(make) for name, make in MESSAGES.items()},
    "SERVICE to this machine": _service,
    "half a body": _half_a_body,
    "half a head": _half_a_head,
    "byte by byte": _drops,
    "slow reader": _slow_reader,
    "leaves during its query": _leaves,
    "leaves during its answer": _resets,
    "a hundred at once": _pipeline,
    "says nothing": _nothing,
}


def plan(start: int, count: int, names: Sequence[str] = ()) -> Iterator[tuple[str, int]]:
    """So many requests from the `start`-th on, all kinds in turn: the name of the kind, and the number of the request.

    >>> [number for _, number in plan(5, 2)], next(plan(1, 1, ["LOAD", "UTF-16"]))
    ([5, 6], ('UTF-16', 1))
    """
    kinds = list(names or KINDS)
    return ((kinds[number % len(kinds)], number) for number in range(start, start + count))

"""Whose word counts on who the client is, without a socket."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from server.http.clients import client_named
from server.http.proxy import Proxy, networks


def _client(peer: str | None, *chains: str, forwarded: tuple[str, ...] = ()) -> str | None:
    seen: list[Scope] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def nothing(*_: object) -> None:
        raise AssertionError

    headers = [(b"x-forwarded-for", chain.encode()) for chain in chains]
    headers += [(b"forwarded", chain.encode()) for chain in forwarded]
    scope = {"type": "http", "client": (peer, 1) if peer else None, "headers": headers, "scheme": "http", "path": "/"}
    proxy = Proxy(application, networks("10.0.0.0/8, ::1"), "")
    asyncio.run(proxy(scope, nothing, nothing))  # type: ignore[arg-type]
    found = seen[0]["client"]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("peer", "chains", "client"),
    [
        ("10.0.0.1", ("192.0.2.1",), "192.0.2.1"),
        ("::1", ("2001:db8::1",), "2001:db8::1"),
        ("::1", ("[2001:db8::1]",), "2001:db8::1"),
        ("10.0.0.1", ("192.0.2.9, 192.0.2.1",), "192.0.2.1"),
        ("10.0.0.1", ("192.0.2.9, 192.0.2.1, 10.1.1.1",), "192.0.2.1"),
        ("10.0.0.1", ("192.0.2.9", "192.0.2.1"), "192.0.2.1"),
        ("10.0.0.1", ("192.0.2.1:4711",), "192.0.2.1"),
        ("10.0.0.1", ("[2001:db8::1]:4711",), "2001:db8::1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("10.0.0.2",), "10.0.0.1"),
        ("10.0.0.1", ("192.0.2.1, nonsense",), "10.0.0.1"),
        ("192.0.2.7", ("192.0.2.1",), "192.0.2.7"),
        ("11.0.0.1", ("192.0.2.1",), "11.0.0.1"),
        ("unix", ("192.0.2.1",), "unix"),
        (None, ("192.0.2.1",), None),
    ],
)
def test_the_last_address_that_is_no_proxy_is_the_client(
    peer: str | None, chains: tuple[str, ...], client: str | None
) -> None:
    assert _client(peer, *chains) == client


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", ("for=192.0.2.1",), "192.0.2.1"),
        ("10.0.0.1", ("For=192.0.2.1; proto=https",), "192.0.2.1"),
        ("10.0.0.1", ('proto=https;for="[2001:db8::1]:4711"',), "2001:db8::1"),
        ("10.0.0.1", ("for=192.0.2.9, for=192.0.2.1, for=10.1.1.1",), "192.0.2.1"),
        ("10.0.0.1", ("for=192.0.2.9", "for=192.0.2.1"), "192.0.2.1"),
        ("10.0.0.1", ('for="_a,for=192.0.2.9", for=192.0.2.1',), "192.0.2.1"),
        ("10.0.0.1", ("for=192.0.2.9, for=unknown",), "10.0.0.1"),
        ("10.0.0.1", ("for=192.0.2.9, proto=https",), "10.0.0.1"),
        ("192.0.2.7", ("for=192.0.2.1",), "192.0.2.7"),
    ],
)
def test_forwarded_counts_as_well(peer: str, forwarded: tuple[str, ...], client: str) -> None:
    assert _client(peer, forwarded=forwarded) == client


def test_of_two_headers_that_differ_one_is_a_lie() -> None:
    assert _client("10.0.0.1", "192.0.2.1", forwarded=("for=192.0.2.1",)) == "192.0.2.1"
    assert _client("10.0.0.1", "192.0.2.1", forwarded=("for=192.0.2.2",)) == "10.0.0.1"


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_one_subscriber(address: str, client: str) -> None:
    assert client_named(address) == client

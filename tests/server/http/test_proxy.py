"""Whose word counts on who the client is, without a socket."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from server.http.proxy import Proxy, networks


def _client(peer: str | None, *chains: str) -> str | None:
    seen: list[Scope] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def nothing(*_: object) -> None:
        raise AssertionError

    headers = [(b"x-forwarded-for", chain.encode()) for chain in chains]
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

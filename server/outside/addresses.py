"""Connections to other servers, made to the very addresses that were looked at: a name that is resolved once more could
lead elsewhere by then (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

from server.problems import FederationRefused

NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (https://www.rfc-editor.org/rfc/rfc6052)."""


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, and so does one of IPv4 that it stands for.

    >>> [is_public(each) for each in ("1.1.1.1", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    found = ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in (found, *_within(found)))


def _within(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


class Guarded(httpcore.AsyncNetworkBackend):
    """Connects to hosts at public addresses, and to those that may be private at any."""

    def __init__(self, may_be_private: Callable[[str, int], bool]) -> None:
        self._may_be_private = may_be_private
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the name is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connects to the first address of a host that answers.

        Raises:
            FederationRefused: one of its addresses is not public, and has to be.
            httpcore.ConnectError: none answers.
        """
        addresses = await _resolve(host, port)
        if not self._may_be_private(host, port) and not all(map(is_public, addresses)):
            raise FederationRefused(f"{host} is at an address that is not public")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - as above
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Never.

        Raises:
            FederationRefused: always.
        """
        raise FederationRefused(f"{path} is no server of the web")

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


async def _resolve(host: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address: {error}") from None
    return list(dict.fromkeys(str(address[0]) for *_, address in found))

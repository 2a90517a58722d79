"""Who a client is, for sharing the server fairly: its address, and for IPv6 its network, of which one subscriber has
all addresses (https://www.rfc-editor.org/rfc/rfc6177#section-2).
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

SUBSCRIBER_BITS = 64
"""Bits of an IPv6 address that are a subscriber's own network at the least."""

UNKNOWN = "unknown"


def client_of(request: HTTPConnection) -> str:
    """The client of a request. What proxies say of it was judged before (`server.http.proxy`)."""
    return client_named(request.client.host) if request.client else UNKNOWN


@lru_cache(maxsize=4096)
def client_named(address: str) -> str:
    """The client behind an address.

    >>> client_named("192.0.2.7"), client_named("::ffff:192.0.2.7"), client_named("2001:db8:1:2:3:4:5:6")
    ('192.0.2.7', '192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return UNKNOWN
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found.packed, SUBSCRIBER_BITS), strict=False))

"""The server as clients see it behind a reverse proxy: its scheme, host and path prefix, and who the client is.

What a proxy says in Forwarded or X-Forwarded-* headers counts only when the connection comes from an address that the
operator trusts; from anyone else the headers are passed over (https://www.rfc-editor.org/rfc/rfc7239#section-8.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ontology.errors import InputError
from server.settings import variable

Network = IPv4Network | IPv6Network

_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_ELEMENT = re.compile(r'(?:"[^"]*"|[^",])+')
_FOR = re.compile(r'(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]+)', re.IGNORECASE)
_SAID = {"proto": re.compile("https?"), "host": _HOST, "prefix": _PREFIX}


def networks(text: str | None) -> tuple[Network, ...]:
    """Addresses and networks, separated by commas.

    Raises:
        InputError: one of them is none.

    >>> networks("127.0.0.1, 10.0.0.0/8")
    (IPv4Network('127.0.0.1/32'), IPv4Network('10.0.0.0/8'))
    """
    try:
        return tuple(ip_network(each.strip()) for each in (text or "").split(",") if each.strip())
    except ValueError as error:
        raise InputError(
            f"not addresses or networks, separated by commas: {error}", variable("trusted_proxies")
        ) from None


def trusts(trusted: Sequence[Network], address: str) -> bool:
    """Whether an address is in one of the networks."""
    return bool(trusted) and _is_address(address) and any(ip_address(address) in network for network in trusted)


def prefix(text: str | None) -> str:
    """A path prefix without a slash at its end; empty for none.

    Raises:
        InputError: it is not one.

    >>> prefix("/kg/"), prefix(None)
    ('/kg', '')
    """
    found = (text or "").rstrip("/")
    if found and not _PREFIX.fullmatch(found):
        raise InputError(f"{text!r} is no path such as /kg", variable("path_prefix"))
    return found


class Proxy:
    """ASGI middleware, outermost. `path_prefix` holds when no trusted proxy names another."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network], path_prefix: str) -> None:
        self._app = app
        self._trusted = trusted
        self._prefix = path_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http":
            scope = self._seen(scope)
        await self._app(scope, receive, send)

    def _seen(self, scope: Scope) -> Scope:
        client = scope.get("client")
        headers = Headers(scope=scope)
        trusted = client is not None and self._trusts(client[0])
        said = forwarded(headers) if trusted else {}
        root = said.get("prefix", self._prefix)
        seen: Scope = {**scope, "root_path": root, "scheme": said.get("proto", scope["scheme"])}
        # The proxy may have taken the prefix away or left it; either way the path is to have it once.
        if root and not scope["path"].startswith(root + "/"):
            seen["path"] = root + "/" if scope["path"] == root else root + scope["path"]
        if "host" in said:
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            seen["headers"] = [(b"host", said["host"].encode("ascii")), *others]
        if trusted and (address := self._client(headers)):
            seen["client"] = (address, 0)
        return seen

    def _client(self, headers: Headers) -> str | None:
        """The client that X-Forwarded-For or Forwarded names; None for the proxy itself. A proxy writes one of the two
        and may pass on what a client wrote in the other: when they differ nobody knows which is true.
        """
        chains = [_listed(headers.getlist("x-forwarded-for")), _forwarded_for(headers.getlist("forwarded"))]
        named = {self._last(chain) for chain in chains if chain}
        return named.pop() if len(named) == 1 else None

    def _last(self, chain: Sequence[str]) -> str | None:
        """The last address that is none of ours: what stands before it, anyone may have written."""
        for each in reversed(chain):
            address = _without_port(each)
            if not self._trusts(address):
                return address if _is_address(address) else None
        return None

    def _trusts(self, address: str) -> bool:
        return trusts(self._trusted, address)


def forwarded(headers: Headers) -> Mapping[str, str]:
    """What well-formed X-Forwarded-Proto, -Host and -Prefix headers say, of several proxies the first."""
    found = {}
    for name, pattern in _SAID.items():
        value = headers.get(f"x-forwarded-{name}", "").split(",")[0].strip().rstrip("/")
        if pattern.fullmatch(value):
            found[name] = value
    return found


def _listed(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",")]


def _forwarded_for(values: Sequence[str]) -> list[str]:
    """Whom each element of Forwarded headers names (https://www.rfc-editor.org/rfc/rfc7239#section-4).

    >>> _forwarded_for(['for=192.0.2.1;proto=http, For="[2001:db8::17]:4711"', "by=203.0.113.43"])
    ['192.0.2.1', '[2001:db8::17]:4711', '']
    """
    found = []
    for element in _ELEMENT.findall(",".join(values)):
        named = _FOR.search(element)
        found.append(named[1].strip('"') if named else "")
    return found


def _without_port(node: str) -> str:
    """The address of a node, which may have a port.

    >>> _without_port("[2001:db8::17]:4711"), _without_port("192.0.2.1:80"), _without_port("2001:db8::17")
    ('2001:db8::17', '192.0.2.1', '2001:db8::17')
    """
    if node.startswith("["):
        return node[1:].partition("]")[0]
    return node.partition(":")[0] if node.count(":") == 1 else node


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

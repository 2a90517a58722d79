"""One request to another server, within the operator's allowance and limits: of time, of size, and of redirects, each
of which is looked at like the address that was asked for. What comes is never more than bytes with a media type.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin

import httpcore

from server.outside.addresses import Guarded
from server.outside.allowance import Allowance, Origin, allowed
from server.problems import FederationRefused, OutsideFailed

REDIRECTS = 5
_URI = "%/:?#[]@!$&'()*+,;=~-._"
"""What is not to be quoted in an IRI to make it a URI (https://www.rfc-editor.org/rfc/rfc3987#section-3.1)."""

_MOVED = frozenset({301, 302, 303, 307, 308})

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What another server sent: where it was in the end, its media type, and the bytes."""

    url: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outside:
    """Asks other servers, each for at most some seconds and bytes."""

    allowance: Allowance
    seconds: float
    limit: int

    async def load(self, url: str, accept: str) -> Fetched:
        """A document that LOAD names.

        Raises:
            FederationRefused: its origin, or one that it redirects to, is not among those that are allowed.
            OutsideFailed: it cannot be had.
        """
        return await self._within_time(url, self._get(url, accept))

    async def ask(self, endpoint: str, query: bytes, accept: str) -> Fetched:
        """The answer of an endpoint to a query. Endpoints are asked where they are: they cannot redirect.

        Raises:
            FederationRefused: the endpoint is not among those that are allowed.
            OutsideFailed: it does not answer.
        """
        if endpoint not in self.allowance.endpoints:
            raise FederationRefused(f"{endpoint} is not among the endpoints that this server may ask")
        headers = [("Accept", accept), ("Content-Type", "application/sparql-query")]
        return await self._within_time(endpoint, self._post(endpoint, headers, query))

    async def _within_time(self, url: str, fetching: Awaitable[Fetched]) -> Fetched:
        try:
            async with asyncio.timeout(self.seconds):
                return await fetching
        except TimeoutError:
            raise OutsideFailed(f"{url} did not answer whole in {self.seconds:g} seconds") from None

    async def _get(self, url: str, accept: str) -> Fetched:
        for _ in range(REDIRECTS + 1):
            url = quote(urldefrag(url).url, safe=_URI)
            found = await self._request("GET", url, [("Accept", accept)], b"", self.allowance.origins)
            if isinstance(found, Fetched):
                return found
            url = urljoin(url, found)
        raise OutsideFailed(f"{url} redirects more than {REDIRECTS} times")

    async def _post(self, endpoint: str, headers: Headers, query: bytes) -> Fetched:
        found = await self._request("POST", endpoint, headers, query, self.allowance.asks)
        if isinstance(found, str):
            raise OutsideFailed(f"{endpoint} redirects to {found}; allow that endpoint in its place")
        return found

    async def _request(
        self, method: str, url: str, headers: Headers, body: bytes, origins: Sequence[Origin]
    ) -> Fetched | str:
        """What is sent for one address, or the one that it redirects to."""
        entry = allowed(url, origins)
        backend = Guarded(lambda host, port: entry.exact and (host, port) == (entry.host, entry.port))
        given = [("User-Agent", "onrecord"), ("Accept-Encoding", "identity"), *headers]
        try:
            async with (
                httpcore.AsyncConnectionPool(network_backend=backend) as pool,
                pool.stream(method, url, headers=given, content=body or None) as response,
            ):
                return await self._response(url, response)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise OutsideFailed(f"{url} cannot be reached: {str(error) or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, OSError, ValueError) as error:
            raise OutsideFailed(f"{url} cannot be asked: {error}") from None

    async def _response(self, url: str, response: httpcore.Response) -> Fetched | str:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _MOVED and "location" in headers:
            return headers["location"]
        if response.status != 200:
            raise OutsideFailed(f"{url} answers with status {response.status}")
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise OutsideFailed(f"{url} sends what is compressed, and was not asked to")
        parts: list[bytes] = []
        size = 0
        async for part in response.aiter_stream():
            size += len(part)
            if size > self.limit:
                raise OutsideFailed(f"{url} sends more than {self.limit} bytes")
            parts.append(part)
        return Fetched(url, headers.get("content-type", "").partition(";")[0].strip().lower(), b"".join(parts))

"""What the operator allows to be asked of other servers: endpoints for SERVICE, origins for LOAD
(https://www.rfc-editor.org/rfc/rfc6454).

An origin whose host begins with `*.`, or is `*`, stands for many that the operator does not know one by one; those are
only ever reached at public addresses. What is named in full may lie in the operator's own network.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ontology.errors import InputError
from server.problems import FederationRefused
from server.settings import Settings, variable

PORTS = {"http": 80, "https": 443}
"""The schemes that are spoken, with their ports."""

ANY = "*"


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port; the host may begin with a star."""

    scheme: str
    host: str
    port: int

    @property
    def exact(self) -> bool:
        """Whether it names one host."""
        return not self.host.startswith(ANY)

    def covers(self, other: Origin) -> bool:
        """Whether another origin is this one, or among those that it stands for.

        >>> Origin("https", "*.example.org", 443).covers(Origin("https", "a.example.org", 443))
        True
        """
        if (self.scheme, self.port) != (other.scheme, other.port):
            return False
        return self.host in {ANY, other.host} or (not self.exact and other.host.endswith(self.host[1:]))


@dataclass(frozen=True, slots=True)
class Allowance:
    """The endpoints that SERVICE may ask, and the origins that LOAD may fetch from."""

    endpoints: frozenset[str] = frozenset()
    origins: tuple[Origin, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Allowance:
        """What the settings allow.

        Raises:
            InputError: they name what is neither an endpoint nor an origin.
        """
        endpoints = frozenset(_listed(settings.service_endpoints))
        for endpoint in endpoints:
            if (found := origin(endpoint)) is None or not found.exact:
                raise InputError(f"{endpoint!r} is no address of an endpoint", variable("service_endpoints"))
        return cls(endpoints, tuple(map(_origin, _listed(settings.load_origins))))

    @property
    def asks(self) -> tuple[Origin, ...]:
        """The origins of the endpoints."""
        return tuple(found for each in self.endpoints if (found := origin(each)))


def origin(url: str) -> Origin | None:
    """The origin of an address; None for one that is not of the web, or that carries a name and a password.

    >>> origin("https://Example.org/a?b"), origin("ftp://example.org/"), origin("http://a:b@example.org/")
    (Origin(scheme='https', host='example.org', port=443), None, None)
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or _has_control(url):
        return None
    return Origin(parts.scheme, parts.hostname, PORTS[parts.scheme] if port is None else port)


def allowed(url: str, origins: Iterable[Origin]) -> Origin:
    """The entry of the operator's list that an address falls under, the one that names it in full before others.

    Raises:
        FederationRefused: there is none.
    """
    found = origin(url)
    covering = [each for each in origins if found is not None and each.covers(found)]
    if not covering:
        raise FederationRefused(f"{url} is not among the servers that this one may ask")
    return max(covering, key=lambda each: each.exact)


def _listed(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(",") if each.strip()]


def _origin(text: str) -> Origin:
    found = origin(text)
    parts = urlsplit(text) if found else SplitResult("", "", "", "", "")
    if found is None or parts.path not in {"", "/"} or parts.query or parts.fragment or ANY in found.host[1:]:
        raise InputError(
            f"{text!r} is no origin such as https://example.org or https://*.example.org", variable("load_origins")
        )
    return found


def _has_control(text: str) -> bool:
    # Python's splitter drops some of them, and then it would not be the same address that is fetched.
    return any(character <= " " or character == "\x7f" for character in text)

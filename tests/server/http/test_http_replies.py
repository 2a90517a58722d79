"""Replies that are kept: the same request is answered without the application, and nothing else is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from server.http.answers import Answers
from server.http.metrics import Metrics
from server.http.replies import LONGEST, Replies

SPARQL = ("/sparql", b"query=ASK%20%7B%7D")
TAG = '"one-0123"'
LASTING = {
    "etag": TAG,
    "cache-control": "public, no-cache",
    "last-modified": "Sat, 28 Nov 2026 00:00:00 GMT",
    "content-type": "text/csv",
    "server-timing": "query;dur=12.30",
    "access-control-allow-origin": "*",
}


@dataclass
class Site:
    """An application that counts what it is asked, behind the replies that are kept of it."""

    release: str | None = "one"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: LASTING)
    parts: tuple[bytes, ...] = (b"bo", b"dy")
    limit: int = 10**6
    asked: int = 0
    last: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self.answers, self.metrics = Answers(self.limit), Metrics()
        self._replies = Replies(self._app, self.answers, self._current, self.metrics)

    def _current(self) -> Any:
        return SimpleNamespace(id=self.release) if self.release else None

    async def _app(self, scope: Any, _: Any, send: Any) -> None:
        self.asked += 1
        scope["route"] = SimpleNamespace(path="/sparql")
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for number, part in enumerate(self.parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(self.parts)})
        if self.last:
            await send(self.last)

    def ask(
        self, path: str = "/sparql", query: bytes = SPARQL[1], method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Asks, and gives status, headers and body."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": told}
        scope |= {"root_path": "", "scheme": "http"}
        asyncio.run(self._replies(scope, self._receive, send))
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, body

    async def _receive(self) -> Any:
        raise AssertionError("no body is read")


def test_the_same_request_is_answered_once() -> None:
    site = Site()
    first, second = site.ask(accept="text/csv"), site.ask(accept="text/csv")
    assert site.asked == 1
    assert first == (200, LASTING, b"body")
    assert second == (200, LASTING | {"server-timing": "query;dur=0.00"}, b"body")
    assert site.answers.hits == 1
    assert site.metrics.requests["/sparql", "GET", 200] == 1


@pytest.mark.parametrize(
    "other",
    [
        {"accept": "text/turtle"},
        {"accept_encoding": "gzip"},
        {"host": "elsewhere"},
        {"query": b"query=ASK%20%7B%20%7D"},
        {"path": "/queries/topics"},
        {"if_modified_since": LASTING["last-modified"]},
        {"authorization": "Bearer token"},
        {"range": "bytes=0-1"},
        {"method": "POST"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_request_is_not_answered_for_it(other: Mapping[str, Any]) -> None:
    site = Site()
    site.ask(accept="text/csv")
    site.ask(**({"accept": "text/csv"} | dict(other)))
    assert site.asked == 2


@pytest.mark.parametrize("path", ["/", "/queries", "/data", "/metrics", "/health/ready", "/queries/a/b"])
def test_other_paths_are_not_kept(path: str) -> None:
    site = Site()
    site.ask(path)
    site.ask(path)
    assert site.asked == 2


def test_the_description_of_the_service_is_not_kept() -> None:
    site = Site()
    site.ask(query=b"")
    site.ask(query=b"")
    assert site.asked == 2


@pytest.mark.parametrize(
    "site",
    [
        Site(status=404),
        Site(headers={**LASTING, "cache-control": "no-store"}),
        Site(headers={name: value for name, value in LASTING.items() if name != "last-modified"}),
        Site(headers={name: value for name, value in LASTING.items() if name != "etag"}),
        Site(headers={**LASTING, "etag": '"two-0123"'}),
        Site(release=None),
        Site(limit=0),
        Site(parts=(b"x" * 200_000,)),
    ],
    ids=["status", "no-store", "undated", "untagged", "another release", "no release", "no room", "large"],
)
def test_what_may_change_or_is_too_large_is_not_kept(site: Site) -> None:
    assert site.ask() == site.ask()
    assert site.asked == 2


def test_a_client_that_holds_the_reply_is_told_so() -> None:
    site = Site()
    site.ask()
    for held in (TAG, f"W/{TAG}", f'"other", {TAG}'):
        status, headers, body = site.ask(if_none_match=held)
        assert (status, body) == (304, b"")
        assert headers["etag"] == TAG
        assert headers["access-control-allow-origin"] == "*"
        assert not {"content-type", "server-timing"} & set(headers)
    assert site.asked == 1
    site.ask(if_none_match='"other"')
    assert site.asked == 2, "what the application says of another tag is for the application to say"


def test_a_head_is_answered_from_a_get_but_makes_no_reply() -> None:
    site = Site(parts=(b"",))
    site.ask(method="HEAD")
    site.ask()
    assert site.asked == 2
    assert site.ask(method="HEAD")[0] == 200
    assert site.asked == 2


def test_another_release_is_asked_anew_and_the_first_one_is_not_forgotten() -> None:
    site = Site()
    site.ask()
    site.release, site.headers, site.parts = "two", {**LASTING, "etag": '"two-0123"'}, (b"new",)
    assert site.ask()[2] == b"new"
    assert site.ask()[2] == b"new"
    assert site.asked == 2
    site.release = "one"
    assert site.ask()[2] == b"body"
    assert site.asked == 2


def test_a_body_that_goes_another_way_is_not_taken_for_an_empty_one() -> None:
    site = Site(parts=())
    site.last = {"type": "http.response.pathsend", "path": "/somewhere"}
    site.ask()
    site.ask()
    assert site.asked == 2


def test_a_very_long_request_is_not_kept() -> None:
    site = Site()
    long = b"query=" + b"x" * LONGEST
    site.ask(query=long)
    site.ask(query=long)
    assert site.asked == 2

"""Replies that went over the wire before: the same request, within a release, gets the same bytes again, without being
read, routed, written or compressed once more (https://www.rfc-editor.org/rfc/rfc9111#section-3).

Only what says of itself that it may be kept is kept: 200 with a strong tag of the current release.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontology.errors import ReleaseError
from server.http.answers import Answers, Headers, Question, Reply
from server.http.logs import FIELDS, note, written
from server.http.metrics import Metrics
from server.releases.release import Release

KEPT = re.compile(r"/sparql|/queries/[^/]+")
"""Paths whose answers depend on the request and the release alone."""

LONGEST = 8192
"""Characters of the longest request whose reply is kept."""

TOLD = (b"accept", b"accept-encoding", b"host")
"""Request headers that replies depend on."""

PASSED = frozenset({b"if-modified-since", b"range", b"authorization", b"content-length", b"transfer-encoding"})
"""Request headers with which a request is not answered here."""

UNCHANGED = frozenset({b"etag", b"cache-control", b"vary", b"last-modified", b"x-content-type-options"})
"""Headers of a 200 that its 304 has too (https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5), CORS beside them."""

_TAGS = re.compile(r'(?:W/)?("[^"]*")')


class Replies:
    """ASGI middleware around everything that makes an answer."""

    def __init__(self, app: ASGIApp, answers: Answers, current: Callable[[], Release | None], metrics: Metrics) -> None:
        self._app = app
        self._answers = answers
        self._current = current
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        began = time.perf_counter()
        asked = self._question(scope)
        if asked is None:
            await self._app(scope, receive, send)
            return
        question, held = asked
        reply = self._answers.reply(question)
        if reply is not None and (held is None or reply.tag in held):
            status = 304 if held is not None else 200
            self._metrics.count(reply.route, scope["method"], status)
            note(scope, question=reply.question, known=True, release=question[0])
            written(scope, reply.route, status, began)
            await self._give(reply, send, unchanged=held is not None)
            return
        # What is left in it by those who have a copy of the scope is there for who keeps the reply.
        note(scope)
        if reply is None and scope["method"] == "GET" and held is None:
            send = _Keeper(self._answers, question, scope, send).send
        await self._app(scope, receive, send)

    def _question(self, scope: Scope) -> tuple[Question, list[str] | None] | None:
        """All that the reply to a request depends on, and the tags that the client holds; None where another request
        of the same words may get another reply."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        root = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        query = scope["query_string"]
        if not KEPT.fullmatch(path) or len(query) > LONGEST or (path == "/sparql" and b"query=" not in query):
            return None
        told: dict[bytes, bytes] = {}
        held: list[str] | None = None
        for name, value in scope["headers"]:
            if name in TOLD:
                told[name] = told[name] + b"," + value if name in told else value
            elif name == b"if-none-match":
                held = [*(held or []), *_TAGS.findall(value.decode("latin-1"))]
            elif name in PASSED:
                return None
        release = self._release()
        if release is None:
            return None
        # Without a header there is another answer than with an empty one.
        headers = (repr(told.get(name)) for name in TOLD)
        return (release.id, scope["scheme"], root, path, query.decode("latin-1"), *headers), held

    def _release(self) -> Release | None:
        try:
            return self._current()
        except ReleaseError:
            return None

    async def _give(self, reply: Reply, send: Send, *, unchanged: bool) -> None:
        headers = reply.headers if not unchanged else _unchanged(reply.headers)
        await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b"" if unchanged else reply.body})


def _unchanged(headers: Headers) -> Headers:
    return tuple(each for each in headers if each[0] in UNCHANGED or each[0].startswith(b"access-control-"))


class _Keeper:
    """Watches a reply on its way out, and keeps it when it is whole."""

    def __init__(self, answers: Answers, question: Question, scope: Scope, send: Send) -> None:
        self._answers = answers
        self._question = question
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._size = 0

    async def send(self, message: Message) -> None:
        """Passes a message on."""
        if message["type"] == "http.response.start":
            self._start = message if _lasting(message, self._question[0]) else None
        elif message["type"] != "http.response.body":
            # A body that goes another way than past here is not seen whole.
            self._start = None
        elif self._start is not None:
            self._body(self._start, message)
        await self._send(message)

    def _body(self, start: Message, message: Message) -> None:
        part = message.get("body", b"")
        self._size += len(part)
        if not self._answers.room(self._size):
            self._start = None
            self._parts.clear()
            return
        self._parts.append(part)
        route = getattr(self._scope.get("route"), "path", None)
        if route is not None and not message.get("more_body", False):
            headers = tuple((name, _timing(name, value)) for name, value in start["headers"])
            tag = dict(headers)[b"etag"].decode("latin-1")
            asked = self._scope.get(FIELDS, {}).get("question", "")
            self._answers.keep_reply(self._question, Reply(tag, route, asked, headers, b"".join(self._parts)))


def _lasting(start: Message, release: str) -> bool:
    """Whether a response holds as long as its release. One that came in the same second as its release has no date,
    which the next one will have."""
    headers = dict(start["headers"])
    tagged = headers.get(b"etag", b"").startswith(f'"{release}-'.encode())
    caching = headers.get(b"cache-control", b"")
    return start["status"] == 200 and tagged and caching.startswith(b"public") and b"last-modified" in headers


def _timing(name: bytes, value: bytes) -> bytes:
    """What is known already takes no time."""
    return b"query;dur=0.00" if name == b"server-timing" else value

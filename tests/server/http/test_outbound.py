"""The middleware around the routes, without a socket: bodies in pieces, and failures before and after a start."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Sequence

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.envelope import Envelope
from server.http.held import PIECE_BYTES, Sending
from server.http.metrics import Metrics
from server.http.sending import Outbound

SCOPE = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept-encoding", b"gzip")]}
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/csv"), (b"etag", b'"a"')],
}


def _application(pieces: Sequence[bytes], failure: Exception | None = None, start: Message = START) -> ASGIApp:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if pieces:
            await send(dict(start))
        for number, piece in enumerate(pieces, 1):
            await send({"type": "http.response.body", "body": piece, "more_body": number < len(pieces)})
        if failure:
            raise failure

    return application


def _run(application: ASGIApp) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application(dict(SCOPE), receive, send))
    return sent


def _headers(sent: list[Message]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def _body(sent: list[Message]) -> bytes:
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * (len(sent) - 2) + [False]
    assert all(len(message["body"]) <= PIECE_BYTES for message in sent[1:])
    return b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    "pieces",
    [
        [b"a,b\r\n" * 500],
        [b"a,b\r\n", b"c" * 5000, b"d"],
        [b"", b"a", b""],
        [bytes(range(256)) * 4000],
        [bytes(range(256)) * 4000, b"", bytes(range(256)) * 4000],
    ],
    ids=["whole", "pieces", "empty-pieces", "large", "large-pieces"],
)
def test_a_body_is_coded_however_it_comes(pieces: list[bytes]) -> None:
    sent = _run(Outbound(_application(pieces), Sending(2**30, 1)))
    body = _body(sent)
    assert gzip.decompress(body) == b"".join(pieces)
    headers = _headers(sent)
    assert headers["content-encoding"] == "gzip"
    assert headers["etag"] == '"a-gzip"'
    assert headers["vary"] == "Accept-Encoding"
    assert headers.get("content-length") == (str(len(body)) if len(pieces) == 1 else None)


@pytest.mark.parametrize(
    "header",
    [(b"content-type", b"image/png"), (b"content-encoding", b"br"), (b"accept-ranges", b"bytes"),
     (b"content-type", b"application/gzip")],
)  # fmt: skip
def test_what_is_coded_already_or_is_asked_for_in_parts_is_left_alone(header: tuple[bytes, bytes]) -> None:
    start = {"type": "http.response.start", "status": 200, "headers": [header]}
    sent = _run(Outbound(_application([b"x" * 5000], start=start), Sending(2**30, 1)))
    assert _body(sent) == b"x" * 5000
    assert dict(sent[0]["headers"]) == dict([header])


def test_more_than_may_wait_is_a_problem_and_nothing_is_counted_after() -> None:
    sending = Sending(2**20, 1)
    sent = _run(Outbound(_application([b"x" * 2**21]), sending))
    assert sent[0]["status"] == 503
    assert json.loads(_body(sent))["type"].endswith("/queue-full")
    assert sending.held == 0


def _enveloped(application: ASGIApp, metrics: Metrics) -> ASGIApp:
    return Envelope(application, [], metrics, {})


def test_a_failure_that_nobody_foresaw_is_a_problem_that_any_origin_may_read() -> None:
    metrics = Metrics()
    sent = _run(_enveloped(_application([], ValueError("inside")), metrics))
    assert sent[0]["status"] == 500
    assert _headers(sent)["access-control-allow-origin"] == "*"
    assert json.loads(_body(sent))["type"].endswith("/internal-error")
    assert b"inside" not in _body(sent)
    assert metrics.requests["(none)", "GET", 500] == 1


def test_a_failure_after_the_start_cannot_pass_for_a_whole_answer() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await send(dict(START))
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        _run(_enveloped(failing, Metrics()))

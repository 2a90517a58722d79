"""What the routes that write have in common: the token, the body, the conditions, and the answer to a change.

Writing is off unless the operator has set a token (https://www.rfc-editor.org/rfc/rfc6750).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from functools import wraps

from fastapi import Request
from fastapi.responses import Response

from server.formats import Form, Format, content_type, formats
from server.http.context import context, read_body
from server.http.negotiation import negotiate
from server.http.responses import problem
from server.http.routes import Endpoint
from server.problems import MEDIA_TYPE, Unauthorized, UnsupportedMediaType, WritingUnavailable
from server.writing import request as writing
from server.writing.request import Conditions, Outcome
from server.writing.writer import Refusal

RELEASE = "Onrecord-Release"
"""The header that names the release which holds a change."""

OFF = "this server publishes releases only: writing needs a token, and ONRECORD_TOKEN was not set when it started"

_PROBLEM = Format(
    ("problem",), "a problem", MEDIA_TYPE, ".json", frozenset({Form.GRAPH}), ("application/json", "application/*")
)


def writes(endpoint: Endpoint) -> Endpoint:
    """A route that changes the graph: only with the token, and with the shapes' report as its client takes it."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            authorize(request)
            return await endpoint(request)
        except Unauthorized as error:
            return problem(error, [("WWW-Authenticate", 'Bearer realm="onrecord"')])
        except Refusal as refusal:
            shown = problem(refusal.error)
            headers = {"Content-Type": content_type(_report(request) or ""), "Cache-Control": "no-store"}
            return Response(refusal.body, shown.status_code, headers)

    return guarded


def allow(request: Request) -> str:
    """The token that allows writing.

    Raises:
        WritingUnavailable: there is none, and writing is off.
    """
    token = context(request).settings.token
    if not token:
        raise WritingUnavailable(OFF)
    return token


def authorize(request: Request) -> None:
    """Lets those pass who have the token; compared in a time that tells nothing about it.

    Raises:
        WritingUnavailable: writing is off.
        Unauthorized: the token is missing or another.
    """
    token = allow(request)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized("writing needs the header Authorization: Bearer, and the token")
    if not secrets.compare_digest(given.strip().encode(), token.encode()):
        raise Unauthorized("the token is not that of this server")


async def body(request: Request) -> bytes:
    """The body of a request that writes.

    Raises:
        RequestTooLarge: it is longer than the setting allows.
        UnsupportedMediaType: it is compressed.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise UnsupportedMediaType(
            f"a body in the coding {coding} is not read here; send it as it is", "Content-Encoding"
        )
    return await read_body(request, context(request).settings.write_bytes)


async def change(request: Request, asked: writing.Request) -> Outcome:
    """Has a change made, on the conditions of the request's headers."""
    headers = request.headers
    conditions = Conditions(headers.get("if-match"), headers.get("if-none-match"))
    return await context(request).writer.change(replace(asked, conditions=conditions, report=_report(request)))


def changed(outcome: Outcome, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a change: 201 when it made a graph, else 204; and the release that holds it."""
    status = 201 if outcome.created else 204
    return Response(
        status_code=status, headers={RELEASE: outcome.release, "Cache-Control": "no-store", **(headers or {})}
    )


def _report(request: Request) -> str | None:
    """The RDF format in which the client wants a report of the shapes; None when a problem will do."""
    choice = negotiate(request.headers.get("accept"), (_PROBLEM, *formats(Form.GRAPH)))
    return None if choice is None or choice.format is _PROBLEM else choice.format.media_type

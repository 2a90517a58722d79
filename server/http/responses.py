"""Responses: results that can be revalidated (RFC 9110, section 13), and errors as RFC 9457 problems.

https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from fastapi import Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from ontology.errors import ReleaseError
from server.formats import content_type
from server.http.coding import tags
from server.http.context import context
from server.http.held import PIECE_BYTES, Sending
from server.http.routes import SAFE
from server.problems import MEDIA_TYPE, MethodNotAllowed, QueueFull, UnsupportedMediaType, details, problem_of
from server.workers.spool import Body, Spool

STARTED = time.time()
"""When this process began: what another version or other settings would have answered is older than that."""

_TAGS = re.compile(r'(?:W/)?("[^"]*")')


def entity_tag(release: str, *parts: str) -> str:
    """A strong entity tag: the release, and a hash over all that the answer depends on besides it.

    >>> entity_tag("0123", "query", "text/csv").startswith('"0123-')
    True
    """
    digest = sha256("\0".join([_writers(), *parts]).encode("utf-8", "surrogatepass")).hexdigest()
    return f'"{release}-{digest[:16]}"'


@cache
def _writers() -> str:
    """The versions of what writes results, which may write the same result otherwise in their next version."""
    try:
        return f"{version('onrecord')} {version('pyoxigraph')}"
    except PackageNotFoundError:
        return ""


def not_modified(request: Request, tag: str | None) -> Response | None:
    """The 304 that a conditional request asks for when its tag is still the answer's.

    Only tags that an answer bore are taken: whether `*` or a date holds is known when there is an answer.
    """
    header = request.headers.get("if-none-match")
    if tag is None or header is None or request.method not in SAFE:
        return None
    given = _TAGS.findall(header)
    known = [each for each in tags(tag, request.headers.get("accept-encoding")) if each in given]
    return Response(status_code=304, headers=_validators(request, tag) | {"ETag": known[0]}) if known else None


class Streamed(Response):
    """A long result, read from its file as fast as it is sent. All of it is there before the first byte goes."""

    def __init__(self, spool: Spool, sending: Sending, headers: Mapping[str, str]) -> None:
        super().__init__(headers={**headers, "Content-Length": str(len(spool))})
        self._spool = spool
        self._sending = sending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it, or a problem when too much waits for slow clients already."""
        try:
            with self._sending.hold(len(self._spool)):
                await self._send(scope, send)
        except QueueFull as error:
            await problem(error)(scope, receive, send)

    async def _send(self, scope: Scope, send: Send) -> None:
        # HEAD has the headers of GET, and so the coding that a body in pieces would have.
        pieces = self._spool.pieces(PIECE_BYTES) if scope["method"] != "HEAD" else [b""]
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def result(
    request: Request, body: Body | str, media_type: str, tag: str | None, seconds: float | None = None
) -> Response:
    """A whole result, or the 304 that stands for it. Without a tag it is not to be kept: the same request may answer
    otherwise.
    """
    safe = request.method in SAFE
    headers = _validators(request, tag) if tag and safe else {"Cache-Control": "no-store", "Vary": "Accept"}
    if unchanged := not_modified(request, tag):
        return unchanged
    if tag and safe and _is_held(request, headers.get("Last-Modified")):
        return Response(status_code=304, headers=headers)
    if seconds is not None:
        headers["Server-Timing"] = f"query;dur={seconds * 1000:.2f}"
    headers = {"Content-Type": content_type(media_type), **headers}
    if isinstance(body, Spool):
        return Streamed(body, context(request).sending, headers)
    return Response(body, headers=headers)


def _is_held(request: Request, modified: str | None) -> bool:
    """Whether the client holds whatever there is, or all until a date; tags go before the date (section 13.2.2)."""
    held = request.headers.get("if-none-match")
    if held is not None:
        return held.strip() == "*"
    since = _seconds(request.headers.get("if-modified-since"))
    at = _seconds(modified)
    return request.method in {"GET", "HEAD"} and since is not None and at is not None and at <= since


def _seconds(date: str | None) -> float | None:
    """Seconds since 1970 of an HTTP date; None for what is none."""
    if date is None:
        return None
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None


def problem(error: BaseException, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """An error as application/problem+json, with the headers that its status asks for."""
    row = problem_of(error)
    response = Response(
        json.dumps(details(error), ensure_ascii=False) + "\n",
        status_code=row.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **dict(headers)},
    )
    retry_after = getattr(error, "retry_after", row.retry_after)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if row.status == 408:
        # What is still to come of the request is not waited for.
        response.headers["Connection"] = "close"
    if row.status == 406:
        response.headers["Vary"] = "Accept"
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.available)
    if isinstance(error, UnsupportedMediaType) and error.available:
        response.headers["Accept-Post"] = ", ".join(error.available)
    return response


def _validators(request: Request, tag: str) -> dict[str, str]:
    seconds = context(request).settings.cache_seconds
    # Anyone may keep an answer, and asks before using it whether it still holds: the next release may be out.
    caching = f"public, max-age={seconds}, must-revalidate" if seconds else "public, no-cache"
    headers = {"ETag": tag, "Cache-Control": caching, "Vary": "Accept"}
    if modified := _modified(request, tag):
        headers["Last-Modified"] = modified
    return headers


def _modified(request: Request, tag: str) -> str | None:
    """When the release of a tag became current; None in the second in which it did, which another may share."""
    here = context(request)
    try:
        published = max(STARTED, os.lstat(here.current.link).st_mtime)
        current = here.current()
    except (OSError, ReleaseError):
        return None
    if current is None or not tag.startswith(f'"{current.id}-') or time.time() < int(published) + 1:
        return None
    return formatdate(int(published), usegmt=True)

"""Responses: results that can be revalidated (RFC 9110, section 13), and errors as RFC 9457 problems.

https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

from server.formats import content_type
from server.problems import MEDIA_TYPE, MethodNotAllowed, UnsupportedMediaType, details, problem_of

CACHING = "public, no-cache"
"""Anyone may keep an answer, and asks before using it whether it still holds: the next release may be out."""

_TAGS = re.compile(r'(?:W/)?("[^"]*")')


def entity_tag(release: str, *parts: str) -> str:
    """A strong entity tag: the release, and a hash over all that the answer depends on besides it.

    >>> entity_tag("0123", "query", "text/csv")
    '"0123-2790d9e259bd2dff"'
    """
    digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f'"{release}-{digest[:16]}"'


def not_modified(request: Request, tag: str | None) -> Response | None:
    """The 304 that a conditional request asks for when its tag is still the answer's."""
    header = request.headers.get("if-none-match")
    if tag is None or header is None or request.method not in {"GET", "HEAD"}:
        return None
    return Response(status_code=304, headers=_validators(tag)) if tag in _TAGS.findall(header) else None


def result(
    request: Request, body: bytes | str, media_type: str, tag: str | None, seconds: float | None = None
) -> Response:
    """A whole result. Without a tag it is not to be kept: the same request may answer otherwise."""
    safe = request.method in {"GET", "HEAD"}
    headers = _validators(tag) if tag and safe else {"Cache-Control": "no-store", "Vary": "Accept"}
    if seconds is not None:
        headers["Server-Timing"] = f"query;dur={seconds * 1000:.2f}"
    return Response(body, headers={"Content-Type": content_type(media_type), **headers})


def problem(error: BaseException, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """An error as application/problem+json, with the headers that its status asks for."""
    row = problem_of(error)
    response = Response(
        json.dumps(details(error), ensure_ascii=False) + "\n",
        status_code=row.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **dict(headers)},
    )
    if row.retry_after is not None:
        response.headers["Retry-After"] = str(row.retry_after)
    if row.status == 406:
        response.headers["Vary"] = "Accept"
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.available)
    if isinstance(error, UnsupportedMediaType) and error.available:
        response.headers["Accept-Post"] = ", ".join(error.available)
    return response


def _validators(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": CACHING, "Vary": "Accept"}

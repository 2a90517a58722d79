"""What every response has around it: one spelling of each path, CORS for programs in browsers
(https://fetch.spec.whatwg.org/#http-cors-protocol), the answer to OPTIONS, the last resort for a failure, and its place
in the counters.

Reading is public and no cookie is ever set, so any origin may read, and none may send credentials.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping

from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.logs import note, written
from server.http.metrics import Metrics
from server.http.responses import problem
from server.problems import UnknownPath

log = logging.getLogger(__name__)

ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, Retry-After, Server-Timing, Allow, Accept-Post, Accept-Query, Content-Encoding, "
        "Onrecord-Rows-Capped, Onrecord-Release"
    ),
    # A result holds other people's text; no browser is to take it for anything but what its Content-Type says.
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT_SECONDS = 86400
UNMATCHED = "(none)"


class Envelope:
    """ASGI middleware around the routes. `bodies` are the headers that say what may be sent to a path."""

    def __init__(
        self, app: ASGIApp, routes: list[BaseRoute], metrics: Metrics, bodies: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._app = app
        self._routes = routes
        self._metrics = metrics
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, began = False, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                if message["status"] == 415:
                    headers.update(self._bodies.get(path(scope), {}))
                route = getattr(scope.get("route"), "path", UNMATCHED)
                self._metrics.count(route, scope["method"], message["status"])
                written(scope, route, message["status"], began)
            await send(message)

        note(scope)
        scope = without_trailing_slash(self._routes, scope)
        try:
            await self._dispatch(scope, receive, sending)
        except Exception as error:
            # What has begun cannot become a problem. The connection ends before the answer does: nobody takes it whole.
            if started:
                raise
            log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            await problem(error)(scope, receive, sending)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            methods = allowed(self._routes, scope)
            await options(scope, methods, self._bodies.get(path(scope), {}))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def path(scope: Scope) -> str:
    """The path of a request below the prefix under which the server is seen."""
    whole: str = scope["path"]
    return whole.removeprefix(scope.get("root_path", ""))


def without_trailing_slash(routes: Iterable[BaseRoute], scope: Scope) -> Scope:
    """The request as if its path had no slash at its end, where that is a path of ours and the longer one is none."""
    if not path(scope).endswith("/") or allowed(routes, scope):
        return scope
    shorter = {**scope, "path": scope["path"].rstrip("/"), "raw_path": scope.get("raw_path", b"").rstrip(b"/")}
    return shorter if allowed(routes, shorter) else scope


def allowed(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """The methods of a path, sorted; none when nothing is served under it."""
    methods = {
        method
        for route in routes
        if route.matches(scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    return sorted(methods | {"OPTIONS"}) if methods else []


def options(scope: Scope, methods: list[str], bodies: Mapping[str, str]) -> Response:
    """The answer to OPTIONS, a browser's preflight or not."""
    if not methods:
        return problem(UnknownPath("nothing is here", scope["path"]))
    headers = {
        "Allow": ", ".join(methods),
        "Access-Control-Allow-Methods": ", ".join(methods),
        # The star is for every header but this one.
        "Access-Control-Allow-Headers": "*, Authorization",
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        **bodies,
    }
    return Response(status_code=204, headers=headers)

"""What every response has around it: CORS for programs in browsers (https://fetch.spec.whatwg.org/#http-cors-protocol),
the answer to OPTIONS, and its place in the counters.

Reading is public and no cookie is ever set, so any origin may read, and none may send credentials.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.metrics import Metrics
from server.http.responses import problem
from server.problems import UnknownPath

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Server-Timing, Allow, Accept-Post",
}
PREFLIGHT_SECONDS = 86400
UNMATCHED = "(none)"


class Envelope:
    """ASGI middleware, outermost."""

    def __init__(self, app: ASGIApp, routes: list[BaseRoute], metrics: Metrics) -> None:
        self._app = app
        self._routes = routes
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(CORS)
                route = getattr(scope.get("route"), "path", UNMATCHED)
                self._metrics.count(route, scope["method"], message["status"])
            await send(message)

        if scope["method"] == "OPTIONS":
            await options(scope, allowed(self._routes, scope))(scope, receive, sending)
        else:
            await self._app(scope, receive, sending)


def allowed(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """The methods of a path, sorted; none when nothing is served under it."""
    methods = {
        method
        for route in routes
        if route.matches(scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    return sorted(methods | {"OPTIONS"}) if methods else []


def options(scope: Scope, methods: list[str]) -> Response:
    """The answer to OPTIONS, a browser's preflight or not."""
    if not methods:
        return problem(UnknownPath("nothing is here", scope["path"]))
    headers = {
        "Allow": ", ".join(methods),
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return Response(status_code=204, headers=headers)

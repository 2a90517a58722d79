"""The short way to a route: paths without parameters are found in a table and their endpoints called, past the routing,
the dependencies and the exit stacks of the framework, which cost a short query more than the query itself does.

The framework has the same routes, for its OpenAPI document and for every other path.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ontology.errors import OnrecordError
from server.http.envelope import path
from server.http.routes import Route

Refused = Callable[[Request, Exception], Awaitable[Response]]


class Direct:
    """ASGI middleware, innermost. `refused` makes the response to an error that is the client's."""

    def __init__(self, app: ASGIApp, routes: Iterable[Route], refused: Refused) -> None:
        self._app = app
        self._refused = refused
        self._routes = {
            (route.path, method): route for route in routes if "{" not in route.path for method in route.methods
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        route = self._routes.get((path(scope), scope["method"])) if scope["type"] == "http" else None
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        request = Request(scope, receive, send)
        try:
            response = await route.endpoint(request)
        except OnrecordError as error:
            response = await self._refused(request, error)
        await response(scope, receive, send)

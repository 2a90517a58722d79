"""A route as data: what the tables of the route modules hold, and how an application takes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from server.problems import MEDIA_TYPE

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """A path, its methods and who answers. With a summary, its first method is in the OpenAPI document. `reads` names
    the media types of the bodies that its methods read."""

    path: str
    methods: tuple[str, ...]
    endpoint: Endpoint
    summary: str = ""
    description: str | None = None
    group: str = ""
    openapi: Mapping[str, Any] = field(default_factory=dict)
    reads: tuple[str, ...] = ()


GET = ("GET", "HEAD")

QUERY = "QUERY"
"""The safe method with a body (https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/)."""

SAFE = frozenset({"GET", "HEAD", QUERY})
"""Methods that change nothing, whose answers may be kept and revalidated."""

PROBLEM_CONTENT: Mapping[str, Any] = {
    MEDIA_TYPE: {
        "schema": {
            "type": "object",
            "properties": {
                "type": {"type": "string", "format": "iri"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
            },
            "required": ["type", "title", "status"],
        }
    }
}
"""What a problem looks like, for the OpenAPI document."""

_PROBLEM: Mapping[str, Any] = {"description": "a problem (RFC 9457)", "content": PROBLEM_CONTENT}


SCHEME = "token"
SECURITY: Sequence[Mapping[str, Sequence[str]]] = ({SCHEME: ()},)
"""What the OpenAPI document says of operations that need the token."""


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application, with what its operations need."""
    document = FastAPI.openapi(app)
    schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes[SCHEME] = {"type": "http", "scheme": "bearer", "description": "the token that the operator has set"}
    return document


def register(app: FastAPI, routes: Iterable[Route]) -> None:
    """Adds routes to an application, in order."""
    for route in routes:
        documented = route.methods[:1] if route.summary else ()
        hidden = [method for method in route.methods if method not in documented]
        if documented:
            app.add_api_route(
                route.path,
                route.endpoint,
                methods=list(documented),
                summary=route.summary,
                description=route.description,
                status_code=204 if "204" in route.openapi.get("responses", {}) else None,
                tags=[route.group],
                openapi_extra=dict(route.openapi),
                responses={"default": dict(_PROBLEM)},
                response_class=Response,
            )
        if hidden:
            app.add_api_route(route.path, route.endpoint, methods=hidden, include_in_schema=False)


def bodies(routes: Iterable[Route]) -> dict[str, dict[str, str]]:
    """Headers that say, for each path, what bodies may be sent to it (RFC 9110 and the draft on QUERY)."""
    found: dict[str, dict[str, str]] = {}
    for route in routes:
        named = {"POST": "Accept-Post", "PATCH": "Accept-Patch", QUERY: "Accept-Query"}
        headers = {named[method]: ", ".join(route.reads) for method in route.methods if route.reads and method in named}
        found.setdefault(route.path, {}).update(headers)
    return found

"""The application: settings in, an ASGI application with its routes, error handling and query workers out."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from ontology.errors import InputError, OnrecordError
from server.canned.catalogue import Catalogue
from server.http import graph_store, operations, queries, sparql, update
from server.http.answers import Answers
from server.http.connections import Connections
from server.http.context import ClientLeft, Context, context, root
from server.http.direct import Direct
from server.http.envelope import Envelope, allowed, path
from server.http.held import Sending
from server.http.metrics import Metrics
from server.http.pages import front_page, interface_page
from server.http.proxy import Proxy, networks, prefix
from server.http.replies import Replies
from server.http.responses import problem
from server.http.routes import GET, Route, bodies, describe, register
from server.http.sending import Outbound
from server.http.siblings import Siblings
from server.outside.allowance import Allowance
from server.outside.fetching import Outside
from server.outside.relay import Relay
from server.problems import MethodNotAllowed, UnknownPath
from server.releases.release import Home
from server.settings import Settings
from server.sizes import ByteSize
from server.workers.current import Current
from server.workers.pool import Pool
from server.writing.writer import Writer

CLIENT_LEFT = 499
"""The status that is counted, and seen by nobody, when the client closed the connection first."""


def create_app(home: Home, settings: Settings, siblings: Siblings | None = None) -> FastAPI:
    """The server for one home of releases, or one of the processes that it consists of. Its workers start with it and
    end with it.

    Raises:
        InputError: a setting cannot be used.
    """
    settings = share(settings)
    outside = Outside(Allowance.of(settings), settings.outside_seconds, settings.outside_bytes)
    current, trusted = Current(home), networks(settings.trusted_proxies)
    shared = Context(
        settings,
        home,
        current,
        Pool(settings, current),
        Catalogue.load(),
        Metrics(),
        Answers(settings.cache_bytes),
        Sending(settings.sending_bytes, settings.sending_seconds),
        Writer(settings),
        outside,
        Relay(outside),
        siblings or Siblings(Path()),
        Connections(settings.client_connections, settings.receive_seconds, trusted),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await shared.relay.start()
            await shared.pool.start()
            yield
        finally:
            await shared.relay.close()
            await shared.writer.close()
            await shared.pool.close()

    app = FastAPI(
        title="onrecord",
        summary="Who says what, from news documents: no fact without its sentence.",
        version=_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.context = shared
    routes = (
        *PAGES,
        *sparql.ROUTES,
        *update.ROUTES,
        *graph_store.ROUTES,
        *queries.routes(shared.catalogue),
        *operations.ROUTES,
    )
    register(app, routes)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    app.add_exception_handler(OnrecordError, _refused)
    app.add_exception_handler(HTTPException, _unrouted)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(Direct, routes=routes, refused=_refused)
    app.add_middleware(Outbound, sending=shared.sending)
    app.add_middleware(Envelope, routes=app.router.routes, metrics=shared.metrics, bodies=bodies(routes))
    app.add_middleware(Replies, answers=shared.answers, current=current, metrics=shared.metrics)
    app.add_middleware(Proxy, trusted=trusted, path_prefix=prefix(settings.path_prefix))
    return app


def share(settings: Settings) -> Settings:
    """What one of several processes has of what the server has in all."""
    count = settings.processes
    if count == 1:
        return settings
    return replace(
        settings,
        workers=math.ceil(settings.workers / count),
        queue=math.ceil(settings.queue / count),
        cache_bytes=ByteSize(settings.cache_bytes // count),
        sending_bytes=ByteSize(settings.sending_bytes // count),
    )


async def front(request: Request) -> Response:
    """What is here, for a person."""
    release = context(request).current()
    counts = release.manifest.counts if release else None
    example = context(request).catalogue.names()[-1]
    documents, facts = (counts.documents, counts.facts) if counts else (0, 0)
    return HTMLResponse(front_page(root(request), release.id if release else None, documents, facts, example))


async def interface(request: Request) -> Response:
    """The API, for a person."""
    return HTMLResponse(interface_page(root(request), request.app.openapi()))


PAGES = (Route("/", GET, front), Route("/docs", GET, interface))


async def _refused(_: Request, error: Exception) -> Response:
    return Response(status_code=CLIENT_LEFT) if isinstance(error, ClientLeft) else problem(error)


async def _unrouted(request: Request, _: Exception) -> Response:
    routes = request.app.router.routes
    methods = allowed(routes, request.scope)
    if methods:
        return problem(
            MethodNotAllowed(f"{request.method} is not among {', '.join(methods)}", request.url.path, available=methods)
        )
    return problem(UnknownPath("nothing is here", request.url.path, nearest=_nearest(routes, path(request.scope))))


async def _invalid(_: Request, error: Exception) -> Response:
    return problem(InputError(str(error)))


def _nearest(routes: list[BaseRoute], asked: str) -> list[str]:
    paths = dict.fromkeys(str(getattr(route, "path", "")) for route in routes)
    return get_close_matches(asked, [each for each in paths if "{" not in each])


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"

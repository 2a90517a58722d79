"""The short way: what has no parameter in its path is answered past the framework, and answered alike."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from ontology.errors import InputError
from server.http.direct import Direct
from server.http.responses import problem
from server.http.routes import GET, Route, register


async def plain(request: Request) -> Response:
    return PlainTextResponse(str(request.scope["route"].path))


async def wrong(_: Request) -> Response:
    raise InputError("wrong", "here")


async def broken(_: Request) -> Response:
    raise ZeroDivisionError


async def named(request: Request) -> Response:
    return PlainTextResponse(request.path_params["name"])


ROUTES = (
    Route("/plain", GET, plain),
    Route("/wrong", ("POST",), wrong),
    Route("/broken", GET, broken),
    Route("/of/{name}", GET, named),
)


async def refused(_: Request, error: Exception) -> Response:
    return problem(error)


def ask(method: str, path: str) -> httpx.Response:
    """The answer of an application that has the routes both ways."""
    app = FastAPI()
    register(app, ROUTES)
    app.add_middleware(Direct, routes=ROUTES, refused=refused)

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path)

    return asyncio.run(asked())


def test_a_plain_path_has_its_route_and_its_answer() -> None:
    assert ask("GET", "/plain").text == "/plain"
    assert ask("HEAD", "/plain").status_code == 200


def test_what_is_wrong_with_a_request_is_a_problem() -> None:
    answer = ask("POST", "/wrong")
    assert (answer.status_code, answer.json()["place"]) == (400, "here")


def test_a_fault_is_not_hidden() -> None:
    assert ask("GET", "/broken").status_code == 500


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/of/x", 200), ("POST", "/plain", 405), ("GET", "/", 404)]
)
def test_the_framework_has_the_rest(method: str, path: str, status: int) -> None:
    assert ask(method, path).status_code == status

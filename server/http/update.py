"""SPARQL 1.1 Update over HTTP (https://www.w3.org/TR/sparql11-protocol/#update-operation)."""

from __future__ import annotations

import asyncio
import re

from fastapi import Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from ontology.errors import InputError
from server.http import writing
from server.http.context import Context, context
from server.http.protocol import FORM, UPDATE, Parameters, parameters
from server.http.routes import SECURITY, Route
from server.problems import OutsideFailed, RequestTooLarge, UnsupportedMediaType
from server.workers.lexer import Dataset
from server.writing.loading import ACCEPT, loads, part
from server.writing.request import Action, Loaded, Part
from server.writing.request import Request as Change

BODIES = (UPDATE, FORM)
"""The media types in which an update is read."""

_LOAD = re.compile("load", re.IGNORECASE)

USING = ("using-graph-uri", "using-named-graph-uri")

_TEXT = {"schema": {"type": "string"}}
_IRIS = {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}}
_OPENAPI = {
    "security": SECURITY,
    "parameters": [
        {
            "name": USING[0],
            "in": "query",
            "allowEmptyValue": True,
            "description": "graphs to match as the default graph",
            **_IRIS,
        },
        {
            "name": USING[1],
            "in": "query",
            "allowEmptyValue": True,
            "description": "graphs that GRAPH may name when matching",
            **_IRIS,
        },
    ],
    "requestBody": {
        "required": True,
        "content": {
            UPDATE: _TEXT,
            FORM: {"schema": {"type": "object", "properties": {"update": {"type": "string"}}, "required": ["update"]}},
        },
    },
    "responses": {"204": {"description": f"it is done; the header {writing.RELEASE} names the release that holds it"}},
}


@writing.writes
async def post_update(request: Request) -> Response:
    """Carries out the update in the body, as a form or as it is, as one change: all of it or nothing."""
    url = parameters(request.scope["query_string"], "query string")
    text, dataset = read_update(url, request.headers.get("content-type", ""), await writing.body(request))
    base_iri = str(request.url.replace(query=None, fragment=None))
    loaded = await _loaded(context(request), text, base_iri)
    asked = Change(Action.UPDATE, base_iri, parts=(Part(UPDATE, text.encode()),), dataset=dataset, loaded=loaded)
    return writing.changed(await writing.change(request, asked))


ROUTES = (
    Route("/update", ("POST",), post_update, "Carry out an update", group="Writing", openapi=_OPENAPI, reads=BODIES),
)


def read_update(url: Parameters, content_type: str, body: bytes) -> tuple[str, Dataset | None]:
    """The update of a request, and the dataset that it asks for.

    Raises:
        InputError: there is no update, more than one, one in the URL, or something cannot be decoded.
        UnsupportedMediaType: the body is neither a form nor an update.
    """
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type not in BODIES:
        what = f"{media_type} is" if media_type else "a body without Content-Type is"
        raise UnsupportedMediaType(f"{what} not read here", "Content-Type", available=BODIES)
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType(f"the charset {charset} is not read here, only UTF-8", "Content-Type")
    if "update" in url or "query" in url:
        raise InputError("an update is in the body, not in the URL", "update" if "update" in url else "query")
    given = parameters(body, "form") if media_type == FORM else {"update": [_decoded(body)]}
    if "query" in given:
        raise InputError("queries go to /sparql", "query")
    updates = given.get("update", ())
    if len(updates) != 1:
        what = f"the update is given {len(updates)} times; give it once" if updates else "there is no update"
        raise InputError(what, "update")
    default, named = (tuple(_iris(name, url, given)) for name in USING)
    return updates[0], Dataset(default, named) if default or named else None


async def _loaded(here: Context, text: str, base_iri: str) -> tuple[Loaded, ...] | None:
    """The documents that an update loads, fetched; None where the operator allows none.

    Raises:
        FederationRefused: one is not of an origin that is allowed, whether the LOAD is silent or not.
        OutsideFailed: one cannot be had, and has to be.
        RequestTooLarge: together they are more than an update may have.
        QueryError, InputError: a LOAD is wrong, or there are too many.
    """
    if not here.outside.allowance.origins:
        return None
    found: dict[str, Loaded] = {}
    size = 0
    for asked in await asyncio.to_thread(loads, text, base_iri) if _LOAD.search(text) else ():
        if (known := found.get(asked.source)) is None or (known.part is None and not asked.silent):
            try:
                fetched = await here.outside.load(asked.source, ACCEPT)
                found[asked.source] = Loaded(asked.source, fetched.url, part(fetched))
                size += len(fetched.body)
            except OutsideFailed:
                if not asked.silent:
                    raise
                found[asked.source] = Loaded(asked.source)
        if size > here.settings.write_bytes:
            raise RequestTooLarge(
                f"the documents that the update loads have more than {here.settings.write_bytes} bytes"
            )
    return tuple(found.values())


def _iris(name: str, *sources: Parameters) -> list[str]:
    found = [iri for source in sources for iri in source.get(name, ()) if iri]
    for iri in found:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise InputError(f"{iri!r} is not the IRI of a graph: {error}", name) from None
    return found


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the update is not UTF-8 at byte {error.start}", "body") from None

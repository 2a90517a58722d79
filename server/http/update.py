"""SPARQL 1.1 Update over HTTP (https://www.w3.org/TR/sparql11-protocol/#update-operation)."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from ontology.errors import InputError
from server.http import writing
from server.http.protocol import FORM, UPDATE, Parameters, parameters
from server.http.routes import Route
from server.problems import MethodNotAllowed, UnsupportedMediaType
from server.workers.lexer import Dataset
from server.writing.request import Action, Part
from server.writing.request import Request as Change

BODIES = (UPDATE, FORM)
"""The media types in which an update is read."""

USING = ("using-graph-uri", "using-named-graph-uri")

_TEXT = {"schema": {"type": "string"}}
_IRIS = {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}}
_OPENAPI = {
    "parameters": [
        {"name": USING[0], "in": "query", "description": "graphs to match as the default graph", **_IRIS},
        {"name": USING[1], "in": "query", "description": "graphs that GRAPH may name when matching", **_IRIS},
    ],
    "requestBody": {
        "content": {
            UPDATE: _TEXT,
            FORM: {"schema": {"type": "object", "properties": {"update": {"type": "string"}}, "required": ["update"]}},
        }
    },
    "responses": {"204": {"description": f"it is done; the header {writing.RELEASE} names the release that holds it"}},
}


@writing.writes
async def post_update(request: Request) -> Response:
    """Carries out the update in the body, as a form or as it is, as one change: all of it or nothing."""
    url = parameters(request.scope["query_string"], "query string")
    text, dataset = read_update(url, request.headers.get("content-type", ""), await writing.body(request))
    base_iri = str(request.url.replace(query=None, fragment=None))
    asked = Change(Action.UPDATE, base_iri, parts=(Part(UPDATE, text.encode()),), dataset=dataset)
    return writing.changed(await writing.change(request, asked))


async def refuse(request: Request) -> Response:
    """Nothing is ever changed by reading."""
    writing.allow(request)
    raise MethodNotAllowed("an update is sent by POST", request.url.path, available=("OPTIONS", "POST"))


ROUTES = (
    Route("/update", ("POST",), post_update, "Carry out an update", group="Writing", openapi=_OPENAPI, reads=BODIES),
    Route("/update", ("GET", "HEAD"), refuse),
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

"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

A graph is named by `?graph=` or `?default`, or is the one whose IRI is the address of the request, below /data/.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from fastapi import Request
from fastapi.responses import Response
from pyoxigraph import NamedNode

from ontology.errors import InputError, NotFound
from server.formats import Form, Format, formats
from server.http import writing
from server.http.context import context
from server.http.multipart import MULTIPART, split
from server.http.protocol import FORMS, UPDATE, Parameters, acceptable, choose, parameters
from server.http.responses import entity_tag, not_modified, result
from server.http.routes import SECURITY, Route
from server.problems import UnsupportedMediaType
from server.releases.manifest import Manifest
from server.writing.payload import DATASETS, MEDIA_TYPES
from server.writing.request import Action, Part
from server.writing.request import Request as Change
from server.writing.state import state

WHOLE_GRAPH = b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
READS = (*MEDIA_TYPES, MULTIPART)

_PARAMETERS = [
    {
        "name": "graph",
        "in": "query",
        "description": "the IRI of a graph",
        "schema": {"type": "string", "format": "iri"},
    },
    {"name": "default", "in": "query", "description": "the default graph", "schema": {"type": "string"}},
]
_BODY = {"required": True, "content": {media_type: {"schema": {"type": "string"}} for media_type in MEDIA_TYPES}}
_WRITTEN = {
    "201": {"description": "the graph is new"},
    "204": {"description": f"it is done; the header {writing.RELEASE} names the release that holds it"},
}
_REMOVE = {"security": SECURITY, "parameters": _PARAMETERS, "responses": _WRITTEN}
_PATCH = {
    **_REMOVE,
    "requestBody": {"required": True, "content": {UPDATE: {"schema": {"type": "string", "minLength": 1}}}},
}
_WRITE = {**_REMOVE, "requestBody": _BODY}


@dataclass(frozen=True, slots=True)
class Target:
    """The graph that a request is about: one with an IRI, or without one the default graph."""

    iri: str | None


async def get_graph(request: Request) -> Response:
    """The graph, in any RDF format."""
    writing.allow(request)
    url = parameters(request.scope["query_string"], "query string")
    target = _known(_target(request, url))
    here = context(request)
    format = choose(url, request.headers.get("accept"), formats(Form.GRAPH), Form.GRAPH)
    release = here.current()
    if release is None or state(release.manifest, target.iri) is None:
        raise NotFound("there is no such graph", target.iri)
    if unchanged := not_modified(request, _tag(release.manifest, target, format)):
        return unchanged
    header = {
        "op": "query",
        "media_types": {Form.GRAPH: format.media_type},
        "acceptable": {form: acceptable(form) for form in FORMS},
        "dataset": [[target.iri], []] if target.iri else None,
        "default_graph": here.settings.default_graph,
    }
    outcome = await here.ask(request, header, WHOLE_GRAPH)
    # Another release may be out by now; an answer whose release is not known has no tag.
    release = here.current()
    tag = _tag(release.manifest, target, format) if release and release.id == outcome.release else None
    return result(request, outcome.body, outcome.media_type, tag, outcome.seconds)


@writing.writes
async def put_graph(request: Request) -> Response:
    """Gives the graph the content of the body."""
    return await _write(request, Action.PUT, _known(_target(request, _url(request))))


@writing.writes
async def post_graph(request: Request) -> Response:
    """Adds the body to the graph; without a name, a new graph is made, or a dataset goes to the graphs it names."""
    target = _target(request, _url(request))
    if target is not None:
        return await _write(request, Action.POST, target)
    parts = split(request.headers.get("content-type", ""), await writing.body(request))
    address = str(request.url.replace(query=None, fragment=None)).rstrip("/")
    if all(part.media_type in DATASETS for part in parts):
        return writing.changed(await writing.change(request, Change(Action.LOAD, address, parts=parts)))
    made = f"{address}/{uuid4().hex}"
    outcome = await writing.change(request, Change(Action.POST, made, made, parts))
    return writing.changed(outcome, {"Location": made})


@writing.writes
async def delete_graph(request: Request) -> Response:
    """Removes the graph; the default graph is emptied."""
    target = _known(_target(request, _url(request)))
    return writing.changed(await writing.change(request, Change(Action.DELETE, _base_iri(request, target), target.iri)))


@writing.writes
async def patch_graph(request: Request) -> Response:
    """Carries out an update on the graph, which is the default graph of the update and all that it sees."""
    target = _known(_target(request, _url(request)))
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != UPDATE:
        raise UnsupportedMediaType("a graph is patched by an update", "Content-Type", available=(UPDATE,))
    parts = (Part(UPDATE, await writing.body(request)),)
    asked = Change(Action.PATCH, _base_iri(request, target), target.iri, parts)
    return writing.changed(await writing.change(request, asked))


async def _write(request: Request, action: Action, target: Target) -> Response:
    parts = split(request.headers.get("content-type", ""), await writing.body(request))
    asked = Change(action, _base_iri(request, target), target.iri, parts)
    return writing.changed(await writing.change(request, asked))


ROUTES = (
    Route("/data", ("GET",), get_graph, "A graph", group="Writing", openapi={"parameters": _PARAMETERS}),
    Route("/data", ("PUT",), put_graph, "Replace a graph", group="Writing", openapi=_WRITE, reads=READS),
    Route("/data", ("POST",), post_graph, "Add to a graph", group="Writing", openapi=_WRITE, reads=READS),
    Route("/data", ("DELETE",), delete_graph, "Remove a graph", group="Writing", openapi=_REMOVE),
    Route("/data", ("HEAD",), get_graph),
    Route("/data", ("PATCH",), patch_graph, "Change a graph", group="Writing", openapi=_PATCH, reads=(UPDATE,)),
    Route("/data/{path:path}", ("GET", "HEAD"), get_graph),
    Route("/data/{path:path}", ("PUT",), put_graph, reads=READS),
    Route("/data/{path:path}", ("POST",), post_graph, reads=READS),
    Route("/data/{path:path}", ("DELETE",), delete_graph),
    Route("/data/{path:path}", ("PATCH",), patch_graph, reads=(UPDATE,)),
)


def _url(request: Request) -> Parameters:
    return parameters(request.scope["query_string"], "query string")


def _target(request: Request, url: Parameters) -> Target | None:
    """The graph that a request names; None when it names none.

    Raises:
        InputError: it names more than one, or what is no IRI.
    """
    address = request.url.replace(query=None, fragment=None)
    named, default = url.get("graph", ()), "default" in url
    direct = bool(request.path_params.get("path"))
    if len(named) + default + direct > 1:
        raise InputError("a request is about one graph; name it by its address, ?graph= or ?default", "graph")
    if direct:
        return Target(str(address))
    if default:
        return Target(None)
    if not named:
        return None
    try:
        return Target(NamedNode(named[0]).value)
    except ValueError as error:
        raise InputError(f"{named[0]!r} is not the IRI of a graph: {error}", "graph") from None


def _known(target: Target | None) -> Target:
    if target is None:
        raise InputError("name a graph, by ?graph= and its IRI, or by ?default", "graph")
    return target


def _base_iri(request: Request, target: Target) -> str:
    return target.iri or str(request.url.replace(query=None, fragment=None))


def _tag(manifest: Manifest, target: Target, format: Format) -> str | None:
    now = state(manifest, target.iri)
    return entity_tag(now, format.media_type) if now else None

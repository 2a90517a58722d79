"""The routes of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from server.formats import Form, format_named, formats
from server.http.context import context, read_body, root
from server.http.pages import query_page
from server.http.protocol import (
    BODIES,
    FORMAT_PARAMETERS,
    FORMS,
    QueryRequest,
    acceptable,
    choose,
    dataset_of,
    parameters,
    read_request,
    timeout,
)
from server.http.responses import entity_tag, not_modified, result
from server.http.routes import GET, QUERY, Route
from server.http.service import describe
from server.workers.lexer import mentions_service, volatile
from server.workers.rows import notice

HTML = format_named("html", Form.ROWS)

CAPPED = "Onrecord-Rows-Capped"
"""The header of a result that was cut, as the operator wants it: after how many rows."""

_TEXT = {"schema": {"type": "string"}}
_MAY_BE_EMPTY = {"in": "query", "allowEmptyValue": True}
_WRITTEN = {"type": "string", "minLength": 1}
_IRIS = {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}}
_PARAMETERS = [
    {"name": "query", "in": "query", "description": "a SPARQL 1.1 query", "example": "ASK { ?s ?p ?o }", **_TEXT},
    {"name": "default-graph-uri", **_MAY_BE_EMPTY, "description": "graphs to merge as the default graph", **_IRIS},
    {"name": "named-graph-uri", **_MAY_BE_EMPTY, "description": "graphs that GRAPH may name", **_IRIS},
    {"name": "format", **_MAY_BE_EMPTY, "description": "a format by name, such as csv, in place of Accept", **_TEXT},
    {
        "name": "timeout",
        **_MAY_BE_EMPTY,
        "description": "seconds that the query may take, less than the server's own limit",
        "schema": {"type": "number", "exclusiveMinimum": 0},
    },
]
_BODY = {
    "required": True,
    "content": {
        "application/sparql-query": {"schema": _WRITTEN},
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "properties": {"query": _WRITTEN}, "required": ["query"]}
        },
    },
}
_CONTENT = {"200": {"description": "the result", "content": {name: {} for name in acceptable(*FORMS)}}}


async def get_query(request: Request) -> Response:
    """Runs the query; without one, describes the service (https://www.w3.org/TR/sparql11-service-description/)."""
    url = parameters(request.scope["query_string"], "query string")
    if "query" not in url and "update" not in url:
        # What does not count without a query is wrong all the same when it is wrong.
        dataset_of(url)
        timeout(url)
        return await _describe(request, url)
    return await _answer(request, read_request(request.method, url, "", b"", request.headers.get("accept")))


async def post_query(request: Request) -> Response:
    """Runs the query in the body, as a form or as it is, by POST or QUERY."""
    url = parameters(request.scope["query_string"], "query string")
    headers = request.headers
    body = await read_body(request)
    return await _answer(
        request, read_request(request.method, url, headers.get("content-type", ""), body, headers.get("accept"))
    )


ROUTES = (
    Route(
        "/sparql",
        GET,
        get_query,
        "Run a query, or describe the service",
        group="SPARQL",
        openapi={"parameters": _PARAMETERS, "responses": _CONTENT},
    ),
    Route(
        "/sparql",
        ("POST",),
        post_query,
        "Run a query",
        group="SPARQL",
        openapi={"requestBody": _BODY, "responses": _CONTENT},
        reads=BODIES,
    ),
    Route("/sparql", (QUERY,), post_query, reads=BODIES),
)


async def _answer(request: Request, asked: QueryRequest) -> Response:
    here = context(request)
    release = here.current()
    relay = here.relay.path if mentions_service(asked.query) else None
    # What another server says may change at any time.
    fixed = relay is None and not volatile(asked.query)
    default_graph = here.settings.default_graph
    rows = here.settings.result_rows
    key = [default_graph, asked.query, repr(asked.dataset), repr(sorted(asked.media_types.items())), f"{rows}"]
    tag = entity_tag(release.id, *key) if release and fixed else None
    if unchanged := not_modified(request, tag):
        return unchanged
    header = {
        "op": "query",
        "media_types": asked.media_types,
        "acceptable": {form: acceptable(form) for form in FORMS},
        "dataset": [asked.dataset.default, asked.dataset.named] if asked.dataset else None,
        "default_graph": default_graph,
        "rows": rows,
        "relay": [relay, here.relay.endpoints] if relay else None,
    }
    body = asked.query.encode("utf-8")
    if fixed:
        outcome = await here.answer(request, key, header, body, asked.seconds)
    else:
        outcome = await here.ask(request, header, body, asked.seconds)
    tag = entity_tag(outcome.release, *key) if fixed else None
    response = result(request, outcome.body, outcome.media_type, tag, outcome.seconds)
    if outcome.capped is not None:
        response.headers[CAPPED] = str(outcome.capped)
        response.headers["Link"] = f'<{notice(outcome.capped)}>; rel="describedby"'
    return response


async def _describe(request: Request, url: dict[str, list[str]]) -> Response:
    here = context(request)
    accept = request.headers.get("accept")
    if any(any(url.get(name, ())) for name in FORMAT_PARAMETERS):
        format = choose(url, accept, (), Form.GRAPH)
    else:
        format = choose(url, accept, (*formats(Form.GRAPH), HTML), Form.GRAPH)
    endpoint = str(request.url.replace(query=None, fragment=None))
    if format is HTML:
        return result(request, query_page(root(request), endpoint, here.settings.default_graph), HTML.media_type, None)
    release = here.current()
    kind = here.settings.default_graph
    tag = entity_tag(release.id, kind, endpoint, format.media_type) if release else None
    if unchanged := not_modified(request, tag):
        return unchanged
    return result(request, describe(endpoint, release, format, kind), format.media_type, tag)

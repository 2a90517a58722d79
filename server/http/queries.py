"""The canned queries over HTTP: the catalogue, and one route for each query with its typed parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from ontology.errors import InputError, NotFound
from server.canned import ready
from server.canned.catalogue import CannedQuery, Catalogue
from server.formats import Form, Format, format_named, formats
from server.http.context import Context, context, root
from server.http.pages import answer_page, catalogue_page, error_page
from server.http.protocol import FORMAT_PARAMETERS, choose, parameters
from server.http.responses import entity_tag, not_modified, problem, result
from server.http.routes import GET, PROBLEM_CONTENT, Endpoint, Route
from server.problems import UnknownValue
from server.workers.pool import Outcome

HTML = format_named("html", Form.ROWS)
JSON = format_named("json", Form.ROWS)
GROUP = "Canned queries"
_FORMAT = {
    "name": "format",
    "in": "query",
    "allowEmptyValue": True,
    "description": "a format by name, in place of Accept",
    "schema": {"type": "string", "enum": [format.name for format in formats(Form.ROWS)]},
}


def routes(catalogue: Catalogue) -> Iterator[Route]:
    """The routes of a catalogue."""
    yield Route("/queries", GET, list_queries, "The catalogue of canned queries", group=GROUP)
    for query in catalogue:
        path = f"/queries/{query.name}"
        yield Route(path, GET, _endpoint(query), query.summary, query.question, GROUP, _openapi(query))
    yield Route("/queries/{name}", GET, unknown_query)


async def list_queries(request: Request) -> Response:
    """Every query with its question, parameters, columns and an example."""
    catalogue = context(request).catalogue
    given = parameters(request.scope["query_string"], "query string")
    if choose(given, request.headers.get("accept"), (JSON, HTML), Form.ROWS) is HTML:
        return result(request, catalogue_page(root(request), catalogue), HTML.media_type, None)
    entries = [entry(query, str(request.base_url)) for query in catalogue]
    body = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    tag = entity_tag("catalogue", body)
    return not_modified(request, tag) or result(request, body, JSON.media_type, tag)


async def unknown_query(request: Request) -> Response:
    """Names the queries that come nearest."""
    name = request.path_params["name"]
    context(request).catalogue[name]
    raise NotFound(f"there is no query {name!r}")


def entry(query: CannedQuery, base_url: str) -> dict[str, Any]:
    """One query in the catalogue."""
    url = f"{base_url}queries/{query.name}"
    return {
        "name": query.name,
        "summary": query.summary,
        "question": query.question,
        "url": url,
        "parameters": query.openapi_parameters(),
        "columns": list(query.columns),
        "view": query.view,
        "example": f"{url}?{urlencode(dict(query.example))}" if query.example else url,
    }


def _endpoint(query: CannedQuery) -> Endpoint:
    async def run(request: Request) -> Response:
        given = parameters(request.scope["query_string"], "query string")
        format = choose(given, request.headers.get("accept"), formats(Form.ROWS), Form.ROWS)
        values = _values(query, given)
        if format is HTML:
            return await _page(context(request), request, query, values)
        return await _answer(context(request), request, query, values, format)

    return run


def _values(query: CannedQuery, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was given for the query's parameters; an empty field of a form is none.

    Raises:
        UnknownValue: the query has no such parameter.
    """
    try:
        return {
            query.parameter(name).name: [value for value in values if value.strip()]
            for name, values in given.items()
            if name not in FORMAT_PARAMETERS
        }
    except NotFound as error:
        raise UnknownValue(error.message, error.place, nearest=error.nearest) from error


async def _answer(
    here: Context, request: Request, query: CannedQuery, values: Mapping[str, Sequence[str]], format: Format
) -> Response:
    release = here.current()
    key = _key(query, values, format)
    unchanged = not_modified(request, entity_tag(release.id, *key) if release else None)
    if unchanged:
        return unchanged
    outcome = await _outcome(here, request, query, values, format)
    return result(request, outcome.body, outcome.media_type, entity_tag(outcome.release, *key), outcome.seconds)


async def _outcome(
    here: Context, request: Request, query: CannedQuery, values: Mapping[str, Sequence[str]], format: Format
) -> Outcome:
    """The answer that is known, lies ready in the release, or is asked of a worker."""
    key = _key(query, values, format)
    release = here.current()
    if release and format is JSON and not any(values.values()) and not here.answers.knows(release.id, key):
        body = ready.find(release, query)
        if body is not None:
            outcome = Outcome(release.id, Form.ROWS.value, JSON.media_type, body, 0.0)
            here.answers.keep(key, outcome)
            return outcome
    return await here.answer(request, key, _header(query, values, format))


async def _page(here: Context, request: Request, query: CannedQuery, values: Mapping[str, Sequence[str]]) -> Response:
    try:
        outcome = await _outcome(here, request, query, values, JSON)
    except (InputError, UnknownValue) as error:
        status = problem(error).status_code
        page = result(request, error_page(root(request), query, values, str(error)), HTML.media_type, None)
        page.status_code = status
        return page
    rows = json.loads(outcome.whole(), parse_float=str)
    links = {
        format.label: f"?{urlencode({**values, 'format': format.name}, doseq=True)}"
        for format in formats(Form.ROWS)
        if format is not HTML
    }
    return result(
        request, answer_page(root(request), query, values, rows, links), HTML.media_type, None, outcome.seconds
    )


def _key(query: CannedQuery, values: Mapping[str, Sequence[str]], format: Format) -> list[str]:
    return [query.text, json.dumps(values, sort_keys=True), format.media_type]


def _header(query: CannedQuery, values: Mapping[str, Sequence[str]], format: Format) -> dict[str, Any]:
    return {"op": "ask", "name": query.name, "values": values, "format": format.name}


def _openapi(query: CannedQuery) -> dict[str, Any]:
    content: dict[str, Any] = {format.media_type: {} for format in formats(Form.ROWS)}
    content[JSON.media_type] = {"schema": {"type": "array", "items": query.row_schema()}}
    return {
        "parameters": [*query.openapi_parameters(), _FORMAT],
        "responses": {
            "200": {"description": query.question, "content": content},
            # A person gets the form again, with what is wrong.
            "400": {"description": "a value that cannot be taken", "content": {**PROBLEM_CONTENT, HTML.media_type: {}}},
        },
    }

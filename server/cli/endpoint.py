"""A query sent to another SPARQL endpoint, as a form by POST, and its answer in the format that is wanted.

Of the protocol's three ways (https://www.w3.org/TR/sparql11-protocol/#query-operation) this is the one that every
endpoint understands. Results are asked for in JSON and graphs in N-Triples, which all write without loss.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from ontology.errors import InputError
from ontology.namespaces import PREFIXES
from server.formats import Form
from server.turtle import MEDIA_TYPES as TURTLE
from server.turtle import without_unused_prefixes
from server.workers.evaluation import Written

TIMEOUT = 60.0
"""Seconds to wait for an endpoint that says nothing."""

UNDERSTOOD: tuple[QueryResultsFormat | RdfFormat, ...] = (
    QueryResultsFormat.JSON,
    RdfFormat.N_TRIPLES,
    RdfFormat.TURTLE,
    QueryResultsFormat.XML,
    RdfFormat.RDF_XML,
)
"""What is asked for, preferred first."""


def ask(endpoint: str, query: str, media_types: Mapping[Form, str]) -> Written:
    """What the endpoint answers, written in the media type that is wanted for its form.

    Raises:
        InputError: the address is none, nobody answers there, the endpoint refuses the query, its answer cannot be
            read, or there is no media type for its form.
    """
    body, media_type = post(endpoint, query)
    try:
        for format in UNDERSTOOD:
            if format.media_type == media_type:
                return _written(body, format, media_types)
    except SyntaxError as error:
        raise InputError(f"the answer is not {media_type}: {error.msg}", endpoint) from error
    raise InputError(f"the answer is {media_type}, which is not what was asked for", endpoint)


def _written(body: bytes, format: QueryResultsFormat | RdfFormat, media_types: Mapping[Form, str]) -> Written:
    if isinstance(format, RdfFormat):
        form, media_type = Form.GRAPH, _wanted(Form.GRAPH, media_types)
        triples = (quad.triple for quad in parse(body, format=format))
        data = serialize(triples, format=RdfFormat.from_media_type(media_type), prefixes=PREFIXES) or b""
        data = without_unused_prefixes(data) if media_type in TURTLE else data
    else:
        result = parse_query_results(body, format)
        form = Form.BOOLEAN if isinstance(result, QueryBoolean) else Form.SOLUTIONS
        media_type = _wanted(form, media_types)
        data = result.serialize(format=QueryResultsFormat.from_media_type(media_type)) or b""
    return Written(form, media_type, escape_returns(data) if media_type.endswith("+xml") else data)


def escape_returns(data: bytes) -> bytes:
    """XML in which a bare carriage return survives its reader (https://www.w3.org/TR/xml/#sec-line-ends)."""
    return data.replace(b"\r", b"&#13;")


def _wanted(form: Form, media_types: Mapping[Form, str]) -> str:
    if form not in media_types:
        raise InputError(f"the result is {form.value}, which this format cannot hold", "--format")
    return media_types[form]


def post(endpoint: str, query: str) -> tuple[bytes, str]:
    """The body and the media type of an endpoint's answer.

    Raises:
        InputError: the address is none, nobody answers there, or the endpoint refuses the query.
    """
    if urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname:
        raise InputError("an endpoint's address begins with http:// or https://", endpoint)
    headers = {
        "Accept": ", ".join(f"{f.media_type};q={1 - i / 10:.1f}" for i, f in enumerate(UNDERSTOOD)),
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "onrecord (SPARQL client)",
    }
    request = Request(endpoint, data=urlencode({"query": query}).encode(), headers=headers, method="POST")
    try:
        with urlopen(request, timeout=TIMEOUT) as response:
            return response.read(), response.headers.get_content_type()
    except HTTPError as error:
        with error:
            raise InputError(f"the endpoint answers {error.code}: {_reason(error)}", endpoint) from None
    except TimeoutError:
        raise InputError(f"no answer within {TIMEOUT:.0f} seconds", endpoint) from None
    except URLError as error:
        raise InputError(f"no answer: {error.reason}", endpoint) from None


def _reason(error: HTTPError) -> str:
    """What an error response says: the detail of a problem (RFC 9457), or the beginning of its text."""
    text = error.read(4096).decode("utf-8", "replace")
    if error.headers.get_content_subtype() in ("problem+json", "json"):
        try:
            problem = json.loads(text)
            return str(problem.get("detail") or problem.get("title") or error.reason)
        except (ValueError, AttributeError):
            return str(error.reason)
    return " ".join(text.split())[:200] or str(error.reason)

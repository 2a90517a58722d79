"""The reference page of HTTP, its tables made from the code: `python -m server.http.reference > docs/http.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fastapi.routing import APIRoute

from server.formats import FORMATS, Form
from server.http.application import create_app
from server.http.coding import CODINGS
from server.http.sending import LEAST_BYTES
from server.problems import MEDIA_TYPE, PROBLEMS, TYPES
from server.releases.release import Home
from server.settings import Settings, table

QUERY_PATH = "/queries/"
NAMED = "/queries/{name}"
METHODS_IN_ORDER = ("GET", "HEAD", "POST", "QUERY", "PUT", "PATCH", "DELETE")

INTRODUCTION = """# HTTP

Made from the code by `python -m server.http.reference > docs/http.md`; what is to change is changed there.

`onrecord serve` speaks the [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/) at `/sparql` and answers
the [canned queries](queries.md) at `/queries/NAME`. Everything can be read by anyone, from any web page, without a
key.

```sh
curl 'http://localhost:8000/sparql' --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3' -H 'Accept: text/csv'
curl 'http://localhost:8000/sparql' -H 'Content-Type: application/sparql-query' -d 'ASK { ?s ?p ?o }'
curl 'http://localhost:8000/sparql' -X QUERY -H 'Content-Type: application/sparql-query' -d 'ASK { ?s ?p ?o }'
curl 'http://localhost:8000/queries/topics?format=csv'
```

## Paths
"""

METHODS = """`OPTIONS` tells the methods of a path, and in `Accept-Post` and `Accept-Query` what may be sent to it.
`HEAD` has the headers of `GET`. A slash at the end of a path makes no difference. A method that a path does not have
is 405, with `Allow`; a path that does not exist is 404, with the nearest ones.

## Asking a query

A query comes in one of three ways: as the parameter `query` of a GET, as that of a form (POST or
[QUERY](https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/)), or as the body of a POST or QUERY
whose Content-Type is `application/sparql-query`; then the other parameters stand in the URL. Everything is UTF-8.
Without a query, GET gives the [description of the service](https://www.w3.org/TR/sparql11-service-description/), or a
form to a browser.

| parameter | what |
| --- | --- |
| `query` | the query, once |
| `default-graph-uri` | a graph; several are merged into the default graph. It goes before the query's FROM |
| `named-graph-uri` | a graph that GRAPH may name. It goes before the query's FROM NAMED |
| `format`, `output` | a format by name, media type or suffix, in place of Accept |
| `timeout` | seconds that the query may take; the server's own limit, when that is less |

Other parameters are ignored at `/sparql`, and refused by the canned queries. What cannot be decoded, is given twice or
contradicts itself is 400, and the problem's `place` names the parameter. Empty graphs and formats, as forms send them,
are none.

A triple that several graphs hold counts once in the default graph: in the merge that is the default graph of a query
that names none, under FROM with several graphs, and under several `default-graph-uri`. GRAPH tells the graphs apart.
With `--default-graph plain` a query that names no graph finds an empty default graph.

An IRI that is relative in a query is resolved against the base of the record, not against the address of the endpoint.

## Other servers

A query with SERVICE is 403 until the operator lists endpoints in `ONRECORD_SERVICE_ENDPOINTS`. Then those, by exactly
these IRIs, may be asked; a variable in place of the endpoint, or a SERVICE within another, is 403 all the same, and
SILENT changes nothing about that. The worker that runs the query has no network: the web process asks in its place, by
POST, without following redirects, for at most `ONRECORD_OUTSIDE_SECONDS` and `ONRECORD_OUTSIDE_BYTES`, and a hundred
times for one query. An endpoint that fails is 502, or is left out where the clause is SILENT. Such an answer is
`no-store`. On systems where workers cannot have a network of their own (`/health/ready` tells it as `isolated`) SERVICE
stays 403. For LOAD see [writing](writing.md#load).

## Formats

The client's `Accept` decides, by quality and then by how specific it is; among equals the order of this table does. A
format that is asked for by one of its other media types is sent under that type. Without `Accept` it is the first of
the form. When nothing fits, the answer is 406 and lists what there is.
"""

ENGINE = """Turtle, TriG and RDF/XML use the prefixes of the record, and Turtle and TriG declare only those that they
use. A result of a query is never a mixture of graphs, so TriG and N-Quads hold a default graph alone. XML is always
well-formed: a carriage return is written as a reference, and a result that XML cannot hold, because of a control
character or of a predicate that does not end in an XML name, is refused with 406; every other format holds it.

Literals are written as the engine keeps them, which is not always as they were given: numbers, dates and durations in
their canonical form (`"1.50"` as decimal is `"1.5"`, `"001"` as integer is `"1"`), derived integer types as
`xsd:integer`, and language tags in lower case. Where the wording matters, ask for the evidence: quotations are plain
strings and keep every character. What else the engine does otherwise than the W3C's tests want is
[listed](conformance.md) with what to do about it.

## Rows

A result has all its rows, or it is a problem: too many bytes are 413. An operator who would rather give the first rows
than none sets `ONRECORD_RESULT_ROWS`; then a SELECT of more rows ends after so many, with 200, and says so:

- in the header `Onrecord-Rows-Capped`, which tells the number, and in `Link`, to
  `https://w3id.org/onrecord/notice/rows-capped#` and that number, with the relation `describedby`;
- in the result: `head.link` in JSON, `<link href="…"/>` in the head of XML, to the same IRI. CSV and TSV have no place
  for it.

A result that has just that many rows is whole, and says nothing. The others are to be had by `LIMIT` and `OFFSET`
after `ORDER BY`. ASK, CONSTRUCT, DESCRIBE and the canned queries are never cut.

## Caching

Between two releases an answer does not change. It has a strong `ETag` made of release, query, dataset and format, and
a `Last-Modified`, which is when the release became current. `If-None-Match` (also with several tags, weak ones or `*`)
and `If-Modified-Since` are answered with 304; tags are compared before the query is run, so that costs nothing. QUERY
is answered alike, POST is never kept. `Cache-Control` is `public, no-cache`: any cache may keep an answer and asks
before using it; `ONRECORD_CACHE_SECONDS` lets it answer by itself for some time. What changes by itself (`NOW()`,
`RAND()`, `UUID()`, blank nodes that a CONSTRUCT makes) and every problem is `no-store`.
"""

HEADERS = """All that depends on headers says so in `Vary`. Large answers are compressed away from other requests and
sent as fast as the client reads. `Server-Timing` tells the milliseconds that a worker took.

CORS: every answer has `Access-Control-Allow-Origin: *`, a preflight allows every header for a day, and no credentials
are taken. Scripts may read `ETag`, `Link`, `Location`, `Retry-After`, `Server-Timing`, `Allow`, `Accept-Post`,
`Accept-Query`, `Content-Encoding`, `Onrecord-Rows-Capped` and `Onrecord-Release`.

## Sharing

A client is an address, for IPv6 a network of 64 bits. A query that runs for more than a quarter of a second is long.
Long queries may have all workers but one, and one client all of these but one, so that short queries, and those of
other clients, find a worker soon. A client may take more while nobody else asks; when somebody does, the query that has
a place too many is ended and begins again when there is one, which its client does not see. Of short queries those of
the client go first that has used least lately, and among equals clients take turns. When `ONRECORD_QUEUE` requests
wait, the last of the client with most of them is told 503.

A client may use `ONRECORD_CLIENT_BURST` seconds of query time at once and earns `ONRECORD_CLIENT_RATE` a second. Who
has used more is told 429, with `Retry-After`, while other clients ask, too; answers that are known cost nothing. An
only client is never refused. The table of clients is bounded, and nothing of it is written down.

## Behind a proxy

The server speaks plain HTTP; a proxy in front of it does TLS. Nothing is believed of a proxy until its address is
among `ONRECORD_TRUSTED_PROXIES`; then `X-Forwarded-Proto` and `X-Forwarded-Host` say how clients see the server,
`X-Forwarded-Prefix` under which path, and `X-Forwarded-For` or `Forwarded` who the client is: the last address that is
not a trusted proxy. When both are there and differ, the client is the proxy. Without the setting all clients behind a
proxy are one, and share what one may use. `ONRECORD_PATH_PREFIX` names the path when the proxy does not. The proxy may
pass the prefix on or take it away. Addresses in answers and links in pages follow.

```nginx
location /kg/ {
    proxy_pass http://127.0.0.1:8000/;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Prefix /kg;
    proxy_buffering off;
}
```

## Problems

An answer is whole or it is a problem: 200 is not sent before the last byte of the result is known. A result of more
than a megabyte is written to a temporary file without a name by the worker, which is free then; the file is sent piece
by piece as fast as its client reads, and takes next to no memory. `TMPDIR` says where such files are.
"""

PROBLEM_TYPES = f"""Problems are `{MEDIA_TYPE}` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with `type`,
`title`, `status`, `detail` and, where it is known, `place`. A query that is wrong is told by `line` and `column`, with
what was expected there or the PREFIX that is missing. The types begin with `{TYPES}`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join(
        [
            INTRODUCTION,
            _table(("path", "methods", "what"), _paths()),
            METHODS,
            _table(("name", "format", "media types", "suffix", "for"), _formats()),
            ENGINE,
            _codings(),
            HEADERS,
            PROBLEM_TYPES,
            _table(("type", "status", "title", "more members"), _problems()),
            "## Settings\n",
            "In the environment; `onrecord serve` has options for the commonest.\n",
            _table(
                ("variable", "default", "what"), [(f"`{name}`", f"`{value}`", help) for name, value, help in table()]
            ),
        ]
    )


def _codings() -> str:
    names = _code(each.name for each in CODINGS)
    return f"""Answers of {LEAST_BYTES} bytes and more are compressed as `Accept-Encoding` wishes, by {names}: the
highest quality wins, then this order. Each coding has its own `ETag`, and `If-None-Match` takes that of the coding
that would be sent and that of the answer as it is.
"""


def _paths() -> Iterator[Sequence[str]]:
    found: dict[str, tuple[list[str], list[str]]] = {}
    for route in create_app(Home(Path()), Settings()).routes:
        if isinstance(route, APIRoute) and (route.path == NAMED or not route.path.startswith(QUERY_PATH)):
            methods, what = found.setdefault(route.path, ([], []))
            methods += sorted(route.methods or ())
            told = route.summary if route.include_in_schema else (route.endpoint.__doc__ or "").partition(".")[0]
            what += [str(told)] if route.include_in_schema or not what else []
    for path, (methods, what) in found.items():
        told = "One [canned query](queries.md) with its parameters" if path == NAMED else "; ".join(dict.fromkeys(what))
        yield f"`{path}`", ", ".join(sorted(set(methods), key=METHODS_IN_ORDER.index)), told


def _formats() -> Iterator[Sequence[str]]:
    forms = {
        Form.SOLUTIONS: "SELECT",
        Form.BOOLEAN: "ASK",
        Form.GRAPH: "CONSTRUCT, DESCRIBE",
        Form.ROWS: "canned queries",
    }
    for each in FORMATS:
        kinds = ", ".join(what for form, what in forms.items() if form in each.forms)
        yield _code(each.names), each.label, _code(each.media_types), f"`{each.suffix}`", kinds


def _problems() -> Iterator[Sequence[str]]:
    for each in PROBLEMS:
        yield f"`{each.slug}`", str(each.status), each.title, _code(each.members)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    print(page(), end="")

"""/sparql as a table: request → status, headers, body (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest

EX = "http://example.org/"
ASK = "ASK { ?s ?p ?o }"
SELECT = f"SELECT ?o {{ <{EX}a> <{EX}p> ?o }} ORDER BY ?o"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ <{EX}a> <{EX}p> ?o }}"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o VALUES ?s {{ <{EX}a> }} }}"
DESCRIBE = "DESCRIBE <https://w3id.org/onrecord/doc/alpha>"

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
PROBLEM = "application/problem+json"
DOC = "https://w3id.org/onrecord/doc/"


@dataclass(frozen=True)
class Case:
    """One request and what must come back; header values that are None must be absent."""

    name: str
    method: str
    path: str
    status: int
    type: str | None
    holds: str = ""
    accept: str | None = None
    content_type: str | None = None
    body: bytes | str = b""
    headers: Mapping[str, str | None] = field(default_factory=dict)

    def send(self, client: httpx.Client) -> httpx.Response:
        given: dict[str, str] = {"Accept": self.accept} if self.accept is not None else {}
        if self.content_type is not None:
            given["Content-Type"] = self.content_type
        request = client.build_request(self.method, self.path, headers=given, content=self.body or None)
        if self.accept is None:
            del request.headers["Accept"]
        return client.send(request)


def get(name: str, query: str, type: str | None, holds: str = "", **more: Any) -> Case:
    """A query by GET."""
    parameters = more.pop("parameters", {})
    path = "/sparql?" + urlencode({"query": query, **parameters}, doseq=True, quote_via=quote)
    return Case(name, "GET", path, more.pop("status", 200), type, holds, **more)


def form(name: str, body: bytes | str, status: int, type: str, holds: str = "", **more: Any) -> Case:
    """A query by POST, as a form."""
    return Case(name, "POST", "/sparql", status, type, holds, content_type=more.pop("as_", FORM), body=body, **more)


def direct(name: str, body: bytes | str, status: int, type: str, holds: str = "", **more: Any) -> Case:
    """A query by POST, as it is."""
    path = more.pop("path", "/sparql")
    return Case(name, "POST", path, status, type, holds, content_type=more.pop("as_", DIRECT), body=body, **more)


CASES = [
    # the three ways
    get("get", ASK, JSON, '"boolean":true'),
    get("get-trailing-slash", ASK, JSON, '"boolean":true'),
    Case("get-slash", "GET", "/sparql/?query=ASK%7B%7D", 200, JSON, "true"),
    Case("get-plus-is-space", "GET", "/sparql?query=ASK+%7B+%7D", 200, JSON, "true"),
    form("post-form", urlencode({"query": ASK}), 200, JSON, '"boolean":true'),
    form("post-form-charset", urlencode({"query": ASK}), 200, JSON, as_=f"{FORM}; charset=UTF-8"),
    form("post-form-capitals", urlencode({"query": ASK}), 200, JSON, as_=FORM.upper()),
    form("post-form-plus-is-space", "query=ASK+%7B+%7D", 200, JSON, "true"),
    direct("post-direct", ASK, 200, JSON, '"boolean":true'),
    direct("post-direct-charset", ASK, 200, JSON, as_=f"{DIRECT};charset=utf-8"),
    direct("post-direct-plus-is-plus", "SELECT (1+1 AS ?two) {}", 200, JSON, '"2"'),
    direct("post-direct-percent-is-percent", 'SELECT ("100%25 a+b" AS ?x) {}', 200, JSON, "100%25 a+b"),
    direct("post-direct-unicode", 'SELECT ("“ü”" AS ?x) {}', 200, JSON, "“ü”"),
    direct("post-direct-byte-order-mark", b"\xef\xbb\xbfASK {}", 200, JSON),
    direct("post-direct-crlf", "ASK\r\n{\r\n}\r\n", 200, JSON, "true"),
    direct("post-slash", ASK, 200, JSON, path="/sparql/"),
    get("get-decoded-once", 'SELECT ("100%25 a+b" AS ?x) {}', JSON, "100%25 a+b"),
    form("post-form-decoded-once", urlencode({"query": 'SELECT ("100%25 a+b" AS ?x) {}'}), 200, JSON, "100%25 a+b"),
    get("get-unicode", 'SELECT ("“ü” 🎬" AS ?x) {}', JSON, "“ü” 🎬"),
    get("unknown-parameters-are-ignored", ASK, JSON, parameters={"timeout": "5", "x": ""}),
    # results by Accept
    get("select-default", SELECT, JSON, '"vars":["o"]'),
    get("select-anything", SELECT, JSON, accept="*/*"),
    get("select-json", SELECT, JSON, accept=JSON),
    get("select-short-json", SELECT, "application/json", accept="application/json"),
    get("select-xml", SELECT, XML, "<literal>a&#13;\n&lt;b", accept=XML),
    get("select-csv", SELECT, CSV, 'o\r\n"a\r\n<b> “c”"\r\nbeta\r\nboth\r\n', accept="text/csv"),
    get("select-tsv", SELECT, TSV, '?o\n"a\\r\\n<b> “c”"\n"beta"\n"both"\n', accept="text/tab-separated-values"),
    get("select-quality", SELECT, CSV, accept=f"{XML};q=0.5, text/csv;q=0.9"),
    get("select-zero", SELECT, XML, accept=f"{JSON};q=0, */*"),
    get("select-turtle", SELECT, PROBLEM, JSON, accept="text/turtle", status=406,
        headers={"Vary": "Accept, Accept-Encoding"}),
    get("select-image", SELECT, PROBLEM, "text/csv", accept="image/png", status=406),
    get("ask-json", ASK, JSON, '{"head":{},"boolean":true}', accept=JSON),
    get("ask-xml", ASK, XML, "<boolean>true</boolean>", accept=XML),
    get("ask-csv", ASK, CSV, "true", accept="text/csv"),
    get("ask-tsv", ASK, TSV, "true", accept="text/tab-separated-values"),
    get("construct-default", CONSTRUCT, TURTLE, f'<{EX}a> <{EX}p> "a\\r\\n<b> “c”" , "beta" , "both" .'),
    get("construct-turtle", CONSTRUCT, TURTLE, accept="text/turtle"),
    get("construct-ntriples", CONSTRUCT, "application/n-triples", f'<{EX}a> <{EX}p> "beta" .\n',
        accept="application/n-triples"),
    get("construct-jsonld", CONSTRUCT, "application/ld+json", f'"@id":"{EX}a"', accept="application/ld+json"),
    get("construct-rdfxml", CONSTRUCT, "application/rdf+xml", "<rdf:RDF", accept="application/rdf+xml"),
    get("construct-trig", CONSTRUCT, "application/trig", f"<{EX}a>", accept="application/trig"),
    get("construct-nquads", CONSTRUCT, "application/n-quads", f"<{EX}a>", accept="application/n-quads"),
    get("construct-csv", CONSTRUCT, PROBLEM, "text/turtle", accept="text/csv", status=406),
    get("describe-turtle", DESCRIBE, TURTLE, "onr:Document ;\n\tdcterms:identifier \"alpha\""),
    get("describe-prefixes", DESCRIBE, TURTLE, "@prefix onr: <https://w3id.org/onrecord/ontology#> ."),
    get("construct-no-prefix-unused", CONSTRUCT, TURTLE, f"<{EX}a>", headers={"Content-Length": "85"}),
    # results by name
    get("format-csv", SELECT, CSV, parameters={"format": "csv"}, accept=JSON),
    get("format-ttl", CONSTRUCT, TURTLE, parameters={"format": "ttl"}, accept="application/ld+json"),
    get("format-xml-select", SELECT, XML, parameters={"format": "xml"}),
    get("format-xml-construct", CONSTRUCT, "application/rdf+xml", parameters={"format": "xml"}),
    get("format-json-construct", CONSTRUCT, "application/ld+json", parameters={"format": "json"}),
    get("format-media-type", SELECT, CSV, parameters={"output": "text/csv"}),
    get("format-in-several-spellings", SELECT, CSV, parameters={"format": ["comma", "csv"], "output": "comma"}),
    get("format-unknown", SELECT, PROBLEM, "there are json, xml, csv", parameters={"format": "xls"}, status=400),
    get("format-of-another-form", SELECT, PROBLEM, JSON, parameters={"format": "turtle"}, status=406),
    form("format-in-form", urlencode({"query": SELECT, "format": "tsv"}), 200, TSV),
    direct("format-in-url", SELECT, 200, CSV, path="/sparql?format=csv"),
    # the dataset
    get("default-graph-is-the-merge", COUNT, JSON, '"value":"3"'),
    get("default-graph-uri", COUNT, JSON, '"value":"2"', parameters={"default-graph-uri": DOC + "alpha"}),
    get("default-graph-uris-are-merged", COUNT, JSON, '"value":"3"',
        parameters={"default-graph-uri": [DOC + "alpha", DOC + "beta"]}),
    get("default-graph-uri-over-from", f"SELECT (COUNT(*) AS ?n) FROM <{DOC}beta> {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"0"', parameters={"default-graph-uri": DOC + "none"}),
    get("from-counts-once", f"SELECT (COUNT(*) AS ?n) FROM <{DOC}alpha> FROM <{DOC}beta> {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"3"'),
    get("named-graph-uri", f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{EX}p> ?o }} }}", JSON, '"value":"2"',
        parameters={"named-graph-uri": DOC + "beta"}),
    get("named-graph-uri-leaves-the-default-empty", COUNT, JSON, '"value":"0"',
        parameters={"named-graph-uri": DOC + "beta"}),
    form("dataset-in-form", urlencode({"query": COUNT, "default-graph-uri": DOC + "beta"}), 200, JSON, '"value":"2"'),
    direct("dataset-in-url", COUNT, 200, JSON, '"value":"2"',
           path="/sparql?" + urlencode({"default-graph-uri": DOC + "beta"})),
    get("dataset-that-is-no-iri", COUNT, PROBLEM, "not the IRI of a graph", parameters={"default-graph-uri": "a b"},
        status=400),
    # what is wrong
    get("syntax", "SELECT * {\n ?s ?p }", PROBLEM, '"line": 2, "column": 9', status=400),
    get("empty-query", "", PROBLEM, '"line": 1', status=400),
    get("unknown-prefix", "SELECT * { ?s onr:x ?o }", PROBLEM,
        "begin the query with PREFIX onr: <https://w3id.org/onrecord/ontology#>", status=400),
    get("update-as-query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", PROBLEM, "query-error", status=400),
    Case("two-queries", "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400, PROBLEM, "the query is given 2 times"),
    form("two-queries-in-form", "query=ASK%7B%7D&query=ASK%7B%7D", 400, PROBLEM, "the query is given 2 times"),
    form("no-query-in-form", "quer=ASK%7B%7D", 400, PROBLEM, "there is no query"),
    form("empty-form", "", 400, PROBLEM, "there is no query"),
    Case("bad-utf8-in-url", "GET", "/sparql?query=%FF", 400, PROBLEM, "not UTF-8 at byte 0"),
    form("bad-utf8-in-form", "query=%FF", 400, PROBLEM, "not UTF-8 at byte 0"),
    direct("bad-utf8-in-body", b"ASK {}\xff", 400, PROBLEM, "not UTF-8 at byte 6"),
    direct("wrong-charset", ASK.encode("utf-16"), 415, PROBLEM, "only UTF-8", as_=f"{DIRECT}; charset=utf-16"),
    direct("wrong-type", ASK, 415, PROBLEM, "text/plain is not read here", as_="text/plain",
           headers={"Accept-Post": f"{DIRECT}, {FORM}"}),
    Case("no-type", "POST", "/sparql", 415, PROBLEM, "a body without Content-Type", body="ASK {}"),
    direct("multipart", "--x--", 415, PROBLEM, as_="multipart/form-data; boundary=x"),
    Case("update-by-get", "GET", "/sparql?update=CLEAR%20ALL", 403, PROBLEM, "publishes releases only"),
    form("update-in-form", "update=CLEAR%20ALL", 403, PROBLEM, "publishes releases only"),
    direct("update-direct", "CLEAR ALL", 403, PROBLEM, "publishes releases only", as_="application/sparql-update"),
    get("service", "SELECT * { SERVICE <http://127.0.0.1/> {} }", PROBLEM, "SERVICE clause", status=403),
    get("service-in-a-string", 'SELECT ("SERVICE <x> {}" AS ?service) {}', JSON, "SERVICE <x> {}"),
    # methods
    Case("head", "HEAD", "/sparql?query=ASK%7B%7D", 200, JSON),
    Case("head-syntax", "HEAD", "/sparql?query=ASK", 400, PROBLEM),
    Case("head-description", "HEAD", "/sparql", 200, TURTLE),
    Case("put", "PUT", "/sparql", 405, PROBLEM, headers={"Allow": "GET, HEAD, OPTIONS, POST, QUERY"}),
    Case("delete", "DELETE", "/sparql", 405, PROBLEM, headers={"Allow": "GET, HEAD, OPTIONS, POST, QUERY"}),
    Case("options", "OPTIONS", "/sparql", 204, None, headers={"Allow": "GET, HEAD, OPTIONS, POST, QUERY"}),
    # writing
    *(Case(f"{method}-{path[1:]}".lower(), method, path, 403, PROBLEM, "" if method == "HEAD" else "releases only")
      for path, methods in (("/update", ("POST",)), ("/data", ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")))
      for method in methods),
    *(Case(f"{method}-update".lower(), method, "/update", 405, PROBLEM, headers={"Allow": "OPTIONS, POST"})
      for method in ("GET", "HEAD")),
    # the service description
    Case("description-of-no-format", "GET", "/sparql?format=&default-graph-uri=", 200, TURTLE, "sd:Service"),
    Case("description-in-no-time", "GET", "/sparql?timeout=-1", 400, PROBLEM, "timeout"),
    Case("description-of-what-is-no-graph", "GET", "/sparql?default-graph-uri=x", 400, PROBLEM, "default-graph-uri"),
    Case("description", "GET", "/sparql", 200, TURTLE, "sd:UnionDefaultGraph"),
    Case("description-names-graphs", "GET", "/sparql", 200, TURTLE, f"sd:name <{DOC}alpha>"),
    Case("description-jsonld", "GET", "/sparql", 200, "application/ld+json", "#service", accept="application/ld+json"),
    Case("description-by-name", "GET", "/sparql?format=nt", 200, "application/n-triples", "#SPARQL11Query"),
    Case("description-html", "GET", "/sparql", 200, "text/html; charset=utf-8", "<textarea", accept="text/html"),
    Case("description-image", "GET", "/sparql", 406, PROBLEM, "text/turtle", accept="image/png"),
]  # fmt: skip


FROM, GRAPH = f"<{DOC}alpha>", f"GRAPH ?g {{ ?s <{EX}p> ?o }}"

PLAIN_CASES = [
    # a default graph of its own, in which a release keeps nothing
    get("default-graph-is-empty", COUNT, JSON, '"value":"0"'),
    get("ask", ASK, JSON, '"boolean":false'),
    get("construct", CONSTRUCT, "application/n-triples", accept="application/n-triples"),
    direct("post", COUNT, 200, JSON, '"value":"0"'),
    get("from-in-a-string-names-no-graph", f"SELECT (COUNT(*) AS ?n) {{ ?s <{EX}p> ?o FILTER(?o != 'from <x>') }}",
        JSON, '"value":"0"'),
    get("a-variable-called-from", f"SELECT (COUNT(?from) AS ?n) {{ ?from <{EX}p> ?o }}", JSON, '"value":"0"'),
    # all named graphs are there
    get("graph-sees-all", f"SELECT (COUNT(*) AS ?n) {{ {GRAPH} }}", JSON, '"value":"4"'),
    get("graph-beside-the-default", f"SELECT (COUNT(*) AS ?n) {{ {{ ?s <{EX}p> ?o }} UNION {{ {GRAPH} }} }}", JSON,
        '"value":"4"'),
    # the dataset that is asked for, as with the merge
    get("from", f"SELECT (COUNT(*) AS ?n) FROM {FROM} {{ ?s <{EX}p> ?o }}", JSON, '"value":"2"'),
    get("from-prefixed", f"PREFIX d: <{DOC}> SELECT (COUNT(*) AS ?n) FROM d:alpha {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"2"'),
    get("from-relative", f"SELECT (COUNT(*) AS ?n) FROM <doc/alpha> {{ ?s <{EX}p> ?o }}", JSON, '"value":"2"'),
    get("from-hides-the-named", f"SELECT (COUNT(*) AS ?n) FROM {FROM} {{ {GRAPH} }}", JSON, '"value":"0"'),
    get("from-counts-once", f"SELECT (COUNT(*) AS ?n) FROM {FROM} FROM <{DOC}beta> {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"3"'),
    get("from-named", f"SELECT (COUNT(*) AS ?n) FROM NAMED {FROM} {{ {GRAPH} }}", JSON, '"value":"2"'),
    get("from-named-leaves-the-default-empty", f"SELECT (COUNT(*) AS ?n) FROM NAMED {FROM} {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"0"'),
    get("default-graph-uri", COUNT, JSON, '"value":"2"', parameters={"default-graph-uri": DOC + "alpha"}),
    get("default-graph-uris-are-merged", COUNT, JSON, '"value":"3"',
        parameters={"default-graph-uri": [DOC + "alpha", DOC + "beta"]}),
    get("default-graph-uri-over-from", f"SELECT (COUNT(*) AS ?n) FROM <{DOC}none> {{ ?s <{EX}p> ?o }}", JSON,
        '"value":"2"', parameters={"default-graph-uri": DOC + "alpha"}),
    get("syntax", "SELECT * {\n ?s ?p }", PROBLEM, '"line": 2, "column": 9', status=400),
    # canned queries read the merge
    Case("canned", "GET", "/queries/documents?format=csv", 200, CSV, "alpha"),
    # and it says so
    Case("description", "GET", "/sparql", 200, TURTLE, "#default-graph> a sd:Graph ;\n\tvoid:triples 0 ."),
    Case("page", "GET", "/sparql", 200, "text/html; charset=utf-8", "GRAPH ?graph", accept="text/html"),
]  # fmt: skip


@pytest.mark.parametrize("case", PLAIN_CASES, ids=lambda case: case.name)
def test_sparql_with_a_plain_default_graph(plain: Any, case: Case) -> None:
    with plain.client() as client:
        response = case.send(client)
    assert response.status_code == case.status, response.text
    assert response.headers.get("content-type") == case.type
    assert case.holds in response.text
    assert "UnionDefaultGraph" not in response.text


def test_an_answer_of_one_kind_of_default_graph_does_not_stand_for_the_other(client: httpx.Client, plain: Any) -> None:
    for path in ("/sparql", "/sparql?query=ASK%7B%7D"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert httpx.get(plain.url + path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sparql(client: httpx.Client, case: Case) -> None:
    response = case.send(client)
    assert response.status_code == case.status, response.text
    assert response.headers.get("content-type") == case.type
    assert case.holds in response.text
    for name, value in case.headers.items():
        assert response.headers.get(name) == value
    assert response.headers["access-control-allow-origin"] == "*"
    if case.method == "HEAD":
        assert response.content == b""
        assert int(response.headers["content-length"]) > 0
    if case.type == PROBLEM and case.method != "HEAD":
        assert response.json()["status"] == case.status
        assert response.headers["cache-control"] == "no-store"


def test_head_has_the_headers_of_get(client: httpx.Client) -> None:
    path = "/sparql?" + urlencode({"query": SELECT})
    head, full = client.head(path), client.get(path)
    ignored = {"date", "server-timing"}
    assert {key: value for key, value in head.headers.items() if key not in ignored} == {
        key: value for key, value in full.headers.items() if key not in ignored
    }
    assert int(head.headers["content-length"]) == len(full.content)


def test_a_connection_serves_on_after_every_kind_of_answer(server: Any) -> None:
    with server.client() as client:
        for case in CASES:
            case.send(client)
            assert client.get("/sparql?query=ASK%7B%7D").json() == {"head": {}, "boolean": True}


def test_a_result_can_be_revalidated(client: httpx.Client) -> None:
    path = "/sparql?" + urlencode({"query": SELECT})
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    assert "no-cache" in first.headers["cache-control"]
    for header in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": tag, "Accept": "text/csv"}).status_code == 200


def test_a_result_that_changes_by_itself_has_no_tag(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT (NOW() AS ?t) {}"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"

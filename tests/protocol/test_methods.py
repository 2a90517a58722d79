"""The methods of the SPARQL Protocol, of HTTP, and what is wrong with a request, over a socket."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest

ASK, BAD = "ASK { ?s ?p ?o }", "SELECT * {\n ?s ?p }"
JSON, PROBLEM = "application/sparql-results+json", "application/problem+json"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ALLOWED = "GET, HEAD, OPTIONS, POST, QUERY"
URL = "/sparql?query=" + quote(ASK)
DOC = "https://w3id.org/onrecord/doc/"
ONE = "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/p> ?o }"

Row = tuple[str, str, str, Mapping[str, str], bytes | str, int, str]

ROWS: list[Row] = [
    # name, method, path, headers, body, status, what the body holds
    ("get", "GET", URL, {}, "", 200, '"boolean":true'),
    ("get-slash", "GET", URL.replace("/sparql", "/sparql/"), {}, "", 200, '"boolean":true'),
    ("post-form", "POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": ASK}), 200, '"boolean":true'),
    ("post-direct", "POST", "/sparql", {"Content-Type": DIRECT}, ASK, 200, '"boolean":true'),
    ("post-slash", "POST", "/sparql/", {"Content-Type": DIRECT}, ASK, 200, '"boolean":true'),
    # the method QUERY
    ("query-direct", "QUERY", "/sparql", {"Content-Type": DIRECT}, ASK, 200, '"boolean":true'),
    ("query-slash", "QUERY", "/sparql/", {"Content-Type": DIRECT}, ASK, 200, '"boolean":true'),
    ("query-form", "QUERY", "/sparql", {"Content-Type": FORM}, urlencode({"query": ASK}), 200, '"boolean":true'),
    ("query-charset", "QUERY", "/sparql", {"Content-Type": f"{DIRECT}; charset=UTF-8"}, ASK, 200, "true"),
    ("query-format", "QUERY", "/sparql?format=xml", {"Content-Type": DIRECT}, ASK, 200, "<boolean>true"),
    ("query-dataset", "QUERY", "/sparql?" + urlencode({"default-graph-uri": DOC + "beta"}), {"Content-Type": DIRECT},
     ONE, 200, '"value":"2"'),
    ("query-syntax", "QUERY", "/sparql", {"Content-Type": DIRECT}, BAD, 400, '"line": 2, "column": 9'),
    ("query-without-type", "QUERY", "/sparql", {}, ASK, 415, "a body without Content-Type"),
    ("query-wrong-type", "QUERY", "/sparql", {"Content-Type": "application/sql"}, ASK, 415, "application/sql is not"),
    ("query-given-twice", "QUERY", URL, {"Content-Type": DIRECT}, ASK, 400, "given 2 times"),
    ("query-empty", "QUERY", "/sparql", {"Content-Type": DIRECT}, "", 400, "not SPARQL"),
    ("query-not-utf8", "QUERY", "/sparql", {"Content-Type": DIRECT}, b"ASK {}\xff", 400, "not UTF-8 at byte 6"),
    ("query-update", "QUERY", "/sparql", {"Content-Type": DIRECT}, "CLEAR ALL", 400, "not SPARQL"),
    # no other method, and a known path is never unknown
    *((f"{method.lower()}{'-slash' * (path[-1] == '/')}-is-not-allowed", method, path, {}, "", 405, f"{method} is not")
      for method in ("PUT", "DELETE", "PATCH", "PROPFIND", "BREW") for path in ("/sparql", "/sparql/")),
    ("queries-slash", "GET", "/queries/", {"Accept": "application/json"}, "", 200, '"name": "actors"'),
    ("a-query-slash", "GET", "/queries/topics/", {"Accept": "text/csv"}, "", 200, "topic,"),
    ("queries-post", "POST", "/queries/topics", {}, "", 405, "POST is not among GET, HEAD, OPTIONS"),
    ("unknown", "GET", "/sparq", {}, "", 404, '"nearest": ["/sparql"]'),
    ("unknown-below", "GET", "/sparql/x", {}, "", 404, "nothing is here"),
    ("two-slashes", "GET", "//", {}, "", 404, "nothing is here"),
    # parameters
    ("query-twice", "GET", f"{URL}&query=ASK%7B%7D", {}, "", 400, '"place": "query"'),
    ("query-in-url-and-body", "POST", URL, {"Content-Type": DIRECT}, ASK, 400, '"place": "query"'),
    ("query-in-url-and-form", "POST", URL, {"Content-Type": FORM}, "query=ASK", 400, "given 2 times"),
    ("query-as-flag", "GET", "/sparql?query", {}, "", 400, '"line": 1'),
    ("formats-contradict", "GET", f"{URL}&format=json&output=xml", {}, "", 400, '"place": "format"'),
    ("formats-contradict-in-one", "GET", f"{URL}&format=json&format=csv", {}, "", 400, "json, csv are different"),
    ("formats-agree", "GET", f"{URL}&format=xml&output=srx&format=application/sparql-results%2Bxml", {}, "", 200,
     "<boolean>"),
    ("format-empty", "GET", f"{URL}&format=&output=", {}, "", 200, '"boolean":true'),
    ("output-of-a-canned-query", "GET", "/queries/topics?output=csv", {}, "", 200, "topic,"),
    ("graph-empty", "GET", f"{URL}&default-graph-uri=&named-graph-uri=", {}, "", 200, '"boolean":true'),
    ("graph-is-no-iri", "GET", f"{URL}&default-graph-uri=a%20b", {}, "", 400, '"place": "default-graph-uri"'),
    ("named-graph-is-no-iri", "GET", f"{URL}&named-graph-uri=a%20b", {}, "", 400, '"place": "named-graph-uri"'),
    ("graph-is-relative", "GET", f"{URL}&default-graph-uri=alpha", {}, "", 400, '"place": "default-graph-uri"'),
    # decoding
    ("percent-cut", "GET", "/sparql?query=ASK%7B%7", {}, "", 400, "'%7' at byte 6 is no percent-encoding"),
    ("percent-alone", "GET", "/sparql?query=%", {}, "", 400, '"place": "query"'),
    ("percent-not-hex", "GET", "/sparql?query=ASK%7B%7D&x=%zz", {}, "", 400, '"place": "x"'),
    ("percent-in-a-form", "POST", "/sparql", {"Content-Type": FORM}, "query=ASK%7B%7D%GG", 400, "write % as %25"),
    ("percent-in-a-canned-query", "GET", "/queries/topics?format=%", {}, "", 400, "no percent-encoding"),
    ("utf8-overlong", "GET", "/sparql?query=ASK%7B%7D%C0%80", {}, "", 400, "not UTF-8"),
    ("utf8-surrogate", "GET", "/sparql?query=ASK%7B%7D%ED%A0%80", {}, "", 400, "not UTF-8"),
    ("utf8-cut-in-form", "POST", "/sparql", {"Content-Type": FORM}, "query=%C3", 400, '"place": "query"'),
    ("latin-1-in-form", "POST", "/sparql", {"Content-Type": FORM}, b"query=\xfc", 400, "not UTF-8 at byte 0"),
    ("latin-1-announced", "POST", "/sparql", {"Content-Type": f"{DIRECT}; charset=iso-8859-1"}, ASK, 415, "only UTF-8"),
    ("null", "GET", "/sparql?query=ASK%7B%7D%00", {}, "", 400, "query-error"),
    # bodies
    ("empty-direct", "POST", "/sparql", {"Content-Type": DIRECT}, "", 400, '"line": 1'),
    ("empty-form", "POST", "/sparql", {"Content-Type": FORM}, "", 400, "there is no query"),
    ("empty-untyped", "POST", "/sparql", {}, "", 415, "without Content-Type"),
    ("white-space", "POST", "/sparql", {"Content-Type": DIRECT}, " \n\t", 400, "not SPARQL"),
    ("content-type-nonsense", "POST", "/sparql", {"Content-Type": "nonsense"}, ASK, 415, "nonsense is not read"),
    ("json", "POST", "/sparql", {"Content-Type": "application/json"}, '{"query": "ASK {}"}', 415, "application/json"),
    ("get-body-is-ignored", "GET", URL, {"Content-Type": DIRECT}, "nonsense", 200, '"boolean":true'),
    ("long-url", "GET", URL + "&x=" + "x" * 30_000, {}, "", 200, '"boolean":true'),
    ("long-headers", "GET", URL, {f"X-{number}": "x" * 1000 for number in range(30)}, "", 200, '"boolean":true'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "holds"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_request(
    client: httpx.Client, method: str, path: str, headers: Mapping[str, str], body: bytes | str, status: int, holds: str
) -> None:
    # As it stands: a client would write a path or an escape that is wrong in its own way.
    target = client.base_url.copy_with(raw_path=path.encode())
    response = client.request(method, target, headers=headers, content=body)
    assert response.status_code == status, response.text
    assert holds in response.text
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"
    if status >= 400:
        assert response.headers["content-type"] == PROBLEM
        assert response.json()["status"] == status
    if status == 405:
        assert response.headers["allow"] == (ALLOWED if "/sparql" in path else "GET, HEAD, OPTIONS")
    if status == 415:
        assert response.headers["accept-post"] == response.headers["accept-query"] == f"{DIRECT}, {FORM}"


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_options_tell_methods_and_bodies(client: httpx.Client, path: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == ALLOWED
    assert response.headers["accept-post"] == response.headers["accept-query"] == f"{DIRECT}, {FORM}"
    assert "accept-post" not in client.options("/queries").headers


@pytest.mark.parametrize("path", [URL, "/sparql", "/queries", "/queries/topics", "/queries/topics?format=csv", "/",
                                  "/sparql?query=ASK", "/nothing"])  # fmt: skip
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_is_get_without_its_body(client: httpx.Client, path: str, encoding: str) -> None:
    given = {"Accept-Encoding": encoding}
    head, full = client.head(path, headers=given), client.get(path, headers=given)
    ignored = {"date", "server-timing"}
    assert head.status_code == full.status_code
    assert head.content == b""
    assert {key: value for key, value in head.headers.items() if key not in ignored} == {
        key: value for key, value in full.headers.items() if key not in ignored
    }


def test_the_connection_is_in_order_after_head(server: Any) -> None:
    host, _, port = server.url.removeprefix("http://").partition(":")
    requests = [f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in (URL, "/sparql", "/nothing", "/sparql?query=x")]
    last = f"GET {URL} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall("".join([*requests, last]).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 ") == 5
    assert answer.count(b'"boolean":true') == 1
    assert answer.endswith(b"true}")


def test_a_query_by_the_method_query_can_be_revalidated(client: httpx.Client) -> None:
    headers = {"Content-Type": DIRECT}
    first = client.request("QUERY", "/sparql", content=ASK, headers=headers)
    again = client.request("QUERY", "/sparql", content=ASK, headers=headers | {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    posted = client.post("/sparql", content=ASK, headers=headers | {"If-None-Match": first.headers["etag"]})
    assert posted.status_code == 200
    assert "etag" not in posted.headers

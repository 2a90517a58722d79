"""/update as a table: request → status, headers, body (https://www.w3.org/TR/sparql11-protocol/#update-operation)."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from server.releases.publication import lock
from server.releases.release import Home, Release

TOKEN = "s3cret-t0ken"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-update"
PROBLEM = "application/problem+json"
G, H = "http://example.org/g", "http://example.org/h"
ONE = f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }}"
STATEMENT = (
    "PREFIX onr: <https://w3id.org/onrecord/ontology#> INSERT DATA { GRAPH <http://example.org/facts> "
    "{ <https://w3id.org/onrecord/doc/alpha/statement-1-2> a onr:Statement } }"
)


@dataclass(frozen=True)
class Case:
    """One request and what must come back."""

    name: str
    body: bytes | str
    status: int
    holds: str = ""
    type: str | None = DIRECT
    path: str = "/update"
    headers: Mapping[str, str] = field(default_factory=lambda: BEARER)
    method: str = "POST"

    def send(self, client: httpx.Client) -> httpx.Response:
        headers = {**self.headers, **({"Content-Type": self.type} if self.type else {})}
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}
        return client.request(self.method, self.path, content=self.body, headers=encoded)


def using(name: str, **parameters: object) -> str:
    return "/update?" + urlencode({name.replace("_", "-"): value for name, value in parameters.items()}, doseq=True)


CASES = [
    Case("direct", ONE, 204),
    Case("direct-charset", ONE, 204, type=f"{DIRECT}; charset=utf-8"),
    Case("direct-nothing", "", 204),
    Case("form", urlencode({"update": ONE}), 204, type=FORM),
    Case("form-using", urlencode({"update": ONE, "using-graph-uri": G}), 204, type=FORM),
    Case("using-in-url", ONE, 204, path="/update?using-named-graph-uri=http%3A%2F%2Fexample.org%2Fg"),
    Case("booleans-in-capitals", f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> TRUE }} }}", 204),
    Case("slash", ONE, 204, path="/update/"),
    # who may
    Case("no-token", ONE, 401, "Authorization: Bearer", headers={}),
    Case("another-token", ONE, 401, "not that of this server", headers={"Authorization": "Bearer s3cret"}),
    Case("another-scheme", ONE, 401, headers={"Authorization": f"Basic {TOKEN}"}),
    Case("token-not-ascii", ONE, 401, headers={"Authorization": "Bearer Ã¼"}),
    Case("scheme-in-any-case", ONE, 204, headers={"Authorization": f"bearer {TOKEN}"}),
    # what is wrong
    Case("syntax", "INSERT DATA { <a:a> <a:b> }", 400, '"line": 1, "column": 27'),
    Case("query", "ASK {}", 400, "query-error"),
    Case("unknown-graph", f"DROP GRAPH <{H}>", 400, "does not exist"),
    Case("not-utf-8", b"INSERT DATA { <a:a> <a:b> '\xff' }", 400, "not UTF-8"),
    Case("form-not-utf-8", b"update=%FF", 400, "not UTF-8", type=FORM),
    Case("form-without-update", "query=ASK{}", 400, "queries go to /sparql", type=FORM),
    Case("form-with-nothing", "", 400, "there is no update", type=FORM),
    Case("form-with-two", urlencode({"update": [ONE, ONE]}, doseq=True), 400, "2 times", type=FORM),
    Case("update-in-url", "", 400, "not in the URL", path="/update?" + urlencode({"update": ONE})),
    Case(
        "using-with-using",
        f"INSERT {{ ?s ?p 1 }} USING <{G}> WHERE {{ ?s ?p ?o }}",
        400,
        "use one",
        path=using("u", using_graph_uri=H),
    ),
    Case(
        "using-with-with",
        f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        400,
        "use one",
        path=using("u", using_named_graph_uri=H),
    ),
    Case("using-no-iri", ONE, 400, "not the IRI of a graph", path=using("u", using_graph_uri="not an iri>")),
    Case("turtle", "<a:a> <a:b> 1 .", 415, DIRECT, type="text/turtle"),
    Case("no-type", ONE, 415, type=None),
    Case("another-charset", ONE, 415, "only UTF-8", type=f"{DIRECT}; charset=latin-1"),
    Case("compressed", ONE, 415, "gzip", headers={**BEARER, "Content-Encoding": "gzip"}),
    Case("too-large", f"# {'x' * 300_000}\n{ONE}", 413),
    # what is not done here
    Case("load", "LOAD <http://127.0.0.1/>", 403, "fetches nothing"),
    Case(
        "service",
        f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1/> {{ ?s ?p ?o }} }}",
        403,
        "asks no other server",
    ),
    Case("default-graph", "INSERT DATA { <a:a> <a:b> 1 }", 409, "merge of the named graphs"),
    Case("derived-graph", "CLEAR GRAPH <https://w3id.org/onrecord/graph/inferences>", 409, "follows from the others"),
    Case("shapes", STATEMENT, 422, '"severity": "Violation"'),
    Case("shapes-as-turtle", STATEMENT, 422, "sh:ValidationReport", headers={**BEARER, "Accept": "text/turtle"}),
    Case(
        "shapes-as-json-ld",
        STATEMENT,
        422,
        "shacl#ValidationReport",
        headers={**BEARER, "Accept": "application/ld+json"},
    ),
    Case("shapes-as-anything", STATEMENT, 422, '"report":', headers={**BEARER, "Accept": "*/*"}),
    Case("changed-meanwhile", ONE, 412, headers={**BEARER, "If-Match": '"0000"'}),
    Case("nested-too-deeply", f"INSERT {{}} WHERE {{ {'{' * 50_000}{'}' * 50_000} }}", 204),
    # reading changes nothing
    Case(
        "get",
        "",
        405,
        "GET is not among OPTIONS, POST",
        path="/update?" + urlencode({"update": ONE}),
        type=None,
        method="GET",
    ),
    Case("put", ONE, 405, method="PUT"),
]


@pytest.fixture(scope="module")
def writable(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any], release: Callable[..., Release]
) -> Iterator[Any]:
    """A server with a token, on a release of one document."""
    home = Home(tmp_path_factory.mktemp("writable"))
    release(home, alpha=["one", "two"])
    with start(home, workers=1, token=TOKEN, write_bytes="256K") as server:
        yield server


@pytest.fixture
def client(writable: Any) -> Iterator[httpx.Client]:
    with writable.client() as found:
        yield found


def objects(client: httpx.Client, graph: str = G) -> list[str]:
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?o"
    return client.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_update_has_its_answer(client: httpx.Client, case: Case) -> None:
    answer = case.send(client)
    assert answer.status_code == case.status, answer.text
    assert case.holds in answer.text
    assert ("onrecord-release" in answer.headers) == (case.status == 204)
    if case.status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if "shapes-as" not in case.name and case.status >= 400:
        assert answer.headers["Content-Type"] == PROBLEM


def test_a_change_is_seen_by_the_next_query_and_names_its_release(writable: Any, client: httpx.Client) -> None:
    made = client.post("/update", data={"update": f"INSERT DATA {{ GRAPH <{H}> {{ <a:a> <a:b> 5 }} }}"}, headers=BEARER)
    assert objects(client, H) == ["5"]
    answer = client.get("/sparql", params={"query": f"ASK {{ GRAPH <{H}> {{ ?s ?p 5 }} }}"})
    assert answer.headers["ETag"].startswith(f'"{made.headers["Onrecord-Release"]}-')
    assert writable.home.current().id == made.headers["Onrecord-Release"]
    undone = client.post(
        "/update", data={"update": f"DROP GRAPH <{H}>"}, headers=BEARER | {"If-Match": answer.headers["ETag"]}
    )
    assert undone.status_code == 204
    again = client.post("/update", data={"update": "CLEAR ALL"}, headers=BEARER | {"If-Match": answer.headers["ETag"]})
    assert again.status_code == 412


def test_graphs_of_the_request_are_what_patterns_match(client: httpx.Client) -> None:
    one, two = "http://example.org/one", "http://example.org/two"
    setup = f"INSERT DATA {{ GRAPH <{one}> {{ <a:x> <a:y> 1 }} GRAPH <{two}> {{ <a:x> <a:y> 2 }} }}"
    assert client.post("/update", data={"update": setup}, headers=BEARER).status_code == 204
    update = "INSERT { GRAPH <http://example.org/seen> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    form = {"update": update, "using-graph-uri": two}
    assert client.post("/update", data=form, headers=BEARER).status_code == 204
    assert objects(client, "http://example.org/seen") == ["2"]
    named = "INSERT { GRAPH <http://example.org/named> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    form = {"update": named, "using-named-graph-uri": one}
    assert client.post("/update", data=form, headers=BEARER).status_code == 204
    assert objects(client, "http://example.org/named") == ["1"]


def test_concurrent_changes_are_ordered_and_none_is_lost(writable: Any, client: httpx.Client) -> None:
    count = "http://example.org/count"
    client.post("/update", data={"update": f"INSERT DATA {{ GRAPH <{count}> {{ <a:n> <a:is> 0 }} }}"}, headers=BEARER)
    update = (
        f"WITH <{count}> DELETE {{ <a:n> <a:is> ?n }} INSERT {{ <a:n> <a:is> ?next }} "
        "WHERE { <a:n> <a:is> ?n BIND(?n + 1 AS ?next) }"
    )

    def add(_: int) -> int:
        return httpx.post(f"{writable.url}/update", data={"update": update}, headers=BEARER, timeout=60).status_code

    with ThreadPoolExecutor(8) as executor:
        assert set(executor.map(add, range(12))) == {204}
    assert objects(client, count) == ["12"]


def test_a_change_that_overruns_is_given_up_and_the_next_one_is_made(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any], release: Callable[..., Release]
) -> None:
    home = Home(tmp_path_factory.mktemp("overrun"))
    before = release(home, alpha=map(str, range(300)))
    with start(home, workers=1, token=TOKEN, write_seconds=8) as server, server.client() as client:
        slow = "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a"
        update = f"INSERT {{ GRAPH <a:g> {{ ?a <a:n> ?n }} }} WHERE {{ {slow} }}"
        answer = client.post("/update", data={"update": update}, headers=BEARER)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (504, "query-timeout")
        assert home.current().id == before.id  # type: ignore[union-attr]
        assert client.post("/update", data={"update": ONE}, headers=BEARER).status_code == 204
        assert objects(client) == ["1"]


def test_a_home_that_is_being_built_is_told_as_such(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any], release: Callable[..., Release]
) -> None:
    home = Home(tmp_path_factory.mktemp("building"))
    release(home, alpha=["one"])
    with start(home, workers=1, token=TOKEN, write_seconds=16) as server, server.client() as client:
        with lock(home.path):
            answer = client.post("/update", data={"update": ONE}, headers=BEARER)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert "another build holds the lock" in answer.json()["detail"]
        assert client.post("/update", data={"update": ONE}, headers=BEARER).status_code == 204


def test_a_change_is_made_when_its_client_has_left(writable: Any, client: httpx.Client) -> None:
    left = "http://example.org/left"
    update = f"INSERT DATA {{ GRAPH <{left}> {{ <a:a> <a:b> 1 }} }}"
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{writable.url}/update", data={"update": update}, headers=BEARER, timeout=httpx.Timeout(60, read=0.02)
        )
    # Changes are made in order: when a later one is there, so is this one.
    assert client.post("/update", data={"update": ONE}, headers=BEARER).status_code == 204
    assert objects(client, left) == ["1"]


def test_writing_is_off_without_a_token(server: Any) -> None:
    answer = httpx.post(f"{server.url}/update", headers=BEARER, timeout=60)
    assert answer.status_code == 403
    assert "ONRECORD_TOKEN" in answer.json()["detail"]


def test_a_writer_that_is_killed_is_replaced(writable: Any, client: httpx.Client) -> None:
    assert client.post("/update", data={"update": ONE}, headers=BEARER).status_code == 204
    for pid in writable.workers():
        os.kill(pid, signal.SIGKILL)
    update = "INSERT DATA { GRAPH <http://example.org/after> { <a:a> <a:b> 1 } }"
    assert client.post("/update", data={"update": update}, headers=BEARER).status_code == 204
    assert objects(client, "http://example.org/after") == ["1"]

"""/data as a table: request → status, headers, body (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from ontology.namespaces import Base
from server.releases.release import Home, Release
from server.writing.edition import begin_plain

TOKEN = "s3cret-t0ken"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TURTLE, PROBLEM = "text/turtle", "application/problem+json"
G = "http://example.org/g"
ONE = "<http://example.org/a> <http://example.org/p> 1 ."
FORMATS = {
    "text/turtle": ONE,
    "application/x-turtle": ONE,
    "application/n-triples": '<http://example.org/a> <http://example.org/p> "1" .',
    "application/rdf+xml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://example.org/"><rdf:Description rdf:about="#x"><e:p>1</e:p></rdf:Description></rdf:RDF>',
    "application/ld+json": '{"@id": "#x", "http://example.org/p": 1}',
    "application/trig": "<#x> <http://example.org/p> 1 .",
    "application/n-quads": '<http://example.org/a> <http://example.org/p> "1" .',
}


@dataclass(frozen=True)
class Case:
    """One request and what must come back."""

    name: str
    method: str
    path: str
    status: int
    body: bytes | str = b""
    type: str | None = TURTLE
    holds: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: BEARER)

    def send(self, client: httpx.Client) -> httpx.Response:
        headers = {**self.headers, **({"Content-Type": self.type} if self.body and self.type else {})}
        return client.request(self.method, self.path, content=self.body or None, headers=headers)


CASES = [
    Case("get-absent", "GET", "/data?graph=http://example.org/absent", 404),
    Case("head-absent", "HEAD", "/data?graph=http://example.org/absent", 404),
    Case("delete-absent", "DELETE", "/data?graph=http://example.org/absent", 404),
    Case("get-no-graph", "GET", "/data", 400, holds="name a graph"),
    Case("put-no-graph", "PUT", "/data", 400, ONE, holds="name a graph"),
    Case("delete-no-graph", "DELETE", "/data", 400),
    Case("two-graphs", "PUT", "/data?graph=a:a&graph=a:b", 400, ONE, holds="one graph"),
    Case("graph-and-default", "PUT", "/data?graph=a:a&default", 400, ONE, holds="one graph"),
    Case("graph-and-address", "PUT", "/data/x?graph=a:a", 400, ONE, holds="one graph"),
    Case("relative-graph", "PUT", "/data?graph=relative", 400, ONE, holds="not the IRI of a graph"),
    Case("no-iri", "PUT", "/data?graph=http://a%3Eb", 400, ONE, holds="not the IRI of a graph"),
    Case("syntax", "PUT", f"/data?graph={G}", 400, "<a:a>\n  <a:b> .", holds='"line": 2, "column": 9'),
    Case("rdf-xml-syntax", "PUT", f"/data?graph={G}", 400, "<rdf:RDF", "application/rdf+xml"),
    Case("json-ld-syntax", "PUT", f"/data?graph={G}", 400, "{", "application/ld+json"),
    Case("not-utf-8", "PUT", f"/data?graph={G}", 400, b"<a:a> <a:b> '\xff' ."),
    Case("named-graphs-in-one", "PUT", f"/data?graph={G}", 400, "<a:g> { <a:a> <a:b> 1 }", "application/trig"),
    Case("unknown-type", "PUT", f"/data?graph={G}", 415, ONE, "text/csv", "application/n-triples"),
    Case("no-type", "PUT", f"/data?graph={G}", 415, ONE, None),
    Case("patch-type", "PATCH", f"/data?graph={G}", 415, ONE, TURTLE, "application/sparql-update"),
    Case(
        "patch-absent", "PATCH", "/data?graph=http://example.org/absent", 404, "CLEAR ALL", "application/sparql-update"
    ),
    Case(
        "patch-elsewhere",
        "PATCH",
        "/data/patched",
        400,
        "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }",
        "application/sparql-update",
        "another graph",
    ),
    Case("multipart-without-parts", "POST", f"/data?graph={G}", 400, "x", "multipart/form-data; boundary=y"),
    Case("too-large", "PUT", f"/data?graph={G}", 413, "#" * 300_000),
    Case("get-no-format", "GET", "/data/patched", 406, headers={"Accept": "image/png"}),
    Case("get-anonymous", "GET", "/data/patched", 200, headers={}),
    Case("put-anonymous", "PUT", f"/data?graph={G}", 401, ONE, headers={}),
    Case("delete-anonymous", "DELETE", "/data/patched", 401, headers={}),
    Case("post-with-another-token", "POST", "/data", 401, ONE, headers={"Authorization": "Bearer x"}),
    Case("query-parameter-decoded-once", "GET", "/data?graph=http%3A%2F%2Fexample.org%2F%2525", 404, holds="/%25"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any]) -> Iterator[Any]:
    """A server that is a general store, empty at first."""
    home = Home(tmp_path_factory.mktemp("store"))
    begin_plain(home, Base())
    with start(home, workers=1, token=TOKEN, default_graph="plain", write_bytes="256K") as server:
        yield server


@pytest.fixture
def client(store: Any) -> Iterator[httpx.Client]:
    with store.client() as found:
        found.put("/data/patched", content=ONE, headers=BEARER | {"Content-Type": TURTLE})
        yield found


def graph(client: httpx.Client, path: str) -> str:
    answer = client.get(path, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return answer.text


def put(client: httpx.Client, path: str, body: str, type: str = TURTLE, **headers: str) -> httpx.Response:
    return client.put(path, content=body, headers=BEARER | {"Content-Type": type} | headers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_request_has_its_answer(client: httpx.Client, case: Case) -> None:
    answer = case.send(client)
    assert answer.status_code == case.status, answer.text
    assert case.holds in answer.text
    if case.status >= 400 and case.method != "HEAD":
        assert answer.headers["Content-Type"] == PROBLEM


def test_a_graph_lives_and_dies(client: httpx.Client) -> None:
    path = "/data?graph=http://example.org/life"
    created = put(client, path, ONE)
    assert created.status_code == 201
    assert created.headers["Onrecord-Release"]
    read = client.get(path)
    head = client.head(path)
    assert (read.status_code, head.status_code, head.content) == (200, 200, b"")
    assert read.headers["Content-Type"] == head.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert read.headers["ETag"] == head.headers["ETag"]
    assert put(client, path, ONE.replace("1", "2")).status_code == 204
    assert '"2"' in graph(client, path)
    assert '"1"' not in graph(client, path)
    assert client.post(path, content=ONE, headers=BEARER | {"Content-Type": TURTLE}).status_code == 204
    assert graph(client, path).count("\n") == 2
    patch = {"content": "DELETE WHERE { ?s ?p 1 }", "headers": BEARER | {"Content-Type": "application/sparql-update"}}
    assert client.patch(path, **patch).status_code == 204  # type: ignore[arg-type]
    assert graph(client, path).count("\n") == 1
    assert client.delete(path, headers=BEARER).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("type", "body"), FORMATS.items())
def test_each_format_is_read(client: httpx.Client, type: str, body: str) -> None:
    path = f"/data/formats/{type.replace('/', '-')}"
    assert put(client, path, body, type).status_code == 201
    text = graph(client, path)
    assert text.count("\n") == 1
    assert 'example.org/p> "1"' in text
    if "#x" in body:
        assert text.startswith(f"<{client.base_url.join(path)}#x> ")


@pytest.mark.parametrize(
    "type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_each_format_is_written(client: httpx.Client, type: str) -> None:
    answer = client.get("/data/patched", headers={"Accept": type})
    format = RdfFormat.from_media_type(type)
    assert format is not None
    assert answer.headers["Content-Type"].partition(";")[0] == type
    assert [str(quad.predicate) for quad in parse(answer.content, format)] == ["<http://example.org/p>"]


def test_an_empty_graph_is_there(client: httpx.Client) -> None:
    assert put(client, "/data/empty", "").status_code == 201
    assert graph(client, "/data/empty") == ""
    assert client.head("/data/empty").status_code == 200
    assert put(client, "/data/empty", "# nothing").status_code == 204


def test_the_default_graph_is_written_to(client: httpx.Client) -> None:
    assert put(client, "/data?default", ONE).status_code == 204
    assert client.get("/sparql", params={"query": "ASK { <http://example.org/a> ?p 1 }"}).json()["boolean"] is True
    assert (
        client.get("/sparql", params={"query": "ASK { GRAPH <urn:x-arq:DefaultGraph> { ?s ?p ?o } }"}).json()["boolean"]
        is False
    )
    assert client.delete("/data?default", headers=BEARER).status_code == 204
    assert graph(client, "/data?default") == ""


def test_a_post_to_the_store_makes_a_graph_and_tells_its_address(client: httpx.Client) -> None:
    made = client.post("/data", content="<> <http://example.org/p> 1 .", headers=BEARER | {"Content-Type": TURTLE})
    assert made.status_code == 201
    address = made.headers["Location"]
    assert address.startswith(str(client.base_url))
    assert f"<{address}>" in graph(client, address)


def test_a_post_of_a_dataset_goes_to_the_graphs_that_it_names(client: httpx.Client) -> None:
    body = "<http://example.org/a> <http://example.org/p> 3 . <http://example.org/t> { <a:a> <a:b> 4 }"
    loaded = client.post("/data", content=body, headers=BEARER | {"Content-Type": "application/trig"})
    assert loaded.status_code == 204
    assert '"4"' in graph(client, "/data?graph=http://example.org/t")
    assert '"3"' in graph(client, "/data?default")


def test_several_files_are_one_graph(client: httpx.Client) -> None:
    files = {
        "a": ("a.ttl", b"<a:1> <a:p> _:b .", "application/octet-stream"),
        "b": ("b.nt", b"<a:2> <a:p> _:b .", "application/n-triples"),
        "c": ("c.jsonld", b'{"@id": "a:3", "a:p": {"@id": "a:o"}}', "application/ld+json"),
    }
    answer = client.post("/data?graph=http://example.org/files", files=files, headers=BEARER)
    assert answer.status_code == 201
    text = graph(client, "/data?graph=http://example.org/files")
    assert text.count("\n") == 3
    assert len({part for part in text.split() if part.startswith("_:")}) == 2
    files = {"a": ("a.csv", b"a,b", "text/csv")}
    assert client.put("/data?graph=http://example.org/files", files=files, headers=BEARER).status_code == 415


def test_blank_nodes_of_two_requests_stay_apart(client: httpx.Client) -> None:
    path, body = "/data/nodes", "_:b <http://example.org/p> _:c ."
    for _ in range(2):
        client.post(path, content=body, headers=BEARER | {"Content-Type": TURTLE})
    found = Dataset(Quad(q.subject, q.predicate, q.object) for q in parse(graph(client, path), RdfFormat.N_TRIPLES))
    two = Dataset(parse("[] <http://example.org/p> [] . [] <http://example.org/p> [] .", RdfFormat.TURTLE))
    for each in (found, two):
        each.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert found == two


def test_a_tag_changes_with_its_graph_alone_and_guards_it(client: httpx.Client) -> None:
    path = "/data?graph=http://example.org/tagged"
    assert put(client, path, ONE, **{"If-Match": "*"}).status_code == 412
    assert put(client, path, ONE, **{"If-None-Match": "*"}).status_code == 201
    assert put(client, path, ONE, **{"If-None-Match": "*"}).status_code == 412
    tag = client.get(path).headers["ETag"]
    other = client.get(path, headers={"Accept": "application/n-triples"}).headers["ETag"]
    assert tag != other
    put(client, "/data?graph=http://example.org/untagged", ONE)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert put(client, path, ONE.replace("1", "2"), **{"If-Match": other}).status_code == 204
    assert put(client, path, ONE.replace("1", "3"), **{"If-Match": tag}).status_code == 412
    assert client.delete(path, headers=BEARER | {"If-Match": tag}).status_code == 412
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert put(client, path, ONE, **{"If-Match": "no tag"}).status_code == 400


def test_the_merge_is_read_and_not_written_to(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any], release: Callable[..., Release]
) -> None:
    home = Home(tmp_path_factory.mktemp("merge"))
    release(home, alpha=["one"])
    alpha = "/data?graph=https://w3id.org/onrecord/doc/alpha"
    with start(home, workers=1, token=TOKEN) as server, server.client() as client:
        assert put(client, f"/data?graph={G}", ONE).status_code == 201
        assert '<http://example.org/a> <http://example.org/p> "1"' in graph(client, "/data?default")
        assert '"one"' in graph(client, alpha)
        for method in ("PUT", "POST", "DELETE"):
            answer = client.request(method, "/data?default", content=ONE, headers=BEARER | {"Content-Type": TURTLE})
            assert answer.status_code == 409
            assert "merge of the named graphs" in answer.json()["detail"]
        assert client.delete(f"/data?graph={G}", headers=BEARER).status_code == 204
        assert '<http://example.org/a> <http://example.org/p> "1"' not in graph(client, "/data?default")
        assert client.delete(alpha, headers=BEARER).status_code == 204
        assert client.get(alpha).status_code == 404
        assert home.current().manifest.documents == ()  # type: ignore[union-attr]


def test_writing_and_reading_here_are_off_without_a_token(server: Any) -> None:
    for method in ("GET", "PUT", "POST", "DELETE", "PATCH"):
        for path in ("/data", "/data/x"):
            answer = httpx.request(method, server.url + path, headers=BEARER, timeout=60)
            assert answer.status_code == 403
            assert "ONRECORD_TOKEN" in answer.json()["detail"]

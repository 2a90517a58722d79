"""Clients of other people that write, against a server with a token."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import Unauthorized

from server.releases.release import Home

TOKEN = "s3cr3t"
EX = "http://example.org/"
GRAPH = URIRef(EX + "graph")
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory, start: Any, release: Any) -> Iterator[Any]:
    home = Home(tmp_path_factory.mktemp("written"))
    release(home, alpha=["one"])
    with start(home, workers=1, token=TOKEN) as server:
        yield server


@pytest.fixture
def store(writable: Any) -> SPARQLUpdateStore:
    return SPARQLUpdateStore(f"{writable.url}/sparql", f"{writable.url}/update", headers=BEARER, autocommit=False)


def test_rdflib_adds_and_removes_triples_of_a_graph(store: SPARQLUpdateStore) -> None:
    graph = Graph(store, GRAPH)
    a, p = URIRef(EX + "a"), URIRef(EX + "p")
    graph.add((a, p, Literal("a “quoted”\nline\\")))
    graph.add((a, p, Literal("zwei", lang="de")))
    graph.add((a, p, Literal(3)))
    store.commit()
    assert set(graph.objects(a, p)) == {Literal("a “quoted”\nline\\"), Literal("zwei", lang="de"), Literal(3)}
    assert len(graph) == 3
    graph.remove((a, p, Literal(3)))
    store.commit()
    assert len(graph) == 2
    graph.update(f"DELETE WHERE {{ <{EX}a> ?p ?o }}")
    store.commit()
    assert len(graph) == 0


def test_rdflib_sees_a_written_graph_among_those_of_the_dataset(store: SPARQLUpdateStore) -> None:
    Graph(store, GRAPH).add((URIRef(EX + "b"), URIRef(EX + "p"), Literal("here")))
    store.commit()
    names = set(store.contexts())
    assert GRAPH in names
    store.remove_graph(Graph(store, GRAPH))
    store.commit()
    assert len(Graph(store, GRAPH)) == 0


@pytest.mark.parametrize("request_method", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_updates(writable: Any, request_method: str) -> None:
    client = SPARQLWrapper(f"{writable.url}/sparql", f"{writable.url}/update")
    client.setMethod(POST)
    client.setRequestMethod(request_method)
    client.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    client.setQuery(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{EX}c> <{EX}p> '{request_method}' }} }}")
    assert client.query().response.status == 204
    asking = SPARQLWrapper(f"{writable.url}/sparql", returnFormat=JSON)
    asking.setQuery(f"ASK {{ <{EX}c> <{EX}p> '{request_method}' }}")
    answer: Any = asking.query().convert()
    assert answer["boolean"] is True


def test_sparqlwrapper_is_told_that_it_lacks_the_token(writable: Any) -> None:
    client = SPARQLWrapper(f"{writable.url}/sparql", f"{writable.url}/update")
    client.setMethod(POST)
    client.setQuery(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{EX}d> <{EX}p> 1 }} }}")
    with pytest.raises(Unauthorized):
        client.query()


def test_curl_puts_a_graph_and_gets_it_back(writable: Any, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    assert curl, "the protocol's tests need curl"
    file = tmp_path / "graph.ttl"
    file.write_text(f"<{EX}e> <{EX}p> 'put' .\n", encoding="utf-8")
    url = f"{writable.url}/data?graph={EX}put"
    for arguments, answer in (
        (["-T", str(file), "-H", "Content-Type: text/turtle", "-H", f"Authorization: Bearer {TOKEN}"], ""),
        (["-H", "Accept: application/n-triples"], f'<{EX}e> <{EX}p> "put" .'),
        (["-X", "DELETE", "-H", f"Authorization: Bearer {TOKEN}"], ""),
    ):
        ran = subprocess.run([curl, "-sSf", *arguments, url], capture_output=True, text=True, timeout=60, check=True)
        assert ran.stdout.strip() == answer

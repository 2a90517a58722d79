"""Clients of other people against the running server."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

EX = "http://example.org/"
PAGE = Path(__file__).parents[2] / "docs" / "http.md"
SELECT = f"SELECT ?o {{ <{EX}a> <{EX}p> ?o }} ORDER BY ?o"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{EX}a> <{EX}p> ?o }}"
VALUES = ["a\r\n<b> “c”", "beta", "both"]


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("request_method", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_selects(server: Any, method: str, request_method: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(POST if request_method == POSTDIRECTLY else method)
    client.setRequestMethod(request_method)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    rows: Any = client.query().convert()
    assert [row["o"]["value"] for row in rows["results"]["bindings"]] == VALUES


@pytest.mark.parametrize("format", [XML, CSV, TSV])
def test_sparqlwrapper_reads_the_other_formats(server: Any, format: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(format)
    result: Any = client.query().convert()
    text = result.toxml() if format == XML else result.decode()
    assert "beta" in text
    assert "both" in text


@pytest.mark.parametrize("format", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_constructs(server: Any, format: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(format)
    response: Any = client.query().response
    syntax = RdfFormat.from_media_type(response.headers.get_content_type())
    assert sorted(quad.object.value for quad in parse(response.read(), format=syntax)) == VALUES


def test_sparqlwrapper_is_told_what_is_wrong(server: Any) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="not SPARQL"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_endpoint_as_a_graph(server: Any, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method=method, returnFormat="json")
    graph = Graph(store)
    assert sorted(str(each) for each in graph.objects(URIRef(EX + "a"), URIRef(EX + "p"))) == VALUES
    assert (URIRef(EX + "a"), URIRef(EX + "p"), None) in graph
    assert len(list(graph.query(SELECT))) == 3
    assert graph.query(f"ASK {{ <{EX}a> ?p ?o }}").askAnswer
    assert len(graph) > 1000


def test_rdflib_reads_one_named_graph(server: Any) -> None:
    store = SPARQLStore(f"{server.url}/sparql", returnFormat="xml")
    graph = Graph(store, URIRef("https://w3id.org/onrecord/doc/beta"))
    assert sorted(str(each) for each in graph.objects(URIRef(EX + "a"), URIRef(EX + "p"))) == ["beta", "both"]


@pytest.mark.parametrize(("format", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_a_query_as_a_table(server: Any, format: str, separator: str) -> None:
    url = f"{server.url}/sparql?{urlencode({'query': SELECT, 'format': format})}"
    table = pd.read_csv(url, sep=separator)
    (column,) = table.columns
    assert column.lstrip("?") == "o"
    assert len(table) == 3
    assert [value for value in table[column] if "beta" in value]


def test_pandas_asks_for_what_a_header_names(server: Any) -> None:
    url = f"{server.url}/sparql?{urlencode({'query': SELECT})}"
    table = pd.read_csv(url, storage_options={"Accept": "text/csv"})
    assert len(table) == 3


def test_pandas_reads_a_canned_query_in_json_and_csv(server: Any) -> None:
    from_json = pd.read_json(f"{server.url}/queries/documents?format=json")
    from_csv = pd.read_csv(f"{server.url}/queries/documents?format=csv")
    assert list(from_json.columns) == list(from_csv.columns)
    assert len(from_json) == len(from_csv) == 2
    assert from_json["facts"].tolist() == from_csv["facts"].tolist()


def test_curl_heads_and_asks(server: Any) -> None:
    curl = shutil.which("curl")
    assert curl, "the protocol's tests need curl"
    url = f"{server.url}/sparql?{urlencode({'query': SELECT})}"
    head = subprocess.run([curl, "-sSI", url, url], capture_output=True, text=True, check=True, timeout=60).stdout
    assert head.count("HTTP/1.1 200") == 2
    direct = [curl, "-sS", "-H", "Content-Type: application/sparql-query", "--data-binary", SELECT, "--compressed"]
    answer = subprocess.run([*direct, f"{server.url}/sparql"], capture_output=True, text=True, check=True, timeout=60)
    assert len(json.loads(answer.stdout)["results"]["bindings"]) == 3
    form = [curl, "-sS", "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv", f"{server.url}/sparql"]
    assert "beta" in subprocess.run(form, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_examples_of_the_reference_page_run(server: Any) -> None:
    examples = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("curl ")]
    assert len(examples) >= 4
    for example in examples:
        command = shlex.split(example.replace("http://localhost:8000", server.url))
        ran = subprocess.run([*command, "-sSf"], capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout

"""What an update may write, told from its words."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from server.workers.lexer import Dataset
from server.writing.scope import scope, with_using

G, H = "http://example.org/g", "http://example.org/h"


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        (f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }}", {G}),
        ("PREFIX ex: <http://example.org/> DELETE DATA { GRAPH ex:g { <a:a> <a:b> 1 } }", {G}),
        (f"WITH <{G}> DELETE {{ ?s ?p 1 }} INSERT {{ GRAPH <{H}> {{ ?s ?p 2 }} }} WHERE {{ ?s ?p ?o }}", {G, H}),
        (f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}", {G}),
        (f"CLEAR SILENT GRAPH <{G}>; DROP GRAPH <{H}>", {G, H}),
        (f"COPY <{G}> TO <{H}>", {G, H}),
        (f"CREATE GRAPH <{G}>; DROP GRAPH <{G}>", {G}),
        (f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} USING <{H}> WHERE {{ ?s ?p ?o }}", {G}),
        (f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 'GRAPH <{H}> {{ }}' }} }} # GRAPH <{H}>", {G}),
    ],
)
def test_the_graphs_that_are_named_are_found(update: str, graphs: set[str]) -> None:
    found = scope(update)
    assert found.graphs == graphs
    assert not found.anywhere
    assert not found.default
    store = Store()
    store.update(f"CREATE GRAPH <{H}>")
    store.update(update)


@pytest.mark.parametrize(
    "update",
    [
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "CLEAR NAMED",
        "DROP SILENT ALL",
        r"PREFIX ex: <http://example.org/> CLEAR SILENT GRAPH ex:a\-b",
        "BASE <http://example.org/> CLEAR SILENT GRAPH <g>",
        "CLEAR SILENT GRAPH <http://example.org/a/../g>",
    ],
)
def test_what_cannot_be_told_may_be_any_graph(update: str) -> None:
    assert scope(update).anywhere
    Store().update(update)


@pytest.mark.parametrize(
    ("update", "default"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", True),
        ("DELETE WHERE { ?s ?p ?o }", True),
        (f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} . ?s ?p 1 }} WHERE {{ ?s ?p ?o }}", True),
        ("CLEAR DEFAULT", True),
        ("DROP ALL", True),
        (f"MOVE DEFAULT TO <{G}>", True),
        (f"ADD <{G}> TO DEFAULT", True),
        (f"COPY DEFAULT TO <{G}>", False),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", False),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}; INSERT DATA {{ <a:a> <a:b> 1 }}", True),
        (f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> [ <a:c> 1 ] }} }}", False),
        ("INSERT DATA { }", False),
        (f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o {{ ?s <a:b> 1 }} }}", False),
    ],
)
def test_a_write_to_the_default_graph_is_seen(update: str, default: bool) -> None:
    assert scope(update).default is default
    Store().update(f"CREATE SILENT GRAPH <{G}>;" + update)


@pytest.mark.parametrize(
    ("update", "matches"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }; INSERT DATA { <a:a> <a:b> 2 }", False),
        ("INSERT DATA { <a:a> <a:b> 1 }; DELETE DATA { <a:a> <a:b> 2 }", True),
        ("INSERT { <a:a> <a:b> 1 } WHERE {}", True),
        ("INSERTDATA { <a:a> <a:b> 1 }", True),
        (f"INSERT DATA {{ <a:a> <a:b> 1 }}; CREATE GRAPH <{G}>", True),
    ],
)
def test_what_only_inserts_data_is_told_from_what_matches(update: str, matches: bool) -> None:
    assert scope(update).matches is matches


def test_loading_is_seen_however_it_is_spelt() -> None:
    assert all(scope(text).loads for text in ("LOAD <http://x/>", "load silent <http://x/>", "LOADSILENT<http://x/>"))
    assert not scope("INSERT DATA { <a:LOAD> <a:b> 'LOAD <http://x/>' } # LOAD").loads


@pytest.mark.parametrize(
    ("update", "whole"),
    [
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p 1 } USING <a:1> USING NAMED <a:2> WHERE { ?s ?p ?o }",
        ),
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT DATA { <a:a> <a:b> 1 }"),
    ],
)
def test_a_dataset_is_put_before_each_pattern(update: str, whole: str) -> None:
    assert with_using(update, scope(update), Dataset(("a:1",), ("a:2",))) == whole
    Store().update(whole)

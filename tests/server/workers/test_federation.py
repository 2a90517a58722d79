"""SERVICE clauses found in the words of a query: rerouted when all are allowed, refused when anything is unclear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.problems import FederationRefused
from server.workers.federation import clauses, rerouted

ROUTES = {"http://a/sparql": "http://127.0.0.1:9/0", "http://b/": "http://127.0.0.1:9/1"}
BASE = "http://base/"

CASES = [
    ("SELECT * { SERVICE <http://a/sparql> { ?s ?p ?o } }", "SELECT * { SERVICE <http://127.0.0.1:9/0> { ?s ?p ?o } }"),
    ("SELECT*{SERVICE<http://a/sparql>{}}", "SELECT*{SERVICE<http://127.0.0.1:9/0>{}}"),
    ("SELECT * { service silent <http://b/> {} }", "SELECT * { service silent <http://127.0.0.1:9/1> {} }"),
    (
        "PREFIX a: <http://a/> SELECT * { SERVICE a:sparql {} SERVICE <http://b/> {} }",
        "PREFIX a: <http://a/> SELECT * { SERVICE <http://127.0.0.1:9/0> {} SERVICE <http://127.0.0.1:9/1> {} }",
    ),
    (
        "BASE <http://a/> SELECT * { { SERVICE <sparql> { { ?s ?p 'SERVICE' } } } }",
        "BASE <http://a/> SELECT * { { SERVICE <http://127.0.0.1:9/0> { { ?s ?p 'SERVICE' } } } }",
    ),
    (
        r"SELECT * { SERVICE <http://\u0061/sparql> {} # SERVICE <http://evil/> {}",
        "SELECT * { SERVICE <http://127.0.0.1:9/0> {} # SERVICE <http://evil/> {}",
    ),
    ("SELECT * { ?s ?p 'SERVICE <http://evil/> {}' }", "SELECT * { ?s ?p 'SERVICE <http://evil/> {}' }"),
]

REFUSED = [
    "SELECT * { SERVICE <http://evil/> {} }",
    "SELECT * { SERVICE <http://a/sparql/> {} }",
    "SELECT * { SERVICE <http://a/sparql?x> {} }",
    "SELECT * { SERVICE <HTTP://A/sparql> {} }",
    "SELECT * { SERVICE ?any {} VALUES ?any { <http://a/sparql> } }",
    "SELECT * { SERVICE <http://a/sparql> { SERVICE <http://b/> {} } }",
    "SELECT * { SERVICE <http://a/sparql> { { SERVICE <http://evil/> {} } } }",
    "SELECT * { SERVICE <http://a/sparql> {} SERVICE SILENT <http://127.0.0.1:9/0> {} }",
    "SELECT * { ?s ?p 1SERVICE<http://evil/>{} SERVICE <http://a/sparql> {} }",
    "PREFIX SERVICE: <http://evil/> SELECT * { ?s ?p 1SERVICE:x {} }",
    "SELECT * { FILTER(1<http://a/b#c>\n) SERVICE <http://evil/> {} }",
    "SELECT * { SERVICE x:sparql {} }",
    "SELECT * { SERVICE",
    "SELECT * { SERVICE SILENT",
    "SELECT * { SERVICE 'http://a/sparql' {} }",
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_an_endpoint_that_may_be_asked_has_its_route(query: str, expected: str) -> None:
    assert rerouted(query, BASE, ROUTES) == expected


@pytest.mark.parametrize("query", REFUSED)
def test_any_other_is_refused(query: str) -> None:
    with pytest.raises(FederationRefused):
        rerouted(query, BASE, ROUTES)


WORDS = [
    *("SERVICE", "SILENT", "<http://a/sparql>", "<http://evil/>", "{", "}", "?v", "'", "#", "\n", "a:b", "PREFIX"),
    *("BASE", "a:", "<", "1", "\\", '"""', "service:x", "(", "SERVICE<http://evil/>"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_whatever_is_let_through_asks_what_is_allowed(words: list[str]) -> None:
    try:
        found = rerouted(" ".join(words), BASE, {"http://a/sparql": "http://route/"})
    except FederationRefused:
        return
    assert {clause.endpoint for clause in clauses(found, BASE)} <= {"http://route/"}

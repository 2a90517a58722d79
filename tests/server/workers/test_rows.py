"""The first rows of a result: as many as are wanted, each as the engine gave it, and marked where there were more."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from server.formats import Form, formats
from server.workers.evaluation import Task, Written, evaluate
from server.workers.rows import first, marked, notice

TERMS = [
    "UNDEF", '""', r'"tab\t line\n return\r nul\u0000 one\u0001"', "1.5", "1.5e0", "true", '"x"@en-US', '"x"@ar--rtl',
    '"x"^^<urn:d>', "<urn:x>", "'quote\\\"'", '"\u2028\u0085"', '<<( <urn:a> <urn:b> "c\\nd"@en )>>',
]  # fmt: skip
PAIRS = zip(TERMS, TERMS[1:] + TERMS[:1], strict=True)
VALUES = f"VALUES (?a ?b) {{ {' '.join(f'({term} {other})' for term, other in PAIRS)} }}"
FORMATS = [format.media_type for format in formats(Form.SOLUTIONS)]


def _solutions(query: str, store: Store | None = None) -> QuerySolutions:
    found = (store or Store()).query(query)
    assert isinstance(found, QuerySolutions)
    return found


def _run(query: str, media_type: str, rows: int | None, store: Store | None = None) -> Written:
    return evaluate(store or Store(), Task(query, {Form.SOLUTIONS: media_type}, 10**6, rows=rows), {}, "http://e/")


@given(st.integers(1, len(TERMS) + 2))
def test_the_first_rows_are_those_of_the_engine(rows: int) -> None:
    query = f"SELECT ?a ?b {{ {VALUES} }}"
    whole = [tuple(row) for row in _solutions(query)]
    found, more = first(_solutions(query), rows)
    assert [tuple(row) for row in found] == whole[:rows]
    assert [variable.value for variable in found.variables] == ["a", "b"]
    assert more == (rows < len(whole))


@pytest.mark.parametrize("media_type", FORMATS)
def test_what_is_not_too_long_is_written_as_without_a_number(media_type: str) -> None:
    query = f"SELECT ?a ?b {{ {VALUES} FILTER(!CONTAINS(STR(?a), 'nul') && !CONTAINS(STR(?b), 'nul')) }}"
    plain = _run(query, media_type, None)
    assert plain.body
    assert _run(query, media_type, 100) == plain


@pytest.mark.parametrize("query", ["SELECT * {}", "SELECT ?a { VALUES ?a { UNDEF } }"])
@pytest.mark.parametrize("media_type", FORMATS)
def test_a_row_without_values_is_a_row(query: str, media_type: str) -> None:
    assert _run(query, media_type, 1) == _run(query, media_type, None)


def test_json_and_xml_say_where_they_were_cut() -> None:
    query = "SELECT ?a { VALUES ?a { 1 2 3 } }"
    found = json.loads(_run(query, FORMATS[0], 2).body)
    assert found["head"] == {"link": [notice(2)], "vars": ["a"]}
    assert [row["a"]["value"] for row in found["results"]["bindings"]] == ["1", "2"]
    root = ET.fromstring(_run(query, "application/sparql-results+xml", 2).body)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [each.tag for each in root[0]] == [f"{space}variable", f"{space}link"], "in the order of the schema"
    assert root[0][1].get("href") == notice(2)
    assert len(root.findall(f".//{space}result")) == 2


@pytest.mark.parametrize(("media_type", "text"), [("text/csv", b"a\r\n1\r\n2\r\n"),
                                                  ("text/tab-separated-values", b"?a\n1\n2\n")])  # fmt: skip
def test_tables_are_cut_without_a_mark_and_the_result_says_so(media_type: str, text: bytes) -> None:
    found = _run("SELECT ?a { VALUES ?a { 1 2 3 } }", media_type, 2)
    assert (found.body, found.capped) == (text, 2)


def test_the_engine_does_not_go_on_after_the_last_row() -> None:
    store = Store()
    store.bulk_extend(Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal(n)) for n in range(1000))
    # 10^12 rows would not come to an end.
    found = _run("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "text/csv", 5, store)
    assert found.body.count(b"\r\n") == 6


def test_blank_nodes_stay_apart_and_the_same() -> None:
    body = _run("SELECT (BNODE() AS ?a) (?a AS ?b) (BNODE() AS ?c) { VALUES ?n { 1 2 } }", "text/csv", 1).body
    a, b, c = body.split(b"\r\n")[1].split(b",")
    assert a == b != c


def test_a_boolean_is_not_marked() -> None:
    assert marked(b'{"head":{},"boolean":true}', "text/csv", 1) == b'{"head":{},"boolean":true}'
    written = evaluate(Store(), Task("ASK {}", {Form.BOOLEAN: FORMATS[0]}, 10**6, rows=1), {}, "http://e/")
    assert (json.loads(written.body), written.capped) == ({"head": {}, "boolean": True}, None)

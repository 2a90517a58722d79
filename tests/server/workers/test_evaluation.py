"""One query on one store: its result written whole, its dataset honoured, its errors such as a user can act on."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology.errors import InputError, QueryError
from server.formats import FORMATS, Form, Format, formats
from server.problems import FederationRefused, NotAcceptable, ResultTooLarge
from server.workers.evaluation import XML, Task, evaluate, syntax_error
from server.workers.lexer import Dataset

EX = "http://example.org/"
JSON = "application/sparql-results+json"
ALL = {Form.SOLUTIONS: JSON, Form.BOOLEAN: JSON, Form.GRAPH: "text/turtle"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
QUERIES = ((Form.GRAPH, "CONSTRUCT WHERE { ?s ?p ?o }"), (Form.SOLUTIONS, "SELECT * { ?s ?p ?o }"))


def _node(name: str) -> NamedNode:
    return NamedNode(EX + name)


@pytest.fixture
def store() -> Store:
    """Two graphs that share a triple, and their merge as the default graph."""
    shared, one, two = (
        (_node("a"), _node("p"), Literal("both")),
        (_node("a"), _node("p"), Literal("one")),
        (_node("a"), _node("p"), Literal("a\r\nb <c>")),
    )
    named = [Quad(*shared, _node("g1")), Quad(*one, _node("g1")), Quad(*shared, _node("g2")), Quad(*two, _node("g2"))]
    found = Store()
    found.extend([*named, *(Quad(*triple) for triple in (shared, one, two))])
    return found


def _run(
    store: Store,
    query: str,
    *,
    dataset: Dataset | None = None,
    limit: int = 10**6,
    types: dict[Form, str] | None = None,
    prefixes: dict[str, str] | None = None,
) -> bytes:
    task = Task(query, ALL if types is None else types, limit, dataset)
    return evaluate(store, task, prefixes or {}, EX).body


def _count(store: Store, query: str = COUNT, dataset: Dataset | None = None) -> int:
    return int(json.loads(_run(store, query, dataset=dataset))["results"]["bindings"][0]["n"]["value"])


def test_a_plain_query_sees_each_triple_once(store: Store) -> None:
    assert _count(store) == 3


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (Dataset((EX + "g1",)), 2),
        (Dataset((EX + "g1", EX + "g2")), 3),
        (Dataset((EX + "g1", EX + "g1")), 2),
        (Dataset((), (EX + "g1",)), 0),
        (Dataset((EX + "unknown",)), 0),
    ],
)
def test_the_graphs_of_the_request_are_merged(store: Store, dataset: Dataset, expected: int) -> None:
    assert _count(store, dataset=dataset) == expected


def test_a_triple_in_two_from_graphs_counts_once(store: Store) -> None:
    assert _count(store, f"SELECT (COUNT(*) AS ?n) FROM <{EX}g1> FROM <{EX}g2> {{ ?s ?p ?o }}") == 3
    assert _count(store, f"PREFIX e: <{EX}> SELECT (COUNT(*) AS ?n) FROM e:g1 FROM e:g2 {{ ?s ?p ?o }}") == 3


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <g1> FROM <g2>",
        "FROM<g1>FROM<g2>",
        "from <\\u0067\\u0031> FROM <g2>",
        "FROM <http\\u003A//example.org/g1> FROM <g2>",
        "FROM <//example.org/g1> FROM <g2>",
        "FROM <g1> FROM <g2> FROM <g1>",
        "FROM NAMED <g1> FROM <g1> FROM <g2>",
        "# FROM <g3>\n FROM <g1> # FROM\n FROM <g2>",
    ],
)
def test_however_the_graphs_are_written_a_triple_counts_once(store: Store, clauses: str) -> None:
    assert _count(store, f"SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}") == 3


def test_one_graph_named_twice_counts_once(store: Store) -> None:
    assert _count(store, "SELECT (COUNT(*) AS ?n) FROM <g1> FROM <g1> { ?s ?p ?o }") == 2


def test_named_graphs_stay_apart_from_merged_ones(store: Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert _count(store, query) == 4
    assert _count(store, query, Dataset((EX + "g1", EX + "g2"))) == 0
    assert _count(store, query, Dataset((EX + "g1", EX + "g2"), (EX + "g2",))) == 2
    assert _count(store, query, Dataset((), (EX + "g1",))) == 2


def test_the_request_goes_before_the_query(store: Store) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{EX}g1> {{ ?s ?p ?o }}"
    assert _count(store, query, Dataset((EX + "unknown",))) == 0


def test_relative_iris_are_the_records(store: Store) -> None:
    assert _count(store, "SELECT (COUNT(*) AS ?n) { <a> <p> ?o }") == 3


@pytest.mark.parametrize(
    "format", [each for each in FORMATS if Form.ROWS not in each.forms], ids=lambda each: each.name
)
def test_each_format_is_written_the_same_by_each_of_its_media_types(store: Store, format: Format) -> None:
    asked = {Form.SOLUTIONS: "SELECT * { ?s ?p ?o }", Form.BOOLEAN: "ASK {}", Form.GRAPH: "DESCRIBE <a>"}
    for form in format.forms:
        proper, *aliases = (_run(store, asked[form], types={form: name}) for name in format.media_types)
        assert proper
        assert all(alias == proper for alias in aliases)


@pytest.mark.parametrize(
    ("query", "form", "media_type"),
    [
        ("SELECT * { ?s ?p ?o }", Form.SOLUTIONS, "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Form.GRAPH, "application/rdf+xml"),
    ],
)
def test_xml_keeps_carriage_returns(store: Store, query: str, form: Form, media_type: str) -> None:
    body = _run(store, query, types={form: media_type})
    assert b"a&#13;\nb &lt;c>" in body or b"a&#13;\nb &lt;c&gt;" in body
    assert b"\r" not in body


@pytest.mark.parametrize("media_type", sorted(XML))
@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_no_place_for_is_not_written(media_type: str, character: str) -> None:
    memory = Store()
    memory.add(Quad(_node("a"), _node("p"), Literal(f"a{character}b")))
    form, query = next(
        (form, query) for form, query in QUERIES if media_type in {each.media_type for each in formats(form)}
    )
    task = Task(query, {form: media_type}, 10**6, acceptable={form: (JSON, media_type)})
    with pytest.raises(NotAcceptable, match="XML cannot hold") as raised:
        evaluate(memory, task, {}, EX)
    assert raised.value.available == (JSON,)


def test_a_predicate_that_is_no_xml_name_is_not_written(store: Store) -> None:
    query = "CONSTRUCT { ?s <http://example.org/1/> ?o } { ?s ?p ?o }"
    with pytest.raises(NotAcceptable, match="XML cannot hold"):
        _run(store, query, types={Form.GRAPH: "application/rdf+xml"})
    assert b"example.org/1/" in _run(store, query)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_xml_is_read_back_as_it_was_or_refused(text: str) -> None:
    memory = Store()
    memory.add(Quad(_node("a"), _node("p"), Literal(text)))
    try:
        body = _run(memory, "SELECT ?o { ?s ?p ?o }", types={Form.SOLUTIONS: "application/sparql-results+xml"})
    except NotAcceptable:
        assert any(character < " " or character in "\ufffe\uffff" for character in text)
    else:
        assert "".join(ET.fromstring(body).itertext()) == text


def test_turtle_has_the_prefixes(store: Store) -> None:
    body = _run(store, "CONSTRUCT WHERE { ?s ?p ?o }", prefixes={"ex": EX})
    assert body.startswith(f"@prefix ex: <{EX}> .".encode())
    assert b"ex:a ex:p " in body


def test_a_constructed_triple_is_written_once(store: Store) -> None:
    query = "CONSTRUCT { ?s ?p 1 } { ?s ?p ?o }"
    assert _run(store, query, types={Form.GRAPH: "application/n-triples"}).count(b"\n") == 1


def test_a_form_without_an_accepted_format_says_what_there_is(store: Store) -> None:
    task = Task("SELECT * {}", {Form.GRAPH: "text/turtle"}, 1000, acceptable={Form.SOLUTIONS: (JSON,)})
    with pytest.raises(NotAcceptable, match="the result is solutions") as raised:
        evaluate(store, task, {}, EX)
    assert raised.value.available == (JSON,)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <a>"])
def test_a_result_beyond_the_limit_is_refused_and_one_at_the_limit_is_not(store: Store, query: str) -> None:
    size = len(_run(store, query))
    assert len(_run(store, query, limit=size)) == size
    with pytest.raises(ResultTooLarge, match=f"more than {size - 1} bytes"):
        _run(store, query, limit=size - 1)


def test_service_is_refused_unless_the_user_is_local(store: Store) -> None:
    query = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(FederationRefused):
        _run(store, query)
    assert evaluate(store, Task(query, ALL, 1000, federate=True), {}, EX).form is Form.SOLUTIONS


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        ("SELECT * {\n ?s ?p }", 2, 9, "not SPARQL at or just before"),
        ("SELECT *\n{ ?s foo:bar ?o }", 2, 6, "the prefix foo: is not declared"),
        ("SELECT * { ?s :bar ?o }", 1, 15, "the prefix : is not declared"),
        ("SELECT *\n{ ?s ex:bar ?o }", 2, 6, f"begin the query with PREFIX ex: <{EX}>"),
        ("", 1, 1, "not SPARQL"),
        ("SELECT", 1, 7, "expected $, (, * or ?"),
        ("SELECT * {} ORDER ?x", 1, 21, "expected BY"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", 1, 41, "The SELECT contains a variable that is unbound"),
        ("INSERT DATA { <a> <b> <c> }", 1, 10, "not SPARQL"),
        ("SELECT * { FILTER(1 + ) }", 1, 26, "not SPARQL at or just before"),
    ],
)
def test_a_wrong_query_is_shown_where_it_is_wrong(
    store: Store, query: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(QueryError) as raised:
        _run(store, query, prefixes={"ex": EX})
    assert (raised.value.line, raised.value.column) == (line, column)
    assert message in raised.value.message
    assert "'\\u{" not in raised.value.message
    assert len(raised.value.message) < 200


def test_an_unknown_message_of_the_engine_is_passed_on() -> None:
    assert syntax_error("something else", "", {}).message == "something else"


def test_what_cannot_be_evaluated_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError, match="cannot be evaluated: The custom function"):
        _run(store, "SELECT * { FILTER(<http://example.org/f>(1)) }")


def test_a_graph_that_is_no_iri_is_an_error(store: Store) -> None:
    with pytest.raises(InputError, match="not the IRI of a graph"):
        _run(store, COUNT, dataset=Dataset(("a b",)))


def test_booleans_may_be_written_in_capitals(store: Store) -> None:
    found = json.loads(_run(store, "SELECT (TRUE AS ?t) (False AS ?f) ('TRUE' AS ?s) {}"))
    assert {name: each["value"] for name, each in found["results"]["bindings"][0].items()} == {
        "t": "true",
        "f": "false",
        "s": "TRUE",
    }

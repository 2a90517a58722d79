"""The catalogue: what a header may say, what is refused, and that binding puts in terms and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ontology.errors import InputError, NotFound, QueryError
from ontology.namespaces import RDF, SH, XSD, Base
from server.canned.catalogue import Catalogue, parse

HEADER = """\
#+ summary: Things
#+ question: Which things are there?
#+ parameters:
#+   - {name: at-least, type: integer, description: how many, default: 2, minimum: 1}
#+   - {name: name, type: text, description: what it is called, example: it}
#+   - {name: by, type: actor, description: who}
#+ columns:
#+   - {name: thing, description: which}
#+   - {name: amount, type: number, description: how much}
"""
TEXT = """
SELECT ?thing ?amount WHERE {
  VALUES ?_at_least { UNDEF }
  VALUES ?_name { UNDEF }
  VALUES ?_by { UNDEF }
  BIND (?_name AS ?thing)
  BIND (?_at_least AS ?amount)
}
"""
QUERY = parse("things", HEADER + TEXT)


def test_a_header_describes_the_query() -> None:
    assert (QUERY.name, QUERY.summary, QUERY.question) == ("things", "Things", "Which things are there?")
    assert QUERY.columns == ("thing", "amount")
    assert [parameter.name for parameter in QUERY.parameters] == ["at-least", "name", "by"]
    assert QUERY.view == "table"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ summary: Things\n", "", "the header lacks summary"),
        ("summary: Things", "sumary: Things", "unknown keys: sumary"),
        ("summary: Things", "summary: {", "the header is not YAML"),
        (HEADER, "", "there is no header"),
        ("type: integer", "type: whole", "the unknown type 'whole'"),
        ("type: number", "type: amount", "the unknown type 'amount'"),
        ("minimum: 1", "least: 1", "unknown keys: least"),
        (", description: who", "", "parameter 'by' lacks description"),
        ("name: by", "name: By_", "is not lower-case words"),
        ("default: 2", "default: two", "not a whole number"),
        ("{name: by, type: actor", "{name: name, type: actor", "parameters has a name twice"),
        ("type: text", "type: choice", "choices go with type choice"),
        ("VALUES ?_by { UNDEF }", "", "the text has the parameters"),
        ("VALUES ?_by { UNDEF }", "VALUES ?_by { UNDEF } VALUES ?_of { UNDEF }", "the text has the parameters"),
        ("?thing ?amount WHERE", "?amount ?thing WHERE", "SELECT has the columns"),
        ("SELECT ?thing ?amount", "SELECT ?thing", "SELECT has the columns"),
        ("SELECT ?thing ?amount WHERE", "ASK", "is a SELECT query"),
        ("BIND (?_name AS ?thing)", "BIND (", "not SPARQL at or just before this place"),
        ("#+ columns:", "#+ example: {of: 1}\n#+ columns:", "no such parameters: of"),
        ("#+ columns:", "#+ view: pie\n#+ columns:", "the view 'pie'"),
        ("#+ columns:", "#+ columns: all\n#", "columns is not a list"),
    ],
)
def test_a_wrong_file_is_refused_and_says_why(old: str, new: str, message: str) -> None:
    with pytest.raises(QueryError, match=message.replace("?", r"\?")) as caught:
        parse("things", (HEADER + TEXT).replace(old, new, 1))
    assert caught.value.place == "things.rq"


def test_a_syntax_error_has_its_line() -> None:
    with pytest.raises(QueryError) as caught:
        parse("things", (HEADER + TEXT).replace("BIND (?_name AS ?thing)", "BIND ("))
    assert caught.value.line is not None
    assert caught.value.line > len(HEADER.splitlines())


def test_binding_fills_the_slots_and_takes_defaults() -> None:
    bound = QUERY.bind({"name": [Literal("a"), Literal("b")], "by": [NamedNode("urn:x")]})
    assert 'VALUES ?_name { "a" "b" }' in bound
    assert "VALUES ?_by { <urn:x> }" in bound
    assert f'VALUES ?_at_least {{ "2"^^<{XSD.integer.value}> }}' in bound
    assert "VALUES ?_name { UNDEF }" in QUERY.bind({"name": []})


def test_a_parameter_may_be_written_with_underscores() -> None:
    assert QUERY.bind({"at_least": [Literal(3)]}) == QUERY.bind({"at-least": [Literal(3)]})


def test_binding_refuses_what_does_not_fit() -> None:
    with pytest.raises(NotFound, match=r"things has no parameter 'nam'.*nearest: name"):
        QUERY.bind({"nam": [Literal("a")]})
    with pytest.raises(InputError, match="by: a value must be a NamedNode"):
        QUERY.bind({"by": [Literal("a")]})
    with pytest.raises(InputError, match="name: a value must be a Literal"):
        QUERY.bind({"name": [NamedNode("urn:x")]})
    with pytest.raises(InputError, match="at-least: only one value"):
        QUERY.bind({"at-least": [Literal(1), Literal(2)]})


def test_a_required_parameter_must_be_given() -> None:
    query = parse("things", (HEADER + TEXT).replace("example: it", "required: true"))
    with pytest.raises(InputError, match="name: a value is needed: what it is called"):
        query.bind({})
    assert query.bind({"name": [Literal("a")]})


TEXTS = st.text() | st.sampled_from(
    ['"', "'''", "\\", "} } DROP ALL #", "VALUES ?_by { UNDEF }", "\n\r\t\0", "\\u0022", "?x", "> .", "<b>", "\u2028"]
)


@given(st.lists(TEXTS, min_size=1, max_size=4).map("".join))
def test_a_bound_text_always_parses_and_arrives_as_it_was(text: str) -> None:
    solutions = Store().query(QUERY.bind({"name": [Literal(text)]}))
    assert [solution["thing"] for solution in solutions] == [Literal(text)]  # type: ignore[union-attr]


@given(st.text())
def test_a_bound_iri_always_parses_and_arrives_as_it_was(text: str) -> None:
    try:
        node = NamedNode("https://example.org/" + text)
    except ValueError:
        return
    query = parse("things", (HEADER + TEXT).replace("BIND (?_name AS ?thing)", "BIND (?_by AS ?thing)"))
    solutions = Store().query(query.bind({"by": [node]}))
    assert [solution["thing"] for solution in solutions] == [node]  # type: ignore[union-attr]


def test_the_catalogue_finds_by_name_and_knows_the_nearest() -> None:
    catalogue = Catalogue.load()
    assert catalogue["topics"].name == "topics"
    assert "topics" in catalogue
    assert "topic" not in catalogue
    assert len(catalogue) == len(catalogue.names()) == len(list(catalogue))
    with pytest.raises(NotFound) as caught:
        catalogue["Who-said-wat"]
    assert caught.value.nearest[0] == "who-said-what"


def test_a_file_in_a_directory_is_a_query(tmp_path: Path) -> None:
    (tmp_path / "things.rq").write_text(HEADER + TEXT, encoding="utf-8")
    assert [query.name for query in Catalogue(tmp_path)] == ["things"]


def test_openapi_parameters_have_schemas() -> None:
    at_least, name, by = QUERY.openapi_parameters()
    assert at_least == {
        "name": "at-least",
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "description": "how many",
        "schema": {"type": "integer", "minimum": 1, "default": 2},
    }
    assert name["schema"] == {"type": "array", "items": {"type": "string"}}
    assert name["example"] == ["it"]
    assert by["schema"]["items"] == {"type": "string"}
    mode = Catalogue.load()["who-said-what"].parameter("mode")
    assert mode.json_schema() == {"type": "string", "enum": ["direct", "indirect", "mixed"]}


def test_a_row_has_a_schema() -> None:
    schema = QUERY.row_schema()
    assert schema["properties"]["amount"] == {"type": ["number", "null"], "description": "how much"}
    assert schema["required"] == ["thing", "amount"]


def test_every_query_is_described_as_an_executable_without_blank_nodes() -> None:
    base = Base("https://example.org/record/")
    for query in Catalogue.load():
        rows = list(query.describe(base))
        node = NamedNode(f"https://example.org/record/queries/{query.name}")
        assert (node, RDF.type, SH.SPARQLSelectExecutable) in rows
        assert (node, SH.select, Literal(query.text)) in rows
        assert len([row for row in rows if row[1] == SH.parameter]) == len(query.parameters)
        assert all(isinstance(subject, NamedNode) for subject, _, _ in rows)
        assert all(isinstance(value, NamedNode | Literal) for _, _, value in rows)


def test_choices_are_described_as_a_list_that_ends() -> None:
    rows = list(Catalogue.load()["who-said-what"].describe(Base()))
    mode = NamedNode("https://w3id.org/onrecord/queries/who-said-what/mode")
    (cell,) = [value for subject, predicate, value in rows if (subject, predicate) == (mode, SH["in"])]
    found = []
    while cell != RDF.nil:
        found += [value.value for subject, predicate, value in rows if (subject, predicate) == (cell, RDF.first)]
        (cell,) = [value for subject, predicate, value in rows if (subject, predicate) == (cell, RDF.rest)]
    assert found == ["direct", "indirect", "mixed"]


def test_examples_are_questions_that_can_be_asked() -> None:
    for query in Catalogue.load():
        for name, text in query.example.items():
            parameter = query.parameter(name)
            assert parameter.names_thing or parameter.literal(text)

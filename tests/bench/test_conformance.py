"""The runner of the W3C's tests, on a small suite made here in their form: what passes, what fails, what is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from bench.conformance import engine
from bench.conformance.__main__ import MANIFESTS, alone, main
from bench.conformance.manifest import BASE, Suite, read
from bench.conformance.page import reasons
from bench.conformance.results import RS, Solutions, canonical, expected, same, written
from bench.conformance.verdict import Outcome

SUITES = Path(__file__).with_name("suites")
JSON = "application/sparql-results+json"


@pytest.fixture
def suites() -> list[Suite]:
    return [suite for manifest in MANIFESTS for suite in read(SUITES, BASE + manifest)]


def test_the_manifests_are_read(suites: list[Suite]) -> None:
    assert {suite.name: len(suite.cases) for suite in suites} == {"sparql11": 0, "sparql11/made": 12,
                                                                  "sparql11/service": 1}  # fmt: skip


def test_the_engine_is_judged(suites: list[Suite]) -> None:
    outcomes = {verdict.test.rpartition("/")[2]: verdict.outcome for verdict in alone(SUITES, suites)}
    assert outcomes == {
        "right": Outcome.PASSED,
        "wrong": Outcome.FAILED,
        "form": Outcome.FORM,
        "named": Outcome.PASSED,
        "construct": Outcome.PASSED,
        "table": Outcome.PASSED,
        "update": Outcome.PASSED,
        "good-syntax": Outcome.PASSED,
        "bad-syntax": Outcome.PASSED,
        "taken-syntax": Outcome.FAILED,
        "asks-others": Outcome.LEFT_OUT,
    }


def test_over_http_it_is_the_same_and_the_page_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    assert main([str(SUITES), str(page), "--of", "a small one"]) == 0, capsys.readouterr().err
    text = page.read_text()
    assert "| SPARQL 1.1 query evaluation | 6 | 4, 1 in another form, 1 not | 4, 1 in another form, 1 not |" in text
    assert "| SPARQL 1.1 Protocol | 1 | 1 | – |" in text
    assert "| Graph Store Protocol | 1 | 1 | – |" in text
    assert "### Nobody has looked into these\n\n`11/made/wrong`, `11/made/taken-syntax`." in text
    assert "a small one" in text
    assert "- 1: asks other servers, which are not there." in text


def test_what_fails_over_http_alone_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SUITES, copy)
    manifest = copy / "sparql/sparql11/made/manifest.ttl"
    text = manifest.read_text()
    assert text.count("mf:expectedBoolean true") == 1
    manifest.write_text(text.replace("mf:expectedBoolean true", "mf:expectedBoolean false"))
    assert main([str(copy), str(tmp_path / "page.md")]) == 1
    assert "sparql11/made/protocol: failed: request 1: the answer is not False" in capsys.readouterr().err


def test_a_directory_without_manifests_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert "holds no manifest such as sparql/sparql10/manifest.ttl" in capsys.readouterr().err


def test_every_reason_has_tests_of_its_own() -> None:
    named = [test for reason in reasons() for test in reason.tests]
    assert len(named) == len(set(named)) > 0
    assert all(reason.means for reason in reasons())


def _rows(*rows: str) -> Solutions:
    text = ", ".join(rows)
    found = written(f'{{"head":{{"vars":["a","b"]}},"results":{{"bindings":[{text}]}}}}'.encode(), JSON, "")
    assert isinstance(found, Solutions)
    return found


X, Y = '{"a":{"type":"bnode","value":"x"},"b":{"type":"bnode","value":"y"}}', \
       '{"a":{"type":"bnode","value":"y"},"b":{"type":"bnode","value":"y"}}'  # fmt: skip
ONE, TWO = '{"a":{"type":"literal","value":"1"}}', '{"b":{"type":"literal","value":"1"}}'


def test_solutions_are_compared_as_bags_up_to_the_names_of_blank_nodes() -> None:
    assert same(_rows(X, Y, ONE), _rows(ONE, Y.replace('"y"', '"z"'), X.replace('"y"', '"z"')))
    assert not same(_rows(X), _rows(Y))
    assert not same(_rows(ONE), _rows(TWO))
    assert not same(_rows(ONE), _rows(ONE, ONE))
    assert not same(_rows(X), _rows(X, X))


def test_an_order_counts_where_the_test_says_so() -> None:
    wanted = _rows(ONE, TWO)
    assert same(_rows(TWO, ONE), wanted)
    assert not same(_rows(TWO, ONE), Solutions(wanted.variables, wanted.rows, ordered=True))
    assert same(_rows(ONE, ONE, TWO), Solutions(wanted.variables, wanted.rows, lax=True))
    assert not same(_rows(ONE), Solutions(wanted.variables, wanted.rows, lax=True))


def test_another_form_of_a_value_is_told_from_another_value() -> None:
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    one, other, third = (frozenset([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(value, datatype=decimal))])
                         for value in ("1.50", "1.5", "1.6"))  # fmt: skip
    assert not same(one, other)
    assert same(canonical(one), canonical(other))
    assert not same(canonical(one), canonical(third))


def test_graphs_are_compared_up_to_the_names_of_blank_nodes() -> None:
    one, other = (frozenset([Quad(BlankNode(name), NamedNode("urn:b"), BlankNode(name))]) for name in "ab")
    assert same(one, other)
    assert not same(one, frozenset([Quad(BlankNode(), NamedNode("urn:b"), BlankNode())]))


def test_tables_are_compared_by_the_names_of_their_columns() -> None:
    assert same("a,b\r\n1,_:x\r\n", "b,a\n_:y,1\n")
    assert not same("a,b\r\n1,2\r\n", "a,b\n2,1\n")


def test_a_boolean_that_is_written_as_rdf_is_read() -> None:
    text = f'@prefix rs: <{RS}> . [] a rs:ResultSet ; rs:boolean "false" .'.encode()
    assert expected(text, "http://example.org/x.ttl", lax=False) is False


def test_a_graph_that_a_query_names_is_read(suites: list[Suite]) -> None:
    case = next(case for suite in suites for case in suite.cases if case.name.endswith("/right"))
    found = engine.graphs_of(SUITES, case, "SELECT * FROM <data.ttl> FROM NAMED <data.ttl> FROM <missing.ttl> {}")
    assert found == case.data, "a dataset of the test's own goes before"

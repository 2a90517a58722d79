"""A report in its forms."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ontology.errors import InputError
from ontology.namespaces import DCTERMS, RDF, RDFS, SH, XSD
from shapes.check import check
from shapes.report import REPORT, Report, Result, Sentence, Severity
from tests.shapes.graphs import breakages, broken

FOCUS = NamedNode("https://example.org/focus")
SENTENCE = Sentence("strike", 10, 60, "“Work”, she said:\nno data.")


def result(**given: object) -> Result:
    values: dict[str, object] = {
        "severity": Severity.VIOLATION,
        "focus": FOCUS,
        "path": DCTERMS.title,
        "value": Literal("7", datatype=XSD.integer),
        "message": "A document has one title.",
        "shape": NamedNode("https://w3id.org/onrecord/shapes#Document-title"),
        "component": SH.MaxCountConstraintComponent,
        "facts": (FOCUS,),
        "sentences": (SENTENCE,),
    }
    return Result(**(values | given))  # type: ignore[arg-type]


@cache
def report() -> Report:
    names = {"Statement-speaker-MinCount", "Statement-topic-MinCount", "PayRange-Or", "PartsInSentence-SPARQL"}
    return check(broken(tuple(change for change in breakages() if change.id in names)))


def test_results_stand_once_and_the_gravest_first() -> None:
    severities = [each.severity for each in report().results]
    assert set(severities) == set(Severity)
    assert severities == sorted(severities, key=lambda severity: severity.rank)
    assert Report.of([*report().results, *reversed(report().results)]) == report()


def test_merging_is_the_union() -> None:
    first, rest = report().results[:1], report().results[1:]
    assert Report.merge([Report.of(rest), Report.of(first), Report.of(())]) == report()
    assert Report.merge([]) == Report(True)


def test_turtle_is_a_validation_report_without_blank_nodes() -> None:
    triples = list(parse(report().to_turtle(), format=RdfFormat.TURTLE))
    assert not any(isinstance(node, BlankNode) for triple in triples for node in (triple.subject, triple.object))
    results = [triple.object for triple in triples if triple.predicate == SH.result]
    assert len(results) == len(set(results)) == len(report().results)
    for node in results:
        given = [triple.predicate for triple in triples if triple.subject == node]
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape):
            assert given.count(predicate) == 1
        assert given.count(SH.resultPath) <= 1
        assert given.count(SH.value) <= 1
    values = {(triple.subject, triple.predicate): triple.object for triple in triples}
    assert values[REPORT, SH.conforms] == Literal("false", datatype=XSD.boolean)
    assert values[REPORT, RDF.type] == SH.ValidationReport


def test_turtle_has_the_same_bytes_each_time_and_names_the_report_as_asked() -> None:
    name = NamedNode("https://example.org/report")
    assert report().to_turtle(name) == Report.of(reversed(report().results)).to_turtle(name)
    assert "<https://example.org/report>" in report().to_turtle(name)
    assert "onrecord/report" not in report().to_turtle(name)


def test_a_blank_focus_node_gets_a_name() -> None:
    text = Report.of([result(focus=BlankNode("b0"), value=BlankNode("b1"))]).to_turtle()
    assert "_:" not in text
    assert f"{REPORT.value}#node-b0" in text


def test_turtle_is_read_back() -> None:
    assert Report.from_turtle(report().to_turtle()) == report()
    assert Report.from_turtle(Report(True).to_turtle()) == Report(True)


@given(
    st.builds(
        result,
        severity=st.sampled_from(Severity),
        value=st.none() | st.just(FOCUS) | st.builds(Literal, st.text()),
        message=st.text(),
        path=st.sampled_from([None, RDFS.label]),
        sentences=st.just(()) | st.tuples(st.builds(Sentence, st.just("d"), st.just(0), st.just(9), st.text())),
    )
)
def test_any_result_is_read_back_from_turtle(each: Result) -> None:
    assert Report.from_turtle(Report.of([each]).to_turtle()) == Report.of([each])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<a:b> <a:c", id="broken"),
        pytest.param("<a:b> <a:c> <a:d> .", id="no report"),
        pytest.param(f"<a:b> <{SH}conforms> false ; <{SH}result> <a:c> .", id="no result"),
    ],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Report.from_turtle(text)


def test_json_is_plain_and_complete() -> None:
    found = json.loads(Report.of([result(path=None)]).to_json())
    assert found == {
        "conforms": False,
        "results": [
            {
                "severity": "Violation",
                "focus": FOCUS.value,
                "path": None,
                "value": "7",
                "message": "A document has one title.",
                "shape": "https://w3id.org/onrecord/shapes#Document-title",
                "component": SH.MaxCountConstraintComponent.value,
                "facts": [FOCUS.value],
                "sentences": [{"document": "strike", "start": 10, "end": 60, "exact": SENTENCE.exact}],
            }
        ],
    }
    assert json.loads(Report(True).to_json()) == {"conforms": True, "results": []}


def test_text_has_a_block_for_each_result_and_a_last_line() -> None:
    assert Report.of([result(), result(severity=Severity.INFO, value=None)]).to_text() == (
        """Violation: A document has one title.
  at       https://example.org/focus
  property http://purl.org/dc/terms/title
  value    7
  sentence strike, characters 10 to 60:
           “Work”, she said: no data.
  shape    https://w3id.org/onrecord/shapes#Document-title

Info: A document has one title.
  at       https://example.org/focus
  property http://purl.org/dc/terms/title
  sentence strike, characters 10 to 60:
           “Work”, she said: no data.
  shape    https://w3id.org/onrecord/shapes#Document-title

1 violation, 1 info
"""
    )
    assert Report(True).to_text() == "conforms\n"
    assert Report.of([result(severity=Severity.WARNING)]).summary == "no violations; 1 warning"

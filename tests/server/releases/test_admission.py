from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import DCTERMS, ONR, RDF, SH
from server.releases.admission import admitted, facts_of, problems
from shapes.report import Report, Result, Severity

if TYPE_CHECKING:
    from tests.server.conftest import Record

ANN, BOB = (NamedNode(f"https://example.org/record/id/person/{name}") for name in ("ann", "bob"))


def violation(focus: NamedNode, *facts: NamedNode, path: NamedNode | None = None, value: object = None) -> Result:
    found = value if isinstance(value, NamedNode | Literal) else None
    return Result(Severity.VIOLATION, focus, path, found, "is wrong", None, SH.MinCountConstraintComponent, facts)


def two_facts(record: Record) -> tuple[list[Quad], NamedNode, NamedNode]:
    quads = record.statement("one", 0, ANN, "Ann", "Yes.") + record.statement("one", 9, BOB, "Bob", "No.")
    first, second = sorted(facts_of(quads), key=str)
    return quads, first, second


def subjects(quads: frozenset[Quad]) -> set[object]:
    return {quad.subject for quad in quads}


def test_a_document_that_conforms_gets_in_whole(record: Record) -> None:
    quads, _, _ = two_facts(record)
    assert admitted(quads, record.base.doc("one"), Report(True)) == frozenset(quads)


def test_a_fact_that_violates_stays_out_with_all_that_only_it_stands_on(record: Record) -> None:
    quads, first, second = two_facts(record)
    kept = admitted(quads, record.base.doc("one"), Report.of([violation(first, first)]))
    assert kept == frozenset(record.statement("one", 9, BOB, "Bob", "No."))
    assert second in subjects(kept)
    assert ANN not in subjects(kept)


def test_a_thing_that_another_fact_names_stays(record: Record) -> None:
    quads = record.statement("one", 0, ANN, "Ann", "Yes.") + record.statement("one", 9, ANN, "Ann", "No.")
    first = min(facts_of(quads), key=str)
    kept = admitted(quads, record.base.doc("one"), Report.of([violation(first, first)]))
    assert kept == frozenset(record.statement("one", 9, ANN, "Ann", "No."))


def test_all_facts_may_stay_out_and_the_document_stays(record: Record) -> None:
    quads, first, second = two_facts(record)
    kept = admitted(quads, record.base.doc("one"), Report.of([violation(ANN, first, second)]))
    assert subjects(kept) == {record.base.doc("one")}


def test_a_wrong_value_of_the_document_stays_out_alone(record: Record) -> None:
    quads, _, _ = two_facts(record)
    document = record.base.doc("one")
    wrong = Quad(document, DCTERMS.modified, Literal("someday"), document)
    report = Report.of([violation(document, path=DCTERMS.modified, value=Literal("someday"))])
    assert admitted([*quads, wrong], document, report) == frozenset(quads)


def test_what_the_facts_in_question_do_not_lead_to_stays(record: Record) -> None:
    quads, first, second = two_facts(record)
    document = record.base.doc("one")
    review = Quad(NamedNode(f"{document.value}/review"), RDF.type, ONR.Review, document)
    kept = admitted([*quads, review], document, Report.of([violation(first, first), violation(second, second)]))
    assert review in kept


def test_warnings_keep_nothing_out(record: Record) -> None:
    quads, first, _ = two_facts(record)
    warning = Result(Severity.WARNING, first, None, None, "odd", None, SH.MinCountConstraintComponent, (first,))
    assert admitted(quads, record.base.doc("one"), Report.of([warning])) == frozenset(quads)
    assert problems(Report.of([warning]), "one") == ()


def test_a_violation_is_a_problem_with_its_place_and_reason(record: Record) -> None:
    _, first, _ = two_facts(record)
    (problem,) = problems(Report.of([violation(first, first)]), "one")
    assert (problem.document, problem.violation) == ("one", True)
    assert str(problem) == f"{first}: is wrong"

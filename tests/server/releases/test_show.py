from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ontology.errors import NotFound
from ontology.namespaces import ONR, RDF
from server.releases.show import Segment, show

if TYPE_CHECKING:
    from pyoxigraph import Store

    from tests.server.conftest import Record

ANN, OUTLET = (NamedNode(f"https://example.org/record/id/{name}") for name in ("person/ann", "organization/outlet"))


@pytest.fixture
def store(record: Record) -> Store:
    said = record.statement("one", 7, ANN, "Ann", "Yes.") + record.statement("one", 20, ANN, "Ann", "No.")
    fact = next(quad.subject for quad in said if quad.predicate == RDF.type and quad.object == ONR.Statement)
    assert isinstance(fact, NamedNode)
    link = NamedNode(f"{fact.value}/link-1")
    said += [Quad(fact, ONR.link, link), Quad(link, ONR.agent, OUTLET), Quad(OUTLET, ONR.name, Literal("Outlet"))]
    other = record.statement("two", 0, ANN, "Ann A.", "Perhaps.")
    return record.release(record.contribution("one", said), record.contribution("two", other)).open()


def test_a_thing_is_shown_with_its_label_classes_and_names(store: Store) -> None:
    record = show(store, ANN)
    assert record.label == "Ann"
    assert record.types == (ONR.Actor.value,)
    assert record.properties == ((ONR.name.value, "Ann"), (ONR.name.value, "Ann A."))


def test_facts_stand_in_the_order_of_documents_and_places_with_their_sentences(store: Store) -> None:
    facts = show(store, ANN).facts
    assert [(fact.document, fact.start, fact.end, fact.sentences) for fact in facts] == [
        ("one", 7, 11, ("Yes.",)),
        ("one", 20, 23, ("No.",)),
        ("two", 0, 8, ("Perhaps.",)),
    ]
    assert {fact.kind for fact in facts} == {"statement"}
    assert facts[0].summary == "Ann: Yes."
    assert facts[0].evidence == (Segment(7, 11, "sentence", "Yes."),)
    assert facts[0].ties == (ONR.concerns.value, ONR.speaker.value)


def test_who_stands_in_a_chain_of_reporters_is_tied_to_the_statement(store: Store) -> None:
    facts = show(store, OUTLET).facts
    assert [(fact.document, fact.start, fact.ties) for fact in facts] == [("one", 7, (ONR.agent.value,))]


def test_a_document_is_shown_with_all_its_facts(store: Store, record: Record) -> None:
    assert len(show(store, record.base.doc("one")).facts) == 2


def test_a_fact_is_shown_as_itself(store: Store) -> None:
    fact = show(store, ANN).facts[0]
    assert [each.iri for each in show(store, NamedNode(fact.iri)).facts] == [fact.iri]


def test_nothing_on_record_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="nothing is on record"):
        show(store, NamedNode("https://example.org/record/id/person/nobody"))

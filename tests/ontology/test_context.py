"""The JSON-LD context names every term, and what is written with it is read back the same."""

import json
from decimal import Decimal

import pytest
from rdflib import OWL, RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from ontology import context, vocabulary

# rdflib's own JSON-LD parser and serialiser use classes that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ONR = Namespace("https://w3id.org/onrecord/ontology#")
EXAMPLE = Namespace("http://example.org/")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
LITERALS = {str(node.datatype): node for node in map(Literal, (True, Decimal("1.5"), 3))}
CONTEXT = json.loads(context.PATH.read_text())


def test_the_file_is_made_from_the_ontology() -> None:
    assert context.PATH.read_text() == context.text()


def test_the_context_stands_alone() -> None:
    assert list(CONTEXT) == ["@context"]
    assert "@import" not in CONTEXT["@context"]
    assert CONTEXT["@context"]["@version"] == 1.1


def test_every_term_has_its_short_name() -> None:
    for term in vocabulary.terms():
        value = CONTEXT["@context"][term.name]
        assert (value["@id"] if isinstance(value, dict) else value) == f"onr:{term.name}"


def sample() -> Graph:
    """One triple for every class and property, and every individual as a value where one is expected."""
    graph = Graph()
    for term in vocabulary.terms():
        node, iri = EXAMPLE[f"node-{term.name}"], URIRef(term.iri.value)
        values = vocabulary.individuals(term.range) if term.range is not None else ()
        if term.kind.value == str(OWL.Class):
            graph.add((node, RDF.type, iri))
        elif term.kind.value == str(OWL.ObjectProperty):
            for value in [URIRef(each.iri.value) for each in values] or [EXAMPLE.thing]:
                graph.add((node, iri, value))
        elif term.kind.value == str(OWL.DatatypeProperty):
            graph.add((node, iri, LITERALS.get(term.range.value if term.range is not None else "", Literal("words"))))
    graph.add((EXAMPLE.date, ONR.resolved, Literal("2023-07", datatype=EDTF)))
    return graph


def test_a_graph_with_every_term_survives_the_way_through_json_ld() -> None:
    graph = sample()
    written = graph.serialize(format="json-ld", context=CONTEXT["@context"])
    assert isomorphic(Graph().parse(data=written, format="json-ld"), graph)


def test_a_person_can_write_a_fact_with_short_names() -> None:
    fact = {
        **CONTEXT,
        "id": "http://example.org/fact",
        "type": "Statement",
        "mode": "mixed",
        "stance": "mixedStance",
        "speaker": "http://example.org/bloys",
        "quotation": ["one", "two"],
        "confidence": "0.9",
    }
    graph = Graph().parse(data=json.dumps(fact), format="json-ld")
    node = EXAMPLE.fact
    assert (node, RDF.type, ONR.Statement) in graph
    assert (node, ONR.mode, ONR.mixed) in graph
    assert (node, ONR.stance, ONR.mixedStance) in graph
    assert (node, ONR.speaker, EXAMPLE.bloys) in graph
    assert (node, ONR.confidence, Literal("0.9", datatype=XSD.decimal)) in graph
    assert {str(value) for value in graph.objects(node, ONR.quotation)} == {"one", "two"}
    assert len(graph) == 7

"""The shapes as a whole: complete, valid SHACL, and in the words of the ontology."""

from __future__ import annotations

import re

import pyshacl
import pytest
from pyoxigraph import NamedNode
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.collection import Collection

from ingest.facts import DocumentMetadata
from ontology import vocabulary
from ontology.namespaces import DCAT, OA, ONR, OWL, SH
from shapes.check import shape_files, shapes
from tests.shapes.graphs import sh, shapes_graph

UNSEEN = {"Thing", "Speaker", "Actor", "Fact"}
"""Classes that nothing is typed with alone."""

FOREIGN = {OA.TextPositionSelector, OA.TextQuoteSelector, DCAT.Distribution, SH.SPARQLSelectExecutable, SH.Parameter}
"""Classes of other vocabularies that a release holds nodes of."""

FACT_PROPERTIES = {
    "type", "label", "inDocument", "concerns", "asserts", "evidence", "extractor", "rule", "confidence",
    "origin", "readOtherwise", "review", "accordingTo", "summary", "passage",
}  # fmt: skip


def classes() -> list[NamedNode]:
    """The classes of the ontology whose instances a release can hold, without those of fixed individuals."""
    found = [term for term in vocabulary.terms() if term.kind == OWL.Class and term.name not in UNSEEN]
    return [term.iri for term in found if not vocabulary.individuals(term.iri)]


@pytest.mark.parametrize("cls", [*classes(), *sorted(FOREIGN, key=str)], ids=lambda cls: cls.value)
def test_a_class_that_a_release_can_hold_has_a_shape(cls: NamedNode) -> None:
    graph = shapes_graph()
    general = {ONR[name].value for name in UNSEEN}
    above = {cls, *vocabulary.superclasses(cls)}
    own = {
        str(target)
        for node, target in graph.subject_objects(sh("targetClass"))
        if NamedNode(str(target)) in above and (node, sh("property"), None) in graph
    }
    assert own - general


def test_the_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes_graph(), meta_shacl=True)
    assert conforms, text


def test_every_term_of_ours_is_in_the_ontology() -> None:
    known = {term.iri.value for term in vocabulary.terms()}
    graph = shapes_graph()
    named = {str(term) for triple in graph for term in triple if str(term).startswith(ONR)}
    for query in graph.objects(None, sh("select")):
        named |= set(re.findall(rf"<({re.escape(ONR)}\w+)>", str(query)))
    assert named - known == set()


def test_a_closed_list_is_the_ontologys_own() -> None:
    graph = shapes_graph()
    named = [
        node for node in graph.subjects(sh("path")) if isinstance(node, URIRef) and (node, sh("in"), None) in graph
    ]
    assert named
    for node in named:
        items = set(Collection(graph, graph.value(node, sh("in"))))
        if all(isinstance(item, Literal) for item in items):
            continue
        path = next(term for term in vocabulary.terms() if term.iri.value == str(graph.value(node, sh("path"))))
        assert path.range is not None
        assert {str(item) for item in items} == {term.iri.value for term in vocabulary.individuals(path.range)}


def test_the_metadata_properties_are_those_of_the_fact_model() -> None:
    graph = shapes_graph()
    node = next(graph.subjects(sh("path"), URIRef(ONR.metadataProperty.value)))
    listed = {str(item) for item in Collection(graph, graph.value(node, sh("in")))}
    assert listed == set(DocumentMetadata.model_fields["property"].annotation.__args__)


def test_fact_shapes_are_closed_and_leave_room_for_what_every_fact_has() -> None:
    graph = shapes_graph()
    facts = [term for term in vocabulary.terms() if ONR.Fact in vocabulary.superclasses(term.iri)]
    assert len(facts) == 12
    for term in facts:
        closed = [
            node
            for node in graph.subjects(sh("targetClass"), URIRef(term.iri.value))
            if (node, sh("closed"), Literal(True)) in graph
        ]
        assert len(closed) == 1
        ignored = Collection(graph, graph.value(closed[0], sh("ignoredProperties")))
        assert {re.split("[#/]", str(item))[-1] for item in ignored} == FACT_PROPERTIES


def test_every_property_of_a_fact_is_allowed_somewhere() -> None:
    graph = shapes_graph()
    paths = {str(path) for path in graph.objects(None, sh("path"))} | {ONR.concerns.value}
    properties = [term for term in vocabulary.terms() if term.kind in (OWL.ObjectProperty, OWL.DatatypeProperty)]
    unused = {term.name for term in properties if term.iri.value not in paths}
    assert unused == set()


def test_named_shapes_say_what_they_are_and_what_to_do() -> None:
    graph = shapes_graph()
    named = {node for node in graph.subjects(RDF.type) if isinstance(node, URIRef)}
    targeted = set(graph.subjects(sh("targetClass")))
    for node in named & (targeted | set(graph.objects(None, sh("property")))):
        assert (node, sh("name"), None) in graph, node
        rules = [node, *graph.objects(node, sh("sparql"))]
        message = next((m for rule in rules for m in graph.objects(rule, sh("message"))), None)
        constrained = (node, sh("path"), None) in graph or any(
            (node, sh(name), None) in graph for name in ("closed", "or", "not", "nodeKind", "pattern", "sparql")
        )
        assert message is not None or not constrained, node
        assert message is None or str(message).endswith((".", "?")), message


def test_paths_of_results_are_plain_properties() -> None:
    graph = shapes_graph()
    for node in graph.subjects(sh("path")):
        assert not isinstance(node, URIRef) or isinstance(graph.value(node, sh("path")), URIRef)


def test_files_carry_their_licence_and_one_vocabulary_of_schema_org() -> None:
    for file in shape_files():
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# SPDX-License-Identifier: CC-BY-4.0\n# Shapes for ")
        assert "<http://schema.org" not in text


def test_the_shapes_are_parsed_once() -> None:
    assert shapes() is shapes()

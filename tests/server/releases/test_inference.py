from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import DCTERMS, ONR, RDF, RDFS, SKOS
from server.releases.inference import Schema, chosen_label, inferred

GRAPH = NamedNode("https://example.org/graph/inferences")
ONE, TWO, THREE = (NamedNode(f"https://example.org/doc/{name}") for name in ("one", "two", "three"))
THING = NamedNode("https://example.org/id/thing")
SCHEMA = Schema.read(
    [
        Quad(ONR.Union, RDFS.subClassOf, ONR.Organization),
        Quad(ONR.Organization, RDFS.subClassOf, ONR.Actor),
        Quad(ONR.speaker, RDFS.subPropertyOf, ONR.concerns),
        Quad(ONR.concerns, RDFS.subPropertyOf, ONR.names),
        Quad(ONR.circular, RDFS.subClassOf, ONR.round),
        Quad(ONR.round, RDFS.subClassOf, ONR.circular),
    ]
)


def follows(*quads: Quad) -> set[tuple[NamedNode, object]]:
    return {(quad.predicate, quad.object) for quad in inferred(quads, SCHEMA, GRAPH)}


def named(name: str, graph: NamedNode = ONE) -> Quad:
    return Quad(THING, ONR.name, Literal(name), graph)


def test_superclasses_of_superclasses_follow() -> None:
    assert follows(Quad(THING, RDF.type, ONR.Union, ONE)) == {(RDF.type, ONR.Organization), (RDF.type, ONR.Actor)}


def test_superproperties_of_superproperties_follow_for_the_same_subject() -> None:
    assert follows(Quad(THING, ONR.speaker, ONE, ONE)) == {(ONR.concerns, ONE), (ONR.names, ONE)}


def test_what_a_graph_states_is_not_repeated() -> None:
    stated = Quad(THING, RDF.type, ONR.Actor, TWO)
    assert follows(Quad(THING, RDF.type, ONR.Union, ONE), stated) == {(RDF.type, ONR.Organization)}


def test_classes_above_each_other_end() -> None:
    assert follows(Quad(THING, RDF.type, ONR.round, ONE)) == {(RDF.type, ONR.circular)}


def test_a_literal_value_is_inherited_and_is_no_subject() -> None:
    assert follows(Quad(THING, ONR.speaker, Literal("x"), ONE)) == {
        (ONR.concerns, Literal("x")),
        (ONR.names, Literal("x")),
    }


def test_inferences_are_quads_of_their_graph_about_the_subject() -> None:
    quads = inferred([Quad(THING, RDF.type, ONR.Organization, ONE)], SCHEMA, GRAPH)
    assert quads == {Quad(THING, RDF.type, ONR.Actor, GRAPH)}


def test_a_stated_label_is_the_only_label() -> None:
    assert follows(Quad(THING, RDFS.label, Literal("stated"), ONE), named("named")) == set()


def test_the_preferred_label_wins_over_names() -> None:
    preferred = Quad(THING, SKOS.prefLabel, Literal("Guild", language="en"), ONE)
    assert chosen_label([named("a"), named("a", TWO), preferred]) == Literal("Guild", language="en")


def test_the_english_preferred_label_wins_over_others() -> None:
    labels = [Quad(THING, SKOS.prefLabel, Literal(text, language=tag), ONE) for text, tag in (("A", "de"), ("B", "en"))]
    assert chosen_label(labels) == Literal("B", language="en")


def test_the_name_of_most_documents_wins_over_the_first() -> None:
    assert chosen_label([named("a"), named("b"), named("b", TWO)]) == Literal("b")


def test_of_equally_frequent_names_the_first_by_code_points_wins() -> None:
    assert chosen_label([named("b"), named("a", TWO), named("Z", THREE)]) == Literal("Z")


def test_a_name_counts_in_any_case_and_its_commonest_spelling_is_taken() -> None:
    names = [named("Product manager"), named("product manager", TWO), named("AI product manager", THREE)]
    assert chosen_label(names) == Literal("Product manager")
    assert chosen_label([*names, named("product manager", NamedNode("urn:four"))]) == Literal("product manager")
    assert chosen_label([named("b"), named("B"), named("a", TWO)]) == Literal("B")


def test_a_document_without_a_name_is_labelled_by_title_then_identifier() -> None:
    identifier = Quad(THING, DCTERMS.identifier, Literal("000"), ONE)
    assert chosen_label([identifier]) == Literal("000")
    assert chosen_label([identifier, Quad(THING, DCTERMS.title, Literal("Title"), ONE)]) == Literal("Title")


def test_a_thing_without_any_name_has_no_label() -> None:
    assert chosen_label([Quad(THING, RDF.type, ONR.Actor, ONE)]) is None

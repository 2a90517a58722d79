"""The bridge between terms and what users type."""

from enum import StrEnum

import pytest

from ingest import facts
from ontology import vocabulary
from ontology.errors import NotFound
from ontology.namespaces import ONR, ORG, PROV, SCHEMA


@pytest.mark.parametrize(
    ("cls", "enumeration"),
    [
        ("EvidencePart", facts.Part),
        ("Mode", facts.Mode),
        ("Stance", facts.Stance),
        ("Qualifier", facts.Qualifier),
        ("Period", facts.Period),
        ("PayKind", facts.PayKind),
        ("EventState", facts.EventState),
        ("Event", facts.EventKind),
        ("Organization", facts.OrganizationKind),
    ],
)
def test_the_fact_model_and_the_ontology_know_the_same_notations(cls: str, enumeration: type[StrEnum]) -> None:
    assert set(vocabulary.notations(cls)) == {member.value for member in enumeration}


def test_kinds_of_actor_are_those_of_the_interface() -> None:
    kinds = "union studio streaming_service alliance tech_company news_outlet research_firm group person other"
    assert set(vocabulary.notations("Actor")) == set(kinds.split())


def test_an_individual_is_found_by_its_notation_and_back() -> None:
    for cls in ("Mode", "Stance", "EvidencePart", "Qualifier", "Period", "PayKind", "EventState", "LinkKind"):
        for notation in vocabulary.notations(cls):
            assert vocabulary.notation(vocabulary.individual(cls, notation)) == notation


def test_one_notation_may_stand_for_individuals_of_different_classes() -> None:
    assert vocabulary.individual("Mode", "mixed") == ONR.mixed
    assert vocabulary.individual("Stance", "mixed") == ONR.mixedStance
    assert vocabulary.individual("Qualifier", "about") == ONR.approximately


def test_kinds_become_classes_and_back() -> None:
    assert vocabulary.actor_class("streaming_service") == ONR.StreamingService
    assert vocabulary.actor_class("other") == ONR.Organization
    assert vocabulary.event_class("survey") == ONR.Survey
    assert vocabulary.event_class("other") == ONR.Event
    assert vocabulary.notation(ONR.StreamingService) == "streaming_service"


@pytest.mark.parametrize(
    ("look_up", "near"),
    [
        (lambda: vocabulary.individual("Stance", "oposes"), "opposes"),
        (lambda: vocabulary.actor_class("unions"), "union"),
        (lambda: vocabulary.event_class("stike"), "strike"),
    ],
)
def test_an_unknown_notation_is_not_found_and_the_nearest_are_named(look_up: object, near: str) -> None:
    assert callable(look_up)
    with pytest.raises(NotFound) as caught:
        look_up()
    assert caught.value.nearest[0] == near


def test_a_term_without_notation_has_none() -> None:
    with pytest.raises(NotFound, match="no notation"):
        vocabulary.notation(ONR.Statement)


def test_what_is_above_a_class_is_transitive_and_reaches_other_vocabularies() -> None:
    above = vocabulary.superclasses(ONR.Union)
    assert {ONR.Organization, ONR.Actor, ONR.Thing, PROV.Agent, SCHEMA.Organization, ORG.Organization} <= set(above)
    assert ONR.Union not in above
    assert list(above) == sorted(above, key=str)
    assert vocabulary.superclasses(SCHEMA.Nothing) == ()


def test_what_is_above_a_property_is_transitive_and_reaches_other_vocabularies() -> None:
    assert set(vocabulary.superproperties(ONR.member)) == {ONR.concerns, ORG.member}
    assert vocabulary.superproperties(ONR.inDocument) == (PROV.wasDerivedFrom,)


def test_every_term_is_reachable_as_an_attribute_of_its_namespace() -> None:
    assert [term.name for term in vocabulary.terms() if getattr(ONR, term.name) != term.iri] == []


def test_properties_with_one_value_are_marked() -> None:
    assert {ONR.amountMin, ONR.amountMax, ONR.state} <= set(vocabulary.single_valued())
    assert ONR.topic not in vocabulary.single_valued()


def test_the_ontology_is_published_in_the_graph_that_is_asked_for() -> None:
    quads = vocabulary.quads(ONR.graph)
    assert {quad.graph_name for quad in quads} == {ONR.graph}
    assert len(quads) > 1000

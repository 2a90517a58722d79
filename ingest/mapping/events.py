"""Events and surveys: what happens, who takes part, how far it has come, and what a survey counted."""

from __future__ import annotations

from ingest.anchor import fold_case
from ingest.facts import Event, SurveyFinding
from ingest.mapping import literals
from ingest.mapping.graph import FactNode
from ingest.resolution import Scope
from ontology.namespaces import ONR, RDF


def event_report(fact: Event, node: FactNode, scope: Scope) -> None:
    """Write what a document tells of an event."""
    event = scope.event(fact)
    node.set(RDF.type, ONR.EventReport)
    node.set(ONR.concerns, node.thing(event))
    node.set(ONR.event, event.iri)
    for name in fact.participants:
        node.set(ONR.participant, node.named(name))
    node.date(ONR.date, fact.date)
    node.choice(ONR.state, "EventState", fact.state)
    node.text(ONR.about, fact.about)
    node.text(ONR.location, fact.location)
    if fact.count is not None:
        node.set(ONR.count, literals.integer(fact.count))
    node.topics(fact.topics)
    state = f" ({fact.state.value})" if fact.state else ""
    people = ", ".join(name.name for name in fact.participants)
    node.summary(f"{fact.label}{state}", people, fact.about, fact.date.wording if fact.date else None, between="; ")
    node.asserts("event", [event.iri], event.name)


def survey_finding(fact: SurveyFinding, node: FactNode, scope: Scope) -> None:
    """Write one figure that a survey found."""
    survey = scope.survey(fact.survey)
    value = literals.decimal(fact.value)
    node.set(RDF.type, ONR.SurveyFinding)
    node.set(ONR.concerns, node.thing(survey))
    node.set(ONR.survey, survey.iri)
    node.set(ONR.conductedBy, node.actor(fact.by))
    if fact.sample_size is not None:
        node.set(ONR.sampleSize, literals.integer(fact.sample_size))
    node.text(ONR.population, fact.population)
    node.text(ONR.finding, fact.finding)
    node.set(ONR.value, value)
    node.text(ONR.unitText, fact.unit)
    node.text(ONR.wording, fact.wording)
    node.date(ONR.date, fact.date)
    node.topics(fact.topics)
    node.summary(f"{fact.survey}: {value.value} {fact.unit}, {fact.finding}")
    finding = " ".join(fold_case(fact.finding).split())
    node.asserts(
        "finding",
        [survey.iri, value, fact.unit, finding],
        f"{survey.name}: {value.value} {fact.unit}, {finding}",
    )

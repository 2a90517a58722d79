"""Persons in their roles or by their names alone, and organizations as documents name them."""

from __future__ import annotations

from ingest.facts import Organization, Person
from ingest.mapping.graph import FactNode
from ingest.resolution import Scope
from ontology.namespaces import ONR, RDF


def membership(fact: Person, node: FactNode, scope: Scope) -> None:
    """Write who holds which role where; or only who is named, where the document tells neither."""
    person = scope.person(fact.name)
    if fact.role is None and fact.affiliation is None:
        node.set(RDF.type, ONR.PersonReport)
        node.set(ONR.concerns, node.thing(person))
        node.set(ONR.namedPerson, person.iri)
        node.summary(fact.name)
        return
    organization = scope.actor(fact.affiliation) if fact.affiliation is not None else None
    node.set(RDF.type, ONR.Membership)
    node.set(ONR.concerns, node.thing(person))
    node.set(ONR.member, person.iri)
    node.text(ONR.role, fact.role)
    node.summary(fact.name, fact.role, fact.affiliation)
    if organization is not None:
        node.set(ONR.concerns, node.thing(organization))
        node.set(ONR.organization, organization.iri)
        name = f"{person.canonical} at {organization.canonical}"
        node.asserts("membership", [person.iri, organization.iri], name)


def organization_report(fact: Organization, node: FactNode, scope: Scope) -> None:
    """Write which organization a document names, and what it says of it."""
    organization = scope.actor(fact.name)
    node.set(RDF.type, ONR.OrganizationReport)
    node.set(ONR.concerns, node.thing(organization))
    node.set(ONR.namedOrganization, organization.iri)
    node.text(ONR.nameAsGiven, fact.name)
    node.set(ONR.unitOf, node.actor(fact.unit_of))
    node.text(ONR.description, fact.description)
    node.summary(fact.name, f"part of {fact.unit_of}" if fact.unit_of else None, fact.description)

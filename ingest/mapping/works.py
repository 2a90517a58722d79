"""Technologies in use, and works."""

from __future__ import annotations

from ingest.facts import TechnologyUse, Work
from ingest.mapping.graph import FactNode
from ingest.resolution import Scope
from ontology.namespaces import ONR, RDF


def technology_use(fact: TechnologyUse, node: FactNode, scope: Scope) -> None:
    """Write who makes a technology, who uses it, and what for."""
    technology = scope.technology(fact.technology)
    node.set(RDF.type, ONR.TechnologyUse)
    node.set(ONR.concerns, node.thing(technology))
    node.set(ONR.technology, technology.iri)
    node.text(ONR.purpose, fact.purpose)
    node.topics(fact.topics)
    if fact.developer is not None:
        developer = scope.actor(fact.developer)
        node.set(ONR.developer, node.thing(developer))
        name = f"{technology.canonical}, made by {developer.canonical}"
        node.asserts("developer", [technology.iri, developer.iri], name)
    for user_name in fact.users:
        user = node.meant(user_name)
        node.set(ONR.user, node.thing(user))
        node.asserts("user", [technology.iri, user.iri], f"{technology.canonical}, used by {user.canonical}")
    node.summary(
        fact.technology,
        f"made by {fact.developer}" if fact.developer else None,
        f"used by {', '.join(user.name for user in fact.users)}" if fact.users else None,
        f"purpose: {fact.purpose}" if fact.purpose else None,
    )


def work_report(fact: Work, node: FactNode, scope: Scope) -> None:
    """Write which work a document names."""
    work = scope.work(fact.title)
    node.set(RDF.type, ONR.WorkReport)
    node.set(ONR.concerns, node.thing(work))
    node.set(ONR.work, work.iri)
    node.text(ONR.workKind, fact.work_kind)
    node.set(ONR.producer, node.actor(fact.by))
    node.text(ONR.description, fact.description)
    node.summary(fact.title, fact.work_kind, f"by {fact.by}" if fact.by else None)
    node.asserts("work", [work.iri], f"work: {work.canonical}")

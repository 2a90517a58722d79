"""Statements and stances: who says what, to whom, and by whose report it came here."""

from __future__ import annotations

from textwrap import shorten

from ingest.anchor import fold_case
from ingest.facts import Part, StanceReport, Statement
from ingest.mapping import literals
from ingest.mapping.graph import FactNode
from ingest.resolution import Scope
from ontology.namespaces import ONR, RDF
from ontology.vocabulary import individual

LONGEST_NAME = 160
"""Characters of a quotation that name what it asserts; the whole is in the statement."""

SHORTEST_QUOTATION = 2
"""Words of the shortest quotation by which two documents are taken to quote the same utterance."""


def statement(fact: Statement, node: FactNode, _: Scope) -> None:
    """Write a statement; its content is recorded, never asserted."""
    speaker = node.meant(fact.speaker)
    node.set(RDF.type, ONR.Statement)
    node.set(ONR.concerns, node.thing(speaker))
    node.set(ONR.speaker, speaker.iri)
    node.text(ONR.speakerName, " ".join(s.exact for s in fact.parts(Part.SOURCE)) or fact.speaker.name)
    node.text(ONR.role, fact.role)
    node.set(ONR.affiliation, node.actor(fact.affiliation))
    node.choice(ONR.mode, "Mode", fact.mode.value)
    node.text(ONR.text, fact.content)
    node.text(ONR.quotation, *fact.quote)
    _chain(fact, node)
    node.date(ONR.saidOn, fact.said_on)
    node.topics(fact.topics)
    node.choice(ONR.stance, "Stance", fact.stance)
    node.summary(f"{fact.speaker.name}: {fact.content}")
    words = " ".join(fact.quote).split()
    if len(words) >= SHORTEST_QUOTATION and not fact.speaker.unresolved:
        quotation = " ".join(words)
        name = f"{speaker.canonical}: “{shorten(quotation, LONGEST_NAME, placeholder=' …')}”"
        node.asserts("statement", [speaker.iri, fold_case(quotation)], name)


def _chain(fact: Statement, node: FactNode) -> None:
    """The links by which the statement came to the document: told first, then reported."""
    links = [(ONR.toldTo, "told", name) for name in fact.told_to]
    links += [(ONR.reportedBy, "reported", name) for name in fact.reported_by]
    for order, (predicate, kind, name) in enumerate(links, start=1):
        link, agent = node.child(f"link-{order}"), node.named(name)
        node.set(predicate, agent)
        node.set(ONR.link, link)
        node.writer.add(link, RDF.type, ONR.ReportingLink)
        node.writer.add(link, ONR.order, literals.integer(order))
        node.writer.add(link, ONR.agent, agent)
        node.writer.add(link, ONR.linkKind, individual("LinkKind", kind))


def stance(fact: StanceReport, node: FactNode, _: Scope) -> None:
    """Write where an actor stands."""
    holder = node.meant(fact.holder)
    node.set(RDF.type, ONR.StanceReport)
    node.set(ONR.concerns, node.thing(holder))
    node.set(ONR.holder, holder.iri)
    node.choice(ONR.stance, "Stance", fact.stance.value)
    node.text(ONR.text, fact.content)
    node.topics(fact.topics)
    node.summary(f"{fact.holder.name} ({fact.stance.value}): {fact.content}")

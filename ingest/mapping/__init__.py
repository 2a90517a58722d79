"""From resolved facts to the quads of one document's graph: deterministic, canonical, without blank nodes.

The order in which facts are written does not matter: nodes are named by kind and span, and facts that share both are
numbered in the order of their canonical JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from pyoxigraph import Quad

from ingest import jsonl
from ingest.annotation import Review
from ingest.document import Document
from ingest.facts import Fact, JobPosting
from ingest.mapping import actors, events, metadata, postings, statements, works
from ingest.mapping.graph import FactNode, GraphWriter
from ingest.resolution import Scope
from ontology.namespaces import ONR

Mapper = Callable[..., None]

MAPPERS: dict[str, tuple[tuple[str, Mapper], ...]] = {
    "statement": (("statement", statements.statement),),
    "stance": (("stance", statements.stance),),
    "job_posting": (("posting-report", postings.posting_report), ("pay-report", postings.posting_pay)),
    "pay_report": (("pay-report", postings.pay_report),),
    "event": (("event-report", events.event_report),),
    "person": (("membership", actors.membership),),
    "organization": (("organization-report", actors.organization_report),),
    "survey_finding": (("survey-finding", events.survey_finding),),
    "technology_use": (("technology-use", works.technology_use),),
    "work": (("work-report", works.work_report),),
    "document_metadata": (("metadata-report", metadata.metadata_report),),
}
"""The nodes that a fact of each kind becomes: the kind as it stands in their IRI, and what writes them."""


def quads(
    document: Document,
    facts: Sequence[Fact],
    scope: Scope,
    review: Review | None = None,
    disputes: Sequence[tuple[Fact, Fact]] = (),
) -> list[Quad]:
    """All quads of a document's graph, sorted. `disputes` are pairs of facts that read the same words otherwise.

    Raises:
        NotFound: a name or topic of a fact is unknown.
    """
    writer = GraphWriter(document, scope, review)
    metadata.document_node(writer, scope, facts)
    taken: dict[tuple[str, int, int], int] = defaultdict(int)
    nodes: dict[Fact, dict[str, FactNode]] = defaultdict(dict)
    for line in sorted({jsonl.line(fact): fact for fact in facts}.items()):
        fact = line[1]
        for kind, mapper in MAPPERS[fact.kind]:
            if mapper is postings.posting_pay and isinstance(fact, JobPosting) and not fact.has_pay:
                continue
            place = (kind, *fact.span)
            taken[place] += 1
            node = nodes[fact][kind] = FactNode(writer, fact, kind, taken[place])
            mapper(fact, node, scope)
    for one, other in disputes:
        for kind in nodes[one].keys() & nodes[other].keys():
            nodes[one][kind].set(ONR.readOtherwise, nodes[other][kind].iri)
            nodes[other][kind].set(ONR.readOtherwise, nodes[one][kind].iri)
    return writer.quads()

"""Which quads of a document get in: all but the facts that violate a shape, with what only those facts stand on.

A violation at the document node itself is no fact's fault; then the values that violate stay out. Whatever is left out
is a problem that is reported; the rest of the document gets in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad

from ontology.namespaces import ONR
from server.releases.manifest import Problem
from shapes.report import Report, Result

IN_DOCUMENT = ONR.inDocument


def facts_of(quads: Iterable[Quad]) -> frozenset[NamedNode]:
    """The facts among the subjects of a document's quads."""
    found = (quad.subject for quad in quads if quad.predicate == IN_DOCUMENT)
    return frozenset(fact for fact in found if isinstance(fact, NamedNode))


def admitted(quads: Iterable[Quad], document: NamedNode, report: Report) -> frozenset[Quad]:
    """The quads of a document's graph that get in, given the verdict on all of them."""
    kept = frozenset(quads)
    wrong = [result for result in report.violations if result.focus == document]
    kept -= {quad for quad in kept if quad.subject == document and any(_at_fault(quad, result) for result in wrong)}
    left_out = facts_of(kept) & set(report.withheld)
    return _without(kept, document, left_out) if left_out else kept


def problems(report: Report, document: str) -> tuple[Problem, ...]:
    """The violations of a report as problems of a document, each with its place and reason."""
    return tuple(Problem(result.message, _place(result), document, violation=True) for result in report.violations)


def _at_fault(quad: Quad, result: Result) -> bool:
    return quad.predicate == result.path and result.value in (None, quad.object)


def _place(result: Result) -> str:
    return str(result.sentences[0]) if result.sentences else str(result.focus)


def _without(quads: frozenset[Quad], document: NamedNode, left_out: frozenset[NamedNode]) -> frozenset[Quad]:
    """The quads without those facts and without every node that nothing but those facts leads to."""
    edges: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            edges[quad.subject].add(quad.object)
    behind = _reached(left_out, edges, stop=frozenset({document}))
    # A fact that stays, and whatever the facts in question do not lead to, stands of itself.
    roots = (edges.keys() - behind) | (facts_of(quads) - left_out) | {document}
    standing = _reached(roots - left_out, edges, stop=left_out)
    gone = (behind - standing) | left_out
    return frozenset(quad for quad in quads if quad.subject not in gone)


def _reached(
    start: Iterable[NamedNode], edges: Mapping[NamedNode, set[NamedNode]], *, stop: frozenset[NamedNode]
) -> set[NamedNode]:
    """All nodes that the edges lead to from `start`, which is included; nodes of `stop` are reached, not passed."""
    found = set(start)
    waiting = list(found)
    while waiting:
        for node in edges.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                if node not in stop:
                    waiting.append(node)
    return found

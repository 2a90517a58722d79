"""What a request changes, graph by graph: the quads that go, the quads that come, and whether the graph is there after.

Comparing two stores passes over the graphs in question once and holds only what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ontology.errors import InputError

GraphName = NamedNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class GraphChange:
    """How one graph changes. The default graph is always there."""

    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = frozenset()
    before: bool = True
    after: bool = True

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.before != self.after)


Changes = Mapping[GraphName, GraphChange]


def compare(before: Store, after: Store, graphs: Iterable[GraphName]) -> dict[GraphName, GraphChange]:
    """What is different in these graphs of two stores."""
    found = {graph: _compared(before, after, graph) for graph in graphs}
    return {graph: change for graph, change in found.items() if change}


def insertions(quads: Iterable[Quad], before: Store) -> dict[GraphName, GraphChange]:
    """What is new in the graphs of a store when these quads are added."""
    coming: dict[GraphName, set[Quad]] = {}
    for quad in quads:
        if quad not in before:
            coming.setdefault(_name(quad), set()).add(quad)
    return {
        graph: GraphChange(frozenset(), frozenset(added), exists(before, graph), True)
        for graph, added in coming.items()
    }


def follow(store: Store, old: frozenset[Quad], new: frozenset[Quad]) -> None:
    """Lets the default graph of a store, the merge of the others, follow the change of one of them."""
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in new - old)
    for quad in old - new:
        held = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(isinstance(other.graph_name, DefaultGraph) for other in held):
            store.remove(Quad(quad.subject, quad.predicate, quad.object))


def _name(quad: Quad) -> GraphName:
    if isinstance(quad.graph_name, GraphName):
        return quad.graph_name
    raise InputError("a graph must have an IRI, not a blank node", "body")


def _compared(before: Store, after: Store, graph: GraphName) -> GraphChange:
    old = before.quads_for_pattern(None, None, None, graph)
    new = after.quads_for_pattern(None, None, None, graph)
    return GraphChange(
        frozenset(quad for quad in old if quad not in after),
        frozenset(quad for quad in new if quad not in before),
        exists(before, graph),
        exists(after, graph),
    )


def exists(store: Store, graph: GraphName) -> bool:
    """Whether a store has the graph; the default graph is always there."""
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def content(store: Store, graph: GraphName, change: GraphChange) -> frozenset[Quad]:
    """The quads of a graph of the store before the change, once it is made."""
    return frozenset(store.quads_for_pattern(None, None, None, graph)) - change.removed | change.added

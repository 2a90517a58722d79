"""What follows from the record by two rules of RDFS, and the one label of each thing.

rdfs7 (superproperties) and rdfs9 (superclasses) of https://www.w3.org/TR/rdf11-mt/#rdfs-entailment, nothing more. Both
conclude about the subject of their premiss only, so a change is followed up subject by subject. What some base graph
states already is not repeated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology.namespaces import DCTERMS, ONR, RDF, RDFS, SKOS

TYPE, LABEL, PREFERRED, NAME = RDF.type, RDFS.label, SKOS.prefLabel, ONR.name
LABELLING = (PREFERRED, NAME, DCTERMS.title, DCTERMS.identifier)
"""Properties that can give a thing its label, the first that it has."""

Closure = Mapping[NamedNode, frozenset[NamedNode]]


@dataclass(frozen=True)
class Schema:
    """All superclasses and superproperties of every term, itself left out."""

    superclasses: Closure
    superproperties: Closure

    @classmethod
    def read(cls, quads: Iterable[Quad]) -> Schema:
        """Reads rdfs:subClassOf and rdfs:subPropertyOf from the quads of an ontology."""
        classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        properties: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        tables = {RDFS.subClassOf: classes, RDFS.subPropertyOf: properties}
        for quad in quads:
            table = tables.get(quad.predicate)
            if table is not None and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                table[quad.subject].add(quad.object)
        return cls(_closure(classes), _closure(properties))


def _closure(direct: Mapping[NamedNode, set[NamedNode]]) -> Closure:
    def reachable(term: NamedNode) -> frozenset[NamedNode]:
        found: set[NamedNode] = set()
        waiting = list(direct[term])
        while waiting:
            above = waiting.pop()
            if above not in found:
                found.add(above)
                waiting.extend(direct.get(above, ()))
        return frozenset(found - {term})

    return {term: reachable(term) for term in direct}


def inferred(stated: Iterable[Quad], schema: Schema, graph: NamedNode) -> set[Quad]:
    """What follows from the quads of one subject, as quads of `graph`. Quads may repeat a triple in several graphs."""
    quads = list(stated)
    known = {(quad.predicate, quad.object) for quad in quads}
    found = {(above, value) for predicate, value in known for above in schema.superproperties.get(predicate, ())}
    found |= {
        (TYPE, above)
        for predicate, value in known | found
        if predicate == TYPE and isinstance(value, NamedNode)
        for above in schema.superclasses.get(value, ())
    }
    label = chosen_label(quads)
    if label is not None and not any(predicate == LABEL for predicate, _ in known):
        found.add((LABEL, label))
    return {Quad(quads[0].subject, predicate, value, graph) for predicate, value in found - known}


def chosen_label(quads: Iterable[Quad]) -> Literal | None:
    """The label of one thing from what is stated about it, or None when it has no name.

    The preferred label (the English one, if there are several), else the name that most graphs give in any case and, of
    its spellings, the one that most graphs give, else a title or an identifier; between equals the first in the order
    of code points.
    """
    stated = {(quad.predicate, quad.object, quad.graph_name) for quad in quads if isinstance(quad.object, Literal)}
    for predicate in LABELLING:
        names = Counter(name for each, name, _ in stated if each == predicate)
        if names:
            graphs = {(name.value.casefold(), graph) for each, name, graph in stated if each == predicate}
            votes = Counter(name for name, _ in graphs)
            return min(
                names,
                key=lambda name: (_foreign(name), -votes[name.value.casefold()], -names[name], name.value, str(name)),
            )
    return None


def _foreign(name: Literal) -> bool:
    return (name.language or "en").split("-")[0] != "en"


def refresh(
    store: Store, subjects: Iterable[NamedNode], schema: Schema, graph: NamedNode
) -> tuple[set[Quad], set[Quad]]:
    """The inferences about `subjects` as the store holds them and as they should be.

    `graph` is the graph of inferences. Premisses are the quads of every other named graph.
    """
    old: set[Quad] = set()
    new: set[Quad] = set()
    for subject in subjects:
        stated = []
        for quad in store.quads_for_pattern(subject, None, None, None):
            if quad.graph_name == graph:
                old.add(quad)
            elif isinstance(quad.graph_name, NamedNode):
                stated.append(quad)
        if stated:
            new |= inferred(stated, schema, graph)
    return old, new

"""Terms and quads of pyoxigraph as those of rdflib, and back: the one place where the two libraries meet.

The graph that a check reads is a set of triples (https://www.w3.org/TR/shacl/#data-graph), so graph names are dropped.
Literals keep their lexical form: rdflib's own normalisation would hide an ill-formed value from the shapes.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Identifier, Node

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

Term = NamedNode | BlankNode | Literal


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """The triples of the quads as an rdflib graph. SHACL 1.0 has no triples about triples: they are left out."""
    graph = Graph(bind_namespaces="none")
    known: dict[str, URIRef] = {}

    def iri(value: str) -> URIRef:
        found = known.get(value)
        if found is None:
            found = known[value] = URIRef(value)
        return found

    def term(node: Term) -> Identifier:
        if isinstance(node, NamedNode):
            return iri(node.value)
        if isinstance(node, BlankNode):
            return BNode(node.value)
        if node.language is not None:
            return RdflibLiteral(node.value, lang=node.language, normalize=False)
        if node.datatype.value == XSD_STRING:
            return RdflibLiteral(node.value)
        return RdflibLiteral(node.value, datatype=iri(node.datatype.value), normalize=False)

    store = graph.store
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, Triple) and not isinstance(value, Triple):
            store.add((term(subject), iri(quad.predicate.value), term(value)), graph)
    return graph


def from_rdflib(node: Node) -> Term:
    """One term of rdflib as pyoxigraph's.

    Raises:
        TypeError: the node is a variable or a graph, which no triple of data holds.
    """
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if isinstance(node, RdflibLiteral):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype or XSD_STRING)))
    raise TypeError(f"{node!r} is not a term of RDF data")

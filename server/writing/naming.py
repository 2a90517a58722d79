"""Blank nodes given IRIs, because what a release publishes has none (https://www.w3.org/TR/rdf11-concepts/#section-skolemization).

The names follow from the content by the canonical labels of https://www.w3.org/TR/rdf-canon/, so that the same graph
gets the same names each time it is put. A salt keeps the nodes of one request apart from those of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from ontology.errors import InputError
from ontology.namespaces import Base
from server.releases.store import lines

PATH = ".well-known/genid/"


def named(quads: Iterable[Quad], base: Base, salt: str) -> frozenset[Quad]:
    """The quads with an IRI in place of each blank node.

    Raises:
        InputError: a blank node names a graph, or is within a triple term.
    """
    given = frozenset(quads)
    anonymous = {
        quad for quad in given if any(isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object))
    }
    if any(isinstance(quad.graph_name, BlankNode) for quad in given):
        raise InputError("a graph must have an IRI, not a blank node", "body")
    if any(isinstance(term, Triple) for quad in anonymous for term in (quad.subject, quad.object)):
        raise InputError("a triple about a triple cannot be released", "body")
    if not anonymous:
        return given
    dataset = Dataset(anonymous)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    digest = sha256(salt.encode() + b"".join(lines(dataset))).hexdigest()[:16]

    def node(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal | Triple:
        return NamedNode(f"{base.iri}{PATH}{digest}-{term.value}") if isinstance(term, BlankNode) else term

    renamed = set()
    for quad in dataset:
        subject = node(quad.subject)
        assert isinstance(subject, NamedNode), "triple terms were refused above"
        renamed.add(Quad(subject, quad.predicate, node(quad.object), quad.graph_name))
    return (given - anonymous) | renamed

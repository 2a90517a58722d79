"""What the shapes say of the graphs that a change touches: each as it would be after the change, with what the release
says elsewhere of the things that it names.

A graph is checked when it uses the ontology or describes something that the shapes are about. Where the default graph
is plain only the first counts: the rest is nobody's record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from rdflib import URIRef

from ontology.namespaces import ONR, RDF, SH
from server.releases.release import Release
from server.writing.changes import Changes
from server.writing.edition import Contents
from server.writing.grounding import grounded
from shapes.check import check, shapes
from shapes.context import Descriptions
from shapes.conversion import from_rdflib
from shapes.report import Report

DEFAULT = DefaultGraph()


def verdict(changes: Changes, contents: Contents, store: Store, release: Release, *, plain: bool) -> Report:
    """The report on all graphs that are there after the change; `release` is the one before it, with its store."""
    reports = []
    descriptions: Descriptions | None = None
    for graph, change in changes.items():
        quads = contents[graph]
        if change.after and (uses_ontology(quads) or (not plain and _is_targeted(quads))):
            descriptions = descriptions or Descriptions.load(release.base)
            context = [*descriptions.named_in(quads), *_elsewhere(quads, store)]
            reports += [check(quads, context), grounded(quads, release)]
    return Report.merge(reports)


def uses_ontology(quads: Iterable[Quad]) -> bool:
    """Whether a property or a class of the ontology is used."""
    beginning = str(ONR)
    return any(
        quad.predicate.value.startswith(beginning)
        or (
            quad.predicate == RDF.type
            and isinstance(quad.object, NamedNode)
            and quad.object.value.startswith(beginning)
        )
        for quad in quads
    )


def _is_targeted(quads: Iterable[Quad]) -> bool:
    """Whether something is of a class that the shapes are about. Where nothing is, they have nothing to say."""
    return any(quad.predicate == RDF.type and quad.object in _targets() for quad in quads)


@cache
def _targets() -> frozenset[object]:
    return frozenset(from_rdflib(target) for target in shapes().graph.objects(None, URIRef(SH.targetClass.value)))


def _elsewhere(quads: frozenset[Quad], store: Store) -> Iterator[Quad]:
    """What the default graph says of things that the quads name and do not describe."""
    described = {quad.subject for quad in quads}
    for node in {quad.object for quad in quads if isinstance(quad.object, NamedNode)} - described:
        yield from store.quads_for_pattern(node, None, None, DEFAULT)

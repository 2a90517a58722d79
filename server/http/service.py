"""The endpoint's description of itself (https://www.w3.org/TR/sparql11-service-description/), made from the table of
formats and the current release's manifest. All its nodes have IRIs.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.errors import InputError
from ontology.namespaces import PREFIXES, RDF, VOID, Namespace
from server.formats import FORMATS, Format
from server.releases.release import Release
from server.settings import DefaultGraphKind
from server.writing.state import PLAIN_DEFAULT

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def describe(endpoint: str, release: Release | None, format: Format, kind: DefaultGraphKind) -> bytes:
    """The description of the service at an endpoint with that kind of default graph, in one of the formats for graphs.

    Raises:
        InputError: the format is for something else.
    """
    syntax = RdfFormat.from_media_type(format.media_type)
    if syntax is None:
        raise InputError(f"{format.media_type} is no RDF format", "format")
    prefixes = {name: PREFIXES[name] for name in ("rdf", "void")} | {"sd": str(SD)}
    written = serialize(_triples(endpoint, release, kind), format=syntax, prefixes=prefixes)
    return written or b""


def _triples(endpoint: str, release: Release | None, kind: DefaultGraphKind) -> Iterator[Triple]:
    service, dataset = NamedNode(f"{endpoint}#service"), NamedNode(f"{endpoint}#dataset")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, NamedNode(endpoint))
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    merge = kind is DefaultGraphKind.MERGE
    if merge:
        yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    for iri in sorted({format.iri for format in FORMATS if format.iri}):
        yield Triple(service, SD.resultFormat, NamedNode(iri))
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    if release is None:
        return
    own = sum(graph.quads for graph in release.manifest.graphs if graph.iri == PLAIN_DEFAULT)
    default = NamedNode(f"{endpoint}#default-graph")
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    yield Triple(default, VOID.triples, Literal(release.manifest.counts.triples if merge else own))
    graphs = [graph for graph in release.manifest.graphs if graph.iri != PLAIN_DEFAULT]
    for number, graph in enumerate(graphs, 1):
        named, content = NamedNode(f"{endpoint}#named-graph-{number}"), NamedNode(f"{endpoint}#graph-{number}")
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, NamedNode(graph.iri))
        yield Triple(named, SD.graph, content)
        yield Triple(content, RDF.type, SD.Graph)
        yield Triple(content, VOID.triples, Literal(graph.quads))

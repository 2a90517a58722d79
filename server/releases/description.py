"""The release's description of itself, in the graph `{base}graph/release`: what it holds and what it was made from.

VoID (https://www.w3.org/TR/void/) for its parts and sizes, DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) for its
distributions, PROV-O for its sources, and the canned queries as SHACL SPARQL executables
(https://www.w3.org/TR/shacl-af/#SPARQLSelectExecutable). It names no time, so that the same content reads the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import DCAT, DCTERMS, ONR, ONTOLOGY, PROV, RDF, SCHEMA, SKOS, VOID, XSD, Base
from server.releases.manifest import Counts, GraphEntry, Manifest

if TYPE_CHECKING:
    from server.canned.catalogue import CannedQuery

Value = NamedNode | Literal

VOCABULARIES = (ONR, SCHEMA, PROV, SKOS, DCTERMS)
DUMPS = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""Suffix and media type of each dump that is offered."""


def describe(base: Base, manifest: Manifest, queries: Iterable[CannedQuery]) -> list[Quad]:
    """The quads of the release graph, each once, in no particular order."""
    graph = base.graph("release")
    release = NamedNode(f"{base.iri}releases/{manifest.id}")
    rows = [
        *_dataset(base, release, manifest),
        *_graphs(release, manifest.graphs),
        *_partitions(release, manifest.counts),
        *_distributions(base, release, manifest.id),
        *_queries(base, release, queries),
    ]
    return [Quad(subject, predicate, value, graph) for subject, predicate, value in dict.fromkeys(rows)]


Row = tuple[NamedNode, NamedNode, Value]


def _dataset(base: Base, release: NamedNode, manifest: Manifest) -> Iterator[Row]:
    name, counts = manifest.id, manifest.counts
    for kind in (ONR.Release, DCAT.Dataset, VOID.Dataset, PROV.Entity):
        yield release, RDF.type, kind
    yield release, DCTERMS.title, Literal(f"onrecord release {name}", language="en")
    yield release, DCTERMS.description, Literal("Who says what, from news documents.", language="en")
    yield release, DCTERMS.identifier, Literal(name)
    yield release, DCAT.version, Literal(name)
    yield release, VOID.uriSpace, Literal(base.iri)
    yield release, VOID.sparqlEndpoint, NamedNode(base.iri + "sparql")
    yield release, VOID.triples, _number(counts.triples)
    yield release, VOID.documents, _number(counts.documents)
    yield release, VOID.classes, _number(len(counts.classes))
    yield release, VOID.properties, _number(len(counts.properties))
    yield release, PROV.wasDerivedFrom, ONTOLOGY
    for vocabulary in VOCABULARIES:
        yield release, VOID.vocabulary, NamedNode(str(vocabulary))
    for entry in manifest.documents:
        yield release, PROV.wasDerivedFrom, base.doc(entry.name)


def _graphs(release: NamedNode, graphs: Sequence[GraphEntry]) -> Iterator[Row]:
    for entry in graphs:
        part = NamedNode(entry.iri)
        yield release, VOID.subset, part
        yield part, RDF.type, VOID.Dataset
        yield part, VOID.triples, _number(entry.quads)


def _partitions(release: NamedNode, counts: Counts) -> Iterator[Row]:
    tables = (
        ("class", VOID.classPartition, VOID["class"], VOID.entities, counts.classes),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, counts.properties),
    )
    for kind, has, of, size, table in tables:
        for number, iri in enumerate(sorted(table), 1):
            part = NamedNode(f"{release.value}/{kind}-{number}")
            yield release, has, part
            yield part, of, NamedNode(iri)
            yield part, size, _number(table[iri])


def _distributions(base: Base, release: NamedNode, name: str) -> Iterator[Row]:
    for suffix, media_type in DUMPS.items():
        dump = f"{name}.{suffix}.gz"
        part, file = NamedNode(f"{release.value}/{suffix}"), NamedNode(f"{base.iri}dumps/{dump}")
        yield release, DCAT.distribution, part
        yield release, VOID.dataDump, file
        yield part, RDF.type, DCAT.Distribution
        yield part, DCTERMS.title, Literal(dump)
        yield part, DCAT.downloadURL, file
        yield part, DCAT.mediaType, NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}")
        yield part, DCAT.compressFormat, NamedNode("https://www.iana.org/assignments/media-types/application/gzip")


def _queries(base: Base, release: NamedNode, queries: Iterable[CannedQuery]) -> Iterator[Row]:
    for query in queries:
        rows = list(query.describe(base))
        yield release, DCTERMS.hasPart, rows[0][0]
        yield from rows


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)

"""Namespaces, prefixes and the scheme by which the record's own IRIs are built.

`ONR.speaker` and `ONR["speaker"]` are pyoxigraph NamedNodes. Prefixes follow the specifications' own habit
(https://www.w3.org/TR/annotation-vocab/, https://www.w3.org/TR/prov-o/, https://schema.org/ with https).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from ontology.errors import InputError

CANONICAL_BASE = "https://w3id.org/onrecord/"
"""Where canonical IRIs start; the setting ONRECORD_BASE replaces it for everything but the terms of the ontology."""

Rebasable = TypeVar("Rebasable", bound=NamedNode | BlankNode | Literal | DefaultGraph | Triple | Quad)


class Namespace(str):
    """The IRI that a vocabulary's terms begin with; attributes and items are its terms."""

    __slots__ = ()

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return NamedNode(str(self) + name)

    def __getitem__(self, name: str) -> NamedNode:  # type: ignore[override]
        return NamedNode(str(self) + name)

    # Terms whose names are methods of str.
    @property
    def count(self) -> NamedNode:  # type: ignore[override]
        return self["count"]

    @property
    def format(self) -> NamedNode:  # type: ignore[override]
        return self["format"]

    @property
    def index(self) -> NamedNode:  # type: ignore[override]
        return self["index"]

    @property
    def title(self) -> NamedNode:  # type: ignore[override]
        return self["title"]


ONTOLOGY = NamedNode(CANONICAL_BASE + "ontology")
"""The ontology itself."""

ONR = Namespace(CANONICAL_BASE + "ontology#")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SH = Namespace("http://www.w3.org/ns/shacl#")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")

PREFIXES: dict[str, str] = {
    "onr": str(ONR),
    "schema": str(SCHEMA),
    "prov": str(PROV),
    "oa": str(OA),
    "org": str(ORG),
    "sem": str(SEM),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "owl": str(OWL),
    "void": str(VOID),
    "dcat": str(DCAT),
    "sh": str(SH),
    "edtf": str(EDTF),
}
"""Prefixes of vocabularies. Those of things (`id`, `doc`, `topic`, `graph`) depend on the base: `Base.prefixes`."""


@dataclass(frozen=True, slots=True)
class Base:
    """Builds the IRIs of things, documents, topics and graphs under one base.

    Raises:
        InputError: the base is not an http(s) IRI that ends in a slash.
    """

    iri: str = CANONICAL_BASE

    def __post_init__(self) -> None:
        if not self.iri.startswith(("http://", "https://")) or not self.iri.endswith("/"):
            raise InputError(f"the base must be an http or https IRI that ends in a slash, not {self.iri!r}")
        try:
            NamedNode(self.iri)
        except ValueError as error:
            raise InputError(f"the base is not an IRI: {error}") from error

    def id(self, kind: str, slug: str) -> NamedNode:
        """A thing that documents share, `{base}id/{kind}/{slug}`."""
        return self._node("id", kind, slug)

    def doc(self, name: str) -> NamedNode:
        """A document by its short name, which is also the name of its graph."""
        return self._node("doc", name)

    def topic(self, slug: str) -> NamedNode:
        """A topic by its slug."""
        return self._node("topic", slug)

    @property
    def topics(self) -> NamedNode:
        """The concept scheme of all topics."""
        return self._node("topic")

    def graph(self, name: str) -> NamedNode:
        """A graph that belongs to no document: ontology, authority, inferences or release."""
        return self._node("graph", name)

    def prefixes(self) -> dict[str, str]:
        """All prefixes under this base."""
        return PREFIXES | {name: f"{self.iri}{name}/" for name in ("id", "doc", "topic", "graph")}

    def rebase(self, term: Rebasable) -> Rebasable:
        """The same term, triple or quad under this base. Terms of the ontology and foreign IRIs stay as they are."""
        if self.iri == CANONICAL_BASE:
            return term
        if isinstance(term, NamedNode):
            if _movable(term.value):
                return NamedNode(self.iri + term.value.removeprefix(CANONICAL_BASE))  # type: ignore[return-value]
        elif isinstance(term, Quad):
            return Quad(*map(self.rebase, term))  # type: ignore[return-value]
        elif isinstance(term, Triple):
            return Triple(*map(self.rebase, term))  # type: ignore[return-value]
        return term

    def _node(self, *path: str) -> NamedNode:
        return NamedNode(self.iri + "/".join(quote(piece, safe="-._~!$&'()*+,;=:@") for piece in path))


def _movable(iri: str) -> bool:
    """Whether the IRI is one of ours that follows the base: `id/`, `doc/`, `topic`, `topic/`, `graph/`."""
    path = iri.removeprefix(CANONICAL_BASE)
    return path != iri and (path == "topic" or path.startswith(("id/", "doc/", "topic/", "graph/")))

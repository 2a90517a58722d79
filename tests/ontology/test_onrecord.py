"""The ontology's file: it parses, every term is documented, and nothing uses a term that it lacks."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "ingest", "shapes", "server")
ONR = Namespace("https://w3id.org/onrecord/ontology#")
ALIGNED = (
    "https://schema.org/",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/org#",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "http://www.w3.org/2004/02/skos/core#",
)
OBSOLETE = "http:" + "//schema.org"

USES = {
    ".py": (r"\bONR\.([A-Za-z]\w*)", r"\bONR\[\"([\w-]+)\"\]", r"\bonr:([A-Za-z][\w-]*)"),
    ".ttl": (r"\bonr:([A-Za-z][\w-]*)",),
    ".rq": (r"\bonr:([A-Za-z][\w-]*)",),
    ".md": (r"\bonr:([A-Za-z][\w-]*)",),
    ".jsonld": (r"\bonr:([A-Za-z][\w-]*)",),
    ".html": (r"\bonr:([A-Za-z][\w-]*)",),
}
"""By file suffix, how a term of the ontology is written; whole IRIs are looked for in all of them."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ROOT / "ontology" / "onrecord.ttl")


def terms(graph: Graph) -> set[URIRef]:
    return {subject for subject in graph.subjects() if isinstance(subject, URIRef) and subject.startswith(ONR)}


def used(text: str, suffix: str) -> set[str]:
    """The names of the ontology's terms that a text uses."""
    patterns = (*USES[suffix], re.escape(ONR) + r"([A-Za-z][\w-]*)")
    return {name for pattern in patterns for name in re.findall(pattern, text)}


def sources() -> list[Path]:
    """Every file that may use a term: the rooms, the docs and the pages at the top."""
    files = [path for room in (*ROOMS, "docs") for path in sorted((ROOT / room).rglob("*")) if path.suffix in USES]
    return files + sorted(ROOT.glob("*.md"))


def test_both_parsers_read_the_same_triples(graph: Graph) -> None:
    quads = parse(path=str(ROOT / "ontology" / "onrecord.ttl"), format=RdfFormat.TURTLE)
    lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    assert to_isomorphic(Graph().parse(data=lines, format="nt")) == to_isomorphic(graph)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition, SKOS.example, DCTERMS.source, RDFS.isDefinedBy])
def test_every_term_is_documented(graph: Graph, predicate: URIRef) -> None:
    assert [term for term in terms(graph) if len(list(graph.objects(term, predicate))) != 1] == []


def test_labels_and_definitions_are_in_english_and_not_empty(graph: Graph) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        for term in terms(graph):
            text = graph.value(term, predicate)
            assert isinstance(text, Literal)
            assert text.language == "en", term
            assert text.strip() == str(text) != "", term


def test_sources_are_addresses(graph: Graph) -> None:
    assert all(isinstance(source, URIRef) for source in graph.objects(None, DCTERMS.source))


def test_every_foreign_class_and_property_is_declared(graph: Graph) -> None:
    above = {*graph.objects(None, RDFS.subClassOf), *graph.objects(None, RDFS.subPropertyOf)}
    assert [term for term in above if graph.value(term, RDF.type) is None] == []


def test_the_ontology_is_aligned_by_subclass_and_subproperty(graph: Graph) -> None:
    above = {*graph.objects(None, RDFS.subClassOf), *graph.objects(None, RDFS.subPropertyOf)}
    assert [namespace for namespace in ALIGNED if not any(str(term).startswith(namespace) for term in above)] == []
    assert not list(graph.objects(None, OWL.imports))


def test_individuals_have_a_notation_that_is_theirs_alone_in_their_class(graph: Graph) -> None:
    seen = set()
    for node in graph.subjects(RDF.type, OWL.NamedIndividual):
        (cls,) = set(graph.objects(node, RDF.type)) - {OWL.NamedIndividual}
        (notation,) = graph.objects(node, SKOS.notation)
        assert (cls, notation) not in seen
        seen.add((cls, notation))


def test_no_file_uses_a_term_that_the_ontology_lacks(graph: Graph) -> None:
    known = {str(term).removeprefix(ONR) for term in terms(graph)}
    files = sources()
    assert {path.suffix for path in files} >= {".py", ".ttl", ".md"}
    lacking = {
        f"{path.relative_to(ROOT)}: onr:{name}"
        for path in files
        for name in used(path.read_text(), path.suffix) - known
    }
    assert lacking == set()


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", "ONR.speakr"),
        (".py", 'ONR["speakr"]'),
        (".py", "?s onr:speakr ?o"),
        (".ttl", "sh:path onr:speakr ;"),
        (".rq", "?s onr:speakr/onr:name ?o"),
        (".rq", "<https://w3id.org/onrecord/ontology#speakr>"),
    ],
)
def test_a_misspelt_term_is_noticed(suffix: str, text: str) -> None:
    assert "speakr" in used(text, suffix)


def test_schema_org_is_https_everywhere() -> None:
    assert [str(path.relative_to(ROOT)) for path in sources() if OBSOLETE in path.read_text()] == []

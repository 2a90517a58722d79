"""Looking up actors of the authority file."""

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from ontology.authority import PATH, Actor, Authority
from ontology.namespaces import CANONICAL_BASE, RDF, SKOS, Base

AUTHORITY = Authority.load()
NAMES = [(name, actor) for actor in AUTHORITY for name in actor.names]
VARIANTS = {"'": "'’‘ʼ", "-": "-‐‑–—−", "–": "-‐‑–—−", " ": " \u00a0\u2009"}


def test_an_actor_knows_its_kind_names_and_parent() -> None:
    pixar = AUTHORITY.find("Pixar")
    assert pixar is not None
    assert pixar.iri == NamedNode(f"{CANONICAL_BASE}id/organization/pixar")
    assert pixar.kind == "studio"
    assert pixar.kinds == (NamedNode(f"{CANONICAL_BASE}ontology#Studio"),)
    assert pixar.aliases == ("Pixar Animation Studios",)
    assert pixar.parent == NamedNode(f"{CANONICAL_BASE}id/organization/walt-disney-studios")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("SAG-AFTRA", "SAG-AFTRA"),
        ("sag-aftra", "SAG-AFTRA"),
        ("Screen Actors Guild", "SAG-AFTRA"),
        ("the Screen Actors' Guild", "SAG-AFTRA"),
        ("Actors’ Equity Association", "Actors' Equity Association"),
        ("The Walt Disney Company", "Disney"),
        ("walt disney company", "Disney"),
        ("Walt Disney Animation", "Walt Disney Animation Studios"),
        ("walt-disney-animation-studios", "Walt Disney Animation Studios"),
        ("Warner Bros", "Warner Bros."),
        ("Marvel", "Marvel Studios"),
        ("Game Studio", "Netflix Game Studio"),
        ("R&D Labs", "Netflix R&D Labs"),
        ("max", "HBO Max"),
        ("id:organization/hbo", "HBO"),
        ("ID:Organization/HBO", "HBO"),
        (f"{CANONICAL_BASE}id/organization/hbo", "HBO"),
        (f"{CANONICAL_BASE}ID/ORGANIZATION/HBO", "HBO"),
        ("\u00a0Business\u00a0Insider ", "Business Insider"),
    ],
)
def test_found_by_name_alias_slug_curie_and_iri(name: str, label: str) -> None:
    actor = AUTHORITY.find(name)
    assert actor is not None
    assert actor.label == label


@pytest.mark.parametrize("name", ["", " ", "the", "—", "Acme Pictures", "id:organization/", "id:person/netflix"])
def test_what_is_not_in_the_file_is_not_found(name: str) -> None:
    assert AUTHORITY.find(name) is None


@given(st.sampled_from(NAMES), st.data())
def test_every_name_finds_its_actor_however_it_is_printed(entry: tuple[str, Actor], data: st.DataObject) -> None:
    name, actor = entry
    printed = "".join(
        data.draw(st.sampled_from(VARIANTS.get(char, sorted({char.lower(), char.upper(), char})))) for char in name
    )
    article = data.draw(st.sampled_from(["", "the ", "The "]))
    assert AUTHORITY.find(article + printed) is actor


def test_every_actor_is_found_by_slug_curie_and_iri() -> None:
    for actor in AUTHORITY:
        for name in (actor.slug, f"id:organization/{actor.slug}", actor.iri.value, actor.iri.value.upper()):
            assert AUTHORITY.find(name) is actor


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("SAG-AFTAR", "SAG-AFTRA"),
        ("Netflx", "Netflix"),
        ("Warner Brother", "Warner Bros."),
        ("Walt Disney Animaton", "Walt Disney Animation Studios"),
        ("Hollywood Reprter", "The Hollywood Reporter"),
    ],
)
def test_nearest_proposes_the_right_name_first(wrong: str, right: str) -> None:
    assert AUTHORITY.nearest(wrong)[0] == right


def test_nearest_gives_at_most_n_names_each_once() -> None:
    names = AUTHORITY.nearest("Disney Studio", n=2)
    assert len(names) == len(set(names)) == 2


@pytest.mark.parametrize("name", ["", "qqqqqqqqqqqqqqqq"])
def test_nearest_is_empty_when_nothing_is_alike(name: str) -> None:
    assert AUTHORITY.nearest(name) == []


def test_quads_are_the_file_in_one_graph() -> None:
    graph = Base().graph("authority")
    quads = AUTHORITY.quads(graph)
    assert {quad.graph_name for quad in quads} == {graph}
    assert {quad.triple for quad in quads} == {quad.triple for quad in parse(path=str(PATH), format=RdfFormat.TURTLE)}


def test_another_base_moves_things_but_not_terms() -> None:
    base = Base("http://localhost:8000/")
    authority = Authority.load(base)
    actor = authority.find("Pixar")
    assert actor is not None
    assert actor.iri == base.id("organization", "pixar")
    assert actor.parent == base.id("organization", "walt-disney-studios")
    assert authority.find(actor.iri.value) is actor
    assert authority.find(f"{CANONICAL_BASE}id/organization/pixar") is actor
    triples = {quad.triple for quad in authority.quads(base.graph("authority"))}
    assert any((t.subject, t.predicate) == (actor.iri, SKOS.prefLabel) for t in triples)
    assert not any(t.subject.value.startswith(CANONICAL_BASE) for t in triples)
    assert all(kind.value.startswith(CANONICAL_BASE) for kind in actor.kinds)
    assert {t.object for t in triples if (t.subject, t.predicate) == (actor.iri, RDF.type)} == set(actor.kinds)


def test_loading_is_cached() -> None:
    assert Authority.load() is Authority.load(Base())


def test_loading_takes_milliseconds_and_no_fuzzy_matching() -> None:
    program = (
        "import sys, time; from ontology.authority import Authority\n"
        "start = time.process_time(); Authority.load(); print(time.process_time() - start)\n"
        "print('rapidfuzz' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, fuzzy = run.stdout.split()
    assert float(seconds) < 0.2  # about 0.02 on a laptop
    assert fuzzy == "False"


def test_finding_is_fast() -> None:
    start = perf_counter()
    for name, _ in NAMES:
        AUTHORITY.find(name)
    assert (perf_counter() - start) / len(NAMES) < 0.001

"""IRIs: what they are made of, and how they follow the base."""

import pickle
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from ontology.errors import InputError
from ontology.namespaces import DCTERMS, ONR, PREFIXES, SCHEMA, Base, Namespace

LOCAL = Base("http://localhost:8000/")


def test_attributes_and_items_of_a_namespace_are_terms() -> None:
    assert ONR.speaker == ONR["speaker"] == NamedNode("https://w3id.org/onrecord/ontology#speaker")
    assert DCTERMS.title == NamedNode("http://purl.org/dc/terms/title")
    assert (ONR.count, ONR.format, ONR.index) == (ONR["count"], ONR["format"], ONR["index"])


def test_a_namespace_is_still_a_string() -> None:
    assert f"{SCHEMA}name" == "https://schema.org/name"
    assert NamedNode("https://schema.org/name").value.startswith(SCHEMA)
    assert pickle.loads(pickle.dumps(ONR)) == ONR
    assert isinstance(pickle.loads(pickle.dumps(ONR)), Namespace)


def test_things_documents_topics_and_graphs_have_iris_under_the_base() -> None:
    assert Base().id("person", "casey-bloys").value == "https://w3id.org/onrecord/id/person/casey-bloys"
    assert LOCAL.doc("000_a").value == "http://localhost:8000/doc/000_a"
    assert LOCAL.topic("ai").value == "http://localhost:8000/topic/ai"
    assert LOCAL.topics.value == "http://localhost:8000/topic"
    assert LOCAL.graph("release").value == "http://localhost:8000/graph/release"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_makes_an_iri_of_one_path_segment(name: str) -> None:
    iri = Base().doc(name).value
    segment = iri.removeprefix("https://w3id.org/onrecord/doc/")
    assert "/" not in segment
    assert unquote(segment) == name


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/onrecord/id/person/a",
        "https://w3id.org/onrecord/doc/d/statement-1-2",
        "https://w3id.org/onrecord/topic",
        "https://w3id.org/onrecord/topic/ai",
        "https://w3id.org/onrecord/graph/release",
    ],
)
def test_our_things_follow_the_base(iri: str) -> None:
    moved = LOCAL.rebase(NamedNode(iri))
    assert moved.value == iri.replace("https://w3id.org/onrecord/", "http://localhost:8000/")
    assert LOCAL.rebase(moved) == moved


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/onrecord/ontology",
        "https://w3id.org/onrecord/ontology#speaker",
        "https://w3id.org/onrecord/topical",
        "https://schema.org/name",
    ],
)
def test_terms_and_foreign_iris_stay(iri: str) -> None:
    assert LOCAL.rebase(NamedNode(iri)).value == iri


def test_a_quad_is_rebased_as_a_whole() -> None:
    quad = Quad(Base().id("a", "b"), ONR.name, Literal("https://w3id.org/onrecord/id/a/b"), Base().graph("release"))
    assert LOCAL.rebase(quad) == Quad(LOCAL.id("a", "b"), ONR.name, quad.object, LOCAL.graph("release"))
    assert Base().rebase(quad) is quad


def test_prefixes_of_things_depend_on_the_base() -> None:
    assert LOCAL.prefixes()["doc"] == "http://localhost:8000/doc/"
    assert LOCAL.prefixes()["onr"] == PREFIXES["onr"] == "https://w3id.org/onrecord/ontology#"


@pytest.mark.parametrize("iri", ["", "example.org/", "ftp://example.org/", "https://example.org", "http://a b/"])
def test_a_base_that_is_none_is_refused(iri: str) -> None:
    with pytest.raises(InputError, match="base"):
        Base(iri)

"""The authority file keeps its own rules."""

from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from ontology import authority, vocabulary
from ontology.names import fold
from ontology.namespaces import CANONICAL_BASE, DCTERMS, ONR, ORG, RDF, SKOS

ORGANIZATION = f"{CANONICAL_BASE}id/organization/"
KINDS = {
    vocabulary.actor_class(kind)
    for kind in (
        "union", "studio", "streaming_service", "alliance", "tech_company", "news_outlet", "research_firm", "other"
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load(path=str(authority.PATH), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def actors(store: Store) -> list[NamedNode]:
    return sorted({quad.subject for quad in store.quads_for_pattern(None, SKOS.prefLabel, None)}, key=str)


def objects(store: Store, subject: NamedNode, predicate: NamedNode) -> list:
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]


def test_it_knows_the_industry(actors: list[NamedNode]) -> None:
    assert len(actors) >= 120


def test_every_kind_is_well_filled(store: Store, actors: list[NamedNode]) -> None:
    counts = Counter(kind for actor in actors for kind in objects(store, actor, RDF.type))
    assert set(counts) == KINDS
    assert min(counts.values()) >= 15


def test_every_actor_has_one_kind_one_preferred_name_and_one_definition(store: Store, actors: list[NamedNode]) -> None:
    for actor in actors:
        for predicate in (RDF.type, SKOS.prefLabel, SKOS.definition):
            assert len(objects(store, actor, predicate)) == 1, f"{actor} {predicate}"


def test_definitions_are_short_sentences(store: Store, actors: list[NamedNode]) -> None:
    for actor in actors:
        (definition,) = objects(store, actor, SKOS.definition)
        assert definition.value.endswith(".")
        assert 20 <= len(definition.value) <= 120, actor


def test_iris_are_slugs_in_the_organization_namespace(actors: list[NamedNode]) -> None:
    for actor in actors:
        slug = actor.value.removeprefix(ORGANIZATION)
        assert slug.isascii()
        assert slug == slug.lower()
        assert slug.replace("-", "").isalnum()


def test_names_are_english_and_have_no_outer_space(store: Store, actors: list[NamedNode]) -> None:
    for actor in actors:
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition):
            for label in objects(store, actor, predicate):
                assert label.language == "en"
                assert label.value == " ".join(label.value.split())


def test_no_name_stands_for_two_actors_or_twice_for_one(store: Store, actors: list[NamedNode]) -> None:
    holders = defaultdict(list)
    for actor in actors:
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in objects(store, actor, predicate):
                holders[fold(label.value)].append(label.value)
    assert {name: given for name, given in holders.items() if len(given) > 1} == {}


def test_parents_are_actors_of_the_file_and_have_no_cycles(store: Store, actors: list[NamedNode]) -> None:
    parents = {
        actor: objects(store, actor, ONR.unitOf) + objects(store, actor, ORG.subOrganizationOf) for actor in actors
    }
    for actor in actors:
        above = parents[actor]
        assert len(above) <= 1, actor
        chain = [actor]
        while above:
            assert above[0] in parents, f"{actor} has an unknown parent {above[0]}"
            assert above[0] not in chain, f"{actor} is its own ancestor"
            chain.append(above[0])
            above = parents[above[0]]


def test_nothing_else_is_in_the_file(store: Store, actors: list[NamedNode]) -> None:
    subjects = {quad.subject for quad in store}
    matches = {quad.subject for quad in store.quads_for_pattern(None, RDF.type, ONR.Match)}
    assert subjects - set(actors) - matches == {NamedNode(f"{CANONICAL_BASE}graph/authority")}
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in store)


def test_every_exact_match_names_its_source(store: Store) -> None:
    stated = {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, SKOS.exactMatch, None)}
    sourced = set()
    for quad in store.quads_for_pattern(None, RDF.type, ONR.Match):
        (actor,) = objects(store, quad.subject, ONR.matchOf)
        (matched,) = objects(store, quad.subject, ONR.matches)
        (source,) = objects(store, quad.subject, DCTERMS.source)
        assert urlsplit(source.value).scheme == "https"
        assert quad.subject.value.startswith(f"{actor.value}/match-")
        sourced.add((actor, matched))
    assert stated == sourced
    assert len(stated) >= 15


def test_no_foreign_thing_matches_two_actors(store: Store) -> None:
    matched = Counter(quad.object for quad in store.quads_for_pattern(None, SKOS.exactMatch, None))
    assert max(matched.values()) == 1


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("sag-aftra", "union"),
        ("amptp", "alliance"),
        ("disney", "studio"),
        ("sony", "studio"),
        ("paramount", "studio"),
        ("warner-bros", "studio"),
        ("netflix", "streaming_service"),
        ("hbo", "streaming_service"),
        ("amazon", "tech_company"),
        ("apple", "tech_company"),
        ("variety", "news_outlet"),
        ("resumebuilder", "research_firm"),
        ("pixahive", "other"),
    ],
)
def test_kinds_of_well_known_actors(store: Store, slug: str, kind: str) -> None:
    assert objects(store, NamedNode(ORGANIZATION + slug), RDF.type) == [vocabulary.actor_class(kind)]

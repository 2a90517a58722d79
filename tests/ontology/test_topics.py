"""The topics: a SKOS scheme without cycles, loose ends or ambiguous labels."""

from collections import Counter

import pytest

from ontology.errors import NotFound
from ontology.namespaces import ONR, RDF, SKOS, Base
from ontology.topics import Topic, Topics

TOPICS = Topics.load(Base())
ALL = list(TOPICS.by_slug.values())


def above(topic: Topic) -> set[str]:
    """All slugs above a topic; its own too if there is a cycle."""
    found: set[str] = set()
    open_slugs = list(topic.broader)
    while open_slugs:
        slug = open_slugs.pop()
        if slug not in found:
            found.add(slug)
            open_slugs.extend(TOPICS.by_slug[slug].broader)
    return found


def test_no_topic_is_above_itself() -> None:
    assert [topic.slug for topic in ALL if topic.slug in above(topic)] == []


def test_no_broader_topic_is_named_that_another_one_implies() -> None:
    for topic in ALL:
        implied = {slug for broader in topic.broader for slug in above(TOPICS.by_slug[broader])}
        assert not implied & set(topic.broader), topic.slug


def test_every_topic_is_reached_from_the_top_concepts_of_the_scheme() -> None:
    quads = TOPICS.quads(ONR.graph)
    scheme = Base().topics
    tops = {quad.object for quad in quads if (quad.subject, quad.predicate) == (scheme, SKOS.hasTopConcept)}
    assert tops == {quad.subject for quad in quads if quad.predicate == SKOS.topConceptOf}
    assert tops == {topic.iri for topic in ALL if not topic.broader}
    slugs = {topic.slug for topic in ALL if topic.iri in tops}
    assert {found for slug in slugs for found in TOPICS.narrower_or_self(slug)} == set(TOPICS.slugs())


def test_every_topic_is_whole() -> None:
    quads = TOPICS.quads(ONR.graph)
    for topic in ALL:
        facts = Counter(quad.predicate for quad in quads if quad.subject == topic.iri)
        assert facts[SKOS.prefLabel] == facts[SKOS.definition] == facts[SKOS.notation] == facts[SKOS.inScheme] == 1
        assert facts[RDF.type] == 2
        assert topic.iri == Base().topic(topic.slug)
        assert topic.aliases


def test_a_label_stands_for_one_topic() -> None:
    names = Counter(
        name
        for topic in ALL
        for name in {each.casefold().replace("-", " ") for each in (topic.slug, topic.label, *topic.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "slug",
    [
        *("ai", "generative-ai", "machine-learning", "chatgpt", "large-language-models", "deepfake", "ai-hiring"),
        *("compensation", "salaries", "residuals", "revenue-sharing", "likeness", "scanning", "digital-replicas"),
        *("consent", "jobs", "job-displacement", "layoffs", "hiring", "regulation", "guidelines"),
        *("collective-bargaining", "games", "recommendation", "personalization", "content-creation"),
        *("script-generation", "visual-effects", "dubbing", "strikes", "labor", "surveys", "skills"),
    ],
)
def test_the_topics_of_the_field_are_there(slug: str) -> None:
    assert slug in TOPICS.slugs()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ai", "ai"),
        ("AI", "ai"),
        ("Artificial  Intelligence", "ai"),
        ("generative ai", "generative-ai"),
        ("GENERATIVE-AI", "generative-ai"),
        ("ml", "machine-learning"),
        (" picket lines ", "strikes"),
        ("astrology", None),
        ("", None),
    ],
)
def test_a_topic_is_known_by_slug_and_labels_in_any_case(name: str, slug: str | None) -> None:
    assert TOPICS.resolve(name) == slug


def test_a_topic_brings_its_narrower_ones_each_once() -> None:
    found = TOPICS.narrower_or_self("ai")
    assert found[0] == "ai"
    assert {"chatgpt", "generative-ai", "ai-hiring"} <= set(found)
    assert len(found) == len(set(found))
    assert TOPICS.narrower_or_self("chatgpt") == ("chatgpt",)


def test_an_unknown_topic_is_not_found_and_the_nearest_are_named() -> None:
    assert TOPICS.nearest("chatgtp")[0] == "chatgpt"
    with pytest.raises(NotFound) as caught:
        TOPICS.narrower_or_self("compensaton")
    assert caught.value.nearest[0] == "compensation"


def test_topics_follow_the_base() -> None:
    base = Base("http://localhost:8000/")
    moved = Topics.load(base)
    assert moved.by_slug["ai"].iri.value == "http://localhost:8000/topic/ai"
    assert moved.narrower_or_self("ai") == TOPICS.narrower_or_self("ai")
    quads = moved.quads(base.graph("ontology"))
    assert not [quad for quad in quads if "w3id.org/onrecord/topic" in str(quad)]
    assert ONR.Topic in {quad.object for quad in quads}

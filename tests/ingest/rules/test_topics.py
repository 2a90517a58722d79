"""Topics: the labels of the scheme, found as words of a text."""

import pytest

from ingest.rules.topics import TopicLabels
from ontology.namespaces import Base
from ontology.topics import Topics


@pytest.fixture(scope="module")
def labels() -> TopicLabels:
    return TopicLabels(Topics.load(Base()))


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        pytest.param("the use of AI on set", ["ai"], id="label"),
        pytest.param("the use of Artificial  Intelligence on set", ["ai"], id="alias, in any case, with any spaces"),
        pytest.param("two deepfakes", ["deepfake"], id="plural"),
        pytest.param("she said it again", [], id="inside a word"),
        pytest.param("AI here and AI there", ["ai"], id="once"),
    ],
)
def test_a_topic_is_found_by_its_labels(labels: TopicLabels, text: str, slugs: list[str]) -> None:
    assert [slug for slug, _ in labels.find(text, 0, len(text))] == slugs


def test_the_words_that_name_a_topic_are_given(labels: TopicLabels) -> None:
    text = "the use of AI on set"
    ((_, (start, end)),) = labels.find(text, 0, len(text))
    assert text[start:end] == "AI"


def test_nothing_is_found_outside_the_given_places(labels: TopicLabels) -> None:
    assert labels.find("AI on set", 3, 9) == []

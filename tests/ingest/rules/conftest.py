"""What the tests of the rules share: the extractor, and the facts that one rule reads in a text."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from ingest.document import Document, Metadata
from ingest.facts import Fact, Statement
from ingest.language.article import Article
from ingest.language.model import identity, load
from ingest.rules.extractor import RulesExtractor
from ingest.rules.reading import Reading
from ingest.rules.statement import statements
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

Rule = Callable[[Reading], Iterable[Fact]]
Facts = Callable[..., list[Fact]]
Said = Callable[..., list[Statement]]
Parsed = Callable[[str], Article]


WRONG_PARSES = {
    "test_events[The strike, called by the Teamsters, end]",
    "test_a_sentence_tells_these_events_and_no_other[OpenAI unveiled Sora, a text-to-video tool, in February.]",
    "test_a_construction_is_read[relative clause]",
    "test_technologies[Disney makes trailers using AI.]",
    (
        "test_openings_are_told_in_further_ways[Bloomberg is hiring: it wants a machine learning engineer and will pay "
        "$160,000 to $240,000.-Bloomberg-machine learning engineer-160000-240000]"
    ),
    "test_each_line_of_a_list_may_name_its_own_employer",
    "test_the_job_at_an_employer_without_a_name_has_its_own_pay",
}
"""Tests whose sentence the small model of spaCy, the one for Python 3.11, parses or names wrongly."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where only the small model is installed, tests that hang on its wrong parses have to fail (xfail_strict)."""
    if "-md " in identity() or "_md " in identity():
        return
    for item in items:
        if item.name in WRONG_PARSES:
            item.add_marker(pytest.mark.xfail(reason="the small model parses the sentence wrongly"))


@pytest.fixture(scope="session")
def rules() -> RulesExtractor:
    base = Base()
    return RulesExtractor(Authority.load(base), Topics.load(base), load())


@pytest.fixture(scope="session")
def facts(rules: RulesExtractor) -> Facts:
    """Reads a text with one rule: `facts(events, "…")`."""

    def read(rule: Rule, text: str, metadata: Metadata | None = None) -> list[Fact]:
        document = Document("made", Path("made.txt"), text.encode(), text, metadata=metadata or Metadata())
        with rules._language.memory_zone():
            return list(rule(rules.read(document)))

    return read


@pytest.fixture(scope="session")
def said(facts: Facts) -> Said:
    """Reads the statements of a text: `said("…")`."""

    def read(text: str, metadata: Metadata | None = None) -> list[Statement]:
        return [fact for fact in facts(statements, text, metadata) if isinstance(fact, Statement)]

    return read


@pytest.fixture
def parsed() -> Iterator[Parsed]:
    """Parses a text: `parsed("…")`."""
    language = load()
    with language.memory_zone():
        yield lambda text: Article(Document("made", Path("made.txt"), text.encode(), text), language)

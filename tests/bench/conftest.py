from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bench.reading.gold import GoldDocument, Reading, load, tools
from bench.reading.scores import Scores, score
from ingest.engine import Tools
from ingest.facts import Fact

SAMPLE = Path(__file__).parents[1] / "ingest" / "harbor.txt"
"""A document of no corpus, annotated with every kind of fact."""

Change = Callable[[Fact], Fact | None]


@pytest.fixture(scope="session")
def given() -> Tools:
    return tools()


@pytest.fixture(scope="session")
def harbor(given: Tools) -> GoldDocument:
    (document,) = load([SAMPLE], given)
    return document


@pytest.fixture
def scored(given: Tools, harbor: GoldDocument) -> Callable[[Change], Scores]:
    """The scores of a system that reads what a person reads, each fact changed, or left out for None."""

    def scores(change: Change, more: Iterable[Fact] = ()) -> Scores:
        facts = [changed for fact in harbor.facts if (changed := change(fact)) is not None]
        return score([Reading(harbor, (*facts, *more))], given.authority)

    return scores

"""The held-out articles: that their annotations hold, and that nothing of them is in the development articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import document
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

HERE = Path(__file__).parent
HELD_OUT = sorted((HERE / "held-out").glob("*.txt"))
DEVELOPMENT = sorted((HERE / "articles").glob("*.txt"))
KINDS = {"document_metadata", "statement", "event", "person", "organization"}
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
FEWEST_WORDS = 4
"""A sentence of fewer words ("Nobody asks.") says nothing about where a text comes from."""


def _sentences(article: Path) -> Iterator[str]:
    for sentence in SENTENCE_END.split(document.read(article).text):
        words = re.findall(r"\w+", sentence.casefold())
        if len(words) >= FEWEST_WORDS:
            yield " ".join(words)


def test_there_are_sixteen_held_out_articles() -> None:
    assert len(HELD_OUT) == 16


@pytest.mark.parametrize("article", HELD_OUT, ids=lambda path: path.stem)
def test_a_held_out_article_has_an_annotation_that_holds(article: Path) -> None:
    text = document.read(article)
    extraction = ReviewedExtractor(Authority.load(Base()), Topics.load(Base())).extract(text)
    assert extraction.review is not None
    assert {fact.kind for fact in extraction.facts} >= KINDS
    assert all(text.text[s.start : s.end] == s.exact for fact in extraction.facts for s in fact.evidence)


def test_no_held_out_article_shares_a_sentence_with_the_development_articles() -> None:
    known = {sentence for article in DEVELOPMENT for sentence in _sentences(article)}
    assert len(known) > 500
    assert not {(article.stem, each) for article in HELD_OUT for each in _sentences(article) if each in known}

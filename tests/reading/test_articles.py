"""The development articles: what they cover, and that their annotations hold."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest import document
from ingest.anchor import Anchors, Span
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.fact_keys import MODELS
from ingest.facts import Mode, Statement
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

HERE = Path(__file__).parent
ARTICLES = sorted((HERE / "articles").glob("*.txt"))
STYLES = ("wire", "trade", "blog", "broadcast")
NO_STATEMENT = "no statement: "
SAYING = {"statement", "stance"}


class Construction(NamedTuple):
    """One way of putting something, the article that has it, and the words that show it."""

    construction: str
    article: str
    words: str


def _rows() -> Iterator[Construction]:
    with (HERE / "constructions.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Construction(row["construction"], row["article"], row["words"])


CONSTRUCTIONS = tuple(_rows())


@cache
def _read(stem: str) -> tuple[Document, Extraction]:
    read = document.read(HERE / "articles" / f"{stem}.txt")
    return read, ReviewedExtractor(Authority.load(Base()), Topics.load(Base())).extract(read)


def _kinds_on(stem: str, words: Span) -> set[str]:
    """The kinds of the facts that have a sentence which touches these words."""
    return {
        fact.kind
        for fact in _read(stem)[1].facts
        for sentence in fact.sentences()
        if sentence.start < words[1] and words[0] < sentence.end
    }


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_an_article_has_an_annotation_that_holds(article: Path) -> None:
    text, extraction = _read(article.stem)
    assert extraction.review is not None
    assert "statement" in {fact.kind for fact in extraction.facts}
    assert all(text.text[s.start : s.end] == s.exact for fact in extraction.facts for s in fact.evidence)


def test_there_are_sixty_articles_in_four_styles() -> None:
    styles = Counter(path.stem.partition("-")[0] for path in ARTICLES)
    assert set(styles) == set(STYLES)
    assert styles.total() >= 60


def test_every_kind_of_fact_and_every_mode_occurs() -> None:
    facts = [fact for article in ARTICLES for fact in _read(article.stem)[1].facts]
    assert {fact.kind for fact in facts} == set(MODELS)
    assert {fact.mode for fact in facts if isinstance(fact, Statement)} == set(Mode)


@pytest.mark.parametrize("row", CONSTRUCTIONS, ids=lambda row: f"{row.construction}-{row.article}")
def test_a_listed_construction_is_in_its_article(row: Construction) -> None:
    place = Anchors(_read(row.article)[0].text).find(row.words)
    kinds = _kinds_on(row.article, place)
    if row.construction.startswith(NO_STATEMENT):
        assert not kinds & SAYING
    else:
        assert kinds - {"document_metadata", "organization", "person"}


def test_each_construction_is_listed_once_for_the_same_words() -> None:
    assert len(set(CONSTRUCTIONS)) == len(CONSTRUCTIONS) > 100

from decimal import Decimal

import pytest

from bench.reading.attributions import as_document, claims, compare, same_source, score
from bench.reading.corpora.attribution import Attribution, CorpusDocument
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.facts import Fact, Mode, Name, NameKind, Part, Segment, Stance, StanceReport, Statement

TEXT = "Captain Quill said that the ferry is late. She blamed autopilots."


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


GOLD = CorpusDocument(
    "ferry",
    TEXT,
    (
        Attribution((at("that the ferry is late"),), (at("Captain Quill"),), (at("said"),)),
        Attribution((at("autopilots"),), (at("She"),), (at("blamed"),)),
    ),
)


def segment(words: str, part: Part) -> Segment:
    start, end = at(words)
    return Segment(start=start, end=end, exact=words, part=part)


def statement(source: str | None = "Captain Quill", content: str = "the ferry is late") -> Statement:
    evidence = [segment(TEXT, Part.SENTENCE), segment(content, Part.CONTENT)]
    if source is not None:
        evidence.append(segment(source, Part.SOURCE))
    return Statement(
        source="ferry.txt",
        evidence=tuple(evidence),
        extractor="rules",
        rule="said",
        confidence=Decimal(1),
        speaker=Name(name="Mara Quill", kind=NameKind.PERSON),
        mode=Mode.INDIRECT,
        content=content,
    )


STANCE = StanceReport(
    source="ferry.txt",
    evidence=(
        segment("She blamed autopilots.", Part.SENTENCE),
        segment("autopilots", Part.CONTENT),
        segment("She", Part.SOURCE),
    ),
    extractor="rules",
    confidence=Decimal(1),
    holder=Name(name="Mara Quill", kind=NameKind.PERSON),
    stance=Stance.OPPOSES,
    content="autopilots",
)


class Fixed:
    """Gives the same facts for every document."""

    name = "fixed"

    def __init__(self, *facts: Fact) -> None:
        self.facts = facts

    def extract(self, document: Document) -> Extraction:
        assert document.text == TEXT
        return Extraction(self.facts)


def test_statements_and_stances_are_both_attributions() -> None:
    scores = score([GOLD], Fixed(statement(), STANCE))
    assert scores["attributions: content found"].f1 == 1
    assert scores["attributions: content exact"].f1 == 1
    assert scores["attributions: content found, source right"].f1 == 1
    assert scores.findings == scores.lost == ()


def test_sources_are_compared_as_they_are_printed() -> None:
    (claim,) = claims(TEXT, [statement("She")])
    outcome = compare(GOLD, [claim])
    assert [finding.type for finding in outcome.findings] == ["statement missed", "speaker wrong"]
    assert "“Captain Quill”, read as “She”" in outcome.findings[1].line
    assert "{said}" in outcome.findings[1].line


def test_without_a_source_in_the_evidence_the_name_of_the_speaker_counts() -> None:
    (claim,) = claims(TEXT, [statement(None)])
    assert claim.source == "Mara Quill"


def test_the_same_attribution_read_twice_counts_once() -> None:
    assert len(claims(TEXT, [statement(), statement()])) == 1


def test_what_is_in_excess_lowers_precision() -> None:
    outcome = compare(GOLD, claims(TEXT, [statement(), STANCE, statement(content="Captain")]))
    assert outcome.measures[0].precision == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Captain Quill", "Quill", True),
        ("the captain", "the company", False),
        ("she", "She", True),
        ("their", "his", False),
        ("", "", True),
        ("", "Quill", False),
        ("Quill", "", False),
    ],
)
def test_sources_are_the_same_when_they_share_a_word_that_says_something(gold: str, found: str, same: bool) -> None:
    assert same_source(gold, found) is same


class Failing:
    name = "failing"

    def extract(self, document: Document) -> Extraction:
        raise ValueError("3 quotation marks")


def test_a_document_on_which_a_system_fails_is_lost_and_counted() -> None:
    scores = score([GOLD], Failing())
    assert scores.lost == (("ferry", "ValueError: 3 quotation marks"),)
    assert scores["attributions: content found"].wanted == 2


def test_a_corpus_document_has_no_annotation_beside_it() -> None:
    assert not as_document(GOLD).path.exists()

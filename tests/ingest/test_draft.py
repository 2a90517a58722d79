"""What an extractor read, written as an annotation, is read back as the same facts."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotation import Review
from ingest.declarations import Declarations, DeclaredActor, DeclaredThing, ThingKind
from ingest.document import Document
from ingest.draft import HEADINGS, Draft, draft
from ingest.entry import as_reviewed
from ingest.fact_keys import MODELS, PARTS
from ingest.facts import (
    Date,
    DocumentMetadata,
    Fact,
    JobPosting,
    Mode,
    Name,
    NameKind,
    Organization,
    OrganizationKind,
    Origin,
    Part,
    Person,
    Segment,
    StanceReport,
    Statement,
    SurveyFinding,
)
from ingest.reviewed import ReviewedExtractor

REVIEW = Review("Ada: the “reader” #1", "2026-11-23")

TEXT = (
    "Talks: a note #1 [sic]\n\n"
    "“We will not use it,” Ada Fenn said. “Not this year. Not ever,” she said.\n\n"
    "“It is: – one – long\u00a0quotation over paragraphs, {with} brackets, she went on\n\n"
    "“and on, to the end.” He said: yes, no, ~ and null.\r\n"
    "- The company pays $300,000 to $900,000 a year, he said, & he said it twice; 100% sure!\n"
    "Ada’s guild, the Harbor Guild, fears for jobs; Ada's too. \ufeff\u2028He said it, he said it, he said it.\n"
    "'Single' and \"double\" \\ back\\slash\ttab 😀 end."
)


def _document(text: str = TEXT, name: str = "talks.txt") -> Document:
    return Document(Path(name).stem, Path(name), text.encode(), text)


def _drafted(facts: list[Fact], reader: ReviewedExtractor, declarations: Declarations = Declarations()) -> Draft:  # noqa: B008
    return draft(_document(), facts, declarations, REVIEW, reader)


def _said(facts: list[Fact]) -> list[str]:
    return sorted(repr(as_reviewed(fact, "talks.txt")) for fact in facts)


def _segment(words: str, part: Part = Part.SENTENCE, start: int | None = None) -> Segment:
    start = TEXT.index(words) if start is None else start
    return Segment(start=start, end=start + len(words), exact=words, part=part)


COMMON: dict[str, Any] = {"source": "talks.txt", "extractor": "rules", "rule": "said: #3", "confidence": Decimal("0.7")}
ADA = Name(name="Ada Fenn", kind=NameKind.PERSON)


def _split_quotation() -> Statement:
    pieces = ("We will not use it", "Not this year. Not ever")
    return Statement(
        **COMMON,
        evidence=(
            _segment("“We will not use it,” Ada Fenn said. “Not this year. Not ever,” she said."),
            _segment("Ada Fenn", Part.SOURCE),
            _segment("said", Part.CUE),
            *(_segment(piece, part) for part in (Part.CONTENT, Part.QUOTATION) for piece in pieces),
        ),
        speaker=ADA,
        mode=Mode.DIRECT,
        content=" ".join(pieces),
        quote=pieces,
        origins=(Origin(extractor="llm", confidence=Decimal("0.5")),),
    )


def _unresolved() -> Statement:
    return Statement(
        **COMMON,
        evidence=(
            _segment("He said: yes, no, ~ and null."),
            _segment("He", Part.SOURCE, TEXT.index("He said: yes")),
            _segment("said", Part.CUE, TEXT.index("said: yes")),
            _segment("yes, no, ~ and null", Part.CONTENT),
            _segment("null", Part.TOPIC),
            _segment("no", Part.STANCE, TEXT.index("no, ~")),
        ),
        speaker=Name(name="He", kind=NameKind.PERSON, unresolved=True),
        told_to=(Name(name="The company", kind=NameKind.ORGANIZATION, unresolved=True), ADA),
        mode=Mode.INDIRECT,
        content="yes, no, ~ and null",
        said_on=Date(wording="this year", edtf="2023"),
        topics=("ai", "jobs"),
        stance="opposes",
    )


FACTS: list[Fact] = [
    _split_quotation(),
    _unresolved(),
    JobPosting(
        **COMMON,
        evidence=(
            _segment("- The company pays $300,000 to $900,000 a year, he said, & he said it twice; 100% sure!"),
            _segment("$300,000 to $900,000", Part.VALUE),
        ),
        employer="Harbor Guild",
        title="end",
        salary_min=Decimal("300000.50"),
        salary_max=900_000,
        currency="USD",
        period="year",
        wording="$300,000 to $900,000 a year",
        remote=False,
        duties=("went on", "and on, to the end."),
        posted_on=Date(wording="a note #1"),
    ),
    Person(**COMMON, evidence=(_segment("Talks: a note #1 [sic]"),), name="Ada Fenn", role="guild"),
    Organization(
        **COMMON,
        evidence=(_segment("Ada’s guild, the Harbor Guild, fears for jobs; Ada's too."),),
        name="Harbor Guild",
        organization_kind=OrganizationKind.UNION,
    ),
    SurveyFinding(
        **COMMON,
        evidence=(_segment("100% sure!"), _segment("100%", Part.VALUE)),
        survey="the note",
        by="Harbor Guild",
        finding="sure",
        value=Decimal(100),
        unit="percent",
        wording="100%",
    ),
    DocumentMetadata(
        **COMMON,
        evidence=(
            _segment("Talks: a note #1 [sic]"),
            _segment("Talks: a note #1 [sic]", Part.VALUE),
        ),
        property="title",
        value="Talks: a note #1 [sic]",
    ),
]
DECLARED = Declarations(
    (DeclaredActor("Ada Fenn", "person", ("Ada", "Nobody at all")),), (DeclaredThing("the note", ThingKind.SURVEY),)
)


def test_every_kind_of_fact_has_its_place_in_the_file() -> None:
    assert HEADINGS.keys() == MODELS.keys()


def test_facts_read_back_as_they_were_with_a_person_behind_them(reviewed: ReviewedExtractor) -> None:
    made = _drafted(FACTS, reviewed, DECLARED)
    assert made.left_out == ()
    assert made.altered == ()
    assert sorted(map(repr, made.facts)) == _said(FACTS)


def test_the_file_says_by_whom_each_fact_was_read(reviewed: ReviewedExtractor) -> None:
    text = _drafted(FACTS[:1], reviewed).text
    assert "  # rules, rule said: #3, confidence 0.7; llm, confidence 0.5\n  - statement:\n" in text
    assert "  # Statements\n" in text
    assert '{by: "Ada: the “reader” #1", on: 2026-11-23}' in text


def test_aliases_that_the_document_does_not_have_are_not_declared(reviewed: ReviewedExtractor) -> None:
    assert "{name: Ada Fenn, kind: person, aliases: [Ada]}" in _drafted(FACTS, reviewed, DECLARED).text


def test_what_an_annotation_cannot_say_stays_as_a_comment_with_the_reason(reviewed: ReviewedExtractor) -> None:
    absent = Person(**COMMON, evidence=(_segment("100% sure!"),), name="Nobody Known", role="guild")
    spaced = Person(**COMMON, evidence=(_segment(" sure!"),), name="Ada Fenn")
    made = _drafted([absent, spaced, *FACTS], reviewed, DECLARED)
    assert sorted(map(repr, made.facts)) == _said(FACTS)
    assert [fact for fact, _ in made.left_out] == [absent, spaced] or [fact for fact, _ in made.left_out] == [
        spaced,
        absent,
    ]
    assert all(reason in made.text for _, reason in made.left_out)
    assert "  # Left out: " in made.text


def test_a_survey_without_a_name_in_the_document_is_declared(reviewed: ReviewedExtractor) -> None:
    finding = FACTS[5].model_copy(update={"survey": "Harbor Guild survey"})
    made = _drafted([finding], reviewed)
    assert "{name: Harbor Guild survey, kind: survey}" in made.text
    assert [fact.survey for fact in made.facts] == ["Harbor Guild survey"]  # type: ignore[union-attr]


def test_what_a_document_says_of_itself_may_stand_on_its_sentence_alone(reviewed: ReviewedExtractor) -> None:
    words = _segment("Talks: a note #1 [sic]")
    heading = DocumentMetadata(**COMMON, evidence=(words,), property="heading", value=words.exact)
    made = _drafted([heading], reviewed)
    assert (made.left_out, made.altered) == ((), ())
    assert made.facts[0].value == words.exact  # type: ignore[union-attr]


def test_a_quotation_may_end_with_one_inside_it(reviewed: ReviewedExtractor) -> None:
    text = "“They call it “the ask, not the plan,”” she said.\n"
    start, end = 1, text.index("” she")
    document = _document(text)
    words = [(0, len(text) - 1, Part.SENTENCE), (start, end, Part.CONTENT), (start, end, Part.QUOTATION)]
    evidence = tuple(Segment(start=s, end=e, exact=text[s:e], part=part) for s, e, part in words)
    she = Name(name="she", kind=NameKind.PERSON, unresolved=True)
    common = COMMON | {"evidence": evidence, "content": text[start:end], "quote": (text[start:end],)}
    made = draft(document, [Statement(**common, speaker=she, mode=Mode.DIRECT)], Declarations(), REVIEW, reviewed)
    assert (made.left_out, made.altered) == ((), ())


def test_a_draft_of_nothing_is_an_annotation_too(reviewed: ReviewedExtractor) -> None:
    made = _drafted([], reviewed)
    assert made.facts == ()
    assert made.text.startswith("# What extractors read")


@pytest.mark.parametrize("stem", ["000_c8ac9c711004a68b", "003_e68b2806083c4c95", "004_2b72d68894c55373"])
def test_reviewed_seeds_written_back_are_the_same_facts(stem: str, reviewed: ReviewedExtractor) -> None:
    path = Path(__file__).parents[2] / "seeds" / f"{stem}.txt"
    data = path.read_bytes()
    document = Document(stem, path, data, data.decode())
    extraction = reviewed.extract(document)
    made = draft(document, extraction.facts, extraction.declarations, REVIEW, reviewed)
    assert (made.left_out, made.altered) == ((), ())
    assert set(made.facts) == {as_reviewed(fact, document.source) for fact in extraction.facts}
    again = draft(document, made.facts, reviewed.read(document, made.text, "x").declarations, REVIEW, reviewed)
    assert again.text.replace("reviewed, confidence 1", "") == made.text.replace("reviewed, confidence 1", "")


PIECES = [
    "he said", "it", "Ada Fenn", " ", " ", " ", "\n\n", "\u00a0", "“", "”", "'", '"', "’", ": ", "#", " #", "[", "]",
    "{", "}", ", ", "- ", "–", "~", "null", "true", "12", "[...]", "…", "%", "&", "*", "!", "|", ">", "`", "@", "\\",
    "\t", "\r\n", "\u2028", "\u0085", "\ufeff", "é", "e\u0301", "😀", "ﬁ", "\x0b", ".", "?",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=4, max_size=60).map("".join)


@st.composite
def _texts_with_facts(draw: st.DrawFn) -> tuple[str, list[Fact]]:
    """An arbitrary text that names Ada, and stances on arbitrary words of it."""
    text = "Ada Fenn. " + draw(TEXTS) + " it."

    def span(low: int, high: int) -> tuple[int, int]:
        start = draw(st.integers(low, high - 1))
        end = draw(st.integers(start + 1, high))
        stripped = text[start:end].strip()
        if not stripped:
            return low, low + len(text[low:high].rstrip())
        start = text.index(stripped, start)
        return start, start + len(stripped)

    facts: list[Fact] = []
    for _ in range(draw(st.integers(1, 3))):
        start, end = span(0, len(text))
        low, high = span(start, end)
        parts = [(start, end, Part.SENTENCE), (low, high, Part.CONTENT)]
        segments = tuple(Segment(start=s, end=e, exact=text[s:e], part=part) for s, e, part in parts)
        common = COMMON | {"evidence": segments}
        facts.append(StanceReport(**common, holder=ADA, stance="mixed", content=text[low:high], topics=("ai",)))
    return text, facts


@given(_texts_with_facts())
def test_any_words_of_any_text_are_found_again(reviewed: ReviewedExtractor, given: tuple[str, list[Fact]]) -> None:
    text, facts = given
    document = _document(text)
    made = draft(document, facts, Declarations(), REVIEW, reviewed)
    assert made.left_out == ()
    assert set(made.facts) == {as_reviewed(fact, "talks.txt") for fact in facts}


def test_evidence_is_in_the_order_in_which_an_annotation_gives_it() -> None:
    parts = [segment.part for segment in as_reviewed(_unresolved(), "x").evidence]
    assert parts == sorted(parts, key=list(PARTS.values()).index)

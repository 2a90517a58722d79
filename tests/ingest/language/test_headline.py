import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.block import Block, BlockKind
from ingest.language.headline import in_sentence_case, is_title_case, names_in

TEXT = "The tool of Harbor Lines, a rival of Acme, is called Quill."


def _names() -> frozenset[str]:
    return names_in(TEXT, [Block(0, len(TEXT), BlockKind.PARAGRAPH)])


@pytest.mark.parametrize(
    ("heading", "title_case"),
    [
        ("Harbor Lines Rolls Out AI Tool", True),
        ("Harbor Lines rolls out a tool for its crews", False),
        ("of the", False),
        ("", False),
    ],
)
def test_title_case_is_known_by_its_long_words(heading: str, title_case: bool) -> None:
    assert is_title_case(heading) is title_case


def test_names_are_what_has_a_capital_inside_a_sentence() -> None:
    assert _names() == {"Harbor", "Lines", "Acme", "Quill"}


def test_a_headline_keeps_the_capitals_of_names_and_abbreviations() -> None:
    assert in_sentence_case("Crews Praise Harbor’s AI Tool", _names()) == "Crews praise Harbor’s AI tool"


@given(st.text())
def test_no_headline_changes_its_length(headline: str) -> None:
    assert len(in_sentence_case(headline, frozenset())) == len(headline)

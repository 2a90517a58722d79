"""Blocks: paragraphs, wrapped lines, headings, items, markdown, transcripts, boilerplate."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.block import BlockKind, blocks

WRAPPED = (
    "The union said on Monday that its members would go on strike\n"
    "unless the studios came back to the table with an offer that\n"
    "they could take."
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in blocks(text)]


def test_lines_wrapped_at_a_margin_are_one_paragraph() -> None:
    assert kinds(WRAPPED) == [("paragraph", WRAPPED)]


def test_a_bullet_among_long_lines_begins_an_item() -> None:
    item = "and one more thing that they want to have in it"
    assert kinds(f"{WRAPPED}\n- {item},\n  whatever.") == [
        ("paragraph", WRAPPED),
        ("item", f"{item},\n  whatever."),
    ]


def test_a_line_without_a_full_stop_is_a_heading() -> None:
    text = "Studios Hire\n\nThe studios are hiring."
    assert kinds(text) == [("heading", "Studios Hire"), ("paragraph", "The studios are hiring.")]


def test_a_line_in_brackets_or_marks_is_no_heading() -> None:
    assert kinds("(Reporting by Ada Roe; editing by Bo Lund)")[0][0] == "paragraph"
    assert kinds("“No deal”")[0][0] == "paragraph"


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "1. ", "2) ", "(a) ", "– "])
def test_a_bullet_is_left_out_of_its_item(bullet: str) -> None:
    expected = "paragraph" if bullet == "– " else "item"
    assert kinds(f"{bullet}A raise for all.")[0][0] == expected
    if expected == "item":
        assert kinds(f"{bullet}A raise for all.")[0][1] == "A raise for all."


def test_a_dash_before_a_speaker_stays() -> None:
    assert kinds("— Ada Roe, a grip.") == [("paragraph", "— Ada Roe, a grip.")]


def test_a_markdown_heading_is_one_whatever_it_ends_in() -> None:
    assert kinds("## What now?\n\nNothing.") == [("heading", "What now?"), ("paragraph", "Nothing.")]


def test_each_turn_of_a_transcript_is_a_paragraph() -> None:
    assert kinds("HALE: Why?\nROE: Because.") == [("paragraph", "HALE: Why?"), ("paragraph", "ROE: Because.")]


def test_what_lies_in_boilerplate_is_boilerplate() -> None:
    text = "top of page\n\nThe union said no.\n\n6 views"
    marked = [(0, 11), (text.index("6"), len(text))]
    assert [block.kind for block in blocks(text, marked)] == [
        BlockKind.BOILERPLATE,
        BlockKind.PARAGRAPH,
        BlockKind.BOILERPLATE,
    ]


def test_boilerplate_may_be_given_in_any_order_and_overlap() -> None:
    text = "one\n\ntwo\n\nthree"
    assert [block.kind.value for block in blocks(text, [(5, 8), (0, 8), (1, 2)])] == [
        "boilerplate",
        "boilerplate",
        "heading",
    ]


@given(st.text(alphabet="aB.1-*•#() \n\t“—"), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_blocks_are_ordered_trimmed_and_hold_all_but_bullets(text: str, boilerplate: list[tuple[int, int]]) -> None:
    found = blocks(text, boilerplate)
    for one, other in pairwise(found):
        assert one.end <= other.start
    reached = 0
    for block in found:
        words = text[block.start : block.end]
        assert words
        assert words == words.strip()
        left_out = text[reached : block.start]
        assert len("".join(left_out.split())) <= 6
        assert not left_out.strip() or block.kind in {BlockKind.ITEM, BlockKind.HEADING}
        reached = block.end
    assert not text[reached:].strip()

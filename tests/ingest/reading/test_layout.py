"""Printed lines become paragraphs; words at line ends are whole again; running heads interrupt nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.layout import running_text


def _text(*pages: str) -> str:
    return running_text(pages)[0]


def test_hard_wrapped_lines_are_paragraphs() -> None:
    page = (
        "Harbor Lines hires a pilot\n"
        "“We will not sail without a crew,” Mara Quill, head of ferries at Harbor\n"
        "Lines, told the Post on Friday. The union said it would strike if the company\n"
        "went ahead with its plan.\n"
        "The deckhands fear that autopilots will take their jobs, and they ask for more\n"
        "than a promise this time."
    )
    heading, first, second = _text(page).split("\n\n")
    assert heading == "Harbor Lines hires a pilot"
    assert first.startswith("“We will not sail without a crew,” Mara Quill, head of ferries at Harbor Lines, told the")
    assert first.endswith("The union said it would strike if the company went ahead with its plan.")
    assert second.endswith("will take their jobs, and they ask for more than a promise this time.")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("the nego-\ntiations began", "the negotiations began"),
        ("a well-\nknown actor", "a well-known actor"),
        ("the non-\nunion crew", "the non-union crew"),
        ("SAG-\nAFTRA said", "SAG-AFTRA said"),
        ("the nego\u00ad\ntiations began", "the negotiations began"),
        ("from 2020-\n2023 it grew", "from 2020-2023 it grew"),
        ("a dash -\nand more", "a dash - and more"),
    ],
)
def test_a_word_broken_at_a_line_end_is_whole_again(lines: str, joined: str) -> None:
    assert _text(lines) == joined


def test_items_of_a_list_stay_apart() -> None:
    assert _text("They ask for:\n• a crew on every ferry\n• training for\nall\n1. a say").split("\n\n") == [
        "They ask for:", "• a crew on every ferry", "• training for all", "1. a say",
    ]  # fmt: skip


def test_a_sentence_goes_on_over_pages_and_what_runs_there_is_marked_behind_it() -> None:
    lines = [
        "The union said that it would strike if the company",
        "went ahead with its plan to run night ferries by",
        "machine, and the deckhands fear that autopilots will",
        "take their jobs. They ask for a crew on every ferry,",
        "for training, and for a say in which machines are",
        "bought. Harbor Lines did not answer any questions.",
    ]
    pages = [f"The Tidewater Post\n{lines[2 * n]}\n{lines[2 * n + 1]}\nPage {n + 1}" for n in range(3)]
    text, spans = running_text(pages)
    assert " ".join(lines[:4]) in text
    assert [text[start:end] for start, end in spans] == [
        f"{line}{n}" if line == "Page " else line for n in (1, 2, 3) for line in ("The Tidewater Post", "Page ")
    ]


def test_a_line_that_repeats_within_the_page_is_content() -> None:
    pages = ["Top\nNo means no.\nWords in the middle.\nNo means no.\nMore words here.\nLast."] * 2
    assert running_text(pages)[1] == ()


@given(st.lists(st.text(), max_size=5))
def test_nothing_but_hyphens_and_spaces_is_lost(pages: list[str]) -> None:
    text, spans = running_text(pages)
    kept = {character for page in pages for character in page if not character.isspace()} - set("-\u00ad\0")
    assert {character for character in kept if character.isprintable()} <= set(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)

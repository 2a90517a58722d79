"""Every pattern matches its example, none takes long, and what they mark are whole lines that are no content."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.boilerplate import LONGEST_LINE, Pattern, is_boilerplate, joined, marked, patterns

SEEDS = Path(__file__).parents[3] / "seeds"

SECONDS = 0.05
"""What one pattern may take for one line; a pattern that goes back and forth takes minutes."""


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: f"line {pattern.line}")
def test_a_pattern_matches_its_example_whatever_its_case(pattern: Pattern) -> None:
    assert pattern.matches(pattern.example)
    assert pattern.matches(pattern.example.upper())
    assert is_boilerplate(f"  {pattern.example}\t")


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: f"line {pattern.line}")
def test_no_pattern_takes_long_for_a_line_that_nearly_matches(pattern: Pattern) -> None:
    units = (
        "a",
        "1 ",
        "a, ",
        "- ",
        ". ",
        "x/",
        "1 view 1",
        "read more ",
        "share this on ",
        "photo by a via ",
        pattern.example,
    )
    for unit in units:
        for line in (
            (unit * LONGEST_LINE)[:LONGEST_LINE],
            (pattern.example + unit * LONGEST_LINE)[: LONGEST_LINE - 1] + "\x00",
        ):
            started = time.process_time()
            pattern.matches(line)
            assert time.process_time() - started < SECONDS, (unit, line[:60])


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: f"line {pattern.line}")
def test_no_pattern_matches_a_sentence_of_the_news(pattern: Pattern) -> None:
    sentences = [
        "“Sign up for the union,” she said.",
        "Related industries, such as catering, lost thousands of jobs.",
        "Share prices fell by 3% on Tuesday.",
        "Follow-up talks are planned for Monday.",
        "Subscribers left in droves, Netflix said.",
        "Read more than the headline, Bloys told Variety.",
        "Advertisement revenue rose to $2 billion.",
        "More than 11,000 writers went on strike.",
        "The photo by Jo Reed that started the strike was sold for $9,000.",
        "Comments by the chief executive angered actors.",
        "Click here, and the machine writes your script, the ad said. It did not work.",
        "5 minutes is what they got.",
        "Loading the trucks took all night.",
        "Home is where the strike is.",
    ]
    assert [line for line in sentences if pattern.matches(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "top of page", "bottom of page", "6 views0 comments", "Also read: 16 Best Tools", "Read more: Actors strike",
        "Related: Actors strike", "Share this article", "Sign up for our newsletter and get it first", "Advertisement",
        "Subscribe now!", "© 2024 Harbor Media", "All rights reserved", "Follow us on Twitter", "Click here to read it",
        "Loading...", "Skip to content", "Photo: Jo Reed/Getty Images", "Jo Reed/Getty Images", "Comments (3)",
        "4 min read",
    ],
)  # fmt: skip
def test_what_stands_on_many_pages_is_marked(line: str) -> None:
    assert is_boilerplate(line)


def test_the_seeds_boilerplate_is_marked_and_nothing_else() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    found = {path.stem[:3]: [text[start:end] for start, end in marked(text)] for path, text in texts.items()}
    assert found == {
        "000": [],
        "001": ["Also read: 16 Best AI Writer Tools for 2023"],
        "002": [],
        "003": [],
        "004": ["top of page", "6 views0 comments", "bottom of page"],
    }


def test_lines_that_follow_each_other_are_one_span_and_longer_lines_are_content() -> None:
    text = "Words.\r\n  Share this \r\n\r\nAdvertisement\nMore words.\n" + "Read more: " + "x" * LONGEST_LINE
    spans = joined(text, marked(text))
    assert [text[start:end] for start, end in spans] == ["  Share this \r\n\r\nAdvertisement"]


@given(st.text(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_joined_spans_are_in_order_and_apart(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [(min(pair), min(max(pair), len(text))) for pair in spans if min(pair) < min(max(pair), len(text))]
    found = joined(text, inside)
    assert all(left[1] < right[0] for left, right in pairwise(found))
    covered = {place for start, end in found for place in range(start, end)}
    assert {place for start, end in inside for place in range(start, end)} <= covered


@pytest.mark.parametrize("line", ["no example", "pattern\t", "(\texample"])
def test_a_line_that_is_no_pattern_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "patterns.tsv"
    file.write_text(f"# A comment.\n\n{line}\n")
    with pytest.raises(ValueError, match=r"patterns.tsv:3: "):
        patterns(file)

"""Shares as people print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rules.share import number, shares


@pytest.mark.parametrize(
    ("printed", "value", "wording"),
    [
        ("found that 91% of leaders", "91", "91%"),
        ("48 percent said", "48", "48 percent"),
        ("Sixty-six percent of illustrators", "66", "Sixty-six percent"),
        ("that 97.85% of members", "97.85", "97.85%"),
        ("one in four employers", "25", "one in four"),
        ("Fewer than one in ten said", "10", "Fewer than one in ten"),
        ("Seven out of 10 working directors", "70", "Seven out of 10"),
        ("nearly two-thirds of them", "66.7", "nearly two-thirds"),
        ("A third of all respondents", "33.3", "A third"),
        ("Half of them were leaving", "50", "Half"),
        ("only a quarter actually did", "25", "only a quarter"),
        ("rates of between 1% and 3% for", "3", "1% and 3%"),
    ],
)
def test_a_share_is_read_as_printed(printed, value, wording):
    (found,) = shares(printed, 0, len(printed))
    assert (found.value, found.unit) == (Decimal(value), "percent")
    assert printed[found.start : found.end] == wording


def test_percentage_points_are_no_share():
    (found,) = shares("up by 5 percentage points", 0, 25)
    assert (found.value, found.unit) == (5, "percentage points")


@pytest.mark.parametrize(
    "printed",
    ["in the first half of the year", "half an hour", "a third person said so", "one in a million", "$17", "in 2023",
     "a quarter past two", "five in three"],
)  # fmt: skip
def test_what_is_no_share_is_left_alone(printed):
    assert shares(printed, 0, len(printed)) == []


@pytest.mark.parametrize(
    ("written", "value"), [("7", 7), ("twelve", 12), ("sixty-six", 66), ("ninety", 90), ("x", None)]
)
def test_numbers_are_read_in_digits_and_words(written, value):
    assert number(written) == value


@given(
    st.text(max_size=120) | st.lists(st.sampled_from(["one", "in", "ten", "5%", "half", "of", "-", "0"])).map(" ".join)
)
def test_no_text_breaks_the_reading_of_shares(text):
    for found in shares(text, 0, len(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value >= 0

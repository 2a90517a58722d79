"""Whole numbers in figures and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rules.number import whole_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["1,150"], 1150),
        (["300"], 300),
        (["two", "hundred"], 200),
        (["two", "hundred", "fifty"], 250),
        (["twenty-five"], 25),
        (["7.5", "thousand"], 7500),
        (["1.2", "million"], 1_200_000),
        (["more", "than", "14,000"], 14000),
        (["hundreds"], None),
        (["half"], None),
        (["2.5"], None),
        ([], None),
    ],
)
def test_numbers(words, value):
    assert whole_number(words) == value


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_say_their_number_with_and_without_commas(number):
    assert whole_number([str(number)]) == whole_number([f"{number:,}"]) == number

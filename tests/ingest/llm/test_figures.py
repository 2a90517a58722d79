from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.llm.figures import figure, holds_number, integer, share


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("91%", "91"),
        ("12.5 per cent", "12.5"),
        ("one in four employers", "25"),
        ("3 out of 10", "30"),
        ("one in three", "33.3"),
        ("half of them", "50"),
        ("two-thirds", "66.7"),
        ("a quarter", "25"),
        ("five in four", None),
        ("some", None),
        ("Sixty-six percent", "66"),
        ("ninety percent", "90"),
        ("nine in ten", "90"),
    ],
)
def test_a_share_is_read_from_its_words(wording: str, expected: str | None) -> None:
    assert share(wording) == (None if expected is None else Decimal(expected))


def test_a_figure_is_the_only_number() -> None:
    assert figure("rated 4.5 of all") == Decimal("4.5")
    assert figure("Nine of them") == Decimal(9)
    assert figure("4 of 5") is None


def test_numbers_are_found_in_digits_and_words() -> None:
    assert holds_number("It surveyed 1,187 leaders.", 1187)
    assert holds_number("Twelve people left.", 12)
    assert not holds_number("It surveyed 11,870 leaders.", 1187)
    assert (integer("1,187"), integer("three"), integer("twenty-one"), integer("²")) == (1187, 3, 21, None)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("$€£0123456789,. -–+kKmtoand%inper half"), max_size=60))
def test_no_wording_makes_it_fail(wording: str) -> None:
    assert all(number is None or number >= 0 for number in (share(wording), figure(wording)))

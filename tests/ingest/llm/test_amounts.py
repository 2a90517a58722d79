from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Period, Qualifier
from ingest.llm.amounts import Pay, figure, holds_number, integer, pay, period, share


@pytest.mark.parametrize(
    ("wording", "least", "most", "currency", "qualifier"),
    [
        ("$300,000 to $900,000", 300000, 900000, "USD", Qualifier.RANGE),
        ("$450,000-650,000", 450000, 650000, "USD", Qualifier.RANGE),
        ("between $300 and $400 a day", 300, 400, "USD", Qualifier.RANGE),
        ("€40k–60k", 40000, 60000, "EUR", Qualifier.RANGE),
        ("$1-2 million", 1000000, 2000000, "USD", Qualifier.RANGE),
        ("300 to 900 dollars", 300, 900, "USD", Qualifier.RANGE),
        ("up to $900,000 annually", None, 900000, "USD", Qualifier.UP_TO),
        ("as much as $1.2 million", None, 1200000, "USD", Qualifier.UP_TO),
        ("starting at £80,000", 80000, None, "GBP", Qualifier.STARTING_AT),
        ("exceed $200,000", 200000, None, "USD", Qualifier.MORE_THAN),
        ("$90,000+", 90000, None, "USD", Qualifier.MORE_THAN),
        ("under C$26,000", None, 26000, "CAD", Qualifier.LESS_THAN),
        ("about $500K", 500000, 500000, "USD", Qualifier.ABOUT),
        ("$449k", 449000, 449000, "USD", Qualifier.EXACT),
        ("one-time $ 200-day rate", 200, 200, "USD", Qualifier.EXACT),
        ("a check for $35", 35, 35, "USD", Qualifier.EXACT),
        ("1,500.50 dollars", "1500.5", "1500.5", "USD", Qualifier.EXACT),
    ],
)
def test_pay_is_read_from_its_words(
    wording: str, least: object, most: object, currency: str, qualifier: Qualifier
) -> None:
    bounds = [None if bound is None else Decimal(str(bound)) for bound in (least, most)]
    assert pay(wording) == Pay(*bounds, currency, qualifier)


@pytest.mark.parametrize("wording", ["", "a lot", "300,000", "$1, $2 and $3", "$5 or €6", "12 to 15 actors", "$"])
def test_words_without_one_plain_amount_give_none(wording: str) -> None:
    assert pay(wording) is None


def test_the_words_before_an_amount_bound_it_too() -> None:
    assert pay("$650,000", "The starting salary is ") == Pay(Decimal(650000), None, "USD", Qualifier.STARTING_AT)


@pytest.mark.parametrize(
    ("wording", "sentence", "expected"),
    [
        ("$35 an hour", "", Period.HOUR),
        ("$200-a-day", "They get $200 a day.", Period.DAY),
        ("$5,000", "They get $5,000 per week.", Period.WEEK),
        ("$900,000", "an annual $900,000", Period.YEAR),
        ("$900,000", "They said so on the day.", None),
    ],
)
def test_the_period_is_read_from_the_words_or_their_sentence(
    wording: str, sentence: str, expected: Period | None
) -> None:
    assert period(wording, sentence) == expected


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
    ],
)
def test_a_share_is_read_from_its_words(wording: str, expected: str | None) -> None:
    assert share(wording) == (None if expected is None else Decimal(expected))


def test_a_figure_is_the_only_number() -> None:
    assert figure("rated 4.5 of all") == Decimal("4.5")
    assert figure("4 of 5") is None


def test_numbers_are_found_in_digits_and_words() -> None:
    assert holds_number("It surveyed 1,187 leaders.", 1187)
    assert holds_number("Twelve people left.", 12)
    assert not holds_number("It surveyed 11,870 leaders.", 1187)
    assert (integer("1,187"), integer("three"), integer("many"), integer("²")) == (1187, 3, None, None)


@given(st.text(alphabet=st.sampled_from("$€£0123456789,. -–+kKmtoand%inper half"), max_size=60))
def test_no_wording_makes_it_fail(wording: str) -> None:
    found = pay(wording, wording)
    assert found is None or (found.least, found.most) != (None, None)
    assert all(number is None or number >= 0 for number in (share(wording), figure(wording)))
    assert period(wording) in (None, *Period)

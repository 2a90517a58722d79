"""Amounts of money as people print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Period, Qualifier
from ingest.rules.amount import Amount, amounts

RANGE, EXACT, UP_TO = Qualifier.RANGE, Qualifier.EXACT, Qualifier.UP_TO
START, MORE, LESS, ABOUT = Qualifier.STARTING_AT, Qualifier.MORE_THAN, Qualifier.LESS_THAN, Qualifier.ABOUT
HOUR, DAY, WEEK, YEAR, ONCE = Period.HOUR, Period.DAY, Period.WEEK, Period.YEAR, Period.ONCE

PRINTED = [
    ("$300,000 to $900,000", "300000", "900000", "USD", RANGE, None),
    ("$450,000-$650,000.", "450000", "650000", "USD", RANGE, None),
    ("$450,000–650,000", "450000", "650000", "USD", RANGE, None),
    ("$450,000 — $650,000", "450000", "650000", "USD", RANGE, None),
    ("between $90K and $120K a year", "90000", "120000", "USD", RANGE, YEAR),
    ("from £45,000 to £60,000", "45000", "60000", "GBP", RANGE, None),
    ("£30k-£40k DOE", "30000", "40000", "GBP", RANGE, None),
    ("$90-120K", "90000", "120000", "USD", RANGE, None),
    ("$1.2-1.5 million", "1200000", "1500000", "USD", RANGE, None),
    ("an annual salary of up to $900,000", None, "900000", "USD", UP_TO, YEAR),
    ("as much as $410,000", None, "410000", "USD", UP_TO, None),
    ("at least $50,000", "50000", None, "USD", START, None),
    ("pay starts at $285,000", "285000", None, "USD", START, None),
    ("a starting salary of $650,000", "650000", None, "USD", START, None),
    ("The starting salary is $650,000.", "650000", None, "USD", START, None),
    ("minimums of about $3,300 a week", "3300", None, "USD", START, WEEK),
    ("$100,000+", "100000", None, "USD", START, None),
    ("will exceed $200,000, and 17% agree", "200000", None, "USD", MORE, None),
    ("a little over $5,000 a week", "5000", None, "USD", MORE, WEEK),
    ("less than $30,000 a year", None, "30000", "USD", LESS, YEAR),
    ("roughly $345 for a three-hour call", "345", "345", "USD", ABOUT, ONCE),
    ("$449k", "449000", "449000", "USD", EXACT, None),
    ("$1.2 million", "1200000", "1200000", "USD", EXACT, None),
    ("half a million dollars", "500000", "500000", "USD", EXACT, None),
    ("one hundred thousand dollars", "100000", "100000", "USD", EXACT, None),
    ("a one-time $ 200-day rate", "200", "200", "USD", EXACT, DAY),
    ("$38.50/hr", "38.50", "38.50", "USD", EXACT, HOUR),
    ("$275 per finished hour", "275", "275", "USD", EXACT, HOUR),
    ("£9,800 for an hour-long episode", "9800", "9800", "GBP", EXACT, ONCE),
    ("$187 for an eight-hour day", "187", "187", "USD", EXACT, DAY),
    ("$1,000-a-week", "1000", "1000", "USD", EXACT, WEEK),
    ("a minimum wage of $20 an hour", "20", "20", "USD", EXACT, HOUR),
    ("C$55,000 per annum", "55000", "55000", "CAD", EXACT, YEAR),
    ("A$90k p.a.", "90000", "90000", "AUD", EXACT, YEAR),
    ("€55.000", "55000", "55000", "EUR", EXACT, None),
    ("55,000 euros", "55000", "55000", "EUR", EXACT, None),
    ("₹12 lakh", "1200000", "1200000", "INR", EXACT, None),
    ("¥12 million to ¥18 million annually", "12000000", "18000000", "JPY", RANGE, YEAR),
]


@pytest.mark.parametrize(("printed", "least", "most", "currency", "qualifier", "period"), PRINTED)
def test_an_amount_is_read_as_printed(printed, least, most, currency, qualifier, period):
    (found,) = amounts(printed, 0, len(printed))
    assert found.least == (Decimal(least) if least else None)
    assert found.most == (Decimal(most) if most else None)
    assert (found.currency, found.qualifier, found.period) == (currency, qualifier, period)


@pytest.mark.parametrize(
    "printed", ["six-figure salaries", "half a million people", "in 2023", "20 to 30 people", "17%", "$", "from to $"]
)
def test_what_names_no_money_is_no_amount(printed):
    assert amounts(printed, 0, len(printed)) == []


def found_in(text: str) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(each.least, each.most) for each in amounts(text, 0, len(text))]


def test_two_clauses_have_two_amounts():
    assert found_in("$200,000 and $300,000") == [(200000, 200000), (300000, 300000)]
    assert found_in("exceed $200,000, and 17% said it will exceed $300,000") == [(200000, None), (300000, None)]


def test_a_change_is_no_range_and_both_ends_have_its_period():
    text = "The deal raises base pay from $61,400 to $66,000 a year."
    assert found_in(text) == [(61400, 61400), (66000, 66000)]
    assert [each.period for each in amounts(text, 0, len(text))] == [YEAR, YEAR]
    assert found_in("at least $275 an hour, up from $225") == [(275, None), (225, 225)]


def test_an_amount_given_again_in_another_currency_counts_once():
    text = "who earn 28,000 forints a day (about €70)"
    assert [each.currency for each in amounts(text, 0, len(text))] == ["HUF"]


def test_words_without_a_currency_take_that_of_the_sentence():
    text = "researchers are being paid half a million while an actress gets a check for $35."
    assert [(each.least, each.currency, each.period) for each in amounts(text, 0, len(text))] == [
        (500000, "USD", None),
        (35, "USD", ONCE),
    ]


def test_a_ceiling_and_a_floor_are_one_range():
    text = "as much as $849,000, but the floor for the “market range” is $449,000."
    upper, lower = amounts(text, 0, len(text))
    whole = upper.joined(lower)
    assert whole == lower.joined(upper)
    assert whole is not None
    assert (whole.least, whole.most, whole.qualifier) == (449000, 849000, RANGE)
    assert text[slice(*whole.wording)] == text.removesuffix(".")
    assert [text[start:end] for start, end in whole.values] == ["as much as $849,000", "$449,000"]


def test_two_amounts_that_do_not_bound_each_other_are_not_joined():
    text = "at least $900,000, or up to $100,000"
    upper, lower = amounts(text, 0, len(text))
    assert upper.joined(lower) is None


def test_values_hold_the_words_beside_and_the_wording_all_that_decide():
    text = "It offers an annual salary of up to $650,000."
    (found,) = amounts(text, 0, len(text))
    assert [text[start:end] for start, end in found.values] == ["up to $650,000"]
    assert text[slice(*found.wording)] == "annual salary of up to $650,000"


def is_exact(found: Amount, text: str, start: int, end: int) -> bool:
    spans = [(found.start, found.end), found.wording, *found.values]
    return all(start <= left < right <= end for left, right in spans) and text[found.start : found.end].strip() != ""


money_like = st.text(
    st.sampled_from("$£€¥₹0123456789,.-–— %k()\n") | st.characters(codec="utf-8", exclude_characters="\0"), max_size=80
)
pieces = st.lists(
    st.sampled_from(
        [
            "$300,000",
            "£45k",
            "to",
            "from",
            "between",
            "and",
            "half a million",
            "dollars",
            "a year",
            "up to",
            "-",
            ",",
            ".",
        ]
    )
    | money_like,
    max_size=12,
)


@given(pieces.map(" ".join), st.integers(0, 20), st.integers(0, 200))
def test_no_text_breaks_the_reading_and_all_spans_lie_inside(text, start, length):
    end = min(len(text), start + length)
    for found in amounts(text, min(start, end), end):
        assert is_exact(found, text, min(start, end), end)
        assert found.least is not None or found.most is not None


grouped = st.integers(1, 9_999_999).map(lambda number: (number, f"{number:,}"))
thousands = st.integers(1, 999).map(lambda number: (number * 1000, f"{number}K"))
millions = st.integers(1, 999).map(lambda tenths: (tenths * 100_000, f"{tenths / 10} million"))
sign = st.sampled_from([("$", "USD"), ("US$", "USD"), ("£", "GBP"), ("€", "EUR"), ("C$", "CAD"), ("₹", "INR")])
length = st.sampled_from([("", None), (" a year", YEAR), (" an hour", HOUR), ("/day", DAY), (" per week", WEEK)])
bound = st.sampled_from([("", EXACT), ("up to ", UP_TO), ("at least ", START), ("more than ", MORE), ("about ", ABOUT)])


@given(bound, sign, grouped | thousands | millions, length)
def test_a_printed_amount_is_read_back(bounded, written, number, paid):
    (word, qualifier), (mark, currency), (value, digits), (words, period) = bounded, written, number, paid
    text = f"The job pays {word}{mark}{digits}{words}."
    (found,) = amounts(text, 0, len(text))
    assert {each for each in (found.least, found.most) if each is not None} == {Decimal(value)}
    assert (found.currency, found.qualifier, found.period) == (currency, qualifier, period)


@given(
    sign,
    grouped,
    grouped,
    st.sampled_from(["{}-{}", "{} to {}", "{}–{}", "between {} and {}", "from {} to {}"]),
    length,
)
def test_a_printed_range_is_read_back(written, one, other, form, paid):
    (mark, currency), (words, period) = written, paid
    (low, first), (high, second) = sorted([one, other])
    text = f"The job pays {form.format(mark + first, mark + second)}{words}."
    (found,) = amounts(text, 0, len(text))
    assert (found.least, found.most) == (Decimal(low), Decimal(high))
    assert (found.currency, found.qualifier, found.period) == (currency, RANGE, period)

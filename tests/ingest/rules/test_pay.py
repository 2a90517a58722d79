"""The pay of others than the holders of advertised jobs."""

import pytest

from ingest.facts import JobPosting, PayKind, Period
from ingest.rules.pay import paid, pay_reports


@pytest.mark.parametrize(
    ("text", "who", "least", "most", "period", "kind"),
    [
        (
            "It contrasts with the average Screen Actors Guild (SAG) member who earns less than $30,000 a year.",
            "average Screen Actors Guild (SAG) member", None, 30000, Period.YEAR, PayKind.UNION_MEMBER,
        ),
        ("Background actors make $187 a day.", "Background actors", 187, 187, Period.DAY, PayKind.PERFORMER),
        ("The studio pays performers $500 a week.", "performers", 500, 500, Period.WEEK, PayKind.PERFORMER),
        ("The work would need six clerks at $48,000 a year.", "clerks", 48000, 48000, Period.YEAR, PayKind.OTHER),
        ("The median salary for prompt engineers is $120,000.", "prompt engineers", 120000, 120000, Period.YEAR,
         PayKind.OTHER),
        ("The deal sets minimums of $3,300 a week for editors.", "editors", 3300, None, Period.WEEK,
         PayKind.UNION_MEMBER),
        ("Tom Hanks earned $20 million for the film.", "Tom Hanks", 20000000, 20000000, Period.ONCE, PayKind.OTHER),
        ("The studios offered a $200 day rate proposal for actors.", "actors", 200, 200, Period.DAY, PayKind.PROPOSAL),
    ],
)  # fmt: skip
def test_pay_has_its_people(facts, text, who, least, most, period, kind):
    (found,) = facts(pay_reports, text)
    assert (found.who.name, found.salary_min, found.salary_max) == (who, least, most)
    assert (found.period, found.pay_kind) == (period, kind)
    assert all(text[each.start : each.end] == each.exact for each in found.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Paramount reported revenue of $7.2 billion, up 3%, and its stock rose to $12.",
        "The film, with a budget of $200 million, earned $500 million at the box office.",
        "The union fined members $500 each.",
        "ChatGPT Plus costs $20 a month.",
        "The company will pay $1.5 billion to settle the lawsuit by authors.",
        "The guild sets a $100 million health fund.",
        "Some companies pay six-figure salaries.",
    ],
)
def test_revenue_fines_prices_and_budgets_are_no_pay(facts, text):
    assert facts(pay_reports, text) == []


def test_it_goes_on_with_the_pay_before(facts):
    text = (
        "One in four employers said the starting salary for AI engineers will exceed $200,000, and 17% said it will "
        "exceed $300,000."
    )
    first, second = facts(pay_reports, text)
    assert first.who == second.who
    assert (first.salary_min, second.salary_min, second.salary_max) == (200000, 300000, None)


def test_pay_in_a_long_quotation_is_that_of_the_people_named_before_it(facts):
    text = '"They are firing the subtitlers at $28 an hour and hiring one engineer instead," said Bettina Krol.'
    (found,) = facts(pay_reports, text)
    assert (found.who.name, found.salary_min, found.period) == ("subtitlers", 28, Period.HOUR)


def test_one_who_earns_is_not_the_thing_that_stands_before_the_relative(facts):
    (found,) = facts(pay_reports, "A grip on a major feature who now earns £412 a day will get a raise.")
    assert found.who.name.startswith("grip")


def test_by_whose_account_it_is_told(facts):
    (found,) = facts(pay_reports, "According to Variety, background actors make $187 a day.")
    assert [name.name for name in found.according_to] == ["Variety"]


def test_the_pay_of_a_posting_is_not_told_twice(facts):
    text = "Netflix is hiring a product manager for up to $900,000 a year, while actors earn $200 a day."
    found = facts(paid, text)
    assert [type(fact) is JobPosting for fact in found] == [True, False]
    assert [(fact.salary_min, fact.salary_max) for fact in found] == [(None, 900000), (200, 200)]


@pytest.mark.parametrize(
    ("text", "who", "least", "most", "period"),
    [
        (
            "Drivers walked out in March. The contract sets a minimum of $36.50 an hour.",
            "Drivers", 36.5, None, Period.HOUR,
        ),
        (
            "Producers met the puppeteers on Friday. The puppeteers rejected a rate of £310 a day.",
            "puppeteers", 310, 310, Period.DAY,
        ),
        ("Narrators typically charge $250 per finished hour.", "Narrators", 250, 250, Period.HOUR),
        ("Adjunct professors are paid $3,500 per course.", "Adjunct professors", 3500, 3500, Period.ONCE),
        ("“They pay me 9 euros an hour,” said Marta Kowalska.", "Marta Kowalska", 9, 9, Period.HOUR),
        ("Full-time drivers will top out at $49 an hour.", "Full-time drivers", None, 49, Period.HOUR),
        ("For each episode, the writers are paid $14,000.", "writers", 14000, 14000, Period.ONCE),
        ("Junior animators can expect to earn $55,000 to $70,000.", "Junior animators", 55000, 70000, Period.YEAR),
    ],
)  # fmt: skip
def test_pay_is_that_of_those_who_are_spoken_of(facts, text, who, least, most, period):
    (found,) = facts(pay_reports, text)
    assert (found.who.name.removeprefix("The ").removeprefix("the "), found.salary_min, found.salary_max) == (
        who, least, most,
    )  # fmt: skip
    assert found.period == period


def test_a_raise_over_a_long_subject_is_two_amounts(facts):
    text = "The new agreement raises the daily rate for background performers from $187 to $208."
    assert [(each.salary_min, each.salary_max) for each in facts(pay_reports, text)] == [(187, 187), (208, 208)]


def test_an_amount_without_a_period_has_that_of_the_one_before_it(facts):
    first, second = facts(pay_reports, "A grip who now receives £412 for a standard day will get £442.")
    assert first.period is second.period is Period.DAY


@pytest.mark.parametrize(
    "text",
    [
        "A judge ordered the firm to pay drivers $300,000 in damages.",
        "Students complained. Parking costs $12 an hour and the room rate is $90 a day.",
        "Viewers pay $9.99 a month for the tier, which earns the service $8 per user each month.",
        "Nurses rallied. The subscription rate is $20 a month.",
    ],
)
def test_damages_and_rates_of_things_are_no_pay(facts, text):
    assert facts(pay_reports, text) == []


def test_amounts_that_are_listed_have_the_bound_of_the_first(facts):
    text = "The deal sets minimums of $33 an hour for editors and $25 an hour for assistants."
    assert [(each.salary_min, each.salary_max) for each in facts(pay_reports, text)] == [(33, None), (25, None)]


def test_whose_means_the_people_before_it(facts):
    (found,) = facts(pay_reports, "Members of the orchestra, whose base salary is $99,000, rejected the offer.")
    assert (found.who.name, found.salary_min, found.period) == ("Members of the orchestra", 99000, Period.YEAR)

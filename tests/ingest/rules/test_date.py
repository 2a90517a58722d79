"""Dates: what is taken for one, and when it gets a value."""

import pytest

from ingest.document import Metadata
from ingest.rules.date import dates
from ingest.rules.reading import Reading


def _dates(reading: Reading) -> list[tuple[str, str | None]]:
    return [(date.wording, date.edtf) for _, date in dates(reading, 0, len(reading.text))]


WITHOUT_A_DAY_OF_ITS_OWN = [
    ("The vote was held on Nov 29, 2023.", [("Nov 29, 2023", "2023-11-29")]),
    ("The vote was held on 29 November 2023.", [("29 November 2023", "2023-11-29")]),
    ("The vote was held on 2023-11-29.", [("2023-11-29", "2023-11-29")]),
    ("They have been out since July 2024.", [("July 2024", "2024-07")]),
    ("He said so in June.", [("June", None)]),
    ("She spoke on Tuesday.", [("Tuesday", None)]),
    ("Sales fell in the third quarter of 2024.", [("the third quarter of 2024", None)]),
    ("The dispute began in the summer of 2023.", [("the summer of 2023", "2023-22")]),
    ("They struck in 2023.", [("2023", "2023")]),
    ("It has cut 2,000 people since 2021.", [("since 2021", "2021/..")]),
    ("The strike is now in its second week.", [("now in its second week", None)]),
    ("The merger was closed two years ago.", [("two years ago", None)]),
    ("It was said last week and will be said again tomorrow.", [("last week", None), ("tomorrow", None)]),
]

NO_DATES = [
    "May I march with you, asked April.",
    "The series sold 2024 copies.",
    "The meeting is every Tuesday.",
    "It was the 31st of its kind.",
    "On Feb. 31, 2023 of no calendar.",
]

ON_A_THURSDAY = [
    ("She said so on Wednesday.", "Wednesday", "2025-03-05"),
    ("She said so on Thursday.", "Thursday", "2025-03-06"),
    ("She said so last Thursday.", "last Thursday", "2025-02-27"),
    ("She said so in October.", "October", "2024-10"),
    ("She said so in January.", "January", "2025-01"),
    ("She said so on March 3.", "March 3", "2025-03-03"),
    ("She said so on 3 December.", "3 December", "2024-12-03"),
    ("She said so yesterday.", "yesterday", "2025-03-05"),
    ("They will meet on Friday.", "Friday", None),
    ("She said so last month.", "last month", None),
    ("She will say so next Tuesday.", "next Tuesday", None),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_A_DAY_OF_ITS_OWN)
def test_complete_dates_have_a_value_and_others_have_not(facts, text, expected):
    assert facts(_dates, text) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_words_and_numbers_that_are_no_dates(facts, text):
    assert [wording for wording, value in facts(_dates, text) if value] == []


@pytest.mark.parametrize(("text", "wording", "value"), ON_A_THURSDAY)
def test_dates_are_resolved_against_the_day_of_the_metadata(facts, text, wording, value):
    assert facts(_dates, text, Metadata(published="2025-03-06")) == [(wording, value)]


@pytest.mark.parametrize(
    "head",
    [
        "Updated: March 6, 2025\n\n",
        "By Ada Quill | March 6, 2025\n\n",
        "Thursday, March 6, 2025\n\n",
        "LONDON, 6 March 2025 (Harbor News) - ",
    ],
)
def test_the_text_may_say_of_what_day_it_is(facts, head):
    found = facts(_dates, f"{head}The guild said on Wednesday that it had won.")
    assert ("Wednesday", "2025-03-05") in found


def test_a_date_in_a_sentence_is_not_the_day_of_the_document(facts):
    found = facts(_dates, "The contract of March 6, 2025 was signed late. She said so on Wednesday, as it happens.")
    assert ("Wednesday", None) in found

"""Keys by their many names, dates in the forms that they come in, names of people in lines and lists."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import is_edtf
from ingest.document import Metadata
from ingest.reading import envelope


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-07-25", "2023-07-25"),
        ("2023-07-25T23:30:00-04:00", "2023-07-25"),
        ("2023-07-25 10:00:00+00:00", "2023-07-25"),
        ("2023-07", "2023-07"),
        ("2023", "2023"),
        ("20230725", "2023-07-25"),
        ("2023/7/5 10:00", "2023-07-05"),
        ("July 25, 2023", "2023-07-25"),
        ("Tuesday, July 25th, 2023 at 10:00", "2023-07-25"),
        ("25 July 2023", "2023-07-25"),
        ("5-Jul-2023", "2023-07-05"),
        ("July 2023", "2023-07"),
        ("Tue, 25 Jul 2023 23:30:00 -0400", "2023-07-25"),
        (1690300000, "2023-07-25"),
        (1690300000000, "2023-07-25"),
        ("1690300000", "2023-07-25"),
        (date(2023, 7, 25), "2023-07-25"),
        (datetime(2023, 7, 25, 23, tzinfo=UTC), "2023-07-25"),
        (["", "2023-07-25"], "2023-07-25"),
    ],
)
def test_a_date_is_the_day_that_is_printed(value: Any, expected: str) -> None:
    assert envelope.edtf(value) == expected


@pytest.mark.parametrize(
    "value",
    ["soon", "", "2023-13-01", "2023-02-30", "0000-00-00", "12/25/2023", "Foo 25, 2023", None, True, -5, 10**40,
     float("nan"), float("inf"), {}, [], "x" * 2000, date(999, 1, 1)],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_left_out(value: Any) -> None:
    assert envelope.edtf(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("By Jo Reed and Al Poe", ("Jo Reed", "Al Poe")),
        ("Jo Reed, Al Poe, and Max Orr", ("Jo Reed", "Al Poe", "Max Orr")),
        ("Jo Reed; Al Poe", ("Jo Reed", "Al Poe")),
        ("Reed, Jo", ("Reed, Jo",)),
        ("Byron Lee", ("Byron Lee",)),
        (["Jo Reed", {"@type": "Person", "name": "Al Poe"}, "Jo Reed"], ("Jo Reed", "Al Poe")),
        ({"name": "Jo Reed"}, ("Jo Reed",)),
        ("https://facebook.example/jo", ()),
        (None, ()),
        (7, ()),
    ],
)
def test_people_are_told_apart(value: Any, expected: tuple[str, ...]) -> None:
    assert envelope.people(value) == expected


@pytest.mark.parametrize(
    "value", ["ftp://a.example/", "a.example", "http://[", "https://a.example/a b", "javascript:x", "http:///x", 7]
)
def test_what_is_no_web_address_is_left_out(value: Any) -> None:
    assert envelope.address(value) is None


def test_of_several_keys_the_first_that_can_be_understood_counts() -> None:
    values = {
        "headline": "Second", "title": " First\n line ", "byline": "By Jo Reed", "source": {"id": None, "name": "Post"},
        "published": "soon", "datepublished": "2024-05-03", "updatedat": "2024-05-04", "link": "https://a.example/x",
        "lang": "en_GB",
    }  # fmt: skip
    assert envelope.metadata(values) == Metadata(
        "First line", ("Jo Reed",), "Post", "2024-05-03", "2024-05-04", "https://a.example/x", "en-GB"
    )


def test_keys_are_folded_and_each_means_one_thing() -> None:
    assert envelope.fold("datePublished") == envelope.fold("date_published") == envelope.fold("Date-Published")
    listed = [key for keys in envelope.keys().values() for key in keys]
    assert sorted(set(listed)) == sorted(listed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted({k for keys in envelope.keys().values() for k in keys})), JSON))
def test_any_values_make_metadata(values: dict[str, Any]) -> None:
    found = envelope.metadata(values)
    assert found.published is None or is_edtf(found.published)
    assert found.modified is None or is_edtf(found.modified)
    assert "" not in found.authors

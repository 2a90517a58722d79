"""Names that a reader takes for the same fold to the same form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SAG-AFTRA", "sag–aftra"),
        ("SAG-AFTRA", "SAG AFTRA"),
        ("Actors' Equity", "Actors’ Equity"),
        ("Actors' Equity", "Actors‘ Equity"),
        ("The Intercept", "intercept"),
        ("Warner Bros.", "warner bros"),
        ("U.S. Copyright Office", "US Copyright Office"),
        ("Industrial Light & Magic", "Industrial Light and Magic"),
        ("HBO\u00a0Max", "  hbo  max "),
        ("Screen Actors Guild - American", "Screen Actors Guild–American"),
        ("Pathe\u0301", "Pathé"),
    ],
)
def test_the_same_name_printed_differently(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Disney", "Disney+"), ("Apple TV", "Apple TV+"), ("Writers' Guild", "Writers Guild"), ("R&D", "RD")],
)
def test_different_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["", " ", "...", "—"])
def test_what_is_no_name_folds_to_nothing(name: str) -> None:
    assert fold(name) == ""


def test_an_article_alone_stays() -> None:
    assert fold("The") == "the"


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_case_makes_no_difference(name: str) -> None:
    assert fold(name.casefold()) == fold(name)

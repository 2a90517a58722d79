import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.slug import LONGEST, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Casey Bloys", "casey-bloys"),
        ("Duncan Crabtree-Ireland", "duncan-crabtree-ireland"),
        ("netflix/product-manager", "netflix-product-manager"),
        ("Łódź Café", "odz-cafe"),
        ("actors’ strike", "actors-strike"),
        ("R&D Labs", "r-d-labs"),
    ],
)
def test_a_name_becomes_words_and_dashes(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_without_ascii_stay_apart() -> None:
    assert slug("東京") != slug("大阪")
    assert slug("東京").startswith("x-")


def test_long_names_stay_apart() -> None:
    one, other = slug("word " * 40 + "a"), slug("word " * 40 + "b")
    assert one != other
    assert max(len(one), len(other)) <= LONGEST


@given(st.text())
def test_any_name_gives_a_slug_that_an_iri_can_hold(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= LONGEST
    assert slug(name) == made


@given(st.text(min_size=1))
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)

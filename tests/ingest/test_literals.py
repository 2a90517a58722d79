from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from ingest.mapping import literals


def _stored(literal: Literal) -> Literal:
    store = Store()
    node = NamedNode("https://example.org/x")
    store.add(Quad(node, node, literal))
    return next(iter(store)).object


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("1", "1"),
        ("300000.00", "300000"),
        ("12.50", "12.5"),
        ("0.30", "0.3"),
        ("9E+5", "900000"),
        ("-0.0", "0"),
        ("1E-3", "0.001"),
    ],
)
def test_decimals_have_no_needless_digits(value: str, digits: str) -> None:
    assert literals.decimal(Decimal(value)).value == digits


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4) | st.integers(-(10**12), 10**12).map(Decimal))
def test_a_store_gives_decimals_back_as_written(value: Decimal) -> None:
    literal = literals.decimal(value)
    assert _stored(literal) == literal
    assert Decimal(literal.value) == value


@pytest.mark.parametrize(
    "literal",
    [
        literals.integer(0),
        literals.integer(1187),
        literals.boolean(True),
        literals.boolean(False),
        literals.day("2024-02-29"),
        literals.edtf("2024-05/.."),
        literals.text("a\r\nb\t“c”\u00a0"),
    ],
    ids=str,
)
def test_a_store_gives_other_literals_back_as_written(literal: Literal) -> None:
    assert _stored(literal) == literal

"""Literals in the one form that a store gives back, so that what is written is what is read.

Oxigraph keeps numbers, booleans and dates by value and returns them in canonical form
(https://www.w3.org/TR/xmlschema11-2/#canonical-lexical-representation, decimals without a needless point).
"""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal

from ontology.namespaces import EDTF, XSD


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """A whole number, without any bound that its datatype would promise."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: Decimal) -> Literal:
    """A decimal number without exponent or trailing zeros."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Literal(digits if digits != "-0" else "0", datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def day(value: str) -> Literal:
    """A day of the calendar, YYYY-MM-DD."""
    return Literal(value, datatype=XSD.date)


def edtf(value: str) -> Literal:
    """A date of any precision."""
    return Literal(value, datatype=EDTF.EDTF)

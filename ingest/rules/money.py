"""Figures of money in a text: a number with its currency and its scale, in digits or spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")

_SCALES = {
    "k": 10**3, "thousand": 10**3, "grand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
    "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBER = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![\d])"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?![\d])"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d{2})?(?![\d])"
    r"|\d{1,15}(?:\.\d{1,6})?(?![\d])"
)
_SCALE = r"(?:(?:k|mn?|bn?)(?![\w])|[\s-]?(?:thousand|grand|million|billion|trillion|lakhs?|crores?)\b)"
_COUNTS = re.compile(
    r"(?!\s*(?:[.,;:!?)”\"’'—–]|\Z)|\s+(?:an?|per|while|and|but|or|for|to|in|each|annually|at|as|plus)\b)"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A figure: its value with its scale, and its currency (ISO 4217) when it names one.

    `spelled` says that it is in words, `counts` that a noun follows which it counts ("half a million people").
    """

    start: int
    end: int
    number: Decimal
    currency: str | None
    scale: int = 1
    spelled: bool = False
    counts: bool = False


def money(text: str, start: int, end: int) -> Iterator[Money]:
    """The numbers between two places of a text that may be money, in order; those in words need a scale."""
    for match in _pattern().finditer(text, start, end):
        sign, name = match["sign"], match["name"]
        currency = _currencies()[" ".join((sign or name).casefold().split())] if sign or name else None
        scale = _SCALES[match["scale"].strip(" -\t\n\u00a0\u202f").casefold()] if match["scale"] else 1
        if match["number"] is None:
            yield _spelled(text, match, end, currency)
            continue
        number = _decimal(match["number"], currency)
        if number is not None:
            yield Money(match.start(), match.end(), scaled(number, scale), currency, scale)


def scaled(number: Decimal, scale: int) -> Decimal:
    """The number times its scale, without decimals when it has none."""
    product = number * scale
    return product.to_integral_value() if scale > 1 and product == product.to_integral_value() else product


def _spelled(text: str, match: re.Match[str], end: int, currency: str | None) -> Money:
    scale = _SCALES[match["wordscale"].casefold()]
    part = " ".join(match["part"].casefold().split()) if match["part"] else None
    if part is not None:
        number = Decimal(scale) / (2 if part.startswith("half") else 4)
    else:
        number = Decimal(_WORDS[match["word"].casefold()] * (100 if match["hundred"] else 1) * scale)
    counts = currency is None and _COUNTS.match(text, match.end(), end) is not None
    return Money(match.start(), match.end(), number, currency, scale, spelled=True, counts=counts)


def _decimal(written: str, currency: str | None) -> Decimal | None:
    """The number; points group thousands where a currency is written that way, and are no number elsewhere."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?", written):
        groups = written.count(".")
        if currency in _POINTED or groups > 1:
            return Decimal(written.replace(".", "").replace(",", "."))
        return Decimal(written.replace(",", "")) if "," not in written else None
    return Decimal(written.replace(",", ""))


_POINTED = frozenset({"EUR", "CHF", "SEK", "NOK", "DKK", "BRL"})


@cache
def _currencies() -> dict[str, str]:
    """The code of each written currency, in lower case."""
    return {written.casefold(): code for written, code, _ in _written()}


@cache
def _written() -> tuple[tuple[str, str, str], ...]:
    lines = (DATA / "currencies.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return tuple((written, code, place) for written, code, place in rows)


@cache
def _pattern() -> re.Pattern[str]:
    signs = _alternation({"sign", "both"})
    names = _alternation({"name", "both"})
    words = "|".join(sorted(_WORDS, key=len, reverse=True))
    scales = "thousand|grand|million|billion|lakh|crore"
    spelled = (
        rf"(?:(?P<part>half\s+an?|a\s+quarter\s+of\s+a|a\s+quarter)|(?P<word>{words}))"
        rf"(?P<hundred>[\s-]hundred)?[\s-](?P<wordscale>{scales})\b"
    )
    digits = rf"(?:(?P<sign>{signs})\s?)?(?<![\d.,])(?P<number>{_NUMBER})(?P<scale>{_SCALE})?"
    return re.compile(rf"(?<!\w)(?:{digits}|{spelled})(?:[\s-]?(?P<name>{names})(?!\w))?", re.IGNORECASE)


def _alternation(places: set[str]) -> str:
    listed = sorted(
        {written for written, _, place in _written() if place in places}, key=lambda each: (-len(each), each)
    )
    return "|".join(r"\s+".join(map(re.escape, written.split())) for written in listed)

"""Figures read from a document's own words: shares of a survey, and counts. Words that give none give nothing."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ingest.anchor import fold_case

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:\.\d{1,6})?(?!\d)"
_ONES: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS: Final = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(reversed(_ONES))}"
_PERCENT: Final = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER}|{_WORDS})\s?(?:%|per ?cent\b)")
_ONE_IN: Final = re.compile(rf"\b(?P<part>{_NUMBER}|{_WORDS}) (?:in|out of)(?: every)? (?P<whole>{_NUMBER}|{_WORDS})\b")
_FRACTION: Final = re.compile(r"\b(?:(?P<part>\w+)[ -])?(?P<whole>half|thirds?|quarters?|fourths?|fifths?|tenths?)\b")
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_PLAIN: Final = re.compile(rf"(?<![\w.,])(?:{_NUMBER}|(?:{_WORDS})\b)")


def share(wording: str) -> Decimal | None:
    """The share in percent that the words give (`91%`, `one in four`, `two-thirds`); None when they give none."""
    folded = fold_case(wording)
    if (percent := _PERCENT.search(folded)) is not None:
        return _decimal(percent["number"])
    if (ratio := _ONE_IN.search(folded)) is not None:
        part, whole = integer(ratio["part"]), integer(ratio["whole"])
        return _percent(part, whole) if part is not None and whole and part <= whole else None
    if (fraction := _FRACTION.search(folded)) is not None:
        part = integer(fraction["part"]) if fraction["part"] else None
        whole = _PARTS[fraction["whole"] if fraction["whole"] == "half" else fraction["whole"].removesuffix("s")]
        return _percent(part or 1, whole) if (part or 1) <= whole else None
    return None


def figure(wording: str) -> Decimal | None:
    """The one number in the words; None when there is none, or more than one."""
    found = _PLAIN.findall(fold_case(wording))
    return _decimal(found[0]) if len(found) == 1 else None


def integer(words: str) -> int | None:
    """A whole number in digits, or in words below a hundred."""
    text = words.strip().lower()
    digits = text.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 15:
        return int(digits)
    tens, _, ones = text.replace("-", " ").partition(" ")
    if tens in _TENS and (not ones or _ONES.get(ones, 10) < 10):
        return _TENS[tens] + _ONES.get(ones, 0)
    return _ONES.get(text)


def holds_number(text: str, number: int) -> bool:
    """Whether the text has this number."""
    return any(integer(words) == number for words in _PLAIN.findall(fold_case(text)))


def _decimal(words: str) -> Decimal:
    whole = integer(words)
    return Decimal(words.replace(",", "")) if whole is None else Decimal(whole)


def _plain(number: Decimal) -> Decimal:
    """The number without zeros after its point."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def _percent(part: int, whole: int) -> Decimal:
    return _plain((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))

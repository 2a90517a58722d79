"""Amounts and figures read from a document's own words: pay, shares of a survey, and counts.

Only what is written is read: no amount comes from anything but the words, and words that give none give nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ingest.anchor import fold_case
from ingest.facts import Period, Qualifier

_CURRENCIES: Final = {
    "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "$": "USD",
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "cad": "CAD", "aud": "AUD", "jpy": "JPY", "inr": "INR",
    "dollars": "USD", "euros": "EUR", "pounds": "GBP", "yen": "JPY", "rupees": "INR", "won": "KRW",
}  # fmt: skip
_SCALES: Final = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "b": 10**9, "billion": 10**9,
}  # fmt: skip

_SIGN: Final = r"(?:us|ca?|au?|nz|hk)?\$|[£€¥₹₩]|\b(?:usd|eur|gbp|cad|aud|jpy|inr)\b"
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:\.\d{1,6})?(?!\d)"
_SCALE: Final = r"(?:k|thousand|mn?|million|bn?|billion)\b"
_NAME: Final = r"(?:us )?(?:dollars|euros|pounds|yen|rupees|won)\b|\b(?:usd|eur|gbp|cad|aud|jpy|inr)\b"
_MONEY: Final = re.compile(
    rf"(?P<sign>{_SIGN})?\s?(?<![\d.,])(?P<number>{_NUMBER})(?:[\s-]?(?P<scale>{_SCALE}))?\+?\s?(?P<name>{_NAME})?"
)
_BETWEEN: Final = re.compile(r"\s*(?:-+|to|and|or|through)\s*")

_QUALIFIERS: Final = (
    (Qualifier.UP_TO, r"up to|as much as|as high as|as many as|no more than|at most|maximum|max\b|capped at|tops? out"),
    (Qualifier.LESS_THAN, r"less than|under|below|fewer than|shy of"),
    (Qualifier.MORE_THAN, r"more than|over|exceed\w*|above|north of|greater than|upwards? of|in excess of"),
    (Qualifier.STARTING_AT, r"start\w*|at least|minimum|no less than|floor|from"),
    (Qualifier.ABOUT, r"about|around|roughly|approximately|nearly|almost|some|estimated"),
)
_BEFORE: Final = 40
"""Characters before an amount in which a word may still bound it."""

_PERIODS: Final = (
    (Period.HOUR, r"(?:per|an|each|/)\s?h(?:ou)?r\b|\bhourly"),
    (Period.DAY, r"(?:per|a|each|/)\s?day\b|\bdaily|\bday rate"),
    (Period.WEEK, r"(?:per|a|each|/)\s?week\b|\bweekly"),
    (Period.MONTH, r"(?:per|a|each|/)\s?month\b|\bmonthly"),
    (Period.YEAR, r"(?:per|a|each|/)\s?y(?:ea)?r\b|\bannual\w*|\byearly|\bper annum|\bp\.a\."),
)

_SMALL: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_PERCENT: Final = re.compile(rf"(?P<number>{_NUMBER})\s?(?:%|per ?cent\b)")
_ONE_IN: Final = re.compile(r"\b(?P<part>\w+) (?:in|out of)(?: every)? (?P<whole>\w+)\b")
_FRACTION: Final = re.compile(r"\b(?:(?P<part>\w+)[ -])?(?P<whole>half|thirds?|quarters?|fourths?|fifths?|tenths?)\b")
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_PLAIN: Final = re.compile(rf"(?<![\w.,])(?:{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Pay:
    """An amount of pay. A bound that the words do not give is None."""

    least: Decimal | None
    most: Decimal | None
    currency: str
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class _Money:
    number: Decimal
    currency: str | None
    scaled: bool
    start: int
    end: int


def pay(wording: str, before: str = "") -> Pay | None:
    """The pay that the words give; None when they give no amount, no currency, or more than two amounts.

    Args:
        wording: the words with the amount.
        before: what the sentence says before them.
    """
    folded = fold_case(wording)
    amounts = _amounts(folded)
    currencies = {amount.currency for amount in amounts if amount.currency is not None}
    if len(amounts) not in (1, 2) or len(currencies) != 1:
        return None
    currency = currencies.pop()
    if len(amounts) == 2:
        least, most = sorted(amount.number for amount in amounts)
        return Pay(least, most, currency, Qualifier.RANGE)
    number = amounts[0].number
    qualifier = _qualifier(fold_case(before)[-_BEFORE:], folded)
    return Pay(
        None if qualifier in (Qualifier.UP_TO, Qualifier.LESS_THAN) else number,
        None if qualifier in (Qualifier.STARTING_AT, Qualifier.MORE_THAN) else number,
        currency,
        qualifier,
    )


def period(wording: str, sentence: str = "") -> Period | None:
    """The length of work that the words, or else their sentence, name."""
    for text in (fold_case(wording), fold_case(sentence)):
        for found, pattern in _PERIODS:
            if re.search(pattern, text):
                return found
    return None


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
    """A whole number in digits or as a word up to twelve."""
    text = words.strip().lower()
    digits = text.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 15:
        return int(digits)
    return _SMALL.get(text)


def holds_number(text: str, number: int) -> bool:
    """Whether the text has this number, in digits or as a word up to twelve."""
    return any(integer(word) == number for word in re.findall(r"\d[\d,]*(?<=\d)|[a-z]+", fold_case(text)))


def _amounts(folded: str) -> list[_Money]:
    """The amounts of money, with a number that ends a range taken for one."""
    found: list[_Money] = []
    for match in _MONEY.finditer(folded):
        unit = match["sign"] or match["name"]
        currency = _CURRENCIES[unit.removeprefix("us ")] if unit else None
        scale = _SCALES[match["scale"]] if match["scale"] else 1
        money = _Money(_plain(_decimal(match["number"]) * scale), currency, scale > 1, *match.span())
        follows = bool(found) and _BETWEEN.fullmatch(folded, found[-1].end, money.start) is not None
        if currency is not None or (follows and found[-1].currency is not None):
            if follows and money.scaled and not found[-1].scaled and found[-1].number < 1000:
                found[-1] = _Money(
                    _plain(found[-1].number * scale), found[-1].currency, True, found[-1].start, found[-1].end
                )
            found.append(money)
        elif _BETWEEN.match(folded, money.end) is not None:
            found.append(money)
    return [money for number, money in enumerate(found) if _belongs(found, number)]


def _belongs(found: list[_Money], number: int) -> bool:
    """Whether an amount has a currency, or is one end of a range of which the other has."""
    if found[number].currency is not None:
        return True
    beside = found[max(0, number - 1) : number] + found[number + 1 : number + 2]
    return any(money.currency is not None for money in beside)


def _qualifier(before: str, wording: str) -> Qualifier:
    """The bounding word nearest to the amount goes first: those of the wording, then those before it."""
    for text in (wording, before):
        for qualifier, pattern in _QUALIFIERS:
            if re.search(rf"\b(?:{pattern})", text):
                return qualifier
    return Qualifier.MORE_THAN if wording.rstrip().endswith("+") else Qualifier.EXACT


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _plain(number: Decimal) -> Decimal:
    """The number without zeros after its point."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def _percent(part: int, whole: int) -> Decimal:
    return _plain((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))

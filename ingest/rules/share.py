"""Shares as people print them: "91%", "sixty-six percent", "one in four", "seven out of 10", "two-thirds", "half"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.language.article import Span

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_UNITS)[1:10])}))?|{'|'.join(list(_UNITS))})"
_ABOUT = (
    r"(?:(?:(?:just |slightly |a little |well )?(?:more|less|fewer|greater|higher|lower) than|"
    r"(?:just |well )?(?:over|under|above|below)|nearly|almost|about|around|roughly|approximately|some|only|"
    r"as (?:many|much) as|up to|at least|a full|close to)\s+)?"
)
_PATTERN = re.compile(
    rf"(?<![\w.,$£€-])(?P<about>{_ABOUT})(?:"
    rf"(?:(?P<low>\d{{1,3}}(?:\.\d+)?)\s?%?\s?(?:-|–|to|and)\s?)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d+)?|{_WORD})(?:\s?%|[\s-](?:percentage(?=[\s-]points?\b)|percent|per\s+cent|pct)\b)(?P<points>[\s-]+points?\b)?"
    rf"|(?P<part>\d{{1,3}}|{_WORD})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<whole>\d{{1,3}}|{_WORD})\b(?![-\w%])"
    rf"|(?:(?P<times>an?|{_WORD})[\s-])?(?P<fraction>half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)\b"
    rf")",
    re.IGNORECASE,
)
_AFTER_FRACTION = re.compile(
    r"\s+(?:of\b|said|say|reported|would|had|have|were|are|believed?|th(?:ink|ought)|want(?:ed)?|use[sd]?|fe(?:el|lt)|"
    r"expect|agreed?|fear|did|do|also|actually|admitted|support|oppose|the\b)"
)
_ORDINAL = re.compile(r"\b(?:first|second|latter|other|last|next|third|fourth|another)\s+\Z", re.IGNORECASE)
_TIME = re.compile(
    r"\s+of\s+(?:the\s+|a\s+|this\s+|last\s+)?(?:year|month|week|day|decade|century|season|time|20\d\d|19\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent, or a difference in percentage points, with its words."""

    start: int
    end: int
    value: Decimal
    unit: str

    @property
    def span(self) -> Span:
        """Its characters, with the words that make it approximate."""
        return self.start, self.end


def shares(text: str, start: int, end: int) -> list[Share]:
    """The shares between two places of a text, in order. Of a range, the upper end is the value."""
    found = []
    for match in _PATTERN.finditer(text, start, end):
        value = _value(match)
        if value is None or (match["fraction"] and not _is_share(text, match, end)):
            continue
        unit = "percentage points" if match["points"] else "percent"
        found.append(Share(match.start(), match.end(), value, unit))
    return found


def number(written: str) -> int | None:
    """A whole number in digits, or in words below one hundred."""
    if written.isascii() and written.isdigit():
        return int(written)
    words = re.split(r"[- ]", written.casefold())
    values = [_UNITS.get(word, _TENS.get(word)) for word in words]
    return None if None in values else sum(value for value in values if value is not None)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["number"]:
        whole = number(match["number"])
        return Decimal(whole) if whole is not None else Decimal(match["number"])
    if match["part"]:
        part, whole = number(match["part"]), number(match["whole"])
        return _percent(part, whole) if part is not None and whole and part <= whole else None
    times = match["times"]
    part = 1 if times is None or times.casefold() in {"a", "an"} else number(times)
    whole = _PARTS[match["fraction"].casefold().removesuffix("s")]
    return _percent(part, whole) if part is not None and 0 < part <= whole else None


def _is_share(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a fraction is a share of people or things, and no part of an hour or a year."""
    plural = match["fraction"].casefold().endswith("s")
    if _ORDINAL.search(text, max(0, match.start() - 12), match.start()) or _TIME.match(text, match.end(), end):
        return False
    counted = match["times"] is not None or match["fraction"].casefold() == "half"
    if not counted or (plural and (match["times"] or "").casefold() in {"", "a", "an"}):
        return False
    return bool(match["about"]) or _AFTER_FRACTION.match(text, match.end(), end) is not None


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0

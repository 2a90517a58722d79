"""Dates in EDTF, as far as news documents need them: https://www.loc.gov/standards/datetime/, levels 0 and 1.

A year, a month, a day, each maybe uncertain (`?`), approximate (`~`) or both (`%`), with unspecified digits (`X`), a
season (months 21 to 24), or an interval of two of these.
"""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"(?P<year>-?[0-9]{2}[0-9X]{2})(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?")
_PRECISIONS = {10: "day", 7: "month", 4: "year"}


def is_edtf(text: str) -> bool:
    """Whether the text is a date or an interval that exists."""
    begin, slash, end = text.partition("/")
    if not slash:
        return _is_date(text)
    return all(_is_date(bound) or bound in ("", "..") for bound in (begin, end)) and (begin + end).strip(".") != ""


def precision(edtf: str | None) -> str:
    """The notation of a date's precision: day, month, year, or unresolved for anything less plain."""
    if edtf is None or not re.fullmatch(r"[0-9-]+", edtf):
        return "unresolved"
    return _PRECISIONS.get(len(edtf), "unresolved")


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = match["year"], match["month"], match["day"]
    if month is None or month == "XX":
        return day is None or day == "XX"
    if day is None:
        return 1 <= int(month) <= 12 or 21 <= int(month) <= 24
    if day == "XX":
        return 1 <= int(month) <= 12
    try:
        date(int(year.replace("X", "0").lstrip("-")) or 4, int(month), int(day))
    except ValueError:
        return False
    return True

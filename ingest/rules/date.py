"""Dates as news prints them, and their value in EDTF where the document supports one.

A complete date is its own support. A month, a day or a weekday is resolved against the document's own date, which is
that of its metadata, of a line such as "Updated: Nov 29, 2023", or of its dateline. Nothing else gives a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.dates import is_edtf
from ingest.facts import Date
from ingest.language.article import Span
from ingest.language.block import Block
from ingest.rules.date_words import DATE, DAY, MONTH, MONTHS, SEASONS, VAGUE, WEEKDAY, WEEKDAYS, YEAR
from ingest.rules.reading import Reading

_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|(?:due|set|plans?|expected|scheduled|is|are|ask|want)\s+to|upcoming|looms?)\b"
)
_LINE = re.compile(
    r"\s*(?:(?:first\s+)?published|posted|(?:last\s+)?updated|(?:last\s+)?modified|date)(?:\s+on|\s+at)?\s*:?\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\s*[Bb][Yy]:?\s+[A-Z]|\s*[•|]|.{0,60}\s[•|]\s")
_WHOLE = re.compile(
    rf"(?:(?:{WEEKDAY}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?),?\s+)?"
    rf"(?:{MONTH}\s+{DAY},?\s+{YEAR}|{DAY}\s+{MONTH},?\s+{YEAR}|\d{{4}}-\d\d-\d\d)"
    r"(?:[\s,T|•·@-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,20})?\s*\Z"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .,’'/-]{2,40}(?:,\s+[A-Z][\w.]+)?,\s+"
    rf"(?P<date>(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH})(?:,?\s+{YEAR})?)"
)
_LINE_WORDS = 16
_FIRST_BLOCKS, _LAST_BLOCKS = 12, 4


def dates(reading: Reading, start: int, end: int, *, vague: bool = False) -> list[tuple[Span, Date]]:
    """The dates printed between two places, in order; `vague` takes in "recently" and "at present"."""
    today = document_date(reading)
    found = [
        (match.span(), _date(reading.text, match, start, today)) for match in DATE.finditer(reading.text, start, end)
    ]
    if vague:
        taken = [span for span, _ in found]
        found += [
            (match.span(), Date(wording=match.group()))
            for match in VAGUE.finditer(reading.text, start, end)
            if not any(left < match.end() and match.start() < right for left, right in taken)
        ]
    return sorted(found, key=lambda each: each[0])


def document_date(reading: Reading) -> date | None:
    """The day of the document, as far as it says so itself."""
    published = reading.article.document.metadata.published
    if published is not None:
        return _day(published[:10])
    for _, value in [*dated_lines(reading), *datelines(reading)]:
        if value.edtf is not None and len(value.edtf) == 10:
            return _day(value.edtf)
    return None


def dated_lines(reading: Reading) -> Iterator[tuple[Span, Date]]:
    """The complete dates of lines such as "Updated: Nov 29, 2023" or "By Jane Roe | March 6, 2025"."""
    for block in _margins(reading):
        if not is_line(reading, block):
            continue
        for match in DATE.finditer(reading.text, block.start, block.end):
            if match["mdy"] or match["dmy"] or match["iso"]:
                yield match.span(), _date(reading.text, match, match.start(), None)


def is_line(reading: Reading, block: Block) -> bool:
    """Whether a block is a short line that says who wrote the document or when, and no sentence."""
    words = reading.text[block.start : block.end]
    if len(words) > 8 * _LINE_WORDS or len(words.split()) > _LINE_WORDS:
        return False
    return bool(_LINE.match(words) or _BYLINE.match(words) or _WHOLE.match(words))


def datelines(reading: Reading) -> Iterator[tuple[Span, Date]]:
    """The dates of datelines, such as "LONDON, 11 February 2025 (Agency)"."""
    for block in _margins(reading):
        dateline = _DATELINE.match(reading.text, block.start, block.end)
        match = DATE.match(reading.text, dateline.start("date"), block.end) if dateline else None
        if match is not None:
            yield match.span(), _date(reading.text, match, match.start(), None)


def _margins(reading: Reading) -> list[Block]:
    blocks = reading.article.blocks
    return (
        list(blocks)
        if len(blocks) <= _FIRST_BLOCKS + _LAST_BLOCKS
        else [*blocks[:_FIRST_BLOCKS], *blocks[-_LAST_BLOCKS:]]
    )


def _date(text: str, match: re.Match[str], start: int, today: date | None) -> Date:
    wording = " ".join(match.group().split())
    value = _value(match, text[start : match.start()], today)
    return Date(wording=wording, edtf=value if value is not None and is_edtf(value) else None)


def _value(match: re.Match[str], before: str, today: date | None) -> str | None:
    said = match.group()
    year = re.search(YEAR, said)
    if match["iso"]:
        return match["iso"]
    if match["mdy"] or match["dmy"]:
        return f"{year.group()}-{_month(said):02}-{_number(said):02}" if year else None
    if match["my"]:
        return f"{year.group()}-{_month(said):02}" if year else None
    if match["sy"] and year:
        season = next((number for name, number in SEASONS.items() if name in said), None)
        return f"{year.group()}-{season}" if season is not None else None
    if match["y"]:
        return match["y"]
    if match["since"] and year:
        return f"{year.group()}/.."
    if today is None or _AHEAD.search(before):
        return None
    return _resolved(match, said, today)


def _resolved(match: re.Match[str], said: str, today: date) -> str | None:
    """The value of an incomplete date: the nearest such day or month that is not after the document's."""
    if match["md"] or match["dm"]:
        month, day = _month(said), _number(said)
        year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
        return f"{year}-{month:02}-{day:02}"
    if match["m"]:
        month = _month(match["m"])
        near = (match["nearby"] or "").strip().casefold()
        if near in {"next", "mid", "mid-"}:
            return None
        year = today.year if month < today.month or (month == today.month and near != "last") else today.year - 1
        return f"{year}-{month:02}"
    if match["weekday"]:
        which = (match["which"] or "").strip().casefold()
        back = (today.weekday() - WEEKDAYS.index(match["weekday"].casefold())) % 7
        if which == "next":
            return None
        return (today - timedelta(days=back or 7 if which == "last" else back)).isoformat()
    plain = {"yesterday": 1, "today": 0, "last night": 1, "tonight": 0, "this morning": 0}
    days = plain.get(" ".join(said.casefold().split()))
    return (today - timedelta(days=days)).isoformat() if days is not None else None


def _month(said: str) -> int:
    found = re.search(MONTH, said)
    return next(i for i, name in enumerate(MONTHS, 1) if found and name.startswith(found.group().casefold()[:3]))


def _number(said: str) -> int:
    found = re.search(r"(?<!\d)\d{1,2}(?!\d)", said)
    return int(found.group()) if found else 0


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

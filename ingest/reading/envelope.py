"""What a file's envelope says, made into metadata: keys by their many names, dates in the forms that they come in.

Which key means what is in `keys.toml`. A value that cannot be understood is left out; nothing is guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from ingest.document import Metadata

KEYS: Final = Path(__file__).with_name("keys.toml")

LONGEST: Final = 1000
"""Characters of a value; a longer one is not what its key says."""

MOST_AUTHORS: Final = 50

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?\Z", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{2,6}.*)?\Z")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_PRINTED = (
    re.compile(rf"(?:[A-Za-z]+,? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"),
    re.compile(rf"(?:[A-Za-z]+,? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})\b"),
    re.compile(rf"{_MONTH},? (?P<year>\d{{4}})\Z"),
)
_MILLISECONDS = 10**11
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_BY = re.compile(r"by[: ]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*;\s*|\s*,? and (?=[A-Z])|\s*,\s*(?=[A-Z][\w.’'-]* [A-Z])")
_BARE = re.compile(r"[^a-z0-9]+")


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """The names of keys, folded, for each field of the metadata, for the text, and for lists of articles."""
    with KEYS.open("rb") as file:
        return {field: tuple(map(fold, names)) for field, names in tomllib.load(file).items()}


def fold(key: str) -> str:
    """A key without what writers of formats differ in: case, underscores, dashes, prefixes' colons."""
    return _BARE.sub("", key.lower())


def metadata(values: Mapping[str, Any]) -> Metadata:
    """The metadata in a mapping of folded keys to values of any kind; of several keys, the first of `keys.toml`."""

    def first(field: str) -> Iterator[Any]:
        return (values[key] for key in keys()[field] if key in values)

    return Metadata(
        title=next(filter(None, map(words, first("title"))), None),
        authors=next(filter(None, map(people, first("authors"))), ()),
        publisher=next(filter(None, map(words, first("publisher"))), None),
        published=next(filter(None, map(edtf, first("published"))), None),
        modified=next(filter(None, map(edtf, first("modified"))), None),
        url=next(filter(None, map(address, first("url"))), None),
        language=next(filter(None, map(language, first("language"))), None),
    )


def words(value: Any) -> str | None:
    """A value as one line of words: a string, or the name of an object, or the first of a list."""
    if isinstance(value, Mapping):
        return next(
            filter(None, (words(value[key]) for key in ("name", "title", "rendered", "@value") if key in value)), None
        )
    if isinstance(value, list | tuple):
        return next(filter(None, map(words, value[:MOST_AUTHORS])), None)
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    return " ".join(value.replace("\0", " ").split()) or None


def people(value: Any) -> tuple[str, ...]:
    """Names: of a list, of objects, or of a line such as "By Jo Reed and Al Poe"."""
    if isinstance(value, list | tuple):
        found = [name for each in value[:MOST_AUTHORS] for name in people(each)]
    else:
        line = words(value) or ""
        if line.startswith(("http://", "https://", "www.", "@")):
            return ()
        found = [name for name in _BETWEEN.split(_BY.sub("", line, count=1) if _BY.match(line) else line) if name]
    return tuple(dict.fromkeys(found))[:MOST_AUTHORS]


def edtf(value: Any) -> str | None:
    """A date in EDTF, of a day, a month or a year, as it is printed; the hour and its zone are left out."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_seconds(value)
    line = words(value)
    if line is None:
        return None
    if line.isdecimal() and len(line) in (10, 13):
        return _of_seconds(int(line))
    if (match := _ISO.match(line)) or (match := _COMPACT.match(line)) or (match := _SLASHED.match(line)):
        return _valid(*match.groups())
    for pattern in _PRINTED:
        if match := pattern.match(line):
            found = match.groupdict()
            month = _MONTHS.index(found["month"][:3].lower()) + 1 if found["month"][:3].lower() in _MONTHS else 0
            return _valid(found["year"], str(month), found.get("day"))
    try:
        return parsedate_to_datetime(line).strftime("%Y-%m-%d")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def address(value: Any) -> str | None:
    """A web address."""
    line = words(value)
    if line is None or not line.isascii() or re.search(r"[\s<>\"{}|\\^`]", line):
        return None
    try:
        parts, _ = urlsplit(line), NamedNode(line)
    except ValueError:
        return None
    return line if parts.scheme in ("http", "https") and parts.hostname else None


def language(value: Any) -> str | None:
    """A language tag (BCP 47), such as `en` or `en-US`."""
    line = words(value)
    return line.replace("_", "-") if line is not None and _LANGUAGE.match(line) and len(line) <= 35 else None


def _of_seconds(value: float) -> str | None:
    """The day of a moment in seconds or milliseconds since 1970, in UTC."""
    try:
        seconds = value / 1000 if value > _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _valid(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if int(year) < 1000:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part is not None)])

"""Articles in JSON: one object a line (https://jsonlines.org/), a list of objects, or one object.

An object is an article when one of its keys holds its words; `keys.toml` says which. Each article is a document of its
own, so that a change in one leaves the others as they were read. Words with markup in them are read as a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import IO, Any, Final

from ingest.reading import encoding, envelope
from ingest.reading.kind import Kind
from ingest.reading.limits import LARGEST_DOCUMENT
from ingest.reading.reader import Reading
from ingest.reading.records import Record
from ingest.reading.stream import Source, bounded
from ingest.slug import slug
from ontology.errors import InputError

SECOND: Final = 20
"""Lines after a broken first one in which an object is looked for, before the file is given up as a whole."""

_SPACE = re.compile(r"[ \t\r\n]*")
_MARKUP = re.compile(
    r"</(?:p|div|article|body|html|ul|ol|li|h[1-6]|blockquote)>|<(?:br|p)(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def records(source: Source) -> Iterator[Record | InputError]:
    """The articles of a file; a line or an object that holds none is told in its place.

    Raises:
        InputError: the file cannot be read, or is no JSON at all.
    """
    members = _Members()
    with source.open() as stream:
        first, number = _first_line(stream, source)
        if _is_line(_parse(first)):
            yield from _lines(first, number, stream, source, members)
            return
        # A list, an object that is printed for people, another encoding than UTF-8, or a broken first line.
        whole = first + bounded(stream, str(source.path))
    try:
        yield from _values(whole, source, members)
    except InputError:
        rest = BytesIO(whole[len(first) :])
        if not any(_is_line(_parse(line)) for line in islice(rest, SECOND)):
            raise
        yield from _lines(first, number, BytesIO(whole[len(first) :]), source, members)


def read(data: bytes, place: str) -> Reading:
    """The text of one article, and what its object says of it.

    Raises:
        InputError: it is no article.
    """
    values = _folded(_object(data, place))
    words = _words(values)
    if words is None:
        raise InputError("no article: no words under any of its keys", place)
    metadata = envelope.metadata(values)
    if _MARKUP.search(words):
        from ingest.reading.html import piece

        return Reading(piece(words, place), "utf-8", metadata)
    return Reading(words, "utf-8", metadata)


class _Members:
    """Names of the articles of one file: the identifier that an object has, or else its number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._number = 0

    def next(self, values: dict[str, Any]) -> str:
        """The name of the next article."""
        self._number += 1
        given = next((values[key] for key in envelope.keys()["member"] if isinstance(values.get(key), str | int)), None)
        name = slug(str(given)) if given is not None and str(given).strip() else str(self._number)
        while name in self._taken:
            name = f"{name}-{self._number}"
        self._taken.add(name)
        return name


def _first_line(stream: IO[bytes], source: Source) -> tuple[bytes, int]:
    """The first line that is not blank, and its number."""
    line, number = b"\n", 0
    while line and not line.strip():
        line, number = _line(stream, str(source.path)), number + 1
    if not line:
        raise InputError("the file is empty", str(source.path))
    return line, number


def _line(stream: IO[bytes], place: str) -> bytes:
    line = stream.readline(LARGEST_DOCUMENT + 1)
    if len(line) > LARGEST_DOCUMENT:
        raise InputError(f"a line is longer than a document may be ({LARGEST_DOCUMENT // 2**20} MiB)", place)
    return line


def _lines(
    first: bytes, number: int, stream: IO[bytes], source: Source, members: _Members
) -> Iterator[Record | InputError]:
    line = first
    while line:
        if line.strip():
            yield _article(line.strip(), members, source, f"{source.path}:{number}")
        line, number = _line(stream, str(source.path)), number + 1


def _article(data: bytes, members: _Members, source: Source, place: str) -> Record | InputError:
    try:
        values = _folded(_object(data, place))
    except InputError as error:
        return error
    if _words(values) is None:
        return InputError("no article: no words under any of its keys", place)
    return Record(source.path, members.next(values), Kind.JSON, data)


def _values(data: bytes, source: Source, members: _Members) -> Iterator[Record | InputError]:
    """The articles of a file that is read as a whole: of its one value, or of each of several that follow another."""
    place = str(source.path)
    text = encoding.decode(data, place).text.removeprefix("\ufeff")
    values = list(_decoded(text, place))
    if len(values) == 1 and isinstance(values[0], dict):
        only = _folded(values[0])
        if _words(only) is not None:
            yield Record(source.path, None, Kind.JSON, text.encode("utf-8", "surrogatepass"))
            return
        values = [_articles(only)]
    if len(values) == 1:
        if not isinstance(values[0], list):
            raise InputError("no articles: neither an object with words nor a list of such objects", place)
        values = values[0]
    for number, item in enumerate(values, 1):
        article = json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield _article(article, members, source, f"{place}#{number}")


def _decoded(text: str, place: str) -> Iterator[Any]:
    decoder, position = json.JSONDecoder(), _after_space(text, 0)
    while position < len(text):
        with _errors(place):
            value, position = decoder.raw_decode(text, position)
        yield value
        position = _after_space(text, position)


def _is_line(value: Any) -> bool:
    """Whether a value is an object that stands for itself, and not for the list of articles in it."""
    if not isinstance(value, dict):
        return False
    values = _folded(value)
    return _words(values) is not None or _articles(values) is None


def _articles(values: dict[str, Any]) -> list[Any] | None:
    """The list of articles that an object holds beside other things."""
    return next((values[key] for key in envelope.keys()["articles"] if isinstance(values.get(key), list)), None)


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _object(data: bytes, place: str) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        wrong = f"not UTF-8 text: byte 0x{data[error.start]:02x} at offset {error.start}"
        raise InputError(wrong, place) from error
    value = _loads(text, place)
    if not isinstance(value, dict):
        raise InputError("not an article: a JSON value, but no object", place)
    return value


def _loads(text: str, place: str) -> Any:
    with _errors(place):
        return json.loads(text)


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


@contextmanager
def _errors(place: str) -> Iterator[None]:
    try:
        yield
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise InputError(f"not JSON: {error.msg.removesuffix(' at')} at {where}", place) from error
    except RecursionError as error:
        raise InputError("not read: its values are nested too deeply", place) from error
    except ValueError as error:
        raise InputError(f"not JSON: {error}", place) from error


def _folded(values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        found.setdefault(envelope.fold(key), value)
    return found


def _words(values: dict[str, Any]) -> str | None:
    """The words of an article, under the first key that has any."""
    for key in envelope.keys()["text"]:
        value = values.get(key)
        if isinstance(value, dict):
            value = value.get("rendered")
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return None

"""From a record to its document: decoded, its text taken out of what surrounds it, boilerplate marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Document, Metadata
from ingest.reading import encoding
from ingest.reading.boilerplate import Span, joined, marked
from ingest.reading.kind import Kind
from ingest.reading.records import Record, records
from ingest.reading.stream import of_file
from ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class Reading:
    """What a kind's reader makes of bytes: text, its encoding, the envelope, and spans that are no content."""

    text: str = field(repr=False)
    encoding: str = "utf-8"
    metadata: Metadata = field(default_factory=Metadata)
    marked: tuple[Span, ...] = ()


def document(record: Record, name: str) -> Document:
    """The document that a record holds.

    Raises:
        InputError: it has no text, or cannot be read.
    """
    if not record.data:
        raise InputError("the file is empty", record.place)
    reading = _reading(record)
    text = _encodable(reading.text)
    encoding.check(text, record.place)
    return Document(
        name=name,
        path=record.path,
        data=record.data,
        text=text,
        encoding=reading.encoding,
        boilerplate=joined(text, (*reading.marked, *marked(text))),
        member=record.member,
        media_type=record.kind.value,
        metadata=reading.metadata,
    )


def read_single(path: Path, name: str) -> Document:
    """The document of a file that holds one.

    Raises:
        InputError: the file cannot be read, has no text, or holds several documents.
    """
    found = list(records(of_file(path)))
    if len(found) != 1 or (isinstance(found[0], Record) and found[0].member is not None):
        raise InputError("holds several documents", str(path))
    if isinstance(found[0], InputError):
        raise found[0]
    return document(found[0], name)


def _reading(record: Record) -> Reading:
    match record.kind:
        case Kind.HTML:
            from ingest.reading.html import read as read_page

            return read_page(record.data, record.place, record.charset, record.url)
        case Kind.PDF:
            from ingest.reading.pdf import read as read_pdf

            return read_pdf(record.data, record.place)
        case Kind.JSON:
            from ingest.reading.articles import read as read_article

            return read_article(record.data, record.place)
        case Kind.WARC:
            raise InputError("a WARC file inside a WARC file is not read", record.place)
        case Kind.TEXT | Kind.MARKDOWN:
            from ingest.reading.plain import read as read_text

            return read_text(record.data, record.place)


def _encodable(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON may hold and no encoding can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

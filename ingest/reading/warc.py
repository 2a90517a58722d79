"""Web archives (ISO 28500, https://iipc.github.io/warc-specifications/): each page that was answered is a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.reading.kind import Kind
from ingest.reading.records import Record
from ingest.reading.stream import Source, bounded
from ontology.errors import InputError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

PAGES = frozenset({"text/html", "application/xhtml+xml"})
"""Media types of responses that are pages."""

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


def records(source: Source) -> Iterator[Record | InputError]:
    """The pages of an archive, each by its number among them; a page that is broken is told in its place.

    Raises:
        InputError: the file cannot be read, is no archive, or breaks off.
    """
    from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    number = 0
    with source.open() as stream:
        try:
            for record in WARCIterator(stream):
                if not _is_page(record):
                    continue
                number += 1
                yield _page(record, source, str(number))
        except (ArchiveLoadFailed, ValueError, EOFError, AttributeError, TypeError) as error:
            raise InputError(f"not a whole WARC file: {error}", str(source.path)) from error
    if not number:
        raise InputError("there are no pages in this archive", str(source.path))


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    if record.http_headers is None:
        return _media_type(record.rec_headers.get_header("Content-Type")) in PAGES
    status = record.http_headers.get_statuscode()
    return status == "200" and _media_type(record.http_headers.get_header("Content-Type")) in PAGES


def _page(record: ArcWarcRecord, source: Source, number: str) -> Record | InputError:
    place = f"{source.path}#{number}"
    headers = record.http_headers or record.rec_headers
    charset = _CHARSET.search(headers.get_header("Content-Type") or "")
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        data = bounded(record.content_stream(), place)
    except InputError as error:
        return error
    return Record(source.path, number, Kind.HTML, data, url, charset[1] if charset else None)


def _media_type(value: str | None) -> str:
    return (value or "").partition(";")[0].strip().lower()

"""What lies in a file: one document in most kinds, several in WARC and JSON, each still as bytes, with its envelope."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reading.kind import Kind
from ingest.reading.stream import Source
from ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class Record:
    """One document before it is decoded. `url` and `charset` are what an HTTP response says of its body."""

    path: Path
    member: str | None
    kind: Kind
    data: bytes = field(repr=False)
    url: str | None = None
    charset: str | None = None

    @property
    def place(self) -> str:
        """What errors name."""
        return str(self.path) if self.member is None else f"{self.path}#{self.member}"

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of all that a document is made from."""
        digest = hashlib.sha256()
        for part in (self.kind.encode(), (self.url or "").encode(), (self.charset or "").encode(), self.data):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()


def records(source: Source) -> Iterator[Record | InputError]:
    """The documents of a file in their order; in the place of one that is broken stands what is wrong with it.

    Raises:
        InputError: the file cannot be read, or nothing after what was given.
    """
    match source.kind:
        case Kind.JSON:
            from ingest.reading.articles import records as articles

            yield from articles(source)
        case Kind.WARC:
            from ingest.reading.warc import records as pages

            yield from pages(source)
        case kind:
            yield Record(source.path, None, kind, source.read())

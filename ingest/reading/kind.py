"""The kinds of file that can be read, known by their names, or by their first bytes when they come without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final


class Kind(StrEnum):
    """A kind of file; the value is its media type (https://www.iana.org/assignments/media-types)."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    JSON = "application/json"
    WARC = "application/warc"


BARE: Final[Mapping[str, Kind]] = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".warc": Kind.WARC,
    ".jsonl": Kind.JSON,
    ".ndjson": Kind.JSON,
    ".json": Kind.JSON,
}
"""The kind of a file by its suffix."""

SUFFIXES: Final[Mapping[str, Kind]] = {
    **BARE,
    **{f"{suffix}.gz": kind for suffix, kind in BARE.items() if kind is not Kind.PDF},
}
"""The same, with those that may be packed by gzip."""

CONTAINERS: Final = frozenset({Kind.JSON, Kind.WARC})
"""Kinds of file in which several documents may lie."""

_SNIFFED = 4096
_GZIP = b"\x1f\x8b"
_MARKUP = re.compile(rb"<!doctype\s+html|<(?:html|head|body|article|meta|title|script|main|div|p)\b", re.IGNORECASE)
_OBJECT = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")


def suffix(path: Path) -> str:
    """The end of a file's name by which its kind is known, in lower case, `.gz` included; empty for any other file."""
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    for ending in ("".join(endings), endings[-1] if endings else ""):
        if ending in SUFFIXES:
            return ending
    return ""


def kind_of(path: Path) -> Kind | None:
    """The kind of a file by its name; None when it is none that can be read."""
    return SUFFIXES.get(suffix(path))


def stem(path: Path) -> str:
    """The file's name without the suffix that says its kind."""
    known = suffix(path)
    return path.name[: -len(known)] if known and len(path.name) > len(known) else path.stem


def sniff(data: bytes) -> Kind:
    """The kind of what came without a name: PDF, WARC, HTML, JSON, else plain text.

    Only a page that begins with markup is HTML, so that a text about tags stays a text.
    """
    head = data[:_SNIFFED]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"WARC/"):
        return Kind.WARC
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if bare[:2] in (b"\xff\xfe", b"\xfe\xff"):
        bare = bare.replace(b"\0", b"")[2:]
    if bare.lstrip().startswith(b"<") and _MARKUP.search(bare):
        return Kind.HTML
    return Kind.JSON if _OBJECT.match(bare) else Kind.TEXT


def is_packed(data: bytes) -> bool:
    """Whether bytes are packed by gzip (RFC 1952)."""
    return data.startswith(_GZIP)

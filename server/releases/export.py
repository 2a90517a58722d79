"""A release as one file: sorted, the same bytes for the same release, prefixes applied, gzip when the name says so.

Formats that know graphs hold the named graphs; formats of triples hold their merge. Written beside the target and
renamed, so that nobody reads half a file.
"""

from __future__ import annotations

import gzip
import os
import secrets
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from ontology.errors import InputError
from server.releases import compaction
from server.releases.release import Release
from server.releases.store import DEFAULT, lines

FORMATS: dict[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
"""Formats by suffix."""

MERGED = frozenset({RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD, RdfFormat.RDF_XML})


def export(release: Release, path: Path) -> int:
    """Writes the release to a file in the format that its suffix names. Returns the number of quads or triples.

    Raises:
        InputError: the suffix names no format, or the file cannot be written.
        ReleaseError: the release cannot be read.
    """
    syntax, packed = format_of(path)
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            if packed:
                with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as zipped:
                    size = write(release, zipped, syntax)
            else:
                size = write(release, file, syntax)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return size


def format_of(path: Path) -> tuple[RdfFormat, bool]:
    """The format that a file name asks for, and whether it is to be compressed.

    Raises:
        InputError: the suffix names no format.
    """
    packed = path.suffix.lower() == ".gz"
    suffix = (path.with_suffix("") if packed else path).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = " ".join(f".{each}" for each in FORMATS)
        raise InputError(f"the suffix names no format; known are {known}, each also with .gz", str(path))
    return FORMATS[suffix], packed


def write(release: Release, file: IO[bytes] | gzip.GzipFile, syntax: RdfFormat) -> int:
    """Writes the release in one format. Returns the number of quads or triples."""
    store = release.open()
    named = syntax not in MERGED
    if named:
        quads = [quad for quad in store if quad.graph_name != DEFAULT]
    else:
        quads = list(store.quads_for_pattern(None, None, None, DEFAULT))
    if syntax in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES):
        file.writelines(lines(quads))
        return len(quads)
    quads.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
    if syntax is RdfFormat.JSON_LD:
        # The engine writes the expanded form only.
        file.writelines(compaction.lines((quad.triple for quad in quads), release.base))
        return len(quads)
    statements: list[Quad] | list[Triple] = quads if named else [quad.triple for quad in quads]
    encode = _ENCODERS.get(syntax, bytes)
    buffer = BytesIO()
    serialize(statements, buffer, syntax, prefixes=release.base.prefixes())
    file.write(encode(buffer.getvalue()))
    return len(quads)


def _escape_returns(data: bytes) -> bytes:
    # XML readers turn a bare carriage return into a line feed (https://www.w3.org/TR/xml/#sec-line-ends).
    return data.replace(b"\r", b"&#13;")


_ENCODERS: dict[RdfFormat, Callable[[bytes], bytes]] = {RdfFormat.RDF_XML: _escape_returns}

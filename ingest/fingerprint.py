"""A key over everything that a document's graph is made from, so that a build leaves unchanged documents alone.

It reads bytes and parses nothing: the document, its annotation, the names of the extractors, the base, and the program
with its vocabulary, topics and known actors, those of the user's own files included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.document import annotation_path, read_bytes
from ingest.reading.inventory import Entry
from ontology.additions import files

_ROOMS = (Path(__file__).parent, Path(__file__).parents[1] / "ontology")
_SUFFIXES = (".py", ".ttl", ".yaml", ".tsv", ".toml", ".txt")


def fingerprint(entry: Entry, *, extractors: Sequence[str], base: str) -> str:
    """The key of one document, in hexadecimal. For one that shares its file with others, its own bytes count.

    Args:
        entry: the document, with its short name, which its IRIs have.
        extractors: what reads it, in order, each with all that its facts depend on (`Plan.described`).
        base: where the IRIs start.

    Raises:
        InputError: the document or its annotation cannot be read.
    """
    annotation = annotation_path(entry.path, entry.member)
    parts = [
        program_digest().encode(),
        base.encode(),
        entry.path.name.encode("utf-8", "surrogateescape"),
        (entry.member or "").encode(),
        entry.name.encode(),
        "\n".join(extractors).encode(),
        _content(entry),
        b"+" + read_bytes(annotation) if annotation.exists() else b"-",
    ]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _content(entry: Entry) -> bytes:
    """What the document is made from, or the digest of that where it is known already."""
    if entry.digest is not None:
        return entry.digest.encode()
    return entry.source.data if entry.source.data is not None else read_bytes(entry.path)


def program_digest() -> str:
    """A digest over the files of the rooms that make graphs, and over the user's own beside the authority file."""
    return _digest(files())


@cache
def _digest(own: tuple[Path, ...]) -> str:
    # Cached, since files do not change while they run.
    digest = hashlib.sha256()
    for file in own:
        digest.update(hashlib.sha256(read_bytes(file)).digest())
    for room in _ROOMS:
        for file in sorted(p for p in room.rglob("*") if p.suffix in _SUFFIXES and p.is_file()):
            digest.update(f"{room.name}/{file.relative_to(room).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()

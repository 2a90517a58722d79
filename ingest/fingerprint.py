"""A key over everything that a document's graph is made from, so that a build leaves unchanged documents alone.

It reads bytes and parses nothing: the document, its annotation, the names of the extractors, the base, and the program
with its vocabulary, topics and known actors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.document import annotation_path, read_bytes

_ROOMS = (Path(__file__).parent, Path(__file__).parents[1] / "ontology")
_SUFFIXES = (".py", ".ttl", ".yaml", ".tsv", ".toml")


def fingerprint(path: Path, *, name: str, extractors: Sequence[str], base: str) -> str:
    """The key of one document, in hexadecimal.

    Args:
        path: the document's file.
        name: its short name, which its IRIs have.
        extractors: what reads it, in order.
        base: where the IRIs start.

    Raises:
        InputError: the document or its annotation cannot be read.
    """
    annotation = annotation_path(path)
    parts = [
        program_digest().encode(),
        base.encode(),
        path.name.encode("utf-8", "surrogateescape"),
        name.encode(),
        "\n".join(extractors).encode(),
        read_bytes(path),
        b"+" + read_bytes(annotation) if annotation.exists() else b"-",
    ]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def program_digest() -> str:
    """A digest over the files of the rooms that make graphs; cached, since they do not change while they run."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for file in sorted(p for p in room.rglob("*") if p.suffix in _SUFFIXES and p.is_file()):
            digest.update(f"{room.name}/{file.relative_to(room).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()

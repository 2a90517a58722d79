"""What a release is made by, as one hash: the programs, vocabularies, shapes and canned queries, extractors and base.

When it changes, a release is built from nothing; while it stays, only documents whose own fingerprint has changed are
read (`ingest.fingerprint`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pyoxigraph

from ingest.fingerprint import program_digest
from ontology.namespaces import Base

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    "canned/catalogue",
    "canned/header",
    "canned/parameters",
    "releases/admission",
    "releases/assembly",
    "releases/checking",
    "releases/description",
    "releases/identity",
    "releases/inference",
    "releases/manifest",
    "releases/store",
)
"""Modules of this room that have a part in what a release holds."""


def recipe(base: Base, extractors: Sequence[str]) -> str:
    """A hash over everything but the documents that the content of a release depends on."""
    files = [f"{path.relative_to(ROOT).as_posix()} {_digest(path.read_bytes())}" for path in sorted(_files())]
    return _digest("\n".join([pyoxigraph.__version__, base.iri, *extractors, program_digest(), *files]).encode())


def _files() -> Iterator[Path]:
    yield from (path for suffix in ("*.py", "*.ttl") for path in (ROOT / "shapes").glob(suffix))
    yield from (ROOT / "server" / f"{module}.py" for module in MODULES)
    yield from (ROOT / "server" / "queries").glob("*.rq")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()

"""Answers that lie ready in a release: those of the canned queries that take no parameter, computed when it was made.

A release never changes, and neither does what it answers, as long as the query and what writes the answer are the same;
a file of another query or version is not found.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from ontology.errors import QueryError
from server.canned.catalogue import CannedQuery, Catalogue
from server.canned.desk import Desk
from server.problems import ResultTooLarge
from server.releases.release import Release

DIRECTORY = "answers"
FORMAT = "json"
LIMIT = 8 * 2**20
"""Bytes of the largest answer that is kept so."""


def write(release: Release) -> None:
    """Computes the answers of a release that is being made."""
    directory = release.path / DIRECTORY
    directory.mkdir()
    desk = Desk(release.open(), release.base)
    for query in Catalogue.load():
        if not query.parameters:
            try:
                body = desk.answer(query.name, {}, FORMAT, LIMIT).body
            except (QueryError, ResultTooLarge):
                # Whoever asks is told.
                continue
            (directory / name(query)).write_bytes(body)


def find(release: Release, query: CannedQuery) -> bytes | None:
    """The answer to a canned query without parameters, in JSON, when it lies ready."""
    if query.parameters:
        return None
    try:
        return (release.path / DIRECTORY / name(query)).read_bytes()
    except OSError:
        return None


def name(query: CannedQuery) -> str:
    """The file of an answer."""
    made_of = "\0".join((*_writers(), query.text))
    return f"{query.name}-{sha256(made_of.encode()).hexdigest()[:16]}.{FORMAT}"


def _writers() -> tuple[str, ...]:
    """The versions of what writes answers; none where the program is not installed."""
    try:
        return version("onrecord"), version("pyoxigraph")
    except PackageNotFoundError:
        return ()

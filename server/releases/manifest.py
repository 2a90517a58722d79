"""The manifest of a release: what it holds and what it was made from, as data and as `manifest.json`.

The release's name is in it, made of the hashes of its graphs, so that it follows a changed document without reading the
others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

FORMAT = 1
"""The layout of a release directory; a release of another format is never built upon."""

ID_LENGTH = 16


@dataclass(frozen=True)
class GraphEntry:
    """One content graph: its name, the SHA-256 of its sorted N-Quads, and how many there are."""

    iri: str
    sha256: str
    quads: int


@dataclass(frozen=True)
class DocumentEntry:
    """One document. `fingerprint` covers all that its graph was made from; `text` is a path in the release.

    `source` is the file that it lies in, and `member` tells which of the documents there, if there are several.
    """

    name: str
    source: str
    sha256: str
    fingerprint: str
    text: str
    facts: int
    member: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something that a person should look at: what, where, and whether a fact was left out for it (`violation`).

    Without a document, it is that one could not be read.
    """

    message: str
    place: str | None = None
    document: str | None = None
    violation: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True)
class Counts:
    """Sizes of a release. `quads` are those of the content graphs, `triples` those of their merge."""

    documents: int
    facts: int
    quads: int
    triples: int
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What a release holds and was made from. `built` is the only place where a release knows the time.

    `written` are the graphs that were written by hand, which builds carry over. A release with a `plain` default graph
    is a general store: it holds what was written and nothing that is derived.
    """

    id: str
    base: str
    recipe: str
    extractors: tuple[str, ...]
    graphs: tuple[GraphEntry, ...]
    documents: tuple[DocumentEntry, ...]
    counts: Counts
    problems: tuple[Problem, ...]
    built: str
    parent: str | None = None
    format: int = FORMAT
    written: tuple[str, ...] = ()
    plain: bool = False

    @property
    def violations(self) -> int:
        """How many shape violations kept facts out."""
        return sum(problem.violation for problem in self.problems)

    @property
    def skipped(self) -> int:
        """How many documents could not be read and are left out."""
        return sum(problem.document is None for problem in self.problems)

    def document(self, name: str) -> DocumentEntry | None:
        """The entry of a document by its short name."""
        return self._documents.get(name)

    @cached_property
    def _documents(self) -> dict[str, DocumentEntry]:
        return {entry.name: entry for entry in self.documents}

    def to_json(self) -> str:
        """The manifest as it is written: sorted keys, two spaces, one line feed at the end."""
        return json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Reads what `to_json` wrote.

        Raises:
            ValueError: the text is not a manifest of this format.
        """
        try:
            data: dict[str, Any] = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError(f"its format is {data['format']!r}, not {FORMAT}")
            rows = {
                "graphs": tuple(GraphEntry(**row) for row in data["graphs"]),
                "documents": tuple(DocumentEntry(**row) for row in data["documents"]),
                "problems": tuple(Problem(**row) for row in data["problems"]),
                "extractors": tuple(data["extractors"]),
                "counts": Counts(**data["counts"]),
                "written": tuple(data.get("written", ())),
            }
            return cls(**(data | rows))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"it is not a manifest ({error})") from error


def release_id(graphs: Mapping[str, str]) -> str:
    """The name of a release: SHA-256 over its content graphs' names and hashes, in order, cut to 16 hex digits."""
    lines = "".join(f"{iri} {digest}\n" for iri, digest in sorted(graphs.items()))
    return sha256(lines.encode()).hexdigest()[:ID_LENGTH]

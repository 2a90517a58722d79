"""Puts a release together: the parent's store, less what went, plus what came, with all that is derived from them.

The parent is copied by hard links, and only quads of documents that changed are touched; the result is the same, quad
for quad, as without a parent. Nothing is published here: the release is prepared in a directory of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from ingest.packing import packed, unpacked
from ontology.namespaces import Base
from server.releases.description import describe
from server.releases.identity import identities
from server.releases.inference import Schema, refresh
from server.releases.manifest import Counts, DocumentEntry, GraphEntry, Manifest, Problem, release_id
from server.releases.progress import OnProgress, Progress, Stage, silent
from server.releases.release import (
    DESCRIPTION,
    DOCUMENTS,
    MANIFEST,
    REPORT_JSON,
    REPORT_TURTLE,
    REPORTS,
    STORE,
    Release,
)
from server.releases.store import Merge, canonical, digest, duplicate, settle
from shapes.report import Report

if TYPE_CHECKING:
    from server.canned.catalogue import CannedQuery

CHUNK = 20_000
"""Subjects whose inferences are held in memory at once."""

CONFORMS = Report(True)

KEPT_AS_WRITTEN = "its graph was written by hand: builds keep it and do not read the document, until it is deleted"


@dataclass(frozen=True)
class Contribution:
    """What one document brings: its entry, its text, its admitted quads, its problems and its shapes report."""

    entry: DocumentEntry
    text: str
    quads: frozenset[Quad]
    problems: tuple[Problem, ...] = ()
    report: Report = CONFORMS

    def __reduce__(self) -> tuple[Callable[..., Contribution], tuple[Any, ...]]:
        return _restored, (self.entry, self.text, packed(self.quads), self.problems, self.report)


def _restored(entry: DocumentEntry, text: str, quads: bytes, *rest: Any) -> Contribution:
    return Contribution(entry, text, frozenset(unpacked(quads)), *rest)


@dataclass(frozen=True)
class Setting:
    """What all documents of a release share. A parent made under another setting must not be built upon."""

    base: Base
    recipe: str
    extractors: tuple[str, ...]
    ontology: Iterable[Quad]
    authority: Iterable[Quad]
    queries: tuple[CannedQuery, ...] = ()


class Assembly:
    """A release in the making, in `directory`, which exists and is empty.

    `kept` are documents that are taken over from the parent as they are. `add` brings others, new or changed; `finish`
    lets the parent's remaining documents go and writes the rest of the release.

    Raises:
        ReleaseError: the parent is damaged, or a quad cannot be released.
    """

    def __init__(
        self,
        directory: Path,
        setting: Setting,
        parent: Release | None = None,
        kept: Sequence[DocumentEntry] = (),
    ) -> None:
        self.directory = directory
        self.setting = setting
        self.parent = parent
        self._identities = setting.base.graph("identities")
        self._inferences = setting.base.graph("inferences")
        self._description = setting.base.graph("release")
        self._entries: dict[str, DocumentEntry] = {}
        self._graphs: dict[str, GraphEntry] = {}
        self._problems: list[Problem] = []
        self._reports: dict[str, Report] = {}
        self._going: set[str] = set()
        self._touched: set[NamedNode] = set()
        self._written = set(parent.manifest.written) if parent else set()
        for part in (DOCUMENTS, REPORTS):
            (directory / part).mkdir()
        self._merge = self._begin() if parent is None else self._continue(parent, kept)

    def _begin(self) -> Merge:
        merge = Merge(Store(str(self.directory / STORE)))
        for name, quads in (("ontology", self.setting.ontology), ("authority", self.setting.authority)):
            lasting = canonical(quads)
            self._touched |= merge.create(lasting)
            self._record(self.setting.base.graph(name), lasting)
        return merge

    def _continue(self, parent: Release, kept: Sequence[DocumentEntry]) -> Merge:
        manifest = parent.manifest
        duplicate(parent.store_path, self.directory / STORE)
        store = Store(str(self.directory / STORE))
        Merge(store).replace(self._description, ())
        self._entries = {entry.name: entry for entry in kept}
        self._going = {entry.name for entry in manifest.documents} - self._entries.keys()
        self._graphs = {entry.iri: entry for entry in manifest.graphs}
        self._problems = [problem for problem in manifest.problems if problem.document in self._entries]
        for entry in kept:
            _link(parent.path / entry.text, self.directory / entry.text)
        for path in (parent.path / REPORTS).glob("*.ttl"):
            if path.stem in self._entries:
                self._reports[path.stem] = Report.from_turtle(path.read_text(encoding="utf-8"))
        return Merge(store, manifest.counts.triples, manifest.counts.classes, manifest.counts.properties)

    def add(self, contribution: Contribution) -> None:
        """Brings in a document, in place of the parent's of the same name."""
        entry = contribution.entry
        graph = self.setting.base.doc(entry.name)
        if entry.name in self._going:
            self._going.discard(entry.name)
            self._touched |= self._merge.replace(graph, contribution.quads)
        else:
            self._touched |= self._merge.create(contribution.quads)
        self._record(graph, contribution.quads)
        self._entries[entry.name] = entry
        self._problems += contribution.problems
        if not contribution.report.conforms:
            self._reports[entry.name] = contribution.report
        (self.directory / entry.text).write_bytes(contribution.text.encode())

    def write(self, graph: NamedNode, quads: Collection[Quad], old: Iterable[Quad] = ()) -> None:
        """Brings in a graph that was written by hand, with its quads, in place of its `old` ones."""
        self._touched |= self._merge.change(set(old), set(quads))
        self._merge.store.add_graph(graph)
        self._record(graph, quads)
        self._written.add(graph.value)
        for name in self._entries:
            if self.setting.base.doc(name) == graph:
                told = Problem(KEPT_AS_WRITTEN, None, name)
                self._problems += [told] if told not in self._problems else []

    def drop(self, graph: NamedNode) -> None:
        """Lets a graph go that is no document's; those go with their entry."""
        self._touched |= self._merge.replace(graph, ())
        self._merge.store.remove_graph(graph)
        self._graphs.pop(graph.value, None)
        self._written.discard(graph.value)

    def finish(self, on_progress: OnProgress = silent, problems: Iterable[Problem] = ()) -> Release:
        """Completes the release, with `manifest.json` last, and closes its store.

        `problems` are those of no document that is in it.
        """
        self._problems += problems
        for name in sorted(self._going):
            graph = self.setting.base.doc(name)
            self._touched |= self._merge.replace(graph, ())
            del self._graphs[graph.value]
        self._merge.flush()
        on_progress(Progress(Stage.MERGE, len(self._entries), len(self._entries)))
        self._identify()
        self._infer(on_progress)
        manifest = self._manifest()
        self._describe(manifest)
        self._report()
        self._write(MANIFEST, manifest.to_json())
        settle(self._merge.store, self._merge.changed, self._merge.triples)
        self.close()
        if self.parent is None:
            # The engine throws its old logs away when it begins; they are as large as half the store.
            Store(str(self.directory / STORE))
        on_progress(Progress(Stage.WRITE, 1, 1))
        return Release(self.directory)

    def close(self) -> None:
        """Closes the engine's files; a directory in which the engine still works cannot be removed for sure."""
        self.__dict__.pop("_merge", None)

    def __enter__(self) -> Assembly:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _schema(self) -> Schema:
        return Schema.read(self._merge.graph(self.setting.base.graph("ontology")))

    def _identify(self) -> None:
        """Decides anew which postings and persons are one: what any document says may bear on any of them."""
        quads = canonical(identities(self._merge.store, self.setting.base, self._schema()))
        self._touched |= self._merge.replace(self._identities, quads)
        self._graphs.pop(self._identities.value, None)
        if quads:
            self._record(self._identities, quads)

    def _infer(self, on_progress: OnProgress) -> None:
        schema = self._schema()
        subjects = sorted(self._touched, key=str)
        for start in range(0, len(subjects), CHUNK):
            chunk = subjects[start : start + CHUNK]
            self._merge.change(*refresh(self._merge.store, chunk, schema, self._inferences))
            on_progress(Progress(Stage.INFER, start + len(chunk), len(subjects)))
        self._record(self._inferences, set(self._merge.graph(self._inferences)))

    def _manifest(self) -> Manifest:
        graphs = tuple(self._graphs[iri] for iri in sorted(self._graphs))
        documents = tuple(self._entries[name] for name in sorted(self._entries))
        counts = Counts(
            len(documents),
            sum(entry.facts for entry in documents),
            sum(entry.quads for entry in graphs),
            self._merge.triples,
            {iri: number for iri, number in sorted(self._merge.classes.items()) if number},
            {iri: number for iri, number in sorted(self._merge.properties.items()) if number},
        )
        return Manifest(
            release_id({entry.iri: entry.sha256 for entry in graphs}),
            self.setting.base.iri,
            self.setting.recipe,
            self.setting.extractors,
            graphs,
            documents,
            counts,
            tuple(sorted(self._problems, key=lambda problem: (problem.document or "", str(problem)))),
            datetime.now(UTC).isoformat(timespec="microseconds"),
            None if self.parent is None else self.parent.id,
            written=tuple(sorted(self._written & self._graphs.keys())),
        )

    def _describe(self, manifest: Manifest) -> None:
        quads = canonical(describe(self.setting.base, manifest, self.setting.queries))
        self._merge.replace(self._description, quads)
        triples = [quad.triple for quad in sorted(quads, key=str)]
        prefixes = self.setting.base.prefixes()
        serialize(triples, str(self.directory / DESCRIPTION), RdfFormat.TURTLE, prefixes=prefixes)

    def _report(self) -> None:
        for name, report in self._reports.items():
            self._write(f"{REPORTS}/{name}.ttl", report.to_turtle())
        merged = Report.merge(self._reports.values())
        self._write(REPORT_TURTLE, merged.to_turtle())
        self._write(REPORT_JSON, merged.to_json())

    def _record(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        listed = list(quads)
        self._graphs[graph.value] = GraphEntry(graph.value, digest(listed), len(listed))

    def _write(self, name: str, text: str) -> None:
        (self.directory / name).write_bytes(text.encode())


def _link(source: Path, target: Path) -> None:
    """The same file under a second name, or a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

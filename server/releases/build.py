"""Builds a release from documents: reads what is new or changed, takes over the rest, publishes the whole or nothing.

A build that would give what the current release holds publishes nothing. Any error leaves the current release as it is.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.fingerprint import fingerprint
from ingest.plan import DEFAULT, REVIEWED, Plan
from ingest.reading.inventory import Entry, OnFault, inventory, refuse_nothing
from ontology.errors import InputError, ReleaseError
from ontology.namespaces import Base
from server.releases.handwriting import Handwriting
from server.releases.installation import install, retire
from server.releases.manifest import DocumentEntry, Manifest, Problem
from server.releases.progress import OnProgress, Progress, Stage, silent
from server.releases.publication import lock, rewrite, staging, sweep
from server.releases.recipe import ROOT, recipe
from server.releases.release import MANIFEST, Home, Release
from server.releases.workload import Workload, problem
from server.settings import KEEP

if TYPE_CHECKING:
    from ingest.pipeline import DocumentGraph
    from server.releases.assembly import Contribution

SEEDS = ROOT / "seeds"
"""The documents that are read when none are given."""


@dataclass(frozen=True)
class BuildResult:
    """What a build did.

    `unchanged` documents were taken over unread, `skipped` ones could not be read and are left out; `published` says
    whether the release is new.
    """

    release_id: str
    documents: int
    facts: int
    quads: int
    violations: int
    seconds: float
    unchanged: int
    problems: tuple[Problem, ...]
    published: bool
    skipped: int = 0


def build(
    paths: Sequence[Path | str] | None,
    home: Home,
    *,
    base: Base | None = None,
    extractors: Sequence[str] = DEFAULT,
    model: str | None = None,
    jobs: int = 1,
    keep: int = KEEP,
    keep_days: int | None = None,
    on_progress: OnProgress = silent,
    standard_input: Callable[[], bytes] | None = None,
) -> BuildResult:
    """Makes the release of exactly these documents current.

    Args:
        paths: files, directories and glob patterns; None for the packaged seeds, empty for a release without documents.
            What lies there and cannot be read is left out, and is a problem of the release.
        home: where the releases lie.
        base: where the IRIs begin.
        extractors: what reads the facts, by name. Reviews are always read, since they win over every extractor.
        model: the model of spaCy that the rules read with, by path or name; None for the best that is installed.
        jobs: how many processes read and check documents.
        keep: how many releases are kept, the newest first.
        keep_days: how many days releases are kept; None for no limit. What goes beyond either limit is removed, but
            never a release that is current or pinned.
        on_progress: told after each document and at each stage.
        standard_input: gives the bytes that the path `-` stands for.

    Raises:
        InputError: a path or an annotation cannot be used, or no document at all can be read.
        NotFound: an extractor is unknown.
        ReleaseError: another build is running, or the release cannot be written.
    """
    started = time.monotonic()
    if jobs < 1:
        raise InputError(f"at least one job is needed, not {jobs}", "--jobs")
    chosen = tuple(dict.fromkeys((REVIEWED, *extractors)))
    work = _Build(home, base or Base(), Plan(chosen, (base or Base()).iri, model), jobs, on_progress)
    faults: list[InputError] = []
    documents = inventory([SEEDS] if paths is None else paths, faults.append, standard_input)
    with lock(home.path):
        try:
            sweep(home.path)
            manifest, unread, published = work.run(documents, faults)
            retire(home, keep, keep_days)
        except OSError as error:
            message = f"the release cannot be written: {error.strerror or error}"
            raise ReleaseError(message, error.filename or str(home.path)) from error
    return BuildResult(
        manifest.id,
        manifest.counts.documents,
        manifest.counts.facts,
        manifest.counts.quads,
        manifest.violations,
        time.monotonic() - started,
        unread,
        manifest.problems,
        published,
        manifest.skipped,
    )


@dataclass(frozen=True)
class _Build:
    """One build, by one builder who holds the lock."""

    home: Home
    base: Base
    plan: Plan
    jobs: int
    on_progress: OnProgress

    def run(self, documents: Sequence[Entry], faults: Sequence[InputError]) -> tuple[Manifest, int, bool]:
        """Builds and publishes. Returns the manifest, how many documents were not read, and whether anything is new."""
        made_by = recipe(self.base, self.plan.described())
        current = self._readable()
        written = Handwriting(current)
        written.require_carriage(self.base)
        parent = current if current and current.manifest.recipe == made_by and not current.manifest.plain else None
        workload = Workload.of(documents, faults, self._fingerprint)
        kept = workload.taken_over(parent, written.documents)
        names = {entry.name for entry in kept}
        if parent is not None and names >= workload.names and len(names) == len(parent.manifest.documents):
            refuse_nothing(bool(kept), workload.faults)
            told = [each for each in parent.manifest.problems if each.document is not None]
            manifest = replace(parent.manifest, documents=kept, problems=(*map(problem, workload.faults), *told))
            rewrite(parent.path / MANIFEST, manifest.to_json().encode())
            return manifest, len(kept), False
        try:
            return self._make(made_by, parent, current, kept, workload)
        except (OSError, RuntimeError, ReleaseError):
            if parent is None:
                raise
            # A damaged parent costs time, and must not stop every build to come.
            return self._make(made_by, None, current, written.documents, workload)

    def _make(
        self,
        made_by: str,
        parent: Release | None,
        current: Release | None,
        kept: Sequence[DocumentEntry],
        workload: Workload,
    ) -> tuple[Manifest, int, bool]:
        from server.canned import ready

        directory = staging(self.home.directory)
        try:
            prepared = self._prepare(directory, made_by, parent, kept, workload, Handwriting(current))
            ready.write(prepared)
            manifest = prepared.manifest
            return manifest, len(kept), install(prepared, self.home, current)
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    def _readable(self) -> Release | None:
        """The current release, if it can be built upon."""
        try:
            release = self.home.current()
            if release is not None:
                _ = release.manifest, release.open()
        except ReleaseError:
            return None
        return release

    def _fingerprint(self, entry: Entry) -> str:
        return fingerprint(entry, extractors=self.plan.described(), base=self.base.iri)

    def _prepare(
        self,
        directory: Path,
        made_by: str,
        parent: Release | None,
        kept: Sequence[DocumentEntry],
        workload: Workload,
        written: Handwriting,
    ) -> Release:
        # Only a build that has something to do pays for loading the libraries that read and check.
        from ontology import vocabulary
        from ontology.authority import Authority
        from ontology.topics import Topics
        from server.canned.catalogue import Catalogue
        from server.releases.assembly import Assembly, Setting

        ontology, authority = self.base.graph("ontology"), self.base.graph("authority")
        setting = Setting(
            self.base,
            made_by,
            self.plan.extractors,
            [*vocabulary.quads(ontology), *Topics.load(self.base).quads(ontology)],
            Authority.load(self.base).quads(authority),
            tuple(Catalogue.load()),
        )
        taken_over = {entry.name for entry in kept}
        built_upon = kept if parent is not None else ()
        unread = {entry: key for entry, key in workload.prints.items() if entry.name not in taken_over}
        faults = list(workload.faults)
        with Assembly(directory, setting, parent, built_upon) as assembly:
            if parent is None:
                written.carry(assembly)
            number = 0
            for number, contribution in enumerate(self._contributions(unread, faults.append), 1):
                assembly.add(contribution)
                self.on_progress(Progress(Stage.CHECK, number, len(unread), contribution.entry.name))
            refuse_nothing(bool(kept or number), faults)
            return assembly.finish(self.on_progress, map(problem, faults))

    def _contributions(self, unread: Mapping[Entry, str], on_fault: OnFault) -> Iterator[Contribution]:
        from ingest.engine import run
        from server.releases.checking import contributions

        keys = {entry.name: key for entry, key in unread.items()}

        def graphs() -> Iterator[tuple[DocumentGraph, str]]:
            for number, graph in enumerate(run(tuple(unread), self.plan, self.jobs, on_fault), 1):
                self.on_progress(Progress(Stage.READ, number, len(unread), graph.document.name))
                # Without a fingerprint it is read again next time.
                yield graph, "" if graph.unfinished else keys[graph.document.name]

        return contributions(graphs(), self.base, min(self.jobs, len(unread)))

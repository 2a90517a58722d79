"""The next release after a change, prepared in a directory of its own: the last one's store by hard links, the quads
that differ, and everything that is derived from them anew.

A release whose default graph is the merge of the others goes through the same assembly as a build. One whose default
graph is plain holds what was written and nothing else.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from ontology.namespaces import RDF, Base
from server.canned.catalogue import Catalogue
from server.releases.admission import facts_of
from server.releases.assembly import Assembly, Setting
from server.releases.description import describe
from server.releases.installation import install
from server.releases.manifest import Counts, DocumentEntry, GraphEntry, Manifest, release_id
from server.releases.publication import lock, staging
from server.releases.release import (
    DESCRIPTION,
    DOCUMENTS,
    MANIFEST,
    REPORT_JSON,
    REPORT_TURTLE,
    REPORTS,
    STORE,
    Home,
    Release,
)
from server.releases.store import BULK, digest, duplicate, settle
from server.writing.changes import Changes, GraphName
from server.writing.state import PLAIN_DEFAULT
from shapes.report import Report

EMPTY = GraphEntry(PLAIN_DEFAULT, digest(()), 0)
"""The default graph of its own that nothing was written to; with it a plain release has a name of its own."""

Contents = Mapping[GraphName, frozenset[Quad]]


def merged_edition(directory: Path, parent: Release, changes: Changes, contents: Contents) -> Release:
    """The next release where the default graph is the merge. `contents` are what the changed graphs hold then.

    Raises:
        ReleaseError: the parent is damaged, or a quad cannot be released.
    """
    manifest, base = parent.manifest, parent.base
    setting = Setting(base, manifest.recipe, manifest.extractors, (), (), tuple(Catalogue.load()))
    kept = list(_documents(manifest, base, changes, contents))
    documents = {base.doc(entry.name) for entry in manifest.documents}
    with Assembly(directory, setting, parent, kept) as assembly:
        for graph, change in changes.items():
            assert isinstance(graph, NamedNode), "nothing is written to a default graph that is derived"
            if change.after:
                old = contents[graph] - change.added | change.removed
                assembly.write(graph, contents[graph], old)
            elif graph not in documents:
                assembly.drop(graph)
        return assembly.finish()


def plain_edition(directory: Path, parent: Release, origin: Path, changes: Changes, contents: Contents) -> Release:
    """The next release where the default graph is plain; `origin` is the store that the changes refer to.

    Raises:
        ReleaseError: the store is damaged.
    """
    base = parent.base
    for part in (DOCUMENTS, REPORTS):
        (directory / part).mkdir()
    duplicate(origin, directory / STORE)
    _apply(Store(str(directory / STORE)), changes, parent.manifest.counts.quads)
    documents = tuple(_documents(parent.manifest, base, changes, contents))
    for entry in documents:
        _link(parent.path / entry.text, directory / entry.text)
    manifest = _plain_manifest(parent, changes, contents, documents)
    triples = sorted((quad.triple for quad in describe(base, manifest, ())), key=str)
    serialize(triples, str(directory / DESCRIPTION), RdfFormat.TURTLE, prefixes=base.prefixes())
    report = Report.merge([])
    for name, text in (
        (REPORT_TURTLE, report.to_turtle()),
        (REPORT_JSON, report.to_json()),
        (MANIFEST, manifest.to_json()),
    ):
        (directory / name).write_bytes(text.encode())
    return Release(directory)


def begin_plain(home: Home, base: Base) -> Release:
    """Makes a release current that holds nothing, not even the ontology: a store to be filled over HTTP.

    Raises:
        ReleaseError: a build is running, or the release cannot be written.
    """
    with lock(home.path):
        directory = staging(home.directory)
        name = _empty_plain_release(directory, base).id
        install(Release(directory), home, None)
    return Release(home.directory / name)


def _empty_plain_release(directory: Path, base: Base) -> Release:
    for part in (DOCUMENTS, REPORTS):
        (directory / part).mkdir()
    Store(str(directory / STORE)).flush()
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    name = release_id({EMPTY.iri: EMPTY.sha256})
    manifest = Manifest(name, base.iri, "", (), (EMPTY,), (), Counts(0, 0, 0, 0), (), now, plain=True)
    report = Report.merge([])
    for name, text in (
        (DESCRIPTION, ""),
        (REPORT_TURTLE, report.to_turtle()),
        (REPORT_JSON, report.to_json()),
        (MANIFEST, manifest.to_json()),
    ):
        (directory / name).write_bytes(text.encode())
    return Release(directory)


def plain_origin(parent: Release, directory: Path) -> Path:
    """The store of a release as a plain one: without the merge, and without the description of the release."""
    if parent.manifest.plain:
        return parent.store_path
    path = directory / "origin"
    duplicate(parent.store_path, path)
    store = Store(str(path))
    store.clear_graph(DefaultGraph())
    store.remove_graph(parent.base.graph("release"))
    store.flush()
    return path


def _apply(store: Store, changes: Changes, size: int) -> None:
    for graph, change in changes.items():
        if isinstance(graph, NamedNode) and not change.after:
            store.remove_graph(graph)
            continue
        for quad in change.removed:
            store.remove(quad)
        (store.bulk_extend if len(change.added) >= BULK else store.extend)(change.added)
        if isinstance(graph, NamedNode):
            store.add_graph(graph)
    settle(store, sum(len(change.added) + len(change.removed) for change in changes.values()), size)


def _documents(manifest: Manifest, base: Base, changes: Changes, contents: Contents) -> Iterator[DocumentEntry]:
    """The entries of the documents whose graphs stay, with as many facts as their graphs hold then."""
    for entry in manifest.documents:
        graph = base.doc(entry.name)
        change = changes.get(graph)
        if change is None:
            yield entry
        elif change.after:
            yield replace(entry, facts=len(facts_of(contents[graph])))


def _plain_manifest(
    parent: Release, changes: Changes, contents: Contents, documents: tuple[DocumentEntry, ...]
) -> Manifest:
    old = parent.manifest
    graphs = {entry.iri: entry for entry in (EMPTY, *old.graphs)}
    written = set(old.written)
    for graph, change in changes.items():
        name = graph.value if isinstance(graph, NamedNode) else PLAIN_DEFAULT
        if change.after:
            graphs[name] = GraphEntry(name, digest(contents[graph]), len(contents[graph]))
            written |= {name} - {PLAIN_DEFAULT}
        else:
            graphs.pop(name, None)
            written.discard(name)
    entries = tuple(graphs[name] for name in sorted(graphs))
    return Manifest(
        release_id({entry.iri: entry.sha256 for entry in entries}),
        old.base,
        old.recipe,
        old.extractors,
        entries,
        documents,
        _counts(old.counts, changes, entries, documents),
        (),
        datetime.now(UTC).isoformat(timespec="microseconds"),
        parent.id,
        written=tuple(sorted(written)),
        plain=True,
    )


def _counts(
    old: Counts, changes: Changes, graphs: tuple[GraphEntry, ...], documents: tuple[DocumentEntry, ...]
) -> Counts:
    classes, properties = Counter(old.classes), Counter(old.properties)
    for change in changes.values():
        for quads, sign in ((change.removed, -1), (change.added, 1)):
            for quad in quads:
                properties[quad.predicate.value] += sign
                if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
                    classes[quad.object.value] += sign
    size = sum(entry.quads for entry in graphs)
    return Counts(
        len(documents),
        sum(entry.facts for entry in documents),
        size,
        size,
        {iri: number for iri, number in sorted(classes.items()) if number > 0},
        {iri: number for iri, number in sorted(properties.items()) if number > 0},
    )


def _link(source: Path, target: Path) -> None:
    """The same file under a second name, or a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

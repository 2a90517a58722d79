"""What changed between two releases, quad by quad, and what that means for documents and classes.

Graphs of equal hash are not read. The graph that describes the release itself differs always and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from ontology.namespaces import RDF
from server.releases.release import Release
from server.releases.store import lines


@dataclass(frozen=True)
class GraphDifference:
    """What one graph lost and gained, as sorted N-Quads lines without their line feed."""

    graph: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """How many went and how many came."""

    removed: int
    added: int


@dataclass(frozen=True)
class Difference:
    """From release `before` to release `after`. `documents` counts quads by short name, `classes` instances by IRI."""

    before: str
    after: str
    graphs: tuple[GraphDifference, ...]
    documents: Mapping[str, Change]
    classes: Mapping[str, Change]

    @property
    def removed(self) -> int:
        """Quads that went."""
        return sum(len(each.removed) for each in self.graphs)

    @property
    def added(self) -> int:
        """Quads that came."""
        return sum(len(each.added) for each in self.graphs)

    def lines(self) -> Iterator[str]:
        """All changes as a patch: `- ` or `+ ` and the quad, graph by graph."""
        for each in self.graphs:
            yield from (f"- {line}" for line in each.removed)
            yield from (f"+ {line}" for line in each.added)


def difference(before: Release, after: Release) -> Difference:
    """Compares two releases.

    Raises:
        ReleaseError: one of them cannot be read.
    """
    old, new = _hashes(before), _hashes(after)
    changed = sorted(iri for iri in old.keys() | new.keys() if old.get(iri) != new.get(iri))
    stores = before.open(), after.open()
    graphs: list[GraphDifference] = []
    lost: set[Quad] = set()
    gained: set[Quad] = set()
    for iri in changed:
        left, right = (_quads(store, iri) for store in stores)
        removed, added = left - right, right - left
        graphs.append(GraphDifference(iri, _text(removed), _text(added)))
        lost |= _instances(removed, absent_from=stores[1])
        gained |= _instances(added, absent_from=stores[0])
    return Difference(
        before.id,
        after.id,
        tuple(graphs),
        _by_document(graphs, before, after),
        _by_class(lost, gained),
    )


def _by_document(graphs: list[GraphDifference], *releases: Release) -> dict[str, Change]:
    names = {
        release.base.doc(entry.name).value: entry.name for release in releases for entry in release.manifest.documents
    }
    return {names[each.graph]: Change(len(each.removed), len(each.added)) for each in graphs if each.graph in names}


def _by_class(lost: set[Quad], gained: set[Quad]) -> dict[str, Change]:
    removed, added = (Counter(str(quad.object)[1:-1] for quad in quads) for quads in (lost, gained))
    return {iri: Change(removed[iri], added[iri]) for iri in sorted(removed.keys() | added.keys())}


def _hashes(release: Release) -> dict[str, str]:
    return {entry.iri: entry.sha256 for entry in release.manifest.graphs}


def _quads(store: Store, graph: str) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _text(quads: set[Quad]) -> tuple[str, ...]:
    return tuple(line.decode().rstrip("\n") for line in lines(quads))


def _instances(quads: set[Quad], absent_from: Store) -> set[Quad]:
    """The statements of a class that the other release makes in no graph at all, as quads of the merge."""
    merged = {Quad(quad.subject, RDF.type, quad.object) for quad in quads if quad.predicate == RDF.type}
    return {quad for quad in merged if quad not in absent_from}

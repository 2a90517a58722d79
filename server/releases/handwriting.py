"""What was written by hand into a release, which the next build carries over: no build undoes what a person wrote.

A document whose graph was written to is not read again; when its graph is deleted, the next build that names the
document reads it. Graphs that are no document's stay until they are deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from ontology.errors import ReleaseError
from ontology.namespaces import Base
from server.releases.manifest import DocumentEntry
from server.releases.release import Release

if TYPE_CHECKING:
    from server.releases.assembly import Assembly


@dataclass(frozen=True)
class Handwriting:
    """The documents and the other graphs of a release that were written by hand; of none when there is no release."""

    release: Release | None

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """The entries of the documents whose graphs were written to."""
        if self.release is None:
            return ()
        base, written = self.release.base, set(self.release.manifest.written)
        return tuple(entry for entry in self.release.manifest.documents if base.doc(entry.name).value in written)

    def carry(self, assembly: Assembly) -> None:
        """Brings all of it into a release that is not built upon the one it is in.

        Raises:
            ReleaseError: the release is damaged.
        """
        if self.release is None or not self.release.manifest.written:
            return
        # Only a build that has something to carry pays for loading the libraries of assembly.
        from server.releases.assembly import Contribution

        store, base = self.release.open(), self.release.base
        for entry in self.documents:
            graph = base.doc(entry.name)
            quads = frozenset(store.quads_for_pattern(None, None, None, graph))
            told = tuple(each for each in self.release.manifest.problems if each.document == entry.name)
            assembly.add(Contribution(entry, self.release.text(entry.name), quads, told))
            assembly.write(graph, quads, quads)
        for graph in self._graphs():
            assembly.write(graph, frozenset(store.quads_for_pattern(None, None, None, graph)))

    def _graphs(self) -> Iterator[NamedNode]:
        assert self.release is not None, "only asked for when there is something written"
        documents = {self.release.base.doc(entry.name).value for entry in self.documents}
        yield from (NamedNode(iri) for iri in self.release.manifest.written if iri not in documents)

    def require_carriage(self, base: Base) -> None:
        """Refuses a build that would lose something.

        Raises:
            ReleaseError: something was written to a default graph of its own, or under another base.
        """
        if self.release is None:
            return
        if self.release.manifest.written and self.release.base != base:
            message = f"the current release was written by hand under the base {self.release.base.iri}; build with that"
            raise ReleaseError(message, str(self.release.path))
        if not self.release.manifest.plain:
            return
        size = sum(1 for _ in self.release.open().quads_for_pattern(None, None, None, DefaultGraph()))
        if size:
            message = (
                f"the current release has {size} triples in a default graph of its own, and a build, whose default "
                "graph is the merge of the others, would lose them; export them, or build in another --home"
            )
            raise ReleaseError(message, str(self.release.path))

"""The store of a release while it is built: named graphs, and the default graph that is kept equal to their merge.

Replacing a graph touches only the quads that differ; a triple leaves the default graph when no named graph holds it any
more (https://www.w3.org/TR/sparql11-query/#rdfDataset). A graph is identified by the SHA-256 of its sorted N-Quads
(https://www.w3.org/TR/n-quads/, one line a quad), which is why content must not contain blank nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from ontology.errors import ReleaseError
from ontology.namespaces import RDF

DEFAULT = DefaultGraph()
TYPE = RDF.type
BULK = 50_000
"""From so many quads on, the engine's bulk loader is faster than a transaction."""

SHARE = 10
"""When more than one part in so many of a store was written, all of it is put in order."""


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """The quads as the engine gives them back: it rewrites some literals (`1.50` becomes `1.5`) when it stores them.

    Raises:
        ReleaseError: a quad has a blank node or no graph name, and so would have no lasting name.
    """
    store = Store()
    store.extend(quads)
    kept = set(store)
    for quad in kept:
        if not isinstance(quad.graph_name, NamedNode):
            raise ReleaseError(f"a quad without a named graph cannot be released: {quad}")
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise ReleaseError(f"a blank node cannot be released: {quad}")
    return kept


def lines(quads: Iterable[Quad]) -> list[bytes]:
    """The quads as sorted N-Quads lines, each with its line feed."""
    buffer = BytesIO()
    serialize(quads, buffer, RdfFormat.N_QUADS)
    return sorted(line + b"\n" for line in buffer.getvalue().split(b"\n") if line)


def digest(quads: Iterable[Quad]) -> str:
    """SHA-256 of the sorted N-Quads, in hex."""
    return sha256(b"".join(lines(quads))).hexdigest()


class Merge:
    """The graphs of one writable store and their merge, with running counts of the merge.

    `triples`, `classes` and `properties` follow every change, so that a description needs no scan of the store.
    """

    def __init__(
        self,
        store: Store,
        triples: int = 0,
        classes: Mapping[str, int] | None = None,
        properties: Mapping[str, int] | None = None,
    ) -> None:
        self.store = store
        self.triples = triples
        self.classes: Counter[str] = Counter(classes)
        self.properties: Counter[str] = Counter(properties)
        self.changed = 0
        """Quads that were written or removed."""
        self._waiting: list[Quad] = []

    def graph(self, name: NamedNode) -> Iterator[Quad]:
        """The quads of one graph."""
        self.flush()
        return self.store.quads_for_pattern(None, None, None, name)

    def replace(self, name: NamedNode, quads: Iterable[Quad]) -> set[NamedNode]:
        """Gives a graph new content. Returns the subjects of all quads that came or went."""
        return self.change(set(self.graph(name)), set(quads))

    def create(self, quads: Iterable[Quad]) -> set[NamedNode]:
        """Adds quads of a graph that the store does not hold yet; may be written later. Returns their subjects."""
        subjects = set()
        for quad in quads:
            self._waiting.append(quad)
            subjects.add(_subject(quad))
        if len(self._waiting) >= BULK:
            self.flush()
        return subjects

    def change(self, old: set[Quad], new: set[Quad]) -> set[NamedNode]:
        """Takes out what only `old` holds and puts in what only `new` holds. Returns the subjects of both."""
        self.flush()
        removed, added = old - new, new - old
        self._add(list(added))
        for quad in removed:
            self._remove(quad)
        return {_subject(quad) for quad in removed | added}

    def flush(self) -> None:
        """Writes what `create` has gathered."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._add(waiting)

    def _add(self, quads: list[Quad]) -> None:
        merged = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
        entering = [quad for quad in merged if quad not in self.store]
        (self.store.bulk_extend if len(quads) >= BULK else self.store.extend)([*quads, *entering])
        self._count(entering, 1)
        self.changed += len(quads)

    def _remove(self, quad: Quad) -> None:
        self.changed += 1
        self.store.remove(quad)
        held = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(other.graph_name == DEFAULT for other in held):
            leaving = Quad(quad.subject, quad.predicate, quad.object)
            self.store.remove(leaving)
            self._count([leaving], -1)

    def _count(self, quads: list[Quad], sign: int) -> None:
        self.triples += sign * len(quads)
        for quad in quads:
            self.properties[quad.predicate.value] += sign
            if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
                self.classes[quad.object.value] += sign


def duplicate(store_path: Path, target: Path) -> None:
    """Copies a store by hard links, without touching the original.

    Raises:
        ReleaseError: the original is damaged.
    """
    try:
        Store.read_only(str(store_path)).backup(str(target))
    except (OSError, RuntimeError, ValueError) as error:
        raise ReleaseError(f"the store cannot be copied: {error}", str(store_path)) from error


def settle(store: Store, changed: int, size: int) -> None:
    """Writes everything to files, for good. Where a large part of the store is new the files are put in order, so that
    whoever reads them looks in one place and not in many: it halves what joins and counts take.

    What changed little is left as it is, because putting in order costs what the whole store costs.
    """
    store.flush()
    if changed * SHARE > size:
        store.optimize()


def _subject(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode), "canonical() lets no other subject in"
    return quad.subject

"""The tests of the W3C as data, read from the manifests of a copy of https://github.com/w3c/rdf-tests.

Files have the IRIs under which the W3C publishes them, so that nothing says where the copy lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

BASE = "https://w3c.github.io/rdf-tests/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"

Node = NamedNode | BlankNode | Literal
Graphs = tuple[tuple[str, str], ...]
"""Names of graphs, and the IRIs of the files that they hold."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The files of a dataset: those of its default graph, and its named graphs."""

    default: tuple[str, ...] = ()
    named: Graphs = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its name with that of its suite, its kind, its query or update, what it is asked of, and what is to
    come out, as a file or for updates as a dataset."""

    name: str
    kind: str
    text: str | None
    data: Dataset
    result: str | None
    after: Dataset
    lax: bool
    node: Node


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of one manifest, which is kept as a graph for what only some kinds of test need."""

    name: str
    cases: tuple[Case, ...]
    store: Store


def path(directory: Path, iri: str) -> Path:
    """The file of an IRI in a copy of the tests."""
    return directory / iri.removeprefix(BASE)


def read(directory: Path, iri: str) -> Iterator[Suite]:
    """A manifest and those that it includes, each once."""
    pending, seen = [iri], set()
    while pending:
        manifest = pending.pop(0)
        if manifest in seen or not path(directory, manifest).exists():
            continue
        seen.add(manifest)
        store = Store()
        store.load(path=str(path(directory, manifest)), format=RdfFormat.TURTLE, base_iri=manifest)
        for node in _objects(store, None, MF + "include"):
            pending += [each.value for each in _list(store, node) if isinstance(each, NamedNode)]
        name = manifest.removeprefix(BASE).removeprefix("sparql/").rpartition("/")[0]
        entries = [node for listed in _objects(store, None, MF + "entries") for node in _list(store, listed)]
        yield Suite(name, tuple(_case(store, name, node) for node in entries), store)


def value(store: Store, node: Node | None, predicate: str) -> Node | None:
    """The one value of a property, or None."""
    return next(iter(_objects(store, node, predicate)), None)


def values(store: Store, node: Node | None, predicate: str) -> list[Node]:
    """The values of a property, those of a list in order."""
    found = _objects(store, node, predicate)
    return [each for value in found for each in (_list(store, value) or [value])]


def _case(store: Store, suite: str, node: Node) -> Case:
    kind = next(
        (each.value.removeprefix(MF) for each in _objects(store, node, RDF + "type") if each.value.startswith(MF)), ""
    )
    action, result = value(store, node, MF + "action"), value(store, node, MF + "result")
    text = action if isinstance(action, NamedNode) else None
    for predicate in (QT + "query", UT + "request"):
        text = text or _named(value(store, action, predicate))
    lax = bool(_objects(store, node, MF + "resultCardinality"))
    return Case(
        f"{suite}/{node.value.rpartition('#')[2]}",
        kind,
        text.value if text else None,
        _dataset(store, action if kind != "ProtocolTest" else node),
        result.value if isinstance(result, NamedNode) else None,
        _dataset(store, result) if isinstance(result, BlankNode) else Dataset(),
        lax,
        node,
    )


def _dataset(store: Store, node: Node | None) -> Dataset:
    if node is None or (isinstance(node, NamedNode) and not _objects(store, node, RDF + "type")):
        return Dataset()
    default = [each.value for kind in (QT, UT) for each in _objects(store, node, f"{kind}data")]
    named = [each for kind in (QT, UT) for each in _objects(store, node, f"{kind}graphData")]
    return Dataset(tuple(sorted(default)), tuple(sorted(_graph(store, each) for each in named)))


def _graph(store: Store, node: Node) -> tuple[str, str]:
    if isinstance(node, NamedNode):
        return node.value, node.value
    file = value(store, node, UT + "graph") or value(store, node, QT + "graph")
    label = value(store, node, RDFS + "label")
    assert file is not None, "a graph has a file"
    return (label or file).value, file.value


def _named(node: Node | None) -> NamedNode | None:
    return node if isinstance(node, NamedNode) else None


def _objects(store: Store, node: Node | None, predicate: str) -> list[Node]:
    if isinstance(node, Literal):
        return []
    quads = store.quads_for_pattern(node, NamedNode(predicate), None, None)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | BlankNode | Literal)]


def _list(store: Store, node: Node | None) -> list[Node]:
    found = []
    while (first := value(store, node, RDF + "first")) is not None:
        found.append(first)
        node = value(store, node, RDF + "rest")
    return found

"""The valid record, and what the rows of `breakages.tsv` make of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, URIRef

from ontology.namespaces import CANONICAL_BASE, SH
from shapes.check import check, shape_files
from shapes.report import Report

HERE = Path(__file__).parent
RECORD = HERE / "record.ttl"
SHAPE = CANONICAL_BASE + "shapes#"


@dataclass(frozen=True)
class Breakage:
    """One change to the valid record, and the constraint that must notice it."""

    shape: str
    component: str
    case: str
    remove: str
    add: str

    @property
    def id(self) -> str:
        return f"{self.shape}-{self.component}"

    @property
    def subjects(self) -> frozenset[str]:
        """The nodes that the change is about, as written."""
        pairs = [*filter(None, self.remove.split(" ; ")), *filter(None, [self.add])]
        return frozenset(pair.split()[0] for pair in pairs)


def turtle(text: str) -> list[Quad]:
    """Turtle under the prefixes of the record."""
    return list(parse(prefixes() + text, format=RdfFormat.TURTLE))


@cache
def prefixes() -> str:
    return "\n".join(line for line in RECORD.read_text(encoding="utf-8").splitlines() if line.startswith("@prefix"))


@cache
def record() -> tuple[Quad, ...]:
    return tuple(parse(RECORD.read_bytes(), format=RdfFormat.TURTLE))


@cache
def breakages() -> tuple[Breakage, ...]:
    with (HERE / "breakages.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(Breakage(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def broken(changes: tuple[Breakage, ...]) -> list[Quad]:
    """The record with these changes."""
    removed = {
        (quad.subject, quad.predicate)
        for change in changes
        for pair in filter(None, change.remove.split(" ; "))
        for quad in turtle(f"{pair} 0 .")
    }
    kept = [quad for quad in record() if (quad.subject, quad.predicate) not in removed]
    assert len(kept) < len(record()) or not removed
    return kept + [quad for change in changes for quad in turtle(change.add)]


@cache
def batches() -> tuple[tuple[Breakage, ...], ...]:
    """The breakages in groups that touch no node twice, so that one check serves many."""
    groups: list[tuple[set[str], list[Breakage]]] = []
    for change in breakages():
        for touched, members in groups:
            if not touched & change.subjects:
                touched.update(change.subjects)
                members.append(change)
                break
        else:
            groups.append((set(change.subjects), [change]))
    return tuple(tuple(members) for _, members in groups)


@cache
def report(changes: tuple[Breakage, ...]) -> Report:
    return check(broken(changes))


@cache
def shapes_graph() -> Graph:
    graph = Graph()
    for file in shape_files():
        graph.parse(file)
    return graph


def shape(name: str) -> NamedNode:
    return NamedNode(SHAPE + name)


def sh(name: str) -> URIRef:
    return URIRef(SH + name)

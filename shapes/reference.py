"""The reference page of the shapes, made from them: `python -m shapes.reference > docs/shapes.md`."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from ontology.namespaces import PREFIXES, SH
from shapes.check import shape_files

INTRODUCTION = """# The shapes: what a graph must hold to

Made from `shapes/*.ttl` by `python -m shapes.reference > docs/shapes.md`; change the shapes, not this
page.

`onrecord check` measures a graph against these [SHACL](https://www.w3.org/TR/shacl/) shapes. What breaks one is of a
severity: a **Violation** keeps the fact out of the release, a **Warning** asks for a look at the document, an **Info**
says what would make the fact more useful. A shape that is *closed* allows the properties it lists, those of every fact
where it is about a fact, and no others, so that a misspelt one is noticed. The subclasses of a class are held to its
shape.
"""

ROWS: tuple[tuple[str, str], ...] = (
    ("class", "{}"),
    ("datatype", "{}"),
    ("nodeKind", "{}"),
    ("in", "one of {}"),
    ("or", "{}"),
    ("not", "not {}"),
    ("node", "{}"),
    ("hasValue", "{}"),
    ("qualifiedValueShape", "one that is {}"),
    ("pattern", "like `{}`"),
    ("minLength", "not empty"),
    ("maxLength", "up to {} characters"),
    ("minInclusive", "from {}"),
    ("maxInclusive", "to {}"),
    ("lessThan", "below {}"),
    ("lessThanOrEquals", "not above {}"),
    ("uniqueLang", "one in each language"),
)
"""How each constraint parameter reads in the page, in this order."""


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([INTRODUCTION, *(line for file in shape_files() for line in _File(file.name).lines())])


class _File:
    """One file of shapes, in the order of its text."""

    def __init__(self, name: str) -> None:
        path = next(file for file in shape_files() if file.name == name)
        text = path.read_text(encoding="utf-8")
        self.name = name
        self.own = Graph().parse(data=text, format="turtle")
        self.graph = Graph()
        for file in shape_files():
            self.graph.parse(file)
        self.text = text

    def lines(self) -> Iterator[str]:
        """A section: what the file is about, then its shapes."""
        about = self.text.splitlines()[1].removeprefix("# ")
        yield f"## {self.name}\n\n{about}\n"
        named = [node for node in self.own.subjects(_sh("targetClass"), unique=True) if isinstance(node, URIRef)]
        for node in sorted(named, key=lambda node: self.text.index(f"\nshape:{_local(node)} a ")):
            yield from self._shape(node)

    def _shape(self, node: URIRef) -> Iterator[str]:
        value, values = self.graph.value, self.graph.objects
        targets = ", ".join(sorted(f"`{_curie(target)}`" for target in values(node, _sh("targetClass"))))
        closed = ", closed" if value(node, _sh("closed")) is not None else ""
        yield f"### {value(node, _sh('name'))}\n"
        yield f"{value(node, _sh('description'))} For {targets}{closed}{self._severity(node)}.\n"
        properties = sorted(
            (shape for shape in values(node, _sh("property")) if isinstance(shape, URIRef)),
            key=lambda shape: (str(value(shape, _sh("path"))), _local(shape)),
        )
        if properties:
            yield "| property | how many | which |\n|---|---|---|"
            yield from map(self._row, properties)
            yield ""
        messages = [*values(node, _sh("message"))]
        messages += [m for rule in values(node, _sh("sparql")) for m in values(rule, _sh("message"))]
        yield from (f"> {message}\n" for message in messages)

    def _row(self, shape: URIRef) -> str:
        value = self.graph.value
        least = value(shape, _sh("minCount")) or value(shape, _sh("qualifiedMinCount")) or Literal(0)
        most = value(shape, _sh("maxCount")) or value(shape, _sh("qualifiedMaxCount"))
        count = str(least) if str(least) == str(most) else f"{least} to {most}" if most else f"{least} or more"
        which = "; ".join(self._demands(shape)).replace("|", "\\|")
        return f"| `{_curie(value(shape, _sh('path')))}` | {count} | {which}{self._severity(shape)} |"

    def _demands(self, shape: Node) -> Iterator[str]:
        for parameter, phrase in ROWS:
            for demand in self.graph.objects(shape, _sh(parameter)):
                yield phrase.format(self._phrase(parameter, demand))

    def _phrase(self, parameter: str, demand: Node) -> str:
        if parameter in ("in", "or"):
            joined = ", " if parameter == "in" else " or "
            return joined.join(self._phrase("", item) for item in Collection(self.graph, demand))
        if parameter == "pattern":
            return str(demand)
        if isinstance(demand, URIRef) and parameter == "node":
            return str(self.graph.value(demand, _sh("description")))
        if isinstance(demand, URIRef | Literal):
            return f"`{_curie(demand)}`" if isinstance(demand, URIRef) else str(demand)
        path = self.graph.value(demand, _sh("path"))
        demands = "; ".join(self._demands(demand))
        return f"`{_curie(path)}` {demands}" if path is not None else demands

    def _severity(self, shape: URIRef) -> str:
        severity = self.graph.value(shape, _sh("severity"))
        return f" ({_local(severity)})" if isinstance(severity, URIRef) else ""


def _sh(name: str) -> URIRef:
    return URIRef(SH + name)


def _local(node: URIRef) -> str:
    return str(node).rpartition("#")[2]


def _curie(node: Node | None) -> str:
    for prefix, namespace in PREFIXES.items():
        if str(node).startswith(namespace):
            return f"{prefix}:{str(node).removeprefix(namespace)}"
    return str(node)


if __name__ == "__main__":
    print(page(), end="")

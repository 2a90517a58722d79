"""The check of a graph against the shapes; pySHACL (https://github.com/RDFLib/pySHACL) gives the verdict.

A document's graph is checked with the class hierarchy and the descriptions of what it names; results are reported for
nodes of that graph only. The shapes are parsed once for all documents, and nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyshacl import ShapesGraph, Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph, URIRef

from ontology.errors import OnrecordError
from ontology.namespaces import RDF, SH, Base
from shapes.blame import Blame
from shapes.context import Descriptions, subclasses, without_inferred
from shapes.conversion import from_rdflib, to_rdflib
from shapes.reading import read
from shapes.report import Report, Result, Severity


def shape_files() -> tuple[Path, ...]:
    """The files of shapes, by name."""
    return tuple(sorted(Path(str(file)) for file in files("shapes").iterdir() if file.name.endswith(".ttl")))


@cache
def shapes() -> ShapesGraph:
    """All shapes, parsed once."""
    graph = Graph()
    for file in shape_files():
        graph.parse(file, format="turtle")
    return ShapesGraph(graph)


def check(quads: Iterable[Quad], context: Iterable[Quad] = ()) -> Report:
    """The verdict on one graph; `context` describes what it names and is not reported on.

    `Descriptions.named_in` gives the context of a document's quads.
    """
    own = list(quads)
    data = to_rdflib(chain(own, context, subclasses()))
    about = {quad.subject for quad in own}
    blame = Blame(own)
    return Report.of(
        result for result in (_result(found, node, blame) for found, node in _results(data)) if result.focus in about
    )


def check_files(
    paths: Iterable[Path | str], base: Base | None = None, *, on_progress: Callable[[Path], None] | None = None
) -> Report:
    """The verdict on RDF files taken together: Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML, plain or gzipped.

    What the files name without describing it is looked up in the authority file and the topics.

    Raises:
        InputError: a file is missing, of a format not known by its suffix, or broken (with its line).
    """
    own: list[Quad] = []
    for path in map(Path, paths):
        own += read(path)
        if on_progress is not None:
            on_progress(path)
    own = without_inferred(own)
    described = {quad.subject for quad in own if quad.predicate == RDF.type}
    context = (quad for quad in Descriptions.load(base).named_in(own) if quad.subject not in described)
    return check(own, context)


def _results(data: Graph) -> Iterator[tuple[Graph, URIRef]]:
    """Each result of pySHACL's report, with the report's graph."""
    validator = Validator(
        DataGraph.from_rdflib_graph(data),
        shacl_graph=shapes().graph,
        options={"inference": "none", "inplace": True},
    )
    validator.shacl_graph = shapes()
    _, report, _ = validator.run()  # type: ignore[no-untyped-call]
    for node in report.objects(None, URIRef(SH.result.value)):
        yield report, node


def _result(report: Graph, node: URIRef, blame: Blame) -> Result:
    def value(name: str) -> NamedNode | BlankNode | Literal | None:
        found = report.value(node, URIRef(SH[name].value))
        return None if found is None else from_rdflib(found)

    severity, component, message = value("resultSeverity"), value("sourceConstraintComponent"), value("resultMessage")
    focus, path, wrong, shape = value("focusNode"), value("resultPath"), value("value"), value("sourceShape")
    if not isinstance(severity, NamedNode) or not isinstance(component, NamedNode) or isinstance(focus, Literal | None):
        raise OnrecordError("pySHACL gave a result without severity, focus node or component")
    facts = blame.facts(focus, wrong)
    return Result(
        Severity(severity.value.removeprefix(str(SH))),
        focus,
        path if isinstance(path, NamedNode) else None,
        wrong,
        message.value if message is not None else "",
        shape if isinstance(shape, NamedNode) else None,
        component,
        facts,
        blame.sentences(facts),
    )

"""A graph as a client sends it, read in the format that its media type names
(https://www.w3.org/TR/sparql11-http-rdf-update/#http-put). Relative IRIs are resolved against that of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from ontology.errors import InputError, QueryError
from server.formats import Form, formats
from server.problems import UnsupportedMediaType
from server.writing.changes import GraphName
from server.writing.request import Part

READ = tuple(format for format in formats(Form.GRAPH) if format.name != "n3")
MEDIA_TYPES = tuple(format.media_type for format in READ)
"""The media types in which a graph can be sent."""

DATASETS = frozenset({"application/trig", "application/n-quads"})


def proper(media_type: str, *, place: str = "Content-Type") -> str:
    """The proper media type for one that may be an alias.

    Raises:
        UnsupportedMediaType: graphs are not read in it.

    >>> proper("application/x-turtle")
    'text/turtle'
    """
    for format in READ:
        if media_type in format.media_types:
            return format.media_type
    what = f"{media_type} is" if media_type else "a graph without Content-Type is"
    raise UnsupportedMediaType(f"{what} not read here", place, available=MEDIA_TYPES)


def read(parts: Iterable[Part], base_iri: str, graph: GraphName | None) -> frozenset[Quad]:
    """The quads that bodies bring to one graph, or without one to the graphs that they name themselves.

    Raises:
        QueryError: one is not of its format, with line and column.
        InputError: one names graphs, and is for a single one.
    """
    found = [quad for part in parts for quad in _parsed(part, base_iri)]
    if graph is None:
        return _stored(found)
    if any(quad.graph_name != DefaultGraph() for quad in found):
        raise InputError("the body names graphs of its own, and the request names the one it is for", "body")
    return _stored(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found)


def _parsed(part: Part, base_iri: str) -> list[Quad]:
    format = RdfFormat.from_media_type(part.media_type)
    try:
        # Blank nodes of two bodies, or of a body and the store, are never the same.
        return list(parse(part.data, format, base_iri=base_iri, rename_blank_nodes=True))
    except SyntaxError as error:
        raise QueryError(_reason(str(error.msg)), "body", line=error.lineno, column=error.offset) from None
    except ValueError as error:
        raise InputError(f"the body cannot be read: {error}", "body") from None


def _stored(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as the engine gives them back: it rewrites some literals when it stores them."""
    store = Store()
    store.bulk_extend(quads)
    return frozenset(store)


def _reason(message: str) -> str:
    """The engine's message without the place, which is told beside it.

    >>> _reason("Parser error at line 1 column 23: . is not a valid RDF object")
    '. is not a valid RDF object'
    """
    before, _, reason = message.partition(": ")
    return reason if before.startswith("Parser error") and reason else message

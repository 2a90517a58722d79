"""One SPARQL query on one store, whole or not at all: the dataset it may see, its result written and counted, and the
engine's errors said so that a user can act on them (https://www.w3.org/TR/sparql11-protocol/#dataset).

A query runs and is written in the thread that calls: the engine's results cannot change threads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from ontology.errors import InputError, OnrecordError, QueryError
from server.formats import Form, format_named
from server.problems import FederationRefused, NotAcceptable, QueryMemory, ResultTooLarge
from server.turtle import MEDIA_TYPES as TURTLE
from server.turtle import without_unused_prefixes
from server.workers.federation import rerouted
from server.workers.lexer import Dataset, dataset, federates, undeclared, with_small_booleans
from server.workers.rows import first, marked

SHOWN = 8
"""How many of the tokens that the engine expected are named."""

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CLASSES = re.compile(r"\[.*?\](?=,|$)", re.DOTALL)
_REASON = re.compile(r"[A-Z][\w ]* [\w ]+")
_MARK = re.compile(r"\"[^\"\\\w]{1,2}\"")
_CONNECTIVES = frozenset({"AS", "BY", "FROM", "HAVING", "IN", "VALUES", "WHERE"})
_FROM = re.compile("from", re.IGNORECASE)
XML = frozenset({"application/sparql-results+xml", "application/rdf+xml"})
"""The formats that are XML."""


@dataclass(frozen=True, slots=True)
class Task:
    """A query, the media type that each form of result would be written in (a missing one is not accepted), the dataset
    that the request asks for, and the bytes that the result may have. Only the local user may let it `federate`. Where
    the default graph is `plain`, a query that names no graph does not see the merge that the store keeps there.
    Solutions are cut after so many `rows`, where a number is given. `routes` are the addresses by which endpoints that
    SERVICE may ask are reached."""

    query: str
    media_types: Mapping[Form, str]
    limit: int
    dataset: Dataset | None = None
    acceptable: Mapping[Form, Sequence[str]] = field(default_factory=dict)
    federate: bool = False
    plain: bool = False
    rows: int | None = None
    routes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A whole result, or one that was cut after so many rows, and says so."""

    form: Form
    media_type: str
    body: bytes
    capped: int | None = None


class Counted:
    """A file that refuses to grow beyond a limit."""

    def __init__(self, limit: int, *, xml: bool = False) -> None:
        self._limit = limit
        self._size = 0
        self._xml = xml
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Takes bytes.

        Raises:
            ResultTooLarge: there are more than the limit.
        """
        # XML readers turn a bare carriage return into a line feed (https://www.w3.org/TR/xml/#sec-line-ends).
        part = data.replace(b"\r", b"&#13;") if self._xml else bytes(data)
        self._size += len(part)
        if self._size > self._limit:
            raise too_large(self._limit)
        self._parts.append(part)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    @property
    def body(self) -> bytes:
        """All that was written."""
        return b"".join(self._parts)


def too_large(limit: int) -> ResultTooLarge:
    """The error for a result of more bytes than the limit."""
    return ResultTooLarge(f"the result has more than {limit} bytes; ask for less, with LIMIT for example")


def evaluate(store: Store, task: Task, prefixes: Mapping[str, str], base_iri: str) -> Written:
    """Runs a query and writes its result.

    Raises:
        QueryError: the query is not SPARQL, or cannot be evaluated.
        FederationRefused: it has a SERVICE clause for an endpoint without a route.
        NotAcceptable: its form of result is not among the media types.
        ResultTooLarge, QueryMemory: it goes beyond a limit.
    """
    task = replace(task, query=with_small_booleans(task.query))
    routed = task
    if not task.federate and federates(task.query):
        if not task.routes:
            raise FederationRefused("the query has a SERVICE clause; this server asks no other server")
        routed = replace(task, query=rerouted(task.query, base_iri, task.routes))
    try:
        return _run(store, routed, prefixes, base_iri)
    except OnrecordError:
        raise
    except SyntaxError as error:
        message = str(error.msg) if routed is task else _told(store, task.query, base_iri)
        raise syntax_error(message, task.query, prefixes) from error
    except MemoryError as error:
        raise QueryMemory("the query needs more memory than a query may take") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error


def _told(store: Store, query: str, base_iri: str) -> str:
    """What the engine tells of a query that is not SPARQL, with the places in it."""
    try:
        store.query(query, base_iri=base_iri)
    except SyntaxError as error:
        return str(error.msg)
    return "not SPARQL"


def _run(store: Store, task: Task, prefixes: Mapping[str, str], base_iri: str) -> Written:
    wanted = task.dataset or _clauses(task.query, base_iri)
    if wanted is None and task.plain and _names_no_graph(task.query):
        # A release keeps nothing in a default graph of its own. The argument would override the query's FROM.
        result = store.query(task.query, base_iri=base_iri, default_graph=[])
    elif wanted is None:
        result = store.query(task.query, base_iri=base_iri)
    else:
        named: list[NamedNode | BlankNode] = [_graph(iri) for iri in wanted.named]
        if len(wanted.default) > 1:
            store = merged(store, wanted)
            result = store.query(task.query, base_iri=base_iri, default_graph=DefaultGraph(), named_graphs=named)
        else:
            default: list[NamedNode | BlankNode | DefaultGraph] = [_graph(iri) for iri in wanted.default]
            result = store.query(task.query, base_iri=base_iri, default_graph=default, named_graphs=named)
    form = _form(result)
    media_type = task.media_types.get(form)
    if media_type is None:
        available = task.acceptable.get(form, ())
        raise NotAcceptable(f"the result is {form.value}, and none of its formats is accepted", available=available)
    # An alias is what the client is told; the engine knows formats by their proper names only.
    proper = format_named(media_type, form).media_type
    out = Counted(task.limit, xml=proper in XML)
    capped = None
    if task.rows is not None and isinstance(result, QuerySolutions):
        result, more = first(result, task.rows)
        capped = task.rows if more else None
    if isinstance(result, QueryTriples):
        serialize(result, out, _rdf_format(proper), prefixes=dict(prefixes))  # type: ignore[arg-type]
    else:
        result.serialize(out, QueryResultsFormat.from_media_type(proper))  # type: ignore[arg-type]
    body = without_unused_prefixes(out.body) if proper in TURTLE else out.body
    body = marked(body, proper, capped) if capped is not None else body
    if proper in XML:
        _check_xml(body, [each for each in task.acceptable.get(form, ()) if each not in XML])
    return Written(form, media_type, body, capped)


def _check_xml(body: bytes, others: Sequence[str]) -> None:
    """XML has no place for most control characters, and RDF/XML none for some predicates; the engine writes both.

    Raises:
        NotAcceptable: the document is not well-formed.
    """
    parser = ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        what = "the result holds a character or a predicate that XML cannot hold; ask for another format"
        raise NotAcceptable(what, available=others) from error


def _form(result: QuerySolutions | QueryBoolean | QueryTriples) -> Form:
    if isinstance(result, QueryTriples):
        return Form.GRAPH
    return Form.BOOLEAN if isinstance(result, QueryBoolean) else Form.SOLUTIONS


def _rdf_format(media_type: str) -> RdfFormat:
    format = RdfFormat.from_media_type(media_type)
    if format is None:
        raise InputError(f"{media_type} is no RDF format")
    return format


def _clauses(query: str, base_iri: str) -> Dataset | None:
    """The dataset clauses when they need our help: the engine gives a triple of two FROM graphs twice."""
    if len(_FROM.findall(query)) < 2:
        return None
    clauses = dataset(query, base_iri)
    return clauses if clauses and len(clauses.default) > 1 else None


def _names_no_graph(query: str) -> bool:
    return not _FROM.search(query) or dataset(query) == Dataset()


def merged(store: Store, wanted: Dataset) -> Store:
    """A store in memory with the merge of the default graphs as its default graph, and the named graphs."""
    memory = Store()
    memory.bulk_extend(_quads(store, wanted))
    return memory


def _quads(store: Store, wanted: Dataset) -> Iterator[Quad]:
    for iri in wanted.default:
        for quad in store.quads_for_pattern(None, None, None, _graph(iri)):
            yield Quad(quad.subject, quad.predicate, quad.object)
    for iri in wanted.named:
        yield from store.quads_for_pattern(None, None, None, _graph(iri))


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise InputError(f"{iri!r} is not the IRI of a graph: {error}") from error


def syntax_error(message: str, query: str, prefixes: Mapping[str, str]) -> QueryError:
    """The engine's message about a query, without the inside of its grammar.

    The place is the farthest the engine came. A prefix that is not declared is found where it stands.

    >>> str(syntax_error("error at 1:12: expected one of BY, ['a' ..= 'z'], [_]", "SELECT * {} ORDER ?x", {}))
    'line 1, column 12: not SPARQL at or just before this place; expected BY'
    """
    name = undeclared(query)
    if name is not None:
        prefix = name.text.partition(":")[0]
        hint = f"; begin the query with PREFIX {prefix}: <{prefixes[prefix]}>" if prefix in prefixes else ""
        before = query[: name.start]
        line, column = before.count("\n") + 1, name.start - before.rfind("\n")
        return QueryError(f"the prefix {prefix}: is not declared{hint}", line=line, column=column)
    match = _POSITION.match(message)
    if not match:
        return QueryError(message)
    items = [item.strip() for item in _CLASSES.sub("", match[3]).split(", ")]
    reasons = [item for item in items if _REASON.fullmatch(item)]
    marks = [item.strip('"') for item in items if _MARK.fullmatch(item) or item in _CONNECTIVES]
    what = f"; expected {_either(marks)}" if marks else ""
    told = reasons[0] if reasons else f"not SPARQL at or just before this place{what}"
    return QueryError(told, line=int(match[1]), column=int(match[2]))


def _either(names: Sequence[str]) -> str:
    shown = list(names[:SHOWN])
    if len(names) > SHOWN:
        return ", ".join(shown) + " …"
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))

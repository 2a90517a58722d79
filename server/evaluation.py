"""One SPARQL query on one store, whole or not at all: the dataset it may see, its result written and counted, and the
engine's errors said so that a user can act on them (https://www.w3.org/TR/sparql11-protocol/#dataset).

A query runs and is written in the thread that calls: the engine's results cannot change threads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
from server.formats import Form
from server.lexer import Dataset, dataset, federates
from server.problems import FederationRefused, NotAcceptable, QueryMemory, ResultTooLarge

SHOWN = 8
"""How many of the tokens that the engine expected are named."""

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX = re.compile(r"([^\W\d_][\w.-]*)?:[\w.:-]*$")
_EXPECTED = re.compile(r'"(?:[^"\\]|\\.)+"|[A-Z_]{2,}')
_FROM = re.compile("from", re.IGNORECASE)
_XML = frozenset({"application/sparql-results+xml", "application/rdf+xml"})


@dataclass(frozen=True, slots=True)
class Task:
    """A query, the media type that each form of result would be written in (a missing one is not accepted), the dataset
    that the request asks for, and the bytes that the result may have. Only the local user may let it `federate`."""

    query: str
    media_types: Mapping[Form, str]
    limit: int
    dataset: Dataset | None = None
    acceptable: Mapping[Form, Sequence[str]] = field(default_factory=dict)
    federate: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A whole result."""

    form: Form
    media_type: str
    body: bytes


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
        FederationRefused: it has a SERVICE clause.
        NotAcceptable: its form of result is not among the media types.
        ResultTooLarge, QueryMemory: it goes beyond a limit.
    """
    if not task.federate and federates(task.query):
        raise FederationRefused("the query has a SERVICE clause; this server asks no other server")
    try:
        return _run(store, task, prefixes, base_iri)
    except OnrecordError:
        raise
    except SyntaxError as error:
        raise syntax_error(str(error.msg), task.query, prefixes) from error
    except MemoryError as error:
        raise QueryMemory("the query needs more memory than a query may take") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error


def _run(store: Store, task: Task, prefixes: Mapping[str, str], base_iri: str) -> Written:
    wanted = task.dataset or _clauses(task.query)
    if wanted is None:
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
    out = Counted(task.limit, xml=media_type in _XML)
    if isinstance(result, QueryTriples):
        serialize(result, out, _rdf_format(media_type), prefixes=dict(prefixes))  # type: ignore[arg-type]
    else:
        result.serialize(out, QueryResultsFormat.from_media_type(media_type))  # type: ignore[arg-type]
    return Written(form, media_type, out.body)


def _form(result: QuerySolutions | QueryBoolean | QueryTriples) -> Form:
    if isinstance(result, QueryTriples):
        return Form.GRAPH
    return Form.BOOLEAN if isinstance(result, QueryBoolean) else Form.SOLUTIONS


def _rdf_format(media_type: str) -> RdfFormat:
    format = RdfFormat.from_media_type(media_type)
    if format is None:
        raise InputError(f"{media_type} is no RDF format")
    return format


def _clauses(query: str) -> Dataset | None:
    """The dataset clauses when they need our help: the engine gives a triple of two FROM graphs twice."""
    if len(_FROM.findall(query)) < 2:
        return None
    clauses = dataset(query)
    return clauses if clauses and len(clauses.default) > 1 else None


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
    """The engine's message about a query, without the character classes of its grammar.

    >>> str(syntax_error("error at 1:8: expected one of FROM, WHERE, ['a' ..= 'z'], [_]", "SELECT *", {}))
    'line 1, column 8: not SPARQL from here on; expected FROM or WHERE'
    """
    match = _POSITION.match(message)
    if not match:
        return QueryError(message)
    line, column, expected = int(match[1]), int(match[2]), match[3]
    if "Prefix not found" in expected:
        lines = query.split("\n")
        found = _PREFIX.search(lines[line - 1][: column - 1]) if line <= len(lines) else None
        prefix = (found[1] or "") if found else ""
        known = prefixes.get(prefix)
        hint = f"; begin the query with PREFIX {prefix}: <{known}>" if known else ""
        start = found.start() + 1 if found else column
        return QueryError(f"the prefix {prefix}: is not declared{hint}", line=line, column=start)
    words = re.sub(r"\[.*?\](?=,|$)", "", expected.removeprefix("expected").removeprefix(" one of"), flags=re.DOTALL)
    names = [name.strip('"').replace('\\"', '"') for name in _EXPECTED.findall(words)]
    names = [name for name in dict.fromkeys(names) if name not in {"SERVICE", "LATERAL"}]
    what = f"; expected {_either(names)}" if names else ""
    return QueryError(f"not SPARQL from here on{what}", line=line, column=column)


def _either(names: Sequence[str]) -> str:
    shown = list(names[:SHOWN])
    if len(names) > SHOWN:
        return ", ".join(shown) + " …"
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))

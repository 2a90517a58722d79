"""Results as values that can be compared: booleans, solutions, graphs; blank nodes by what is said with them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Dataset as Quads

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[tuple[str, Term], ...]
"""Variables that have a value, by name."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """Rows under variables; `ordered` when their order counts, `lax` when how often a row comes does not."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    ordered: bool = False
    lax: bool = False


Result = bool | Solutions | frozenset[Quad] | str
"""What a query gave; a table of CSV is its text."""


def written(body: bytes, media_type: str, base_iri: str) -> Result:
    """A result that a server sent, or that a file of the tests holds, in the format of its media type.

    Raises:
        ValueError, SyntaxError: it is not of that format.
    """
    media_type = media_type.partition(";")[0].strip()
    if media_type == "text/csv":
        return body.decode()
    results = QueryResultsFormat.from_media_type(media_type)
    if results is not None:
        found = parse_query_results(body, format=results)
        return bool(found) if isinstance(found, QueryBoolean) else _solutions(found)
    return frozenset(parse(body, RdfFormat.from_media_type(media_type), base_iri=base_iri))


def expected(body: bytes, iri: str, *, lax: bool) -> Result:
    """What a test expects, by the suffix of its file; tables may be written as RDF."""
    suffix = PurePosixPath(iri).suffix[1:]
    if suffix in {"srx", "srj", "tsv", "csv"}:
        types = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
        media_type = types.get(suffix) or f"application/sparql-results+{'xml' if suffix == 'srx' else 'json'}"
        found = written(body, media_type, iri)
    else:
        format = RdfFormat.from_extension(suffix)
        found = frozenset(parse(body, format, base_iri=iri))
        table = _table(found)
        found = found if table is None else table
    return Solutions(found.variables, found.rows, found.ordered, lax) if isinstance(found, Solutions) else found


def canonical(result: Result) -> Result:
    """The result with each literal as the engine would have stored it."""
    if isinstance(result, Solutions):
        rows = tuple(tuple((name, _stored(term)) for name, term in row) for row in result.rows)
        return Solutions(result.variables, rows, result.ordered, result.lax)
    if isinstance(result, frozenset):
        store = Store()
        store.extend(result)
        return frozenset(store)
    return result


def same(found: Result, wanted: Result) -> bool:
    """Whether two results say the same."""
    if isinstance(found, Solutions) and isinstance(wanted, Solutions):
        return found.variables == wanted.variables and _same_rows(found, wanted)
    if isinstance(found, frozenset) and isinstance(wanted, frozenset):
        return _canonical(found) == _canonical(wanted)
    if isinstance(found, str) and isinstance(wanted, str):
        return sorted(_cells(found)) == sorted(_cells(wanted))
    return type(found) is type(wanted) and found == wanted


def _same_rows(found: Solutions, wanted: Solutions) -> bool:
    if wanted.lax:
        return set(found.rows) <= set(wanted.rows) and set(wanted.rows) <= set(found.rows)
    if wanted.ordered and [_shape(row) for row in found.rows] != [_shape(row) for row in wanted.rows]:
        return False
    grounds = [Counter(row for row in each.rows if not _anonymous(row)) for each in (found, wanted)]
    others = [_canonical(_described([row for row in each.rows if _anonymous(row)])) for each in (found, wanted)]
    return grounds[0] == grounds[1] and others[0] == others[1]


def _shape(row: Row) -> tuple[tuple[str, object], ...]:
    """A row whose blank nodes are all alike: enough to compare the order by."""
    return tuple((name, None if isinstance(term, BlankNode) else term) for name, term in row)


def _anonymous(row: Row) -> bool:
    return any("_:" in str(term) and not isinstance(term, NamedNode | Literal) for _, term in row)


def _described(rows: Sequence[Row]) -> frozenset[Quad]:
    """Rows as a graph: two are the same but for the names of blank nodes when their graphs are."""
    found = set()
    for row in rows:
        node = BlankNode()
        found.add(Quad(node, RDF_TYPE, NamedNode(RS + "ResultTable")))
        found |= {Quad(node, NamedNode(f"urn:variable:{name}"), term) for name, term in row}
    return frozenset(found)


def _canonical(quads: Iterable[Quad]) -> frozenset[str]:
    dataset = Quads(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _cells(text: str) -> list[tuple[tuple[str, str], ...]]:
    """The rows of a table, with their columns by name: their order is not told where a query selects all."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return [
        tuple(sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in zip(head, row, strict=True)))
        for row in rows
    ]


def _stored(term: Term) -> Term:
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:a"), term))
    return next(iter(store)).object if not isinstance(term, BlankNode) else term


def _solutions(found: Iterable[object]) -> Solutions:
    names = [variable.value for variable in found.variables]  # type: ignore[attr-defined]
    rows = [
        tuple((name, term) for name, term in sorted(zip(names, row, strict=True)) if term is not None)  # type: ignore[call-overload]
        for row in found
    ]
    return Solutions(frozenset(names), tuple(rows))


def _table(quads: frozenset[Quad]) -> bool | Solutions | None:
    """A result that is written as RDF (https://www.w3.org/2001/sw/DataAccess/tests/result-set); None for a graph."""
    about: dict[Term, dict[str, list[Term]]] = {}
    for quad in quads:
        about.setdefault(quad.subject, {}).setdefault(quad.predicate.value.removeprefix(RS), []).append(quad.object)
    for said in about.values():
        if "boolean" in said and isinstance(said["boolean"][0], Literal):
            return said["boolean"][0].value == "true"
        if NamedNode(RS + "ResultSet") in said.get(RDF_TYPE.value, ()):
            names = frozenset(each.value for each in said.get("resultVariable", ()) if isinstance(each, Literal))
            solutions = [about.get(node, {}) for node in said.get("solution", ())]
            ordered = any("index" in each for each in solutions)
            solutions.sort(key=lambda each: int(getattr(each["index"][0], "value", 0)) if "index" in each else 0)
            return Solutions(names, tuple(_row(about, each) for each in solutions), ordered)
    return None


def _row(about: dict[Term, dict[str, list[Term]]], solution: dict[str, list[Term]]) -> Row:
    bindings = [about[node] for node in solution.get("binding", ())]
    return tuple(sorted(((str(getattr(each["variable"][0], "value", "")), each["value"][0]) for each in bindings),
                        key=lambda pair: pair[0]))  # fmt: skip

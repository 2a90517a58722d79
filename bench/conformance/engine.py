"""The tests of evaluation and of syntax on the engine alone, in this process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from bench.conformance.manifest import Case, Dataset, path
from bench.conformance.results import Result, canonical, expected, same, written
from bench.conformance.verdict import Outcome, Verdict
from server.workers.lexer import dataset

LEFT_OUT = {
    "sparql11/entailment": "entailment regimes are not offered",
    "sparql11/service": "asks other servers, which are not there",
    "sparql11/syntax-fed": "asks other servers, which are not there",
}
"""Suites that are not run, and why."""

_LOAD = re.compile(r"\bLOAD\b", re.IGNORECASE)


def left_out(case: Case, text: str) -> str | None:
    """Why a test is not run; None for one that is."""
    suite = case.name.rpartition("/")[0]
    if suite in LEFT_OUT:
        return LEFT_OUT[suite]
    if "Update" in case.kind and _LOAD.search(text):
        return "loads from other servers, which are not there"
    return None


def text_of(directory: Path, case: Case) -> str:
    """The query or update of a test."""
    assert case.text is not None, f"{case.name} has no text"
    return path(directory, case.text).read_bytes().decode("utf-8", "surrogateescape")


def read_graph(directory: Path, iri: str) -> list[Quad]:
    """The quads of a file, all in its default graph; blank nodes of two files are never the same."""
    data = path(directory, iri).read_bytes()
    format = RdfFormat.from_extension(iri.rpartition(".")[2])
    return list(parse(data, format, base_iri=iri, rename_blank_nodes=True))


def wanted(directory: Path, case: Case) -> Result:
    """What a query is to give."""
    assert case.result is not None, f"{case.name} has no result"
    return expected(path(directory, case.result).read_bytes(), case.result, lax=case.lax)


def graphs_of(directory: Path, case: Case, text: str) -> Dataset:
    """The dataset of a test, with the graphs that its query names itself."""
    clauses = dataset(text, case.text or "")
    if case.data != Dataset() or clauses is None:
        return case.data
    named = (iri for iri in dict.fromkeys((*clauses.default, *clauses.named)) if path(directory, iri).exists())
    return Dataset((), tuple((iri, iri) for iri in named))


def filled(directory: Path, data: Dataset) -> Store:
    """A store with a dataset."""
    store = Store()
    for iri in data.default:
        store.extend(read_graph(directory, iri))
    for name, iri in data.named:
        store.add_graph(NamedNode(name))
        store.extend(in_graph(read_graph(directory, iri), name))
    return store


def judged(name: str, found: Result, wanted: Result) -> Verdict:
    """The verdict on a result."""
    if same(found, wanted):
        return Verdict(name, Outcome.PASSED)
    if same(canonical(found), canonical(wanted)):
        return Verdict(name, Outcome.FORM, "literals in another form")
    return Verdict(name, Outcome.FAILED, "another result")


def run(directory: Path, case: Case) -> Verdict:
    """One test of evaluation or syntax."""
    text = text_of(directory, case)
    if reason := left_out(case, text):
        return Verdict(case.name, Outcome.LEFT_OUT, reason)
    try:
        if "Update" in case.kind:
            return _update(directory, case, text)
        found = _query(directory, case, text)
    except SyntaxError as error:
        if case.kind.startswith("Negative"):
            return Verdict(case.name, Outcome.PASSED)
        return Verdict(case.name, Outcome.FAILED, f"not taken: {error.msg}"[:80])
    except (OSError, ValueError, RuntimeError) as error:
        # What fails when it is evaluated is well-formed.
        if case.kind.startswith("Positive"):
            return Verdict(case.name, Outcome.PASSED)
        return Verdict(case.name, Outcome.FAILED, f"{type(error).__name__}: {error}"[:80])
    if case.kind.startswith("Negative"):
        return Verdict(case.name, Outcome.FAILED, "taken")
    if case.kind.startswith("Positive"):
        return Verdict(case.name, Outcome.PASSED)
    return judged(case.name, found, wanted(directory, case))


def _query(directory: Path, case: Case, text: str) -> Result:
    data = graphs_of(directory, case, text)
    result = filled(directory, data).query(text, base_iri=case.text)
    if isinstance(result, QueryTriples):
        return frozenset(Quad(*triple) for triple in result)
    format = QueryResultsFormat.JSON
    if case.result is not None and case.result.endswith((".csv", ".tsv")) and isinstance(result, QuerySolutions):
        format = QueryResultsFormat.CSV if case.result.endswith(".csv") else QueryResultsFormat.TSV
    assert isinstance(result, QueryBoolean | QuerySolutions)
    body = result.serialize(format=format) or b""
    return written(body, format.media_type, case.text or "")


def _update(directory: Path, case: Case, text: str) -> Verdict:
    store = filled(directory, case.data)
    try:
        store.update(text, base_iri=case.text)
    except SyntaxError:
        raise
    except (OSError, ValueError, RuntimeError):
        # An operation that fails is well-formed.
        if case.kind == "UpdateEvaluationTest":
            raise
    if case.kind.startswith("Negative"):
        return Verdict(case.name, Outcome.FAILED, "taken")
    if case.kind.startswith("Positive"):
        return Verdict(case.name, Outcome.PASSED)
    return judged(case.name, frozenset(store), frozenset(filled(directory, case.after)))


def in_graph(quads: Iterable[Quad], name: str) -> list[Quad]:
    """The quads of a file's default graph, in a graph of that name."""
    graph = NamedNode(name)
    return [
        Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads if quad.graph_name == DefaultGraph()
    ]

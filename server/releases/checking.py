"""Documents as they may be published: each graph with the verdict of the shapes, on several processors if need be.

pySHACL takes longer than all other steps together, and a document's verdict depends on no other document.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache

from pyoxigraph import NamedNode, Quad

from ingest.pipeline import DocumentGraph
from ontology.namespaces import Base
from server.releases.admission import admitted, facts_of, problems
from server.releases.assembly import Contribution
from server.releases.manifest import DocumentEntry, Problem
from server.releases.release import DOCUMENTS
from server.releases.store import canonical
from shapes.check import check
from shapes.context import Descriptions
from shapes.report import Report

WINDOW = 4
"""Graphs for each process that may wait to be checked, so that memory does not grow with the corpus."""


def contributions(graphs: Iterable[tuple[DocumentGraph, str]], base: Base, jobs: int = 1) -> Iterator[Contribution]:
    """What each document brings, in the given order. `graphs` are pairs of a document's graph and its fingerprint."""
    if jobs <= 1:
        for graph, fingerprint in graphs:
            yield contribution(graph, fingerprint, base)
        return
    waiting: deque[Future[Contribution]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as executor:
        try:
            for graph, fingerprint in graphs:
                waiting.append(executor.submit(contribution, graph, fingerprint, base))
                if len(waiting) >= WINDOW * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def contribution(graph: DocumentGraph, fingerprint: str, base: Base) -> Contribution:
    """What one document brings: its quads but for those that violate, and what is to be said about it."""
    document = graph.document
    quads, report = verdict(canonical(graph.quads), base.doc(document.name), base)
    entry = DocumentEntry(
        document.name,
        str(document.path),
        document.sha256,
        fingerprint,
        f"{DOCUMENTS}/{document.name}.txt",
        len(facts_of(quads)),
        document.member,
    )
    told = [Problem(problem.message, problem.place, document.name) for problem in graph.problems]
    told += [Problem(notice, None, document.name) for notice in graph.notices]
    return Contribution(entry, document.text, quads, (*told, *problems(report, document.name)), report)


def verdict(quads: Iterable[Quad], document: NamedNode, base: Base) -> tuple[frozenset[Quad], Report]:
    """The quads that get in, and the report on all of them.

    What is left after a violation is checked again, since a thing may miss what left with a fact.
    """
    kept, reports = frozenset(quads), []
    while True:
        report = check(kept, _descriptions(base).named_in(kept))
        reports.append(report)
        left = admitted(kept, document, report)
        if left == kept:
            return kept, Report.merge(reports)
        kept = left


@cache
def _descriptions(base: Base) -> Descriptions:
    return Descriptions.load(base)

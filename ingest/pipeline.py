"""One document's way from its text to its graph: extract, resolve, map.

A fact that does not stand in the document, or whose names cannot be resolved, is left out and told as a problem. Only a
reviewed annotation is held to be right as a whole: what is wrong with it is an error, for its author to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import Quad

from ingest import mapping
from ingest.annotation import EXTRACTOR as REVIEWED
from ingest.declarations import Declarations
from ingest.document import Document
from ingest.extraction import Extraction, Extractor
from ingest.facts import Fact
from ingest.merging import disputes, merged
from ingest.packing import packed, unpacked
from ingest.problem import Problem
from ingest.resolution import Resolver, Scope
from ontology.errors import InputError, NotFound


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """A document, its facts and quads, all in its own graph, what did not get in, and the names that it introduces."""

    document: Document
    facts: tuple[Fact, ...]
    quads: tuple[Quad, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    declarations: Declarations = field(default_factory=Declarations)
    unfinished: bool = False

    def __reduce__(self) -> tuple[Callable[..., DocumentGraph], tuple[Any, ...]]:
        quads = packed(self.quads)
        return _restored, (
            self.document,
            self.facts,
            quads,
            self.problems,
            self.notices,
            self.declarations,
            self.unfinished,
        )


def _restored(document: Document, facts: tuple[Fact, ...], quads: bytes, *rest: Any) -> DocumentGraph:
    return DocumentGraph(document, facts, unpacked(quads), *rest)


def process(document: Document, extractors: Sequence[Extractor], resolver: Resolver) -> DocumentGraph:
    """Everything that a document puts on record.

    Args:
        document: the document, as it was read.
        extractors: what reads its facts. A review wins: its facts are then the document's, and no other extractor is
            asked. Else facts of several extractors that say the same are one fact.
        resolver: the known actors and topics, and the base of the IRIs.

    Raises:
        InputError: its reviewed annotation is wrong.
    """
    extractions = _extractions(document, extractors)
    declarations = Declarations(
        tuple(actor for extraction in extractions for actor in extraction.declarations.actors),
        tuple(thing for extraction in extractions for thing in extraction.declarations.things),
    )
    scope = resolver.scope(document.name, declarations)
    problems = [problem for extraction in extractions for problem in extraction.problems]
    review = next((extraction.review for extraction in extractions if extraction.review is not None), None)
    facts = [fact for extraction in extractions for fact in extraction.facts]
    facts = _keep(facts, document, problems, lambda fact: _ungrounded(fact, document))
    if len({fact.extractor for fact in facts}) > 1:
        facts = list(merged(facts, scope.key))
    try:
        quads = mapping.quads(document, facts, scope, review, disputes(facts, scope.key))
    except NotFound:
        facts = _keep(facts, document, problems, lambda fact: _unresolved(fact, document, scope))
        quads = mapping.quads(document, facts, scope, review, disputes(facts, scope.key))
    notices = tuple(notice for extraction in extractions for notice in extraction.notices)
    unfinished = any(extraction.unfinished for extraction in extractions)
    return DocumentGraph(document, tuple(facts), tuple(quads), tuple(problems), notices, declarations, unfinished)


def _extractions(document: Document, extractors: Sequence[Extractor]) -> list[Extraction]:
    """What each extractor reads, the review's first; only the review's when there is one."""
    extractions: list[Extraction] = []
    for extractor in sorted(extractors, key=lambda each: each.name != REVIEWED):
        extraction = extractor.extract(document)
        if extraction.review is not None:
            return [extraction]
        if extractor.name == REVIEWED and len(extractors) > 1:
            # That there is no review is worth a word only where nothing else reads.
            extraction = replace(extraction, notices=())
        extractions.append(extraction)
    return extractions


def _keep(
    facts: Iterable[Fact], document: Document, problems: list[Problem], wrong_with: Callable[[Fact], str | None]
) -> list[Fact]:
    """The facts with which nothing is wrong; the others become problems, or an error when they are reviewed."""
    kept = []
    for fact in facts:
        wrong = wrong_with(fact)
        if wrong is None:
            kept.append(fact)
            continue
        start, end = fact.span
        problem = Problem(str(document.path), f"{fact.kind} at {start}-{end} ({fact.extractor}): {wrong}")
        if fact.extractor == REVIEWED:
            raise InputError(problem.message, problem.place)
        problems.append(problem)
    return kept


def _ungrounded(fact: Fact, document: Document) -> str | None:
    for segment in fact.evidence:
        if not document.holds(segment.start, segment.end, segment.exact):
            return f"the characters {segment.start} to {segment.end} are not {segment.exact!r}"
    return None


def _unresolved(fact: Fact, document: Document, scope: Scope) -> str | None:
    try:
        mapping.quads(document, [fact], scope)
    except NotFound as error:
        return str(error)
    return None

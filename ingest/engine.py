"""Many documents at once, on the processors of one machine, with results in the order of the input."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ingest.annotation import EXTRACTOR as REVIEWED
from ingest.document import Document
from ingest.extraction import Extraction, Extractor
from ingest.pipeline import DocumentGraph, process
from ingest.plan import Plan
from ingest.reading.inventory import Entry, OnFault, entries, read_again
from ingest.reading.reader import document as read_record
from ingest.reading.records import Record
from ingest.resolution import Resolver
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.errors import InputError
from ontology.namespaces import Base
from ontology.topics import Topics

WINDOW: Final = 16
"""Documents for each process that may wait, so that memory does not grow with the corpus."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What extractors are made with: the known names, and the language model of spaCy, by path, if not the default."""

    authority: Authority
    topics: Topics
    model: str | None = None


def _reviewed(tools: Tools) -> Extractor:
    return ReviewedExtractor(tools.authority, tools.topics)


def _rules(tools: Tools) -> Extractor:
    from ingest.language.model import load
    from ingest.rules.extractor import RulesExtractor

    return RulesExtractor(tools.authority, tools.topics, load(tools.model))


def _llm(tools: Tools) -> Extractor:
    from ingest.llm.extractor import ModelExtractor
    from ingest.llm.settings import ModelSettings

    return ModelExtractor(ModelSettings.read(), tools.authority, tools.topics)


EXTRACTORS: Final[Mapping[str, Callable[[Tools], Extractor]]] = {REVIEWED: _reviewed, "rules": _rules, "llm": _llm}
"""Every extractor by the name that users give. Each imports what it needs when it is made."""


class _Lazy:
    """An extractor that is made when it is first asked: documents with a review need no language model."""

    def __init__(self, name: str, tools: Tools) -> None:
        self.name = name
        self._tools = tools
        self._made: Extractor | None = None

    def extract(self, document: Document) -> Extraction:
        """As the extractor does."""
        if self._made is None:
            self._made = EXTRACTORS[self.name](self._tools)
        return self._made.extract(document)


def run(
    documents: Mapping[Path, str] | Iterable[Entry], plan: Plan, jobs: int = 1, on_fault: OnFault | None = None
) -> Iterator[DocumentGraph]:
    """The graphs of documents, in their order.

    Args:
        documents: files with their short names, as `ingest.document.short_names` gives them, or the entries of an
            inventory (`ingest.reading.inventory`).
        plan: extractors and base.
        jobs: how many processes read; with 1, this one does.
        on_fault: told of each document that cannot be read, which is left out. Without it, that is an error.

    Raises:
        InputError: a reviewed annotation is wrong, or, without `on_fault`, a document cannot be read.
    """
    if jobs < 1:
        raise InputError(f"at least one job is needed, not {jobs}", "--jobs")
    tell = on_fault or _raise
    listed = entries(documents, tell) if isinstance(documents, Mapping) else tuple(documents)
    tasks = ((record, entry.name, plan) for entry, record in read_again(listed, tell))
    for result in map(_read, tasks) if jobs == 1 or len(listed) < 2 else _spread(tasks, min(jobs, len(listed))):
        if isinstance(result, DocumentGraph):
            yield result
        else:
            tell(result)


Task = tuple[Record, str, Plan]


def _spread(tasks: Iterable[Task], jobs: int) -> Iterator[DocumentGraph | InputError]:
    """Results in the order of the tasks, of which only a few for each process are held at a time."""
    # Spawned, not forked: a fork would copy the threads' locks of whoever calls, and not every platform has it.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[DocumentGraph | InputError]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        try:
            for task in tasks:
                waiting.append(executor.submit(_read, task))
                if len(waiting) >= WINDOW * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _read(task: Task) -> DocumentGraph | InputError:
    """The graph of one document, or why it cannot be read; a wrong annotation is raised."""
    record, name, plan = task
    try:
        document = read_record(record, name)
    except InputError as error:
        return error
    extractors, resolver = _tools(plan)
    return process(document, extractors, resolver)


def _raise(fault: InputError) -> None:
    raise fault


@cache
def _tools(plan: Plan) -> tuple[Sequence[Extractor], Resolver]:
    """Made once in each process: loading the authority file costs more than reading a document."""
    base = Base(plan.base)
    authority, topics = Authority.load(base), Topics.load(base)
    tools = Tools(authority, topics, plan.model)
    return [_Lazy(name, tools) for name in plan.extractors], Resolver(authority, topics, base)

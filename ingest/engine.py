"""Many documents at once, on the processors of one machine, with results in the order of the input."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from ingest.annotation import EXTRACTOR as REVIEWED
from ingest.document import read
from ingest.extraction import Extractor
from ingest.pipeline import DocumentGraph, process
from ingest.resolution import Resolver
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.errors import InputError, NotFound
from ontology.namespaces import CANONICAL_BASE, Base
from ontology.topics import Topics


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


@dataclass(frozen=True, slots=True)
class Plan:
    """How documents are to be read; small enough to be sent to other processes."""

    extractors: tuple[str, ...] = (REVIEWED,)
    base: str = CANONICAL_BASE
    model: str | None = None

    def __post_init__(self) -> None:
        if not self.extractors:
            raise InputError("no extractor is given")
        for name in self.extractors:
            if name not in EXTRACTORS:
                nearest = get_close_matches(name, EXTRACTORS, n=3, cutoff=0.3) or list(EXTRACTORS)
                raise NotFound(f"there is no extractor {name!r}", nearest=nearest)


def run(documents: Mapping[Path, str], plan: Plan, jobs: int = 1) -> Iterator[DocumentGraph]:
    """The graphs of documents, given as paths with their short names, in that order.

    Args:
        documents: what `ingest.document.short_names` gives.
        plan: extractors and base.
        jobs: how many processes read; with 1, this one does.

    Raises:
        InputError: a document cannot be read, or its reviewed annotation is wrong; nothing after it is given.
    """
    if jobs < 1:
        raise InputError(f"at least one job is needed, not {jobs}", "--jobs")
    tasks = [(path, name, plan) for path, name in documents.items()]
    if jobs == 1 or len(tasks) < 2:
        yield from map(_read, tasks)
        return
    # Spawned, not forked: a fork would copy the threads' locks of whoever calls, and not every platform has it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as executor:
        try:
            yield from executor.map(_read, tasks, chunksize=max(1, min(16, len(tasks) // (4 * jobs))))
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _read(task: tuple[Path, str, Plan]) -> DocumentGraph:
    path, name, plan = task
    extractors, resolver = _tools(plan)
    return process(read(path, name), extractors, resolver)


@cache
def _tools(plan: Plan) -> tuple[Sequence[Extractor], Resolver]:
    """Made once in each process: loading the authority file costs more than reading a document."""
    base = Base(plan.base)
    authority, topics = Authority.load(base), Topics.load(base)
    tools = Tools(authority, topics, plan.model)
    return [EXTRACTORS[name](tools) for name in plan.extractors], Resolver(authority, topics, base)

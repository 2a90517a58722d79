"""Every system on the same documents and the same model, in one run: scores, speed, memory, growth."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bench.reading import attributions, cost, gold, growth
from bench.reading.corpora import CORPORA
from bench.reading.cost import Cost
from bench.reading.growth import Growth
from bench.reading.machine import scaling
from bench.reading.scores import Scores, score
from bench.reading.systems import ALIKE, PEERS, system

OURS = "rules"
PART = "dev"
"""The part of public corpora that is scored."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is measured: `documents` for the speed, `long_run` for the memory, texts of up to `largest` characters."""

    gold: tuple[Path, ...]
    corpora: tuple[tuple[str, Path], ...] = ()
    documents: int = 300
    long_run: int = 1_000
    largest: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one system on one set."""

    name: str
    system: str
    scores: Scores


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured; `machine_scaling` is what the machine itself gives two processes over one."""

    sets: tuple[Scored, ...]
    corpora: tuple[Scored, ...]
    costs: tuple[Cost, ...]
    long_run: Cost
    growths: tuple[Growth, ...]
    machine_scaling: float


def measure(settings: Settings) -> Results:
    """Run everything, one thing after the other; each step is told on standard error.

    Raises:
        InputError: a set or a corpus cannot be read.
    """
    given = gold.tools()
    names = (OURS, *(name for name in PEERS if name not in ALIKE))
    sets: list[Scored] = []
    corpora: list[Scored] = []
    annotated = [(str(path), gold.load([path], given)) for path in settings.gold]
    for name in names:
        _tell(f"{name}: scores")
        loaded = system(name, given)
        sets += [
            Scored(path, name, score(gold.readings(documents, loaded), given.authority))
            for path, documents in annotated
        ]
        corpora += [
            Scored(f"{corpus}, {PART}", name, attributions.score(CORPORA[corpus](path, PART), loaded))
            for corpus, path in settings.corpora
        ]
    _tell("speed")
    costs = [cost.measured(name, settings.gold, settings.documents) for name in (OURS, *PEERS)]
    costs += [cost.measured(OURS, settings.gold, settings.documents, jobs) for jobs in (1, 2)]
    given_by_machine = scaling(2)
    _tell("memory over many documents")
    long_run = cost.measured(OURS, settings.gold, settings.long_run)
    _tell("time against length")
    growths = [growth.measured(OURS, shape, settings.gold, settings.largest) for shape in growth.SHAPES]
    by_set = sorted(sets, key=lambda each: [path for path, _ in annotated].index(each.name))
    by_corpus = sorted(corpora, key=lambda each: each.name)
    return Results(tuple(by_set), tuple(by_corpus), tuple(costs), long_run, tuple(growths), given_by_machine)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)

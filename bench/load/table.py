"""The figures of a run as a table: a line for each kind of load and server, with the ratio to `oxigraph serve`."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.load.client import Figures

AGAINST = "oxigraph"

COLUMNS = (
    *("load", "server", "answers/s", "p50 ms", "p99 ms", "worst ms", "not 200", "no answer"),
    *("processor ms each", "MB", f"ratio to {AGAINST} (lowest to highest round)", "goal"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """All rounds of one load on one server, the goal that is set for its ratio, and the processor's seconds of the
    server for each good answer, with what its processes had of memory in the end."""

    load: str
    system: str
    goal: float | None
    rounds: tuple[Figures, ...]
    processor: float
    memory: int

    @property
    def rate(self) -> float:
        """Good answers a second: the median of the rounds."""
        return statistics.median(figures.rate for figures in self.rounds)

    @property
    def answers(self) -> int:
        """Good answers in all rounds."""
        return sum(figures.requests - figures.refused for figures in self.rounds)


def ratios(measured: Measured, other: Measured) -> list[float]:
    """How many times as many answers a second as another gave in the same round, where that gave any."""
    pairs = zip(measured.rounds, other.rounds, strict=True)
    return [mine.rate / theirs.rate for mine, theirs in pairs if theirs.rate]


def markdown(rows: Sequence[Measured]) -> str:
    """The table."""
    head = "| " + " | ".join(COLUMNS) + " |"
    rule = "|---|---|" + "---:|" * (len(COLUMNS) - 2)
    lines = [_line(row, _of(rows, row.load, AGAINST)) for row in rows]
    return "\n".join([head, rule, *lines]) + "\n"


def _line(row: Measured, against: Measured | None) -> str:
    rounds = row.rounds
    cells = [
        row.load,
        row.system,
        f"{row.rate:,.1f}" if row.rate < 100 else f"{row.rate:,.0f}",
        _milliseconds(each.p50 for each in rounds),
        _milliseconds(each.p99 for each in rounds),
        f"{max(each.worst for each in rounds) * 1000:,.0f}",
        str(sum(each.refused for each in rounds)),
        str(sum(each.lost for each in rounds)),
        f"{row.processor * 1000 / row.answers:.3f}" if row.answers else "–",
        f"{row.memory / 1e6:,.0f}",
        _ratio(row, against),
        f"≥ {row.goal:g}" if row.goal is not None and row.system == "onrecord" else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _milliseconds(values: Iterable[float]) -> str:
    return f"{statistics.median(values) * 1000:,.2f}"


def _ratio(row: Measured, against: Measured | None) -> str:
    if against is None or row.system == AGAINST:
        return ""
    found = sorted(ratios(row, against))
    return f"{statistics.median(found):.2f} ({found[0]:.2f} to {found[-1]:.2f})" if found else "–"


def _of(rows: Iterable[Measured], load: str, system: str) -> Measured | None:
    return next((row for row in rows if row.load == load and row.system == system), None)

"""The command: the same load on each server in turn, several rounds of it, and a table of throughput and latency.

python -m bench.load --triples 1000000 --rounds 3 --seconds 6
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.load import hostile
from bench.load.client import Figures, run, write, wrk
from bench.load.questions import LOADS, Load, first
from bench.load.release import made
from bench.load.systems import SYSTEMS, Running, running
from bench.load.table import Measured, markdown
from ontology.errors import InputError, OnrecordError
from server.releases.release import Release

REQUESTS = {"lookups": 200_000, "joins": 40_000, "aggregates": 2_000, "canned": 60_000}
"""How many requests of each kind there are before they begin anew; a run asks fewer."""

WARMING = 1.0
"""Seconds of load before the first round that are not counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes: rounds of so many seconds over so many connections, and where its files lie."""

    rounds: int
    seconds: float
    connections: int
    strangers: int
    scratch: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 when something is not there."""
    options = _parser().parse_args(arguments)
    # The servers are ended on the way out, also when a time limit ends the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        print(_report(options))
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _report(options: argparse.Namespace) -> str:
    wrk()
    release = made(options.directory, options.triples, _tell, options.seed)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="load-", dir=options.directory)))
        plan = Plan(options.rounds, options.seconds, options.connections, options.strangers, scratch)
        settings = dict(options.set)
        servers = []
        for name in options.systems:
            _tell(f"{name} is started")
            servers.append(stack.enter_context(running(SYSTEMS[name], release, scratch, settings)))
        rows = []
        for load in (load for load in LOADS if load.name in options.loads):
            rows += measure(load, release, servers, plan, options.seed)
        rows += [
            row
            for load in (load for load in LOADS if load.name in options.beside)
            for row in measure(load, release, servers, plan, options.seed + 1, strangers=True)
        ]
        ends = [(server.system.name, hostile.survives(server)) for server in servers if options.overflow]
    return "\n".join([_heading(release, options), markdown(rows), *(_end(*each) for each in ends)])


def measure(
    load: Load, release: Release, servers: Sequence[Running], plan: Plan, seed: int, *, strangers: bool = False
) -> list[Measured]:
    """All rounds of one kind of load on each server. In each round every server has its turn, so that what else the
    machine does falls on all of them; each goes on in the list of requests where it stopped."""
    questions = first(load.questions(release, seed), REQUESTS[load.name])
    name = f"{load.name}, strangers beside" if strangers else load.name
    rows = []
    passed = dict.fromkeys((server.system.name for server in servers), 0)
    files = {server.system.name: plan.scratch / f"{server.system.name}.requests" for server in servers}
    for server in servers:
        write(questions, server.system, files[server.system.name])
    rounds: dict[str, list[Figures]] = {server.system.name: [] for server in servers}
    spent = dict.fromkeys(rounds, 0.0)
    for number in range(plan.rounds + 1):
        for server in servers:
            system = server.system.name
            seconds = plan.seconds if number else WARMING
            before = server.processor()
            with ExitStack() as stack:
                if strangers:
                    stack.enter_context(hostile.beside(server, plan.strangers))
                figures = run(server.url, files[system], passed[system], seconds, plan.connections)
            passed[system] += figures.requests
            if number:
                spent[system] += server.processor() - before
                rounds[system].append(figures)
                _tell(f"{name}, round {number}: {system} {figures.rate:,.1f}/s")
    for server in servers:
        system = server.system.name
        goal = None if strangers else load.goal
        rows.append(Measured(name, system, goal, tuple(rounds[system]), spent[system], server.memory()))
    return rows


def _heading(release: Release, options: argparse.Namespace) -> str:
    counts = release.manifest.counts
    return (
        f"{counts.triples:,} triples in the default graph of {counts.documents:,} documents; "
        f"{options.rounds} rounds of {options.seconds:g} s over {options.connections} connections of wrk, one thread; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"load at the end {os.getloadavg()[0]:.1f}.\n"
    )


def _end(name: str, survives: bool) -> str:
    after = f"{hostile.PARENTHESES:,} parentheses in a query"
    return f"{name} {'answers' if survives else 'no longer answers'} after {after}."


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"{text!r} is not NAME=VALUE", "--set")
    return name, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description="The same load on several servers.")
    loads = [load.name for load in LOADS]
    add = parser.add_argument
    add("--triples", type=int, default=1_000_000, help="about how many triples the default graph has")
    add("--seed", type=int, default=0, help="which invented documents and which questions")
    add("--directory", type=Path, default=Path(".load"), help="where the invented release is kept for the next run")
    add("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="which servers")
    add("--loads", nargs="*", choices=loads, default=loads, help="which loads")
    add("--beside", nargs="*", choices=loads, default=["lookups", "canned"], help="which ones with strangers beside")
    add("--rounds", type=int, default=3, help="how often each is measured")
    add("--seconds", type=float, default=6.0, help="how long each round of each server is")
    add("--connections", type=int, default=8, help="connections of the client")
    add("--strangers", type=int, default=4, help="connections of strangers")
    add("--overflow", action="store_true", help="in the end, ask each what overflows stacks, which may end it")
    add("--set", type=_setting, nargs="*", default=[], metavar="NAME=VALUE", help="environment of the servers")
    return parser


if __name__ == "__main__":
    sys.exit(main())

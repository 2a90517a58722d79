"""How long the commands take, each as a whole process from start to exit: `make bench` prints the table.

Times are wall-clock medians of several runs, with the fastest and the slowest beside them. `cold` builds in an empty
directory; `unchanged` builds again where nothing has changed.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = [sys.executable, "-m", "server.cli"]
RUNS = int(os.environ.get("RUNS", "7"))


@dataclass(frozen=True)
class Measurement:
    """Seconds of every run of one command."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.seconds)


def seconds(arguments: Sequence[str], home: Path) -> float:
    """The time of one process, which must succeed."""
    started = time.perf_counter()
    subprocess.run([*COMMAND, "--home", str(home), *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def measure(
    name: str, arguments: Sequence[str], home: Path, *, runs: int = RUNS, before: Callable[[], None] | None = None
) -> Measurement:
    """Run a command several times, with `before` called, untimed, ahead of each run."""
    taken = []
    for _ in range(runs):
        if before:
            before()
        taken.append(seconds(arguments, home))
    return Measurement(name, tuple(taken))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        cold = measure(
            "build the seeds, cold", ["build"], home, runs=min(RUNS, 5), before=lambda: shutil.rmtree(home, True)
        )
        rows = [
            cold,
            measure("build the seeds, unchanged", ["build"], home),
            measure("ask who-said-what --about ai", ["ask", "who-said-what", "--about", "ai"], home),
            measure("ask (the catalogue)", ["ask"], home),
            measure("--help", ["--help"], home),
            measure("--version", ["--version"], home),
        ]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| command | median s | fastest | slowest | runs |")
    print("|---|---:|---:|---:|---:|")
    for row in rows:
        print(
            f"| {row.name} | {row.median:.2f} | {min(row.seconds):.2f} | {max(row.seconds):.2f} | {len(row.seconds)} |"
        )


if __name__ == "__main__":
    main()

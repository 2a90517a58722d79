"""What the machine itself gives to several processes: the ceiling of what reading in several can gain on it.

Cores that share their arithmetic, or that a host lends to others, give two processes less than twice the work of one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

_STEPS = 5_000_000
_ROUNDS = 5


def scaling(processes: int) -> float:
    """How many times the plain arithmetic of one process so many do at once, each working for itself.

    The median of several rounds, alone and together in turn, so that the machine's moods weigh on both.
    """
    ratios = []
    for _ in range(_ROUNDS):
        alone = max(_together(1))
        ratios.append(processes * alone / max(_together(processes)))
    return sorted(ratios)[_ROUNDS // 2]


def _together(processes: int) -> list[float]:
    command = [sys.executable, "-m", "bench.reading.machine", "--once"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return [float(each.communicate()[0]) for each in running]


def _once() -> float:
    started = time.perf_counter()
    total = 0
    for number in range(_STEPS):
        total += number
    return time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds of one round of arithmetic, or what two processes gain on this machine."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.machine", description="Measure the machine.")
    parser.add_argument("--once", action="store_true", help="one process's seconds")
    print(_once() if parser.parse_args(arguments).once else scaling(2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The client: wrk (https://github.com/wg/wrk), which takes less of the processor than any of the servers, so that they
and not the client decide. One thread of it walks a file of requests over several connections that are kept.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.load.questions import Question
from bench.load.systems import System
from ontology.errors import InputError

WALK = Path(__file__).with_name("walk.lua")
PATIENCE = 30
"""Seconds after which a request is given up."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What wrk saw: answers, seconds, latencies in seconds, answers that were no 200, and requests without answer."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    worst: float
    refused: int
    lost: int

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.requests - self.refused) / self.seconds if self.seconds else 0.0


def wrk() -> str:
    """Where wrk is.

    Raises:
        InputError: it is not installed.
    """
    found = shutil.which("wrk")
    if found is None:
        raise InputError("wrk makes the load and is not installed; most systems have a package of that name", "wrk")
    return found


def write(questions: Iterable[Question], system: System, path: Path) -> int:
    """Writes the requests by which a system is asked; returns how many there are."""
    lines = [system.request(question) for question in questions]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return len(lines)


def run(url: str, requests: Path, passed: int, seconds: float, connections: int) -> Figures:
    """Puts load on a server for some seconds, from a line of the file on.

    Raises:
        InputError: wrk cannot be run.
    """
    command = [wrk(), "-t1", f"-c{connections}", f"-d{seconds:g}s", f"--timeout={PATIENCE}s", "-s", str(WALK), url]
    ran = subprocess.run(
        [*command, "--", str(requests), str(passed)],
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds + 2 * PATIENCE,
    )
    if ran.returncode != 0:
        raise InputError(f"wrk failed: {ran.stderr.strip() or ran.stdout.strip()}", url)
    return read(ran.stdout)


def read(printed: str) -> Figures:
    """The figures in what wrk and the script print.

    Raises:
        InputError: they are not there.
    """
    last = printed.strip().rpartition("\n")[2]
    try:
        return Figures(**json.loads(last))
    except (ValueError, TypeError) as error:
        raise InputError(f"wrk printed no figures: {last!r}", "wrk") from error

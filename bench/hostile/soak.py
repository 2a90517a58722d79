"""The soak itself: a server is started on a release of the seeds, a well-behaved client asks it alone and then beside
hostile ones, and what is found is one record."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bench.hostile import processes
from bench.hostile.kinds import KINDS, plan
from bench.hostile.neighbour import Neighbour, Waits
from bench.hostile.wire import Target

NEIGHBOUR = "127.0.0.2"
COMMAND = [sys.executable, "-m", "server.cli"]
READY_SECONDS = 120.0
QUIET_SECONDS = 5.0
_ADDRESS = re.compile(r"http://\S+(?=/)")

Answers = Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many hostile requests, from how many addresses, how many at once; how long the neighbour asks alone; what the
    server is set to; the kinds, all when none is named."""

    requests: int = 10_000
    addresses: int = 4
    at_once: int = 16
    alone_seconds: float = 20.0
    settings: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes, and open files of the web processes, at a moment at which nothing is asked."""

    web: int
    workers: int
    files: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen. `died` are processes other than workers; memory is that before, after a tenth of the hostile
    requests, and after all of them."""

    alone: Waits
    beside: Waits
    died: int
    workers_replaced: int
    memory: tuple[Memory, Memory, Memory]
    answers: Answers
    seconds: float

    @property
    def extra_seconds(self) -> float:
        """How much longer the longest wait was beside hostile requests than without them."""
        return max(0.0, self.beside.quantile(1.0) - self.alone.quantile(1.0))


def soak(chosen: Plan) -> Finding:
    """Does it all.

    Raises:
        RuntimeError: the server does not start, or the hostile clients failed by themselves.
    """
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory()))
        url, root = stack.enter_context(_serving(home, chosen.settings))
        address = urlsplit(url)
        neighbour = stack.enter_context(closing(Neighbour(address.hostname or "", address.port or 0, NEIGHBOUR)))
        neighbour.go_on(_after(2.0))
        before = processes.of(root)
        alone = neighbour.go_on(_after(chosen.alone_seconds))
        memory = [_memory(root)]
        began, beside, answers = time.monotonic(), Waits(), _none()
        tenth = max(1, chosen.requests // 10)
        for start, count in ((0, tenth), (tenth, chosen.requests - tenth)):
            part = _beside(neighbour, chosen, url, start, count)
            beside.seconds += part[0].seconds
            beside.failures += part[0].failures
            for name, statuses in part[1].items():
                answers[name] += statuses
            _quiet()
            memory.append(_memory(root))
        after = processes.of(root)
    kept = {(each.pid, each.started) for each in after}
    gone = [each for each in before if (each.pid, each.started) not in kept]
    return Finding(
        alone,
        beside,
        sum(not each.is_worker for each in gone),
        sum(each.is_worker for each in gone),
        (memory[0], memory[1], memory[2]),
        answers,
        time.monotonic() - began,
    )


def _beside(neighbour: Neighbour, chosen: Plan, url: str, start: int, count: int) -> tuple[Waits, Answers]:
    """The neighbour's waits while hostile clients, in a process of their own, send what they send."""
    context = get_context("spawn")
    results: Queue[dict[str, Counter[str]]] = context.Queue()
    hostile = context.Process(target=_attack, args=(url, chosen, start, count, results))
    hostile.start()
    waits = neighbour.go_on(lambda: not results.empty() or not hostile.is_alive())
    if results.empty():
        raise RuntimeError(f"the hostile clients ended by themselves with status {hostile.exitcode}")
    answers = results.get()
    hostile.join()
    return waits, answers


def _attack(url: str, chosen: Plan, start: int, count: int, results: Queue[dict[str, Counter[str]]]) -> None:
    address = urlsplit(url)
    answers = _none()

    def send(row: tuple[str, int]) -> tuple[str, str]:
        name, number = row
        source = f"127.0.1.{number % chosen.addresses + 1}"
        try:
            return name, KINDS[name](Target(address.hostname or "", address.port or 0, source), number)
        except TimeoutError:
            return name, "late"
        except OSError:
            return name, "closed"

    with ThreadPoolExecutor(chosen.at_once) as threads:
        for name, status in threads.map(send, plan(start, count, chosen.kinds)):
            answers[name][status] += 1
    results.put(dict(answers))


@contextmanager
def _serving(home: Path, settings: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """A server on a release of the seeds: its address and its first process."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    environment |= {f"ONRECORD_{name.upper()}": value for name, value in settings.items()}
    subprocess.run([*COMMAND, "--home", str(home), "build"], env=environment, check=True, capture_output=True)
    errors = (home / "server.log").open("w+", encoding="utf-8")
    command = [*COMMAND, "serve", "--home", str(home), "--port", "0"]
    with errors, subprocess.Popen(command, env=environment, stderr=errors) as server:
        try:
            yield _address(server, home / "server.log"), server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if found := _ADDRESS.search(log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8')}")


def _memory(root: int) -> Memory:
    family = processes.of(root)
    web = [each for each in family if not each.is_worker]
    workers = [each for each in family if each.is_worker]
    return Memory(processes.memory(web), processes.memory(workers), sum(processes.open_files(each.pid) for each in web))


def _quiet() -> None:
    time.sleep(QUIET_SECONDS)


def _after(seconds: float) -> _Deadline:
    return _Deadline(time.monotonic() + seconds)


@dataclass(frozen=True, slots=True)
class _Deadline:
    at: float

    def __call__(self) -> bool:
        return time.monotonic() > self.at


def _none() -> defaultdict[str, Counter[str]]:
    return defaultdict(Counter)

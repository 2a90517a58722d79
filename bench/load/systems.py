"""The servers that are compared, each started as its users start it, on the same triples.

onrecord and oxigraph serve the same store: oxigraph a copy of it by hard links, since it opens it to write.
rdflib-endpoint reads the default graph from N-Triples into memory, as it does by default.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from pyoxigraph import DefaultGraph, RdfFormat, Store

from bench.load.questions import Question
from ontology.errors import InputError
from server.releases.release import Release

START_SECONDS = 900.0
"""A million triples take rdflib-endpoint half a minute to read."""

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class System:
    """A server: its name, where it takes queries, and the command that starts it on a release and a port."""

    name: str
    path: str
    command: Callable[[Release, Path, int], Sequence[str]]
    canned: bool = False
    """Whether it is asked the canned queries by name."""

    def request(self, question: Question) -> str:
        """The line of a file of requests: method, path and body."""
        if self.canned and question.canned is not None:
            return f"GET\t{question.canned}"
        if question.canned is not None:
            return f"POST\t{self.path}\t{urlencode({'query': question.sparql}, quote_via=quote)}"
        return f"GET\t{self.path}?{urlencode({'query': question.sparql}, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    system: System
    url: str
    process: subprocess.Popen[bytes]

    @property
    def alive(self) -> bool:
        """Whether its first process is there."""
        return self.process.poll() is None

    def processor(self) -> float:
        """Seconds of the processor that it has taken with all its processes that live."""
        return sum(_processor(pid) for pid in self._family())

    def memory(self) -> int:
        """Bytes of memory that it has, what processes share counted once."""
        return sum(_memory(pid) for pid in self._family())

    def _family(self) -> list[int]:
        parents = {pid: parent for path in Path("/proc").glob("[0-9]*") for pid, parent in _parent(path)}
        family = [self.process.pid]
        for each in family:
            family += [pid for pid, parent in parents.items() if parent == each]
        return family


def onrecord(release: Release, _: Path, port: int) -> Sequence[str]:
    """onrecord as it is, with every limit of a query on."""
    home = str(release.path.parents[1])
    return [sys.executable, "-m", "server.cli", "serve", "--home", home, "--port", str(port)]


def oxigraph(release: Release, scratch: Path, port: int) -> Sequence[str]:
    """`oxigraph serve`."""
    copy = scratch / "oxigraph"
    if not copy.exists():
        Store.read_only(str(release.store_path)).backup(str(copy))
    return [program("oxigraph"), "serve", "--location", str(copy), "--bind", f"127.0.0.1:{port}"]


def rdflib_endpoint(release: Release, scratch: Path, port: int) -> Sequence[str]:
    """`rdflib-endpoint serve`."""
    dump = scratch / "default-graph.nt"
    if not dump.exists():
        release.open().dump(str(dump), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return [program("rdflib-endpoint"), "serve", str(dump), "--host", "127.0.0.1", "--port", str(port)]


SYSTEMS: Mapping[str, System] = {
    "onrecord": System("onrecord", "/sparql", onrecord, canned=True),
    "oxigraph": System("oxigraph", "/query", oxigraph),
    "rdflib-endpoint": System("rdflib-endpoint", "/", rdflib_endpoint),
}


def program(name: str) -> str:
    """A program of this environment, or of the system.

    Raises:
        InputError: it is not installed.
    """
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise InputError(f"{name} is compared with and is not installed; requirements/peers.txt has it", name)
    return found


@contextmanager
def running(system: System, release: Release, scratch: Path, settings: Mapping[str, str]) -> Iterator[Running]:
    """Runs a server until it is no longer needed. Its words go to a file in `scratch`.

    Raises:
        InputError: it is not installed, or does not answer.
    """
    port = _free_port()
    # Only onrecord reads these; a fault of its own is to be seen.
    environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)) or "."}
    command = system.command(release, scratch, port)
    with (scratch / f"{system.name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
        )
    found = Running(system, f"http://127.0.0.1:{port}", process)
    try:
        _wait(found)
        yield found
    finally:
        _end(process)


def _wait(server: Running) -> None:
    url = f"{server.url}{server.system.path}?{urlencode({'query': 'ASK {}'})}"
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if not server.alive:
            raise InputError(f"it ended with status {server.process.returncode} as it began", server.system.name)
        try:
            with urlopen(url, timeout=START_SECONDS):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise InputError(f"it does not answer after {START_SECONDS:g} seconds", server.system.name)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _parent(path: Path) -> list[tuple[int, int]]:
    try:
        fields = (path / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
    return [(int(path.name), int(fields[1]))]


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

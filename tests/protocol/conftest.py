"""A real server for the protocol's tables: `onrecord serve` as a process, on a small release and a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ontology import vocabulary
from ontology.authority import Authority
from ontology.namespaces import DCTERMS, ONR, RDF, Base
from ontology.topics import Topics
from server.canned.catalogue import Catalogue
from server.releases.assembly import Assembly, Contribution, Setting
from server.releases.manifest import DocumentEntry
from server.releases.publication import lock, point, publish, staging
from server.releases.release import Home, Release

BASE = Base()
EX = "http://example.org/"
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://\S+(?=/)")
START_SECONDS = 60.0


def _document(name: str, quads: Iterable[Quad]) -> Contribution:
    graph = BASE.doc(name)
    rows = [(graph, RDF.type, ONR.Document), (graph, DCTERMS.identifier, Literal(name))]
    rows += [(quad.subject, quad.predicate, quad.object) for quad in quads]
    own = frozenset(Quad(*row, graph) for row in rows)
    digest = sha256("\n".join(sorted(map(str, own))).encode()).hexdigest()
    return Contribution(DocumentEntry(name, f"{name}.txt", digest, digest, f"documents/{name}.txt", 0), name, own)


def make_release(home: Home, **documents: Iterable[Quad]) -> Release:
    """Makes a release current: the ontology, topics, the authority file, and these documents."""
    ontology, authority = BASE.graph("ontology"), BASE.graph("authority")
    setting = Setting(
        BASE,
        "protocol",
        (),
        [*vocabulary.quads(ontology), *Topics.load(BASE).quads(ontology)],
        Authority.load(BASE).quads(authority),
        tuple(Catalogue.load()),
    )
    with lock(home.path):
        directory = staging(home.directory)
        assembly = Assembly(directory, setting)
        for name, quads in documents.items():
            assembly.add(_document(name, quads))
        target = home.directory / assembly.finish().id
        publish(directory, target)
        point(home.link, target)
    return Release(target)


def triples(*objects: str) -> list[Quad]:
    """`ex:a ex:p "…"` for each object."""
    return [Quad(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal(each)) for each in objects]


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, its process, its home."""

    url: str
    process: subprocess.Popen[str]
    home: Home

    def client(self) -> httpx.Client:
        """A client with one connection to it."""
        return httpx.Client(base_url=self.url, timeout=60)

    def metric(self, sample: str) -> float:
        """A sample of /metrics by its name and labels; 0 when there is none yet."""
        # Tests wait for a moment that passes, and httpx takes its time to begin.
        with urlopen(f"{self.url}/metrics", timeout=60) as response:
            text = response.read().decode()
        values = [line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(sample + " ")]
        return float(values[0]) if values else 0.0

    def workers(self) -> list[int]:
        """Process ids of its query workers."""
        rows = [path.read_text(encoding="utf-8") for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
        fields = [(int(row.split()[0]), int(row.rpartition(")")[2].split()[1])) for row in rows]
        return [pid for pid, parent in fields if parent == self.process.pid]


@contextmanager
def serving(home: Home, **settings: object) -> Iterator[Server]:
    """Runs a server on a home; it must end in order when it is told to."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    environment |= {f"ONRECORD_{name.upper()}": str(value) for name, value in settings.items()}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "server.cli", "serve", "--home", str(home.path), "--port", "0"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    watchdog = Timer(START_SECONDS, process.kill)
    watchdog.start()
    try:
        line = process.stderr.readline()
        address = ADDRESS.search(line)
        assert address, line + process.stderr.read()
        assert httpx.get(f"{address[0]}/health/ready", timeout=START_SECONDS).status_code == 200
        watchdog.cancel()
        yield Server(address[0], process, home)
    finally:
        watchdog.cancel()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            process.stderr.close()


@pytest.fixture(scope="session")
def start() -> Callable[..., object]:
    """Runs a server on a home with settings, as a context manager."""
    return serving


@pytest.fixture(scope="session")
def release() -> Callable[..., Release]:
    """Makes a release of documents that hold some objects of `ex:a ex:p`."""

    def make(home: Home, **documents: Iterable[str]) -> Release:
        return make_release(home, **{name: triples(*objects) for name, objects in documents.items()})

    return make


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with default settings on a release of two documents, which share one triple."""
    home = Home(tmp_path_factory.mktemp("protocol"))
    make_release(home, alpha=triples("both", "a\r\n<b> “c”"), beta=triples("both", "beta"))
    with serving(home, workers=2) as running:
        yield running


@pytest.fixture(scope="session")
def plain(server: Server) -> Iterator[Server]:
    """A server on the same release whose default graph is plain."""
    with serving(server.home, workers=1, default_graph="plain") as running:
        yield running


@pytest.fixture(scope="session")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one worker and narrow limits."""
    home = Home(tmp_path_factory.mktemp("tight"))
    make_release(home, alpha=triples(*map(str, range(300))))
    limits = {"query_seconds": 1.5, "query_memory": "256M", "result_bytes": "20K", "query_bytes": "2M", "queue": 1}
    # An answer that is known would not tell that a worker is back.
    limits |= {"cache_bytes": 0}
    with serving(home, workers=1, **limits) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    """A client of the server, one for all tests of a module: a connection that is kept must stay in order."""
    with server.client() as found:
        yield found

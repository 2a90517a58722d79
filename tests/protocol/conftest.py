"""A real server for the protocol's tables: `onrecord serve` as a process, on a small release and a free port."""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread, Timer
from urllib.request import urlopen

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from bench.hostile import processes
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
        return self._below("server.workers.worker")

    def writers(self) -> list[int]:
        """Process ids of the workers that make changes."""
        return self._below("server.writing.worker")

    def web(self) -> list[int]:
        """Process ids of its web processes."""
        return self._below("server.http.process")

    def _below(self, module: str) -> list[int]:
        return [each.pid for each in processes.of(self.process.pid) if each.module == module]


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


ROWS = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"both"}}]}}'
XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head>'
    b'<results><result><binding name="o"><literal>both</literal></binding></result></results></sparql>'
)
TURTLE = b'@prefix e: <http://example.org/> . e:a e:p "loaded" ; e:q <relative> .'
SLOW_SECONDS = 5.0

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/rows": (200, {"Content-Type": "application/sparql-results+json"}, ROWS),
    "/xml": (200, {"Content-Type": "application/sparql-results+xml"}, XML),
    "/turtle": (200, {"Content-Type": "text/turtle; charset=utf-8"}, TURTLE),
    "/data.ttl": (200, {"Content-Type": "text/plain"}, TURTLE),
    "/data.nt": (200, {}, b'<http://example.org/a> <http://example.org/p> "loaded" .'),
    "/wrong.ttl": (200, {"Content-Type": "text/turtle"}, b"<a> <b>"),
    "/page": (200, {"Content-Type": "text/html"}, b"<p>not a graph</p>"),
    "/quads": (200, {"Content-Type": "application/n-quads"}, b'<urn:a> <urn:b> "c" <urn:g> .'),
    "/statement": (
        200,
        {"Content-Type": "application/n-triples"},
        f"<{BASE.iri}doc/alpha/statement-1-2> {RDF.type} {ONR.Statement} .".encode(),
    ),
    "/error": (500, {}, b"no"),
    "/missing": (404, {}, b"no"),
    "/nonsense": (200, {"Content-Type": "application/sparql-results+json"}, b"{"),
    "/packed": (200, {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}, gzip.compress(TURTLE)),
    "/moved": (302, {"Location": "/turtle"}, b""),
    "/away": (302, {"Location": "http://127.0.0.1:9/turtle"}, b""),
    "/file": (302, {"Location": "file:" + "///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/large": (200, {"Content-Type": "text/turtle"}, b"# " + b"x" * 3_000_000),
    "/slow": (200, {"Content-Type": "text/turtle"}, TURTLE),
}


@dataclass
class Other:
    """Another server that runs, and the requests that it had: method, path, body."""

    url: str
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)


@pytest.fixture(scope="session")
def another() -> Iterator[Other]:
    """Another server: it answers as the path of a request says, well or badly, and remembers what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            found.asked.append((self.command, self.path, body))
            status, headers, content = ANSWERS.get(self.path, ANSWERS["/missing"])
            if self.path == "/slow":
                time.sleep(SLOW_SECONDS)
            with suppress(ConnectionError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST  # noqa: N815 - the names are http.server's

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Other(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

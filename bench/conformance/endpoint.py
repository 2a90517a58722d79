"""A server to be tested, over HTTP: `onrecord serve` on a release that holds nothing, with a plain default graph; and
the tests of evaluation and of syntax on it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from pyoxigraph import Quad, RdfFormat, serialize

from bench.conformance.engine import filled, graphs_of, in_graph, judged, left_out, read_graph, text_of, wanted
from bench.conformance.manifest import Case, Dataset
from bench.conformance.results import written
from bench.conformance.verdict import Outcome, Verdict
from server.workers.lexer import Dataset as Clauses
from server.workers.lexer import dataset

TOKEN = "conformance"
SECONDS = 120.0
UNDONE = ("the update cannot be carried out", "the query cannot be evaluated")
"""What is told of what is well-formed and fails."""

NOTHING = "urn:x-onrecord:nothing"
"""A graph that is not there, where a test has no default graph."""

_ADDRESS = re.compile(r"http://\S+(?=/)")


class Endpoint:
    """A server at an address, which the token lets be changed."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, timeout=SECONDS, headers={"Authorization": f"Bearer {TOKEN}"})

    def reset(self, quads: Iterable[Quad] = ()) -> None:
        """Empties it, and fills it with quads."""
        self.update("DROP ALL").raise_for_status()
        body = serialize(quads, format=RdfFormat.N_QUADS) or b""
        if body:
            headers = {"Content-Type": "application/n-quads"}
            self.client.post("/data", content=body, headers=headers).raise_for_status()

    def fill(self, directory: Path, data: Dataset) -> None:
        """Empties it, and fills it with a dataset; a graph without triples is there all the same."""
        quads = [quad for iri in data.default for quad in read_graph(directory, iri)]
        quads += [quad for name, iri in data.named for quad in in_graph(read_graph(directory, iri), name)]
        self.reset(quads)
        if data.named:
            self.update(";".join(f"CREATE SILENT GRAPH <{name}>" for name, _ in data.named)).raise_for_status()

    def update(self, text: str) -> httpx.Response:
        """Sends an update."""
        body = text.encode("utf-8", "surrogateescape")
        return self.client.post("/update", content=body, headers={"Content-Type": "application/sparql-update"})

    def query(self, text: str, parameters: Sequence[tuple[str, str]], accept: str) -> httpx.Response:
        """Sends a query."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        body = text.encode("utf-8", "surrogateescape")
        return self.client.post("/sparql", params=list(parameters), content=body, headers=headers)

    def content(self) -> frozenset[Quad]:
        """All that it holds."""
        found: set[Quad] = set()
        for graph in (None, *self._graphs()):
            parameters = {"default": ""} if graph is None else {"graph": graph}
            response = self.client.get("/data", params=parameters, headers={"Accept": "application/n-triples"})
            quads = written(response.content, "application/n-triples", "")
            assert isinstance(quads, frozenset)
            found |= quads if graph is None else set(in_graph(quads, graph))
        return frozenset(found)

    def _graphs(self) -> list[str]:
        response = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", (), "application/sparql-results+json")
        return [row["g"]["value"] for row in response.json()["results"]["bindings"]]


EMPTY = ("--empty", "--default-graph", "plain")
"""How a server is started that the W3C's tests can be run on."""


@contextmanager
def serving(*options: str) -> Iterator[Endpoint]:
    """Runs a server for as long as it is tested, on a release of the seeds unless the options say otherwise."""
    with tempfile.TemporaryDirectory() as directory:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        environment |= {"ONRECORD_TOKEN": TOKEN, "ONRECORD_KEEP": "2", "ONRECORD_CLIENT_RATE": "0"}
        command = [sys.executable, "-m", "server.cli", "serve", "--home", directory, "--port", "0", "--workers", "1"]
        process = subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        try:
            line = ""
            while not (address := _ADDRESS.search(line)):
                line = process.stderr.readline()
                if not line:
                    raise RuntimeError("the server does not start")
            endpoint = Endpoint(address[0])
            with endpoint.client:
                yield endpoint
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            process.stderr.close()


def has_graphs(case: Case) -> bool:
    """Whether the data of a test names graphs itself."""
    return any(iri.endswith((".trig", ".nq")) for iri in case.data.default)


def graphs_to_fill(directory: Path, cases: Iterable[Case]) -> list[Quad]:
    """All that queries are asked of, each file in a graph of its own: a query names those that it is about."""
    files: dict[str, str] = {}
    for case in cases:
        data = graphs_of(directory, case, text_of(directory, case))
        for name, iri in (*((iri, iri) for iri in data.default), *data.named):
            if files.setdefault(name, iri) != iri:
                raise ValueError(f"{name} is two graphs")
    return [quad for name, iri in files.items() for quad in in_graph(read_graph(directory, iri), name)]


def run(endpoint: Endpoint, directory: Path, case: Case) -> Verdict:
    """One test of evaluation or syntax; for queries the server holds what `graphs_to_fill` says, or their dataset."""
    text = text_of(directory, case)
    if reason := left_out(case, text):
        return Verdict(case.name, Outcome.LEFT_OUT, reason)
    if case.kind == "UpdateEvaluationTest":
        return _updated(endpoint, directory, case, text)
    if "Update" in case.kind:
        return _taken(case, endpoint.update(_based(case, text)))
    response = endpoint.query(_based(case, text), _parameters(case, text), _accept(case))
    if case.kind.startswith(("Negative", "Positive")):
        return _taken(case, response)
    if response.status_code != 200:
        return Verdict(case.name, Outcome.FAILED, f"{response.status_code}: {response.text}"[:80])
    found = written(response.content, response.headers["content-type"], case.text or "")
    return judged(case.name, found, wanted(directory, case))


def _updated(endpoint: Endpoint, directory: Path, case: Case, text: str) -> Verdict:
    endpoint.fill(directory, case.data)
    response = endpoint.update(_based(case, text))
    if response.status_code not in {201, 204}:
        return Verdict(case.name, Outcome.FAILED, f"{response.status_code}: {response.text}"[:80])
    return judged(case.name, endpoint.content(), frozenset(filled(directory, case.after)))


def _taken(case: Case, response: httpx.Response) -> Verdict:
    """The verdict on a test of syntax; an operation that is well-formed may fail for other reasons."""
    refused = response.status_code == 400 and not response.json()["detail"].startswith(UNDONE)
    if refused == case.kind.startswith("Negative"):
        return Verdict(case.name, Outcome.PASSED)
    return Verdict(
        case.name, Outcome.FAILED, "taken" if not refused else f"not taken: {response.json()['detail']}"[:80]
    )


def _based(case: Case, text: str) -> str:
    """The text with its own address as the base; over HTTP there is another."""
    return f"BASE <{case.text}>\n{text}"


def _parameters(case: Case, text: str) -> list[tuple[str, str]]:
    if has_graphs(case) or dataset(text, case.text or "") != Clauses():
        return []
    return [
        *(("default-graph-uri", iri) for iri in case.data.default or (NOTHING,)),
        *(("named-graph-uri", name) for name, _ in case.data.named),
    ]


def _accept(case: Case) -> str:
    for suffix, media_type in ((".csv", "text/csv"), (".tsv", "text/tab-separated-values")):
        if case.result is not None and case.result.endswith(suffix):
            return media_type
    return "application/sparql-results+json, application/n-triples;q=0.9"

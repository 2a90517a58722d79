"""`onrecord sparql`: every form of query in every format, from wherever the query comes, and other endpoints."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import RdfFormat, parse

from tests.server.cli.conftest import Run

SELECT = "SELECT ?x ?y { VALUES (?x ?y) { (1 <http://example.org/a>) } }"
CONSTRUCT = "CONSTRUCT { <http://example.org/s> <http://example.org/p> 'a\\rb' } {}"
PREFIX = "PREFIX onr: <https://w3id.org/onrecord/ontology#> "


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("table", "x  y"),
        ("md", "| x | y |"),
        ("csv", "x,y"),
        ("tsv", "?x\t?y"),
        ("xml", "<sparql"),
        ("json", '"vars":["x","y"]'),
    ],
)
def test_rows_in_every_format(onrecord: Run, form: str, holds: str) -> None:
    answered = onrecord("sparql", SELECT, "--format", form)
    assert answered.status == 0
    assert holds in answered.out


@pytest.mark.parametrize("form", ["table", "json", "xml", "ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_graphs_in_every_format(onrecord: Run, form: str) -> None:
    formats = {
        "table": RdfFormat.TURTLE,
        "json": RdfFormat.JSON_LD,
        "xml": RdfFormat.RDF_XML,
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "nq": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }
    answered = onrecord("sparql", CONSTRUCT, "--format", form)
    [quad] = parse(answered.out, format=formats[form])
    assert quad.object.value == "a\rb"


def test_a_yes_or_no(onrecord: Run) -> None:
    assert onrecord("sparql", PREFIX + "ASK { ?s a onr:Statement }").out.split() == ["answer", "------", "yes"]
    assert json.loads(onrecord("sparql", "ASK { <a:b> ?p ?o }", "--format", "json").out)["boolean"] is False


def test_the_query_may_come_from_a_file_or_standard_input(
    onrecord: Run, process: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    file = tmp_path / "query"
    file.write_text(SELECT)
    expected = onrecord("sparql", SELECT, "--format", "csv").out
    assert onrecord("sparql", file, "--format", "csv").out == expected
    assert process("sparql", "-", "--format", "csv", input=SELECT.encode()).stdout.decode() == expected


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["SELECT * {"], "line 1, column 11"),
        (["SELECT * { ?s a onr:Statement }"], "PREFIX onr:"),
        (["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "--allow-service"),
        (["INSERT DATA { <a:b> <a:c> 1 }"], "line 1"),
        (["nosuch.rq"], "nosuch.rq"),
        (["nosuch"], "nosuch"),
        ([SELECT, "--format", "ttl"], "--format"),
        ([CONSTRUCT, "--format", "csv"], "--format"),
        ([SELECT, "--format", "docx"], "docx"),
        ([SELECT, "--endpoint", "ftp://example.org/"], "ftp://example.org/"),
        ([SELECT, "--endpoint", "http://127.0.0.1:9/sparql"], "http://127.0.0.1:9/sparql"),
        (["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "--allow-service"], "cannot be evaluated"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(onrecord: Run, arguments: list[str], says: str) -> None:
    failed = onrecord("sparql", *arguments)
    assert failed.status == 2
    assert says in failed.error


def test_a_file_that_is_not_utf_8_is_named(onrecord: Run, tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes(b"SELECT * {} # caf\xe9")
    assert "byte 17" in onrecord("sparql", file).error


def test_deep_nesting_ends_no_process(process: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    deep = "SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }"
    assert process("sparql", "-", "--format", "json", input=deep.encode()).returncode == 0


@contextmanager
def endpoint(status: int, media_type: str, body: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers every request alike, and the queries that it was sent."""
    received: list[bytes] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


JSON_RESULTS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"caf\xc3\xa9"}}]}}'


def test_another_endpoint_is_sent_the_query_and_its_answer_comes_in_any_format(onrecord: Run, tmp_path: Path) -> None:
    with endpoint(200, "application/sparql-results+json; charset=utf-8", JSON_RESULTS) as (url, received):
        answered = onrecord("sparql", "SELECT ?x { ?x ?y 'é&+' }", "--endpoint", url, "--format", "csv", home=tmp_path)
    assert answered.out == "x\r\ncafé\r\n"
    assert parse_qs(received[0].decode()) == {"query": ["SELECT ?x { ?x ?y 'é&+' }"]}


def test_another_endpoint_may_answer_with_a_graph(onrecord: Run) -> None:
    with endpoint(200, "text/turtle", b"<http://e/s> <http://e/p> 1 .") as (url, _):
        assert onrecord("sparql", "DESCRIBE <http://e/s>", "--endpoint", url, "--format", "nt").out.startswith(
            "<http://e/s>"
        )


@pytest.mark.parametrize(
    ("status", "media_type", "body", "says"),
    [
        (400, "application/problem+json", b'{"detail": "line 1, column 2: no"}', "400: line 1, column 2: no"),
        (500, "text/plain", b"Virtuoso 37000 Error\nand more", "500: Virtuoso 37000 Error and more"),
        (200, "text/html", b"<html>", "text/html"),
        (200, "application/sparql-results+json", b"{", "application/sparql-results+json"),
    ],
)
def test_what_another_endpoint_does_wrong_is_said(
    onrecord: Run, status: int, media_type: str, body: bytes, says: str
) -> None:
    with endpoint(status, media_type, body) as (url, _):
        failed = onrecord("sparql", SELECT, "--endpoint", url)
    assert failed.status == 2
    assert url in failed.error
    assert says in failed.error

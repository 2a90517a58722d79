"""Queries that would end, fill or misuse a server: each is told so, alone, and the next one is answered."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import httpx
import pytest

DIRECT = {"Content-Type": "application/sparql-query"}
PROBLEM = "application/problem+json"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEEP = 200_000

LIMITS = [
    ("parentheses", "ASK { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }", 200, ""),
    ("braces", "ASK " + "{" * 2 * DEEP + "}" * 2 * DEEP, 500, "query-crash"),
    ("disjunction", "ASK { FILTER(" + "||".join(["true"] * DEEP) + ") }", 200, ""),
    ("optionals", "ASK { " + "?s ?p ?o OPTIONAL {" * 5000 + "}" * 5000 + " }", 504, "query-timeout"),
    ("cross-product", CROSS, 504, "query-timeout"),
    ("memory", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", 503, "query-memory"),
    ("large-result", "SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "result-too-large"),
    ("large-graph", "CONSTRUCT WHERE { ?s ?p ?o }", 413, "result-too-large"),
    ("large-query", "ASK {} #" + "x" * 3_000_000, 413, "request-too-large"),
    ("long-values", "ASK { VALUES ?x {" + " 1" * 200_000 + "} }", 200, ""),
]


def _post(server: Any, query: str) -> httpx.Response:
    return httpx.post(f"{server.url}/sparql", content=query.encode(), headers=DIRECT, timeout=60)


def _until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not holds():
        if time.monotonic() > deadline:
            return False
    return True


@pytest.mark.parametrize(("query", "status", "problem"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS])
def test_the_query_is_told_and_the_next_is_answered(tight: Any, query: str, status: int, problem: str) -> None:
    response = _post(tight, query)
    assert response.status_code == status, response.text[:500]
    if problem:
        assert response.headers["content-type"] == PROBLEM
        assert response.json()["type"].endswith("/" + problem)
    if status in {503, 504}:
        assert int(response.headers["retry-after"]) > 0
    assert _post(tight, "ASK {}").json()["boolean"] is True


def test_a_body_of_unknown_length_is_counted(tight: Any) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"ASK {} #"
        for _ in range(30):
            yield b"x" * 100_000

    response = httpx.post(f"{tight.url}/sparql", content=chunks(), headers=DIRECT, timeout=60)
    assert response.status_code == 413


def test_enough_requests_wait_and_no_more(tight: Any) -> None:
    # Each another question: one that several ask at once is asked of one worker.
    questions = [CROSS.replace("?n", f"?n{number}") for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda question: _post(tight, question), questions))
    assert {answer.status_code for answer in answers} <= {503, 504}
    full = [answer for answer in answers if answer.json()["type"].endswith("/queue-full")]
    assert len(full) >= 3
    assert all(int(answer.headers["retry-after"]) > 0 for answer in full)
    assert _post(tight, "ASK {}").status_code == 200


def test_the_server_lives_while_a_query_runs(tight: Any) -> None:
    assert _post(tight, "ASK {}").status_code == 200
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(_post, tight, CROSS)
        assert _until(lambda: tight.metric("onrecord_workers_idle") == 0)
        assert httpx.get(f"{tight.url}/health/live", timeout=60).status_code == 200
        assert not running.done()
        assert running.result().status_code == 504


def test_a_query_whose_client_left_is_ended(tight: Any) -> None:
    sample = 'onrecord_workers_ended_total{reason="left"}'
    assert _post(tight, "ASK {}").status_code == 200
    before = tight.metric(sample)
    host, _, port = tight.url.removeprefix("http://").partition(":")
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT['Content-Type']}\r\nContent-Length: {len(CROSS)}"
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"{head}\r\n\r\n{CROSS}".encode())
        assert _until(lambda: tight.metric("onrecord_workers_idle") == 0)
    assert _until(lambda: tight.metric(sample) == before + 1)
    assert _post(tight, "ASK {}").status_code == 200


SPELLINGS = [
    "SERVICE <%s> { ?s ?p ?o }",
    "service<%s>{}",
    "SERVICE SILENT <%s> { ?s ?p ?o }",
    "SERVICESILENT<%s>{}",
    "SERVICE # <\n <%s> {}",
    "SERVICE :x { ?s ?p ?o }",
    "SERVICE:x{}",
    "?s ?p 1SERVICE<%s>{}",
    "?s ?p 1SERVICE:x{}",
    "?s ?p 1e5SERVICE<%s>{}",
    "?s ?p trueSERVICE<%s>{}",
    "VALUES ?v { <%s> } SERVICE ?v { ?s ?p ?o }",
    "OPTIONAL { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "{ SELECT * { SERVICE <%s> { ?s ?p ?o } } }",
    "FILTER NOT EXISTS { SERVICE <%s> { ?s ?p ?o } }",
    "BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)#>'''\n SERVICE <%s> { ?s ?p ?o } #'''\n",
    'BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b#>"""\n) SERVICE <%s> { ?s ?p ?o } #"""\n',
]
ADDRESSES = ["http://127.0.0.1:%d/", "http://localhost:%d/", "http://0.0.0.0:%d/", "http://0x7f000001:%d/"]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on this machine, and who has called there."""
    calls: list[object] = []
    with socket.create_server(("0.0.0.0", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        thread = Thread(target=listen, daemon=True)
        thread.start()
        yield listening.getsockname()[1], calls
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_service_reaches_another_server(
    server: Any, listener: tuple[int, list[object]], spelling: str
) -> None:
    port, calls = listener
    for address in ADDRESSES:
        target = address % port
        pattern = spelling.replace("%s", target)
        response = _post(server, f"PREFIX : <{target}> PREFIX SERVICE: <{target}> SELECT * {{ {pattern} }}")
        assert response.status_code == 403, response.text
        assert response.json()["type"].endswith("/federation-refused")
    assert calls == []


@pytest.mark.parametrize("update", ["LOAD <http://127.0.0.1:%d/>", "LOAD SILENT <http://127.0.0.1:%d/>"])
def test_load_reaches_nothing(server: Any, listener: tuple[int, list[object]], update: str) -> None:
    port, calls = listener
    assert _post(server, update % port).status_code == 400
    for path in ("/sparql", "/update"):
        assert httpx.post(f"{server.url}{path}", data={"update": update % port}, timeout=60).status_code == 403
    assert calls == []

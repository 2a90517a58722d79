"""The processes of a server: whichever is killed comes again, several share a port, and a stop lets requests end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from server.releases.release import Home
from server.workers.cells import SPARES

EX = "http://example.org/"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ <{EX}a> <{EX}p> ?o }}"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . { SELECT ?d { ?d ?e ?f } LIMIT 400 } }"
"""It takes a second or more."""


@pytest.fixture
def home(tmp_path: Path, release: Callable[..., Any]) -> Home:
    """A home with a small release."""
    found = Home(tmp_path)
    release(found, alpha=list(map(str, range(300))))
    return found


def _until(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _ask(url: str, query: str) -> int:
    return httpx.get(f"{url}/sparql", params={"query": query}, timeout=60).status_code


def test_no_request_fails_when_workers_are_killed_under_load(home: Home, start: Callable[..., Any]) -> None:
    with start(home, workers=2, cache_bytes=0) as server, ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(_ask, server.url, f"{COUNT} #{number}") for number in range(120)]
        for _ in range(6):
            assert _until(lambda: len(server.workers()) == 2 + SPARES)
            victim = server.workers()[0]
            os.kill(victim, signal.SIGKILL)
            assert _until(lambda victim=victim: victim not in server.workers())  # type: ignore[misc]
        assert {each.result() for each in asking} == {200}
        assert _until(lambda: server.metric("onrecord_workers_idle") == 2)


def test_a_web_process_that_is_killed_comes_again(home: Home, start: Callable[..., Any]) -> None:
    with start(home, workers=2) as server:
        [web], workers = server.web(), server.workers()
        os.kill(web, signal.SIGKILL)
        # The port stays open meanwhile: who comes waits until the next process takes it.
        assert _ask(server.url, COUNT) == 200
        assert server.process.poll() is None
        [again] = server.web()
        assert again != web
        assert _until(lambda: not set(workers) & set(server.workers()))


def test_several_processes_share_a_port_and_tell_counters_as_one(home: Home, start: Callable[..., Any]) -> None:
    with start(home, workers=4, processes=2, cache_bytes=0) as server:
        assert len(server.web()) == 2
        assert len(server.workers()) == 4 + 2 * SPARES
        for number in range(20):
            assert _ask(server.url, f"{COUNT} #{number}") == 200
        sample = 'onrecord_requests_total{route="/sparql",method="GET",status="200"}'
        for _ in range(10):
            assert server.metric(sample) == 20
        assert server.metric("onrecord_workers") == 4
        assert server.metric(f'onrecord_release_info{{release="{home.current().id}"}}') == 1
        os.kill(server.web()[0], signal.SIGKILL)
        assert _ask(server.url, COUNT) == 200
        assert _until(lambda: len(server.web()) == 2 and server.metric("onrecord_workers") == 4)


@pytest.fixture
def stopping(home: Home, start: Callable[..., Any]) -> Iterator[Any]:
    """A server that gives requests some time to end."""
    with start(home, workers=2, stop_seconds=30) as running:
        yield running


def test_requests_under_way_come_to_their_end(stopping: Any) -> None:
    with ThreadPoolExecutor(2) as threads:
        under_way = [threads.submit(_ask, stopping.url, f"{SLOW} #{number}") for number in range(2)]
        assert _until(lambda: stopping.metric("onrecord_workers_idle") == 0)
        stopping.process.send_signal(signal.SIGTERM)
        assert {each.result() for each in under_way} == {200}
    assert stopping.process.wait(60) == 0
    with pytest.raises(httpx.ConnectError):
        _ask(stopping.url, COUNT)


def test_no_request_fails_while_several_releases_take_over(
    home: Home, start: Callable[..., Any], release: Callable[..., Any]
) -> None:
    with start(home, workers=2) as server, ThreadPoolExecutor(3) as threads:
        over = Event()

        def ask_on(number: int) -> list[tuple[str, str]]:
            seen = []
            with server.client() as client:
                while not over.is_set():
                    query = COUNT if number else f"{COUNT} #{len(seen)}"
                    response = client.get("/sparql", params={"query": query})
                    assert response.status_code == 200
                    value = response.json()["results"]["bindings"][0]["n"]["value"]
                    seen.append((response.headers["etag"].strip('"').split("-")[0], value))
            return seen

        asking = [threads.submit(ask_on, number) for number in range(3)]
        made = {home.current().id: "300"}
        for number in range(1, 6):
            made[release(home, alpha=list(map(str, range(number)))).id] = str(number)
            newest = home.current().id
            assert _until(lambda newest=newest: httpx.get(f"{server.url}/health/ready").json()["release"] == newest)  # type: ignore[misc]
        over.set()
        seen = [row for each in asking for row in each.result()]
    assert {made[name] == value for name, value in seen} == {True}
    assert len({name for name, _ in seen}) > 3


def test_requests_are_written_down_without_a_word_of_them(home: Home, tmp_path: Path) -> None:
    secret = "a-name-that-nobody-else-has"
    log = tmp_path / "log"
    environment = {"ONRECORD_LOG_LEVEL": "info", "ONRECORD_LOG_FORMAT": "json", "ONRECORD_HOME": str(home.path)}
    command = [sys.executable, "-m", "server.cli", "serve", "--port", "0", "--workers", "1"]
    path = {"PYTHONPATH": os.environ.get("PYTHONPATH", str(Path(__file__).resolve().parents[2]))}
    with log.open("w") as errors, subprocess.Popen(command, env=environment | path, stderr=errors) as running:
        assert _until(lambda: "on http://" in log.read_text())
        url = log.read_text().split(" on ")[1].split()[0].rstrip("/")
        for query in (f'ASK {{ ?s ?p "{secret}" }}', f'ASK {{ ?s ?p "{secret}" }}', f"ASK {secret}"):
            response = httpx.get(f"{url}/sparql", params={"query": query}, headers={"User-Agent": secret}, timeout=60)
            assert response.status_code in {200, 400}
        assert httpx.get(f"{url}/{secret}", headers={"X-Forwarded-For": "192.0.2.77"}, timeout=60).status_code == 404
        running.terminate()
    text = log.read_text()
    assert secret not in text
    assert "127.0.0.1" not in text.split("\n", 1)[1]
    assert "192.0.2.77" not in text
    rows = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    asked = [row for row in rows if row.get("route") == "/sparql"]
    assert [row["status"] for row in asked] == [200, 200, 400]
    assert asked[0]["question"] == asked[1]["question"] != asked[2]["question"]
    assert (asked[0].get("known"), asked[1].get("known")) == (None, True)
    assert asked[0]["query_ms"] > 0
    assert asked[0]["release"] == home.current().id  # type: ignore[union-attr]
    assert all(row["ms"] >= 0 for row in asked)
    [unknown] = [row for row in rows if row.get("status") == 404]
    assert unknown["route"] == "(none)"


def test_one_client_has_so_many_connections_and_no_more(home: Home, start: Callable[..., Any]) -> None:
    with start(home, workers=1, client_connections=5, receive_seconds=1.5) as server:
        host, _, port = server.url.removeprefix("http://").partition(":")
        address = (host, int(port))
        held = [socket.create_connection(address, 60, source_address=("127.0.0.7", 0)) for _ in range(6)]
        began = time.monotonic()
        try:
            assert held[5].recv(1) == b"", "it is one too many"
            held[0].sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
            assert held[0].recv(12) == b"HTTP/1.1 200"
            assert httpx.get(f"{server.url}/health/live").status_code == 200, "another client"
            held[1].sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                            b"Content-Length: 50\r\n\r\nASK")  # fmt: skip
            held[2].sendall(b"GET /health/live HTTP/1.1\r\nHo")
            assert held[1].recv(12) == b"HTTP/1.1 408"
            assert held[2].recv(1) == held[3].recv(1) == b"", "nothing was said in time"
            assert 1 < time.monotonic() - began < 30
            assert server.metric("onrecord_connections_refused_total") == 1
        finally:
            for each in held:
                each.close()
        assert _until(lambda: httpx.get(f"{server.url}/health/live").status_code == 200)

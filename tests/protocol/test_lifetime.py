"""From start to end: another release takes over in flight, and no worker outlives the server."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.releases.release import Home
from server.workers.cells import SPARES

EX = "http://example.org/"
COUNT = {"query": f"SELECT (COUNT(*) AS ?n) {{ <{EX}a> <{EX}p> ?o }}"}
CROSS = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}


def _running(pids: Iterable[int]) -> list[int]:
    """The processes that are there and not merely waiting to be collected."""
    stats = [(pid, Path(f"/proc/{pid}/stat")) for pid in pids]
    return [pid for pid, stat in stats if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"]


def _gone(pids: Iterable[int]) -> bool:
    deadline = time.monotonic() + 20
    while _running(pids):
        if time.monotonic() > deadline:
            return False
    return True


def test_the_next_release_takes_over_without_a_failed_request(
    tmp_path: Path, start: Callable[..., Any], release: Callable[..., Any]
) -> None:
    home = Home(tmp_path)
    first = release(home, alpha=["1", "2"])
    with start(home, workers=2) as server, ThreadPoolExecutor(3) as threads:

        def ask(_: int) -> tuple[int, str, str]:
            response = httpx.get(f"{server.url}/sparql", params=COUNT, timeout=60)
            value = response.json()["results"]["bindings"][0]["n"]["value"] if response.status_code == 200 else ""
            return response.status_code, value, response.headers.get("etag", "")

        tag = ask(0)[2]
        asking = [threads.submit(ask, number) for number in range(60)]
        second = release(home, alpha=["1", "2"], beta=["3"])
        answers = [each.result() for each in asking]
        assert {status for status, _, _ in answers} == {200}
        for _, value, etag in answers:
            assert etag.startswith(f'"{first.id if value == "2" else second.id}-')
        assert ask(0)[1] == "3"
        again = httpx.get(f"{server.url}/sparql", params=COUNT, headers={"If-None-Match": tag}, timeout=60)
        assert again.status_code == 200
        assert httpx.get(f"{server.url}/health/ready", timeout=60).json()["release"] == second.id


@pytest.mark.parametrize(
    ("end", "busy"),
    [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, False), (signal.SIGKILL, True)],
    ids=["terminated", "terminated-busy", "interrupted", "killed-busy"],
)
def test_no_worker_outlives_the_server(
    tmp_path: Path, start: Callable[..., Any], release: Callable[..., Any], end: signal.Signals, busy: bool
) -> None:
    home = Home(tmp_path)
    release(home, alpha=list(map(str, range(300))))
    with start(home, workers=2) as server, ThreadPoolExecutor(1) as threads:
        workers = server.workers()
        assert len(workers) == 2 + SPARES
        if busy:
            threads.submit(lambda: httpx.get(f"{server.url}/sparql", params=CROSS, timeout=60))
            while server.metric("onrecord_workers_idle") == 2:
                pass
        os.kill(server.process.pid, end)
        server.process.wait(30)
        assert _gone(workers)

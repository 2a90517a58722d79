"""A writer is killed before changes of its to the file system, and a server at many moments of many changes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import httpx
import pytest
from pyoxigraph import NamedNode

from ontology.namespaces import Base
from server.releases.publication import BUILDING
from server.releases.release import Home
from server.releases.store import digest
from server.writing.edition import begin_plain
from server.writing.request import Action
from tests.protocol.conftest import serving
from tests.server.writing.conftest import change

ROOT = Path(__file__).resolve().parents[3]
G = "http://example.org/g"
TOKEN = "s3cret-t0ken"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
MOMENTS = 8
CHANGES = 12

# Dies, as by kill -9, just before its n-th change to the file system; prints how many there were when it lives.
KILLED_BEFORE_A_CHANGE = """
import os, signal, sys
home, last, plain = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "plain"
changes = {"os.rename", "os.mkdir", "os.symlink", "os.link", "os.rmdir", "shutil.rmtree"}
seen = 0
def watch(event, arguments):
    global seen
    if event in changes:
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
from server.writing.worker import Worker
sys.addaudithook(watch)
update = b"INSERT { GRAPH <http://example.org/g> { ?s ?p 2 } } WHERE { GRAPH <http://example.org/g> { ?s ?p 1 } }"
reply, _ = Worker(2**33).answer(
    {"op": "change", "home": home, "plain": plain, "seconds": 5, "action": "update", "graph": None, "base_iri": "a:a",
     "parts": [("application/sparql-update", len(update))], "dataset": None, "if_match": None, "if_none_match": None,
     "report": None, "keep": 1, "keep_days": None}, update)
assert reply["changed"], reply
print(seen)
"""


def answering(home: Home) -> tuple[str, str]:
    """The current release and the hash of all its quads."""
    release = home.current()
    assert release is not None
    return release.id, digest(release.open())


@pytest.mark.parametrize(("kind", "step"), [("plain", 1), ("merge", 4)])
def test_a_writer_that_dies_before_a_change_to_the_file_system_leaves_a_whole_release(
    kind: str, step: int, built: Home, plain: Home, tmp_path: Path
) -> None:
    original = Home(tmp_path / "original")
    shutil.copytree((plain if kind == "plain" else built).path, original.path, symlinks=True)
    change(original, Action.PUT, "<a:a> <a:b> 1 .", plain=kind == "plain", graph=G)
    before = answering(original)
    results, number, survived = set(), 0, False
    while not survived:
        home = Home(tmp_path / f"home-{number}")
        shutil.copytree(original.path, home.path, symlinks=True)
        command = [sys.executable, "-c", KILLED_BEFORE_A_CHANGE, str(home.path), str(number), kind]
        run = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert run.returncode in (0, -signal.SIGKILL), run.stderr
        survived = run.returncode == 0
        results.add(answering(home))
        change(home, Action.PUT, "<a:a> <a:b> 1 .", plain=kind == "plain", graph=G)
        assert answering(home) == before, f"after change {number}"
        assert survived or not list(home.directory.glob(f"{BUILDING}*/store"))
        number += step
    assert number > 5
    assert len(results) == 2
    assert before in results


def test_a_server_that_is_killed_at_any_moment_loses_no_acknowledged_change(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    begin_plain(home, Base())
    acknowledged: list[int] = []
    for moment in range(MOMENTS):
        with serving(home, workers=1, token=TOKEN, default_graph="plain", keep=3) as server:
            writing = Thread(target=_write, args=(server.url, moment * 1000, acknowledged))
            writing.start()
            # The first change loads what the writer needs; the kills fall on those after it.
            _until_it_has(acknowledged, moment * 1000)
            time.sleep(0.03 * moment)
            victims = (server.workers() + server.writers(), server.web(), [server.process.pid])[moment % 3]
            for victim in victims:
                os.kill(victim, signal.SIGKILL)
            writing.join(60)
            assert not writing.is_alive()
        release = home.current()
        assert release is not None
        kept = {
            int(quad.object.value)  # type: ignore[union-attr]
            for quad in release.open().quads_for_pattern(None, None, None, NamedNode(G))
        }
        assert kept >= set(acknowledged)
    assert len(acknowledged) >= MOMENTS


def _write(url: str, start: int, acknowledged: list[int]) -> None:
    """Writes numbers until the server does not answer any more, or a change was not made."""
    for number in range(start, start + CHANGES):
        update = f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> {number} }} }}"
        try:
            answer = httpx.post(f"{url}/update", data={"update": update}, headers=BEARER, timeout=60)
        except httpx.HTTPError:
            return
        if answer.status_code != 204:
            return
        acknowledged.append(number)


def _until_it_has(acknowledged: list[int], number: int, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while number not in acknowledged:
        assert time.monotonic() < end
        time.sleep(0.01)

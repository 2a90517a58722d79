"""A builder is killed, at many moments of a build and before each of its changes to the file system."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import DEVNULL

import pytest

from server.releases.build import SEEDS, build
from server.releases.publication import BUILDING
from server.releases.release import Home
from server.releases.store import digest

MOMENTS = 25
TRIES = 4
"""How often a build is started anew that was whole before the moment at which it was to be killed."""

COMMAND = [sys.executable, "-m", "server.cli", "build"]
ROOT = SEEDS.parent

# Dies, as by kill -9, just before its n-th change to the file system; prints how many there were when it lives.
KILLED_BEFORE_A_CHANGE = """
import os, signal, sys
from pathlib import Path
home, last = sys.argv[1], int(sys.argv[2])
changes = {"os.rename", "os.mkdir", "os.symlink", "os.link", "os.rmdir", "shutil.rmtree"}
seen = 0
def watch(event, arguments):
    global seen
    if event in changes:
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
from server.releases.build import build
from server.releases.release import Home
sys.addaudithook(watch)
build([], Home(home), keep=1)
print(seen)
"""


def contents(home: Home) -> dict[str, str]:
    """The hash of all quads of every release that there is."""
    return {release.id: digest(release.open()) for release in home.releases()}


def answering(home: Home) -> tuple[str, str]:
    """The current release and the hash of all its quads."""
    release = home.current()
    assert release is not None
    return release.id, digest(release.open())


def build_for(documents: Path, environment: dict[str, str], seconds: float | None) -> tuple[int, float]:
    """Builds for so many seconds and no longer. Returns the exit status, negative for a kill, and the seconds taken."""
    started = time.monotonic()
    with subprocess.Popen([*COMMAND, str(documents)], env=environment, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait(), time.monotonic() - started


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents of the seeds, one of which a later build finds without its annotation."""
    directory = tmp_path_factory.mktemp("documents")
    for path in sorted(SEEDS.glob("*.txt"))[1:3]:
        shutil.copy(path, directory)
        shutil.copy(path.with_suffix(".yaml"), directory)
    return directory


def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_release_answering(documents: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = build([documents], home).release_id
    next(documents.glob("*.yaml")).unlink()
    environment = os.environ | {"ONRECORD_HOME": str(home.path), "PYTHONPATH": str(ROOT)}
    status, shortest = build_for(documents, environment, None)
    assert status == 0
    second, _ = answering(home)
    known = contents(home)
    assert known.keys() == {first, second}
    killed = 0
    for moment in range(MOMENTS):
        for _ in range(TRIES):
            home.switch(first)
            shutil.rmtree(home.directory / second, ignore_errors=True)
            status, seconds = build_for(documents, environment, shortest * (moment + 1) / MOMENTS)
            release, content = answering(home)
            assert known[release] == content
            assert status in (0, -signal.SIGKILL)
            if status:
                killed += 1
                break
            assert release == second
            # The machine may have been busy when the first build was timed; the moments follow the fastest one.
            shortest = min(shortest, seconds)
    assert killed >= MOMENTS * 4 // 5
    assert build([documents], home).release_id == second
    assert answering(home) == (second, known[second])
    assert not list(home.directory.glob(f"{BUILDING}*"))


def test_a_build_that_dies_before_any_change_to_the_file_system_leaves_a_whole_release_answering(
    documents: Path, tmp_path: Path
) -> None:
    original = Home(tmp_path / "original")
    build([documents], original)
    expected = Home(tmp_path / "expected")
    shutil.copytree(original.path, expected.path, symlinks=True)
    build([], expected)
    known = contents(expected)
    number, survived = 0, False
    while not survived:
        home = Home(tmp_path / f"home-{number}")
        shutil.copytree(original.path, home.path, symlinks=True)
        command = [sys.executable, "-c", KILLED_BEFORE_A_CHANGE, str(home.path), str(number)]
        run = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        survived = run.returncode == 0
        release, content = answering(home)
        assert known[release] == content, f"before change {number}"
        build([], home)
        assert answering(home) == answering(expected), f"after change {number}"
        number += 1
    assert number > 5
    assert int(run.stdout) == number - 1

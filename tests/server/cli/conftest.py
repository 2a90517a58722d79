"""The command as a user runs it: in this process for speed, or as a process of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.cli import main
from server.releases.build import build
from server.releases.release import Home

COMMAND = [sys.executable, "-m", "server.cli"]


@dataclass(frozen=True)
class Outcome:
    """What a command leaves: its exit status, its data, its messages."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of a failed command, which wrote no data."""
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("onrecord: ")
        return lines[0].removeprefix("onrecord: ")


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def seeds_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home directory with the release of the seeds, not to be changed."""
    home = tmp_path_factory.mktemp("seeds-home")
    build(None, Home(home))
    return home


@pytest.fixture
def onrecord(seeds_home: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, on the seeds' release unless another home is given."""

    def run(*arguments: object, home: Path = seeds_home) -> Outcome:
        monkeypatch.setenv("ONRECORD_HOME", str(home))
        capsysbinary.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsysbinary.readouterr()
        return Outcome(status, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def process(seeds_home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command as a process of its own."""

    def run(*arguments: str, input: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        variables = {**os.environ, "ONRECORD_HOME": str(seeds_home), **environment}
        return subprocess.run([*COMMAND, *arguments], input=input, capture_output=True, env=variables, timeout=60)

    return run


@pytest.fixture
def terminal(seeds_home: Path) -> Callable[..., str]:
    """Runs a command on a terminal 110 characters wide; what it shows, without colours and spaces at line ends."""

    def run(*arguments: str) -> str:
        environment = {**os.environ, "ONRECORD_HOME": str(seeds_home), "TERM": "xterm", "COLUMNS": "110"}
        parent, child = pty.openpty()
        with subprocess.Popen([*COMMAND, *arguments], stdout=child, env=environment) as running:
            os.close(child)
            shown = re.sub(r"\x1b\[[\d;]*m", "", _until_closed(parent).decode())
        assert running.returncode == 0
        return "\n".join(line.rstrip() for line in shown.splitlines())

    return run


def _until_closed(terminal: int) -> bytes:
    """What is written to a terminal until its other end is closed, which Linux tells by an error."""
    read = b""
    with os.fdopen(terminal, "rb", buffering=0) as stream, contextlib.suppress(OSError):
        while part := stream.read(65536):
            read += part
    return read

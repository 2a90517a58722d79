"""The command as a process: what a shell sees of streams, signals and ends."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.server.cli.conftest import COMMAND

Process = Callable[..., subprocess.CompletedProcess[bytes]]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
EVERYTHING = "SELECT * { ?s ?p ?o }"


def test_data_and_messages_do_not_mix(process: Process) -> None:
    failed = process("ask", "topicz")
    assert failed.returncode == 2
    assert failed.stdout == b""
    assert failed.stderr == b"onrecord: there is no query 'topicz'; nearest: topics\n"


def test_data_is_utf_8_wherever_it_goes(process: Process) -> None:
    asked = process("ask", "who-said-what", "--about", "ai", "--format", "json", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "“existential threat”" in asked.stdout.decode("utf-8")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_leaves_early_ends_the_command_quietly(seeds_home: Path, unbuffered: str) -> None:
    environment = {**os.environ, "ONRECORD_HOME": str(seeds_home), "PYTHONUNBUFFERED": unbuffered}
    command = [*COMMAND, "sparql", EVERYTHING, "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 128 + signal.SIGPIPE


def test_an_interrupted_query_ends_at_once_without_a_traceback(seeds_home: Path) -> None:
    environment = {**os.environ, "ONRECORD_HOME": str(seeds_home)}
    with subprocess.Popen(
        [*COMMAND, "sparql", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(2)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    assert running.returncode == 128 + signal.SIGINT
    assert out == b""
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("query", "begins"),
    [("topics", r"topic +broader .*\n─+\n"), ("who-said-what", r"speaker +\S.*\n(role|mode|affiliation) ")],
)
def test_a_terminal_is_shown_a_grid_or_where_that_is_too_wide_records(
    terminal: Callable[..., str], query: str, begins: str
) -> None:
    shown = terminal("ask", query)
    assert re.match(begins, shown)
    assert max(map(len, shown.splitlines())) <= 110


def test_a_server_starts_on_the_seeds_answers_and_stops(tmp_path: Path) -> None:
    command = [*COMMAND, "--home", str(tmp_path), "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert "building that of the seeds" in running.stderr.readline()
        address = running.stderr.readline().split(" on ")[1].split()[0]
        until = time.monotonic() + 30
        while (answer := _ready(address)) is None and time.monotonic() < until:
            running.stderr.flush()
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == "stopped\n"
    assert answer == 200
    assert running.returncode == 0


def _ready(address: str) -> int | None:
    try:
        with urlopen(f"{address}queries/documents", timeout=5) as response:
            return int(response.status)
    except OSError:
        return None


def test_a_port_that_is_taken_is_named(process: Process, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed = process("serve", "--port", str(port))
    assert failed.returncode == 2
    assert f"127.0.0.1:{port}" in failed.stderr.decode()


@pytest.mark.parametrize(
    "arguments", [["--port", "99999"], ["--default-graph", "union"], ["--host", "no.such.invalid"]]
)
def test_a_server_that_cannot_be_says_why(process: Process, arguments: list[str]) -> None:
    failed = process("serve", *arguments)
    assert failed.returncode == 2
    assert len(failed.stderr.splitlines()) == 1

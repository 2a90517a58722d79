"""Every command explains itself, quickly."""

import subprocess
from collections.abc import Callable

import pytest

from server.canned.catalogue import Catalogue
from tests.server.cli.conftest import Run

COMMANDS = ["build", "extract", "check", "ask", "sparql", "show", "serve", "export", "releases", "diff", "rollback"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_what_it_does_and_gives_an_example(onrecord: Run, command: str) -> None:
    shown = onrecord(command, "--help")
    assert shown.status == 0
    assert f"Example: onrecord {command}" in shown.out
    assert "--home" in shown.out or command == "extract"


@pytest.mark.parametrize("name", Catalogue.load().names())
def test_a_canned_query_shows_its_question_parameters_and_example(onrecord: Run, name: str) -> None:
    query = Catalogue.load()[name]
    shown = onrecord("ask", name, "--help")
    assert shown.status == 0
    assert " ".join(query.question.split()) in " ".join(shown.out.split())
    assert all(f"--{parameter.name} " in shown.out for parameter in query.parameters)
    assert f"Example: onrecord ask {name}" in shown.out


def test_without_a_command_the_help_is_shown(onrecord: Run) -> None:
    shown = onrecord()
    assert shown.status == 0
    assert all(f"  {command} " in shown.out for command in COMMANDS)


def test_the_version_is_printed(onrecord: Run) -> None:
    assert onrecord("--version").out.startswith("onrecord 0.")


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "who-said-what", "--help"], ["ask", "topics"]])
def test_asking_loads_no_heavy_library(
    process: Callable[..., subprocess.CompletedProcess[bytes]], arguments: list[str]
) -> None:
    done = process(*arguments, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    # typer reads options with pydantic, so that one is there whatever we do.
    loaded = {
        line.rsplit("|")[-1].strip() for line in done.stderr.decode().splitlines() if line.startswith("import time:")
    }
    assert "typer" in loaded
    assert loaded.isdisjoint({"rdflib", "pyshacl", "fastapi", "ingest", "uvicorn", "rapidfuzz", "rich"})

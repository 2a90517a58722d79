"""What the README and CONTRIBUTING show is what the program does."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command

from server.canned.answers import ask
from server.canned.catalogue import Catalogue, parse
from server.cli.application import application
from server.releases.release import Home
from tests.server.cli.conftest import Run

ROOT = Path(__file__).parents[3]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
COMMANDS = set(get_command(application).commands)  # type: ignore[attr-defined]


def command_lines(page: Path) -> list[list[str]]:
    """The `onrecord …` lines of a page's code, split as a shell would."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```|`([^`\n]+)`", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block, code in blocks for line in (block or code).replace("\\\n", " ").splitlines()]
    found = [re.match(r"(?:\$ )?(?:\.venv/bin/)?onrecord( .*|$)", line) for line in lines]
    return [shlex.split(match[1], comments=True) for match in found if match]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_in_the_docs_exist(page: Path) -> None:
    for words in command_lines(page):
        named = [word for word in words if not word.startswith("-")]
        assert not named or named[0] in COMMANDS, f"{page.name}: onrecord {' '.join(words)}"
        if named[:1] == ["ask"] and len(named) > 1 and named[1].islower():
            assert named[1] in [*Catalogue.load().names(), "requirements"], f"{page.name}: onrecord {' '.join(words)}"


def test_the_output_in_the_readme_is_what_the_command_prints(onrecord: Run, terminal: Callable[..., str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ onrecord (.*)\n((?:(?!```).*\n)+)```", readme)
    assert len(shown) == 2
    for command, expected in shown:
        arguments = shlex.split(command)
        lines = [line.removesuffix("…").rstrip() for line in expected.splitlines() if line.strip() != "…"]
        piped = onrecord(*arguments).out.splitlines()
        assert all(any(line in full for full in piped) for line in lines) or "\n".join(lines) in terminal(*arguments)


def test_the_query_that_contributing_shows_is_a_canned_query(seeds_home: Path) -> None:
    [text] = re.findall(r"```sparql\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    query = parse("requirements", text)
    release = Home(seeds_home).current()
    assert release is not None
    everywhere = ask(release, query, {}).rows
    somewhere = ask(release, query, {"document": [query.parameters[0].example or ""]}).rows
    assert everywhere
    assert 0 < len(somewhere) < len(everywhere)

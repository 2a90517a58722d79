"""The examples of deployment: they name what is there, and their limits leave room for what the settings allow."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path

import pytest

from server.settings import Settings, variable
from server.sizes import ByteSize

ROOT = Path(__file__).resolve().parents[1]
UNIT = ROOT / "deploy" / "onrecord.service"
CONTAINER = ROOT / "deploy" / "Containerfile"
IGNORED = ROOT / "deploy" / "Containerfile.dockerignore"
PAGE = ROOT / "docs" / "deployment.md"
FROM_OUTSIDE = {"ONRECORD_LOG_LEVEL"}


@pytest.fixture
def service() -> dict[str, str]:
    unit = ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, encoding="utf-8")
    return dict(unit["Service"])


def copied() -> list[str]:
    """What the container file copies from the project."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for line in lines for name in line.split()]


@pytest.mark.parametrize("path", [UNIT, CONTAINER, PAGE], ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    named = set(re.findall(r"ONRECORD_[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named
    assert named <= {variable(each.name) for each in fields(Settings)} | FROM_OUTSIDE


def test_the_container_has_all_that_the_distribution_has_and_it_is_there() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert set(packages["wheel"]["packages"]) <= set(copied())
    for name in copied():
        assert (ROOT / name).exists(), name


def test_what_is_copied_is_not_kept_out_of_the_build() -> None:
    let_in = {line[1:] for line in IGNORED.read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert let_in == set(copied())


def test_the_container_installs_by_hash_and_runs_as_nobody() -> None:
    lines = CONTAINER.read_text(encoding="utf-8")
    installs = re.findall(r"pip install [^&\n]+", lines)
    assert len(installs) == 3
    assert all("--require-hashes" in each or "--no-index" in each for each in installs)
    last = lines.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE)


def test_the_memory_of_the_service_holds_what_its_settings_allow(service: dict[str, str]) -> None:
    given = Settings()
    most = given.workers * given.query_memory + given.write_memory + given.sending_bytes + given.cache_bytes
    assert ByteSize.parse(service["MemoryMax"]) > most + 300 * 2**20
    assert "LimitAS" not in service, "a worker reserves more than it takes"


def test_workers_may_leave_the_network_and_the_service_can_do_little_else(service: dict[str, str]) -> None:
    assert set(service["RestrictNamespaces"].split()) == {"user", "net"}
    assert service["DynamicUser"] == service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["Environment"].split()[0] == f"ONRECORD_HOME=/var/lib/{service['StateDirectory']}"

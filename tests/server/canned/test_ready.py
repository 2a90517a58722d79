"""Answers that lie ready in a release are those that a worker would give, and no others."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from server.canned import ready
from server.canned.catalogue import Catalogue
from server.canned.desk import Desk
from server.releases.release import Release

WITHOUT = [query.name for query in Catalogue.load() if not query.parameters]


@pytest.fixture
def prepared(invented: Release, tmp_path: Path) -> Release:
    """A release that is being made."""
    shutil.copytree(invented.path, tmp_path / "release")
    release = Release(tmp_path / "release")
    ready.write(release)
    return release


@pytest.mark.parametrize("name", WITHOUT)
def test_what_lies_ready_is_what_is_answered(prepared: Release, name: str) -> None:
    answered = Desk(prepared.open(), prepared.base).answer(name, {}, "json", 10**6)
    assert ready.find(prepared, Catalogue.load()[name]) == answered.body
    assert answered.body != b"[]\n"


def test_a_query_with_parameters_has_nothing_ready(prepared: Release) -> None:
    assert ready.find(prepared, Catalogue.load()["who-said-what"]) is None
    assert len(list((prepared.path / ready.DIRECTORY).iterdir())) == len(WITHOUT)


def test_what_another_query_or_version_wrote_is_not_found(prepared: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Catalogue.load()["topics"]
    assert ready.find(prepared, query) is not None
    assert ready.find(prepared, replace(query, text=query.text + "\n")) is None
    monkeypatch.setattr(ready, "_writers", lambda: ("0", "0"))
    assert ready.find(prepared, query) is None


def test_a_release_without_answers_has_none_ready(invented: Release) -> None:
    assert ready.find(invented, Catalogue.load()["topics"]) is None


def test_an_answer_that_is_too_large_is_left_to_whoever_asks(
    invented: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(invented.path, tmp_path / "release")
    monkeypatch.setattr(ready, "LIMIT", 10)
    ready.write(Release(tmp_path / "release"))
    assert not list((tmp_path / "release" / ready.DIRECTORY).iterdir())

"""Homes to write in, and a writer's work done in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ontology.namespaces import Base
from server.releases.build import build
from server.releases.publication import lock, staging
from server.releases.release import Home
from server.writing.edition import begin_plain
from server.writing.editor import Editor
from server.writing.request import Action, Outcome, Part, Request

Change = Callable[..., Outcome]

CALLERS_BASE = "http://example.org/"


def change(home: Home, action: Action, body: str = "", *, plain: bool = False, **asked: object) -> Outcome:
    """Makes a change in a home, as the worker does."""
    media_type = asked.pop("media_type", "text/turtle")
    parts = (Part(str(media_type), body.encode()),) if body or action is not Action.DELETE else ()
    request = Request(action, CALLERS_BASE, parts=parts, **asked)  # type: ignore[arg-type]
    with lock(home.path):
        return Editor(home, staging(home.directory), plain=plain).change(request)


@pytest.fixture
def plain(tmp_path: Path) -> Home:
    """A home that begins as a general store."""
    home = Home(tmp_path / "plain")
    begin_plain(home, Base())
    return home


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a release without documents, to be copied."""
    home = Home(tmp_path_factory.mktemp("built"))
    build([], home)
    return home

"""The examples in the docstrings of the serving modules hold."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = (
    "server.workers.evaluation",
    "server.formats",
    "server.http.coding",
    "server.http.metrics",
    "server.http.pages",
    "server.http.proxy",
    "server.http.responses",
    "server.workers.lexer",
    "server.http.negotiation",
    "server.problems",
    "server.settings",
    "server.workers.wire",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0

"""What schemathesis is told is about operations that there are, and the OpenAPI document says what they need."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench.openapi import CONFIG, LEFT_OUT
from server.http import create_app
from server.releases.release import Home
from server.settings import Settings


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(Home(Path()), Settings()).openapi()


def test_what_is_left_out_is_there(document: dict[str, Any]) -> None:
    paths = document["paths"]
    for each in tomllib.loads(CONFIG.read_text())["operations"]:
        pattern = each.get("include-path-regex") or re.escape(each["include-path"]) + "$"
        assert any(re.match(pattern, path) for path in paths), each
    assert [path for path, methods in paths.items() if LEFT_OUT[1].lower() in methods] == ["/data"]


def test_operations_that_change_something_need_the_token(document: dict[str, Any]) -> None:
    [scheme] = document["components"]["securitySchemes"]
    assert document["components"]["securitySchemes"][scheme]["scheme"] == "bearer"
    secured = {
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if "security" in operation
    }
    assert secured == {"post /update", "put /data", "post /data", "patch /data", "delete /data"}


def test_a_change_is_answered_with_204(document: dict[str, Any]) -> None:
    for path, method in (("/update", "post"), ("/data", "put"), ("/data", "delete"), ("/data", "patch")):
        responses = document["paths"][path][method]["responses"]
        assert "204" in responses
        assert "200" not in responses

"""Results that the operator has had cut: marked in headers and in themselves, and never when they are whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from server.releases.release import Home
from server.workers.rows import notice

ROWS = 5
MARK = "onrecord-rows-capped"


@pytest.fixture(scope="module")
def capped(tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any) -> Iterator[httpx.Client]:
    """A client of a server whose results end after five rows."""
    home = Home(tmp_path_factory.mktemp("capped"))
    release(home, alpha=map(str, range(20)), **{f"document-{n}": ["0"] for n in range(ROWS + 1)})
    with start(home, workers=1, result_rows=ROWS) as server, server.client() as client:
        yield client


def _path(query: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more})


def _select(limit: int) -> str:
    return _path(f"SELECT ?o {{ <http://example.org/a> ?p ?o }} ORDER BY ?o LIMIT {limit}")


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                                        "text/tab-separated-values"])  # fmt: skip
def test_a_result_that_was_cut_says_so(capped: httpx.Client, media_type: str) -> None:
    for again in range(2):
        # The second answer is one that is known.
        response = capped.get(_select(6), headers={"Accept": media_type})
        assert response.status_code == 200, again
        assert response.headers[MARK] == str(ROWS)
        assert response.headers["link"] == f'<{notice(ROWS)}>; rel="describedby"'
        assert (notice(ROWS) in response.text) == ("sparql-results" in media_type)
        assert MARK in response.headers["access-control-expose-headers"].lower().split(", ")
    head = capped.head(_select(6), headers={"Accept": media_type})
    assert head.headers[MARK] == str(ROWS)


def test_a_result_that_is_whole_says_nothing(capped: httpx.Client) -> None:
    response = capped.get(_select(ROWS))
    assert len(response.json()["results"]["bindings"]) == ROWS
    assert MARK not in response.headers
    assert "link" not in response.json()["head"]


def test_the_rest_can_be_asked_for(capped: httpx.Client) -> None:
    found = []
    for offset in (0, 5, 10, 15):
        query = f"SELECT ?o {{ <http://example.org/a> ?p ?o }} ORDER BY ?o OFFSET {offset}"
        response = capped.get(_path(query))
        found += [row["o"]["value"] for row in response.json()["results"]["bindings"]]
    assert found == sorted(map(str, range(20)))
    assert MARK not in response.headers, "the last five are the rest"


@pytest.mark.parametrize(
    "path",
    ["/queries/documents?format=csv", _path("CONSTRUCT WHERE { ?s ?p ?o }"), _path("DESCRIBE <http://example.org/a>"),
     _path("ASK { ?s ?p ?o }")],
)  # fmt: skip
def test_other_answers_are_never_cut(capped: httpx.Client, path: str) -> None:
    response = capped.get(path)
    assert response.status_code == 200
    assert MARK not in response.headers
    if "ASK" not in path:
        assert len(response.text.split()) > ROWS + 1


def test_another_number_is_another_answer(
    capped: httpx.Client, tmp_path: Path, release: Callable[..., Any], start: Any
) -> None:
    """What a cache holds from before the setting was changed does not hold after."""
    home = Home(tmp_path)
    release(home, alpha=map(str, range(20)))
    with start(home, workers=1, result_rows=ROWS + 1) as server:
        other = httpx.get(server.url + _select(20), headers={"Accept-Encoding": "identity"})
    first = capped.get(_select(20), headers={"Accept-Encoding": "identity"})
    assert first.headers["etag"] != other.headers["etag"]
    assert len(other.json()["results"]["bindings"]) == ROWS + 1

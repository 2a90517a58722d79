"""SERVICE: refused but for the endpoints that the operator allows, and then asked by the web process, since workers
have no network (https://www.w3.org/TR/sparql11-federated-query/)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from server.releases.release import Home

EX = "http://example.org/"
ALLOWED = ("/rows", "/xml", "/error", "/nonsense", "/moved", "/large", "/slow")


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any) -> Iterator[Any]:
    """A server of ours that another asks."""
    home = Home(tmp_path_factory.mktemp("partner"))
    release(home, gamma=["both", "beyond"])
    with start(home, workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def asking(server: Any, partner: Any, another: Any, start: Any) -> Iterator[httpx.Client]:
    """A client of a server that may ask others."""
    endpoints = [f"{partner.url}/sparql", *(another.url + path for path in ALLOWED), "http://127.0.0.1:9/gone"]
    settings = {"service_endpoints": ", ".join(endpoints), "outside_seconds": 1, "outside_bytes": "1M"}
    with start(server.home, workers=2, **settings) as running, running.client() as client:
        assert client.get("/health/ready").json()["isolated"] is True
        yield client


def _get(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.get("/sparql?" + urlencode({"query": query}), headers=headers)


def _objects(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return sorted(row["o"]["value"] for row in response.json()["results"]["bindings"])


def test_what_two_servers_hold_is_joined(asking: httpx.Client, partner: Any) -> None:
    query = f"PREFIX e: <{EX}> SELECT ?o {{ e:a e:p ?o SERVICE <{partner.url}/sparql> {{ e:a e:p ?o }} }}"
    assert _objects(_get(asking, query)) == ["both"]
    query = f"PREFIX e: <{EX}> SELECT ?o {{ SERVICE <{partner.url}/sparql> {{ e:a e:p ?o }} }}"
    assert _objects(_get(asking, query)) == ["beyond", "both"]


@pytest.mark.parametrize("path", ["/rows", "/xml"])
def test_an_endpoint_answers_in_json_or_xml(asking: httpx.Client, another: Any, path: str) -> None:
    query = f"SELECT ?o {{ SERVICE <{another.url}{path}> {{ ?s ?p ?o FILTER(?o > 1) }} }}"
    assert _objects(_get(asking, query)) == ["both"]
    method, asked, body = another.asked[-1]
    assert (method, asked) == ("POST", path)
    assert b"SELECT" in body
    assert b"FILTER" in body


def test_two_endpoints_in_one_query(asking: httpx.Client, another: Any, partner: Any) -> None:
    first = f"SERVICE <{another.url}/rows> {{ ?s ?p ?o }}"
    second = f"SERVICE <{partner.url}/sparql> {{ ?x <{EX}p> ?o }}"
    query = f"SELECT DISTINCT ?o {{ {first} {second} }}"
    assert _objects(_get(asking, query)) == ["both"]


def test_what_another_server_says_is_not_kept(asking: httpx.Client, another: Any) -> None:
    query = f"SELECT ?o {{ SERVICE <{another.url}/rows> {{ ?s ?p ?o }} }}"
    before = len(another.asked)
    for _ in range(2):
        response = _get(asking, query)
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    assert len(another.asked) == before + 2


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/error", "answers with status 500"),
        ("/moved", "redirects to /turtle"),
        ("/large", "sends more than 1M bytes"),
        ("/slow", "did not answer whole in 1 seconds"),
        ("gone", "cannot be reached"),
    ],
)
def test_an_endpoint_that_fails_is_told_unless_it_may(asking: httpx.Client, another: Any, path: str, told: str) -> None:
    endpoint = "http://127.0.0.1:9/gone" if path == "gone" else another.url + path
    response = _get(asking, f"SELECT ?o {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}")
    assert response.status_code == 502
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"].endswith("/outside-failed")
    assert told in response.json()["detail"]
    silent = _get(asking, f"SELECT * {{ SERVICE SILENT <{endpoint}> {{ ?s ?p ?o }} }}")
    assert silent.status_code == 200
    assert silent.json()["results"]["bindings"] == [{}]


def test_an_answer_that_is_no_result_is_told(asking: httpx.Client, another: Any) -> None:
    response = _get(asking, f"SELECT ?o {{ SERVICE <{another.url}/nonsense> {{ ?s ?p ?o }} }}")
    assert response.status_code == 400
    assert "127.0.0.1:1" not in response.json()["detail"]


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{url}/other> {{ ?s ?p ?o }}",
        "SERVICE SILENT <{url}/other> {{ ?s ?p ?o }}",
        "SERVICE <{url}/rows?x> {{ ?s ?p ?o }}",
        "SERVICE ?g {{ ?s ?p ?o }} VALUES ?g {{ <{url}/rows> }}",
        "SERVICE <{url}/rows> {{ SERVICE <{url}/rows> {{ ?s ?p ?o }} }}",
        "SERVICE <http://169.254.169.254/> {{ ?s ?p ?o }}",
        "?s ?p 1SERVICE<{url}/other>{{ ?s ?p ?o }}",
    ],
)
def test_any_other_endpoint_is_refused_and_not_asked(asking: httpx.Client, another: Any, clause: str) -> None:
    before = len(another.asked)
    response = _get(asking, f"SELECT ?o {{ {clause.format(url=another.url)} }}")
    assert response.status_code == 403
    assert response.json()["type"].endswith("/federation-refused")
    assert len(another.asked) == before


def test_by_default_no_server_is_asked(client: httpx.Client, another: Any) -> None:
    before = len(another.asked)
    assert _get(client, f"SELECT ?o {{ SERVICE <{another.url}/rows> {{ ?s ?p ?o }} }}").status_code == 403
    assert len(another.asked) == before


def test_a_mistake_beside_a_service_is_told_where_it_stands(asking: httpx.Client, another: Any) -> None:
    query = f"SELECT ?o {{ SERVICE <{another.url}/rows> {{ ?s ?p ?o }} }} ORDER ?o"
    response = _get(asking, query)
    assert response.status_code == 400
    assert (response.json()["line"], response.json()["column"]) == (1, len(query) + 1)


def test_a_query_asks_others_only_so_often(asking: httpx.Client, another: Any) -> None:
    before = len(another.asked)
    values = " ".join(map(str, range(200)))
    clauses = " ".join(f"{{ SERVICE <{another.url}/rows> {{ ?s ?p ?o }} }} UNION" for _ in range(150))
    response = _get(asking, f"SELECT ?o {{ VALUES ?n {{ {values} }} {clauses} {{ }} }}")
    assert response.status_code == 502
    assert "more than 100 times" in response.json()["detail"]
    assert len(another.asked) <= before + 100

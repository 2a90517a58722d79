"""Behind a proxy: a path prefix, TLS that ends before the server, and whose word on either counts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest

PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "data.example", "X-Forwarded-Prefix": "/kg"}
ASK = "/sparql?query=ASK%7B%7D"


@pytest.fixture(scope="module")
def prefixed(server: Any, start: Callable[..., Any]) -> Iterator[httpx.Client]:
    """A client of a server that has a prefix and trusts nobody."""
    with start(server.home, workers=1, path_prefix="/kg/") as running, running.client() as client:
        yield client


@pytest.fixture(scope="module")
def trusting(server: Any, start: Callable[..., Any]) -> Iterator[httpx.Client]:
    """A client of a server that takes it for a trusted proxy."""
    trusted = "10.0.0.0/8, 127.0.0.1, ::1"
    with start(server.home, workers=1, trusted_proxies=trusted) as running, running.client() as client:
        yield client


@pytest.mark.parametrize("path", ["", "/", "/sparql", "/sparql/", ASK, "/queries", "/queries/topics", "/docs",
                                  "/health/live", "/openapi.json"])  # fmt: skip
def test_the_proxy_may_take_the_prefix_away_or_leave_it(prefixed: httpx.Client, path: str) -> None:
    whole, stripped = prefixed.get("/kg" + path), prefixed.get(path or "/")
    assert whole.status_code == stripped.status_code == 200
    assert whole.content == stripped.content
    assert whole.headers.get("etag") == stripped.headers.get("etag")


def test_the_prefix_is_matched_whole(prefixed: httpx.Client) -> None:
    assert prefixed.get("/kgsparql").status_code == 404
    assert prefixed.get("/kg/kg/sparql").status_code == 404
    assert prefixed.get("/kg/querys").json()["nearest"] == ["/queries"]


@pytest.mark.parametrize("path", ["/", "/queries", "/queries/topics", "/sparql", "/docs"])
def test_links_have_the_prefix(prefixed: httpx.Client, path: str) -> None:
    text = prefixed.get(path, headers={"Accept": "text/html"}).text
    for mark in ('href="/', 'action="/'):
        assert text.count(mark) == text.count(mark + "kg/")
    assert 'href="/kg/queries"' in text


def test_methods_are_told_under_the_prefix(prefixed: httpx.Client) -> None:
    response = prefixed.options("/kg/sparql")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"
    assert "application/sparql-query" in response.headers["accept-query"]
    assert prefixed.put("/kg/sparql").status_code == 405


def test_addresses_of_its_own_are_those_that_clients_see(trusting: httpx.Client) -> None:
    description = trusting.get("/sparql", headers=PROXIED).text
    assert "sd:endpoint <https://data.example/kg/sparql>" in description
    entries = trusting.get("/queries", headers=PROXIED).json()
    assert all(entry["url"].startswith("https://data.example/kg/queries/") for entry in entries)
    assert 'action="/kg/sparql"' in trusting.get("/sparql", headers=PROXIED | {"Accept": "text/html"}).text
    assert trusting.get("/openapi.json", headers=PROXIED).json()["servers"] == [{"url": "/kg"}]
    assert trusting.get("/kg/sparql?query=ASK%7B%7D", headers=PROXIED).status_code == 200


@pytest.mark.parametrize(
    ("headers", "endpoint"),
    [
        ({}, "http://{host}/sparql"),
        ({"X-Forwarded-Proto": "https"}, "https://{host}/sparql"),
        ({"X-Forwarded-Proto": "https, http"}, "https://{host}/sparql"),
        ({"X-Forwarded-Proto": "javascript"}, "http://{host}/sparql"),
        ({"X-Forwarded-Host": "a.example:8443"}, "http://a.example:8443/sparql"),
        ({"X-Forwarded-Host": "[2001:db8::1]:80"}, "http://[2001:db8::1]:80/sparql"),
        ({"X-Forwarded-Host": "a.example/<b>"}, "http://{host}/sparql"),
        ({"X-Forwarded-Prefix": "/a/b-c/"}, "http://{host}/a/b-c/sparql"),
        ({"X-Forwarded-Prefix": "/"}, "http://{host}/sparql"),
        ({"X-Forwarded-Prefix": '/"><script>'}, "http://{host}/sparql"),
        ({"X-Forwarded-Prefix": "//evil.example"}, "http://{host}/sparql"),
    ],
)
def test_only_what_is_well_formed_counts(trusting: httpx.Client, headers: Mapping[str, str], endpoint: str) -> None:
    host = trusting.base_url.netloc.decode()
    assert f"sd:endpoint <{endpoint.format(host=host)}>" in trusting.get("/sparql", headers=headers).text


def test_nobody_is_trusted_unless_it_is_said(client: httpx.Client, prefixed: httpx.Client) -> None:
    here = client.base_url.netloc.decode()
    assert f"sd:endpoint <http://{here}/sparql>" in client.get("/sparql", headers=PROXIED).text
    there = prefixed.base_url.netloc.decode()
    assert f"sd:endpoint <http://{there}/kg/sparql>" in prefixed.get("/sparql", headers=PROXIED).text


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TRUSTED_PROXIES", "10.0.0.1/8", "ONRECORD_TRUSTED_PROXIES: not addresses or networks"),
        ("TRUSTED_PROXIES", "proxy.example", "ONRECORD_TRUSTED_PROXIES: not addresses or networks"),
        ("PATH_PREFIX", "kg", "ONRECORD_PATH_PREFIX: 'kg' is no path such as /kg"),
        ("PATH_PREFIX", "/k g", "ONRECORD_PATH_PREFIX: '/k g' is no path such as /kg"),
    ],
)
def test_a_setting_that_means_nothing_is_told_at_the_start(server: Any, name: str, value: str, told: str) -> None:
    command = [sys.executable, "-m", "server.cli", "serve", "--home", str(server.home.path), "--port", "0"]
    ended = subprocess.run(
        command, env={f"ONRECORD_{name}": value}, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 2
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr

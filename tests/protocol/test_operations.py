"""Health, metrics, the front page, and what every path has."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from server.workers.cells import SPARES

PAGES = ("/", "/docs", "/openapi.json", "/queries", "/health/live", "/health/ready", "/metrics", "/sparql")


def test_it_lives(client: httpx.Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}


def test_a_connection_that_is_kept_is_not_held_up(client: httpx.Client) -> None:
    client.get("/health/live")
    began = time.monotonic()
    for _ in range(50):
        client.get("/health/live")
    assert time.monotonic() - began < 50 * 0.04, "each answer waited for a delayed ACK"


def test_it_is_ready_with_its_release_and_workers(server: Any, client: httpx.Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    state = response.json()
    assert state["status"] == "ready"
    assert state["release"] == server.home.current().id
    assert state["workers"] == 2
    assert len(server.workers()) == 2 + SPARES


def test_metrics_are_in_the_prometheus_format(server: Any, client: httpx.Client) -> None:
    before = server.metric('onrecord_requests_total{route="/sparql",method="GET",status="400"}')
    client.get("/sparql?query=nonsense")
    response = client.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert server.metric('onrecord_requests_total{route="/sparql",method="GET",status="400"}') == before + 1
    assert server.metric("onrecord_workers") == 2
    assert server.metric(f'onrecord_release_info{{release="{server.home.current().id}"}}') == 1
    names = {line.split("{")[0].split(" ")[0] for line in response.text.splitlines() if not line.startswith("#")}
    typed = {line.split(" ")[2] for line in response.text.splitlines() if line.startswith("# TYPE")}
    assert {name.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count") for name in names} <= typed


def test_unknown_paths_are_one_label_in_the_metrics(server: Any, client: httpx.Client) -> None:
    for number in range(3):
        client.get(f"/nothing/{number}")
    assert server.metric('onrecord_requests_total{route="(none)",method="GET",status="404"}') >= 3
    assert "/nothing" not in client.get("/metrics").text


@pytest.mark.parametrize("path", PAGES)
def test_each_path_has_head_and_options(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(client.options(path).headers["allow"].split(", "))
    refused = client.request("PROPFIND", path)
    assert refused.status_code == 405
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_an_unknown_path_is_a_problem(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/querys")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    if method == "GET":
        assert response.json()["nearest"] == ["/queries"]


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_need_nothing_from_elsewhere(client: httpx.Client, path: str) -> None:
    text = client.get(path).text
    assert text.startswith("<!doctype html>")
    assert "src=" not in text
    assert "<link" not in text


def test_the_front_page_leads_on(client: httpx.Client) -> None:
    for path in ("/queries", "/sparql", "/docs", "/openapi.json"):
        assert f'href="{path}"' in client.get("/").text

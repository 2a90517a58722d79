"""Several clients at one server, over real sockets from addresses of their own: nobody takes all of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from server.releases.release import Home

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HEAVY, LIGHT = "127.0.0.2", "127.0.0.3"


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, start: Callable[..., Any], release: Callable[..., Any]
) -> Iterator[Any]:
    """A server with two workers where a client may use little."""
    home = Home(tmp_path_factory.mktemp("shared"))
    release(home, alpha=list(map(str, range(300))))
    limits = {"workers": 2, "queue": 8, "query_seconds": 5, "cache_bytes": 0, "trusted_proxies": "127.0.0.9"}
    with start(home, **limits, client_burst=2, client_rate=0.5) as running:
        yield running


def _ask(
    server: Any, query: str, source: str, headers: dict[str, str] | None = None, **more: object
) -> tuple[int, HTTPResponse, bytes]:
    address = urlsplit(server.url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=60, source_address=(source, 0))
    try:
        connection.request("GET", f"/sparql?{urlencode({'query': query, **more})}", headers=headers or {})
        response = connection.getresponse()
        return response.status, response, response.read()
    finally:
        connection.close()


def test_who_used_more_than_its_share_is_told_so_beside_others(shared: Any) -> None:
    refused = shared.metric("onrecord_requests_refused_total")
    assert _ask(shared, CROSS, HEAVY)[0] == 504
    assert _ask(shared, "ASK {}", HEAVY)[0] == 200, "it is the only one"
    assert _ask(shared, "ASK { ?s ?p 1 }", LIGHT)[0] == 200
    status, response, body = _ask(shared, "ASK {}", HEAVY)
    assert status == 429
    assert response.getheader("content-type") == "application/problem+json"
    told = json.loads(body)
    assert told["type"].endswith("/too-many-requests")
    assert int(response.getheader("retry-after") or 0) == told["retry_after"] > 0
    assert _ask(shared, "ASK { ?s ?p 2 }", LIGHT)[0] == 200
    assert shared.metric("onrecord_requests_refused_total") == refused + 1
    assert shared.metric("onrecord_clients") >= 2


def test_a_client_behind_a_trusted_proxy_is_itself_and_nobody_else_can_be(shared: Any) -> None:
    for header, name in (("X-Forwarded-For", "{}"), ("Forwarded", "for={}")):
        spent, other = name.format(f"192.0.2.{len(header)}"), name.format(f"198.51.100.{len(header)}")
        assert _ask(shared, CROSS, "127.0.0.9", {header: spent})[0] == 504
        assert _ask(shared, "ASK {}", "127.0.0.9", {header: other})[0] == 200
        assert _ask(shared, "ASK {}", "127.0.0.9", {header: spent})[0] == 429
        assert _ask(shared, "ASK {}", "127.0.0.4", {header: spent})[0] == 200, "an address that is not trusted"


def test_one_client_with_many_long_queries_does_not_hold_up_another(shared: Any) -> None:
    with ThreadPoolExecutor(12) as threads:
        hostile = [threads.submit(_ask, shared, f"{CROSS} #{number}", "127.0.0.5") for number in range(12)]
        deadline = time.monotonic() + 4
        statuses, waits = [], []
        while time.monotonic() < deadline:
            began = time.monotonic()
            statuses.append(_ask(shared, f"ASK {{ ?s ?p {len(waits)} }}", LIGHT)[0])
            waits.append(time.monotonic() - began)
            # One that asks without a pause would use up what it may use itself.
            time.sleep(0.05)
        answers = [each.result()[0] for each in hostile]
    assert set(statuses) == {200}
    assert sorted(waits)[len(waits) // 2] < 1
    assert set(answers) <= {429, 503, 504}


@pytest.mark.parametrize("given", ["0", "-1", "soon", "1e9", "nan", "1,5"])
def test_a_time_that_is_none_is_told(shared: Any, given: str) -> None:
    status, _, body = _ask(shared, "ASK {}", LIGHT, timeout=given)
    assert status == 400
    assert json.loads(body)["place"] == "timeout"


def test_a_time_is_lowered_and_never_raised(shared: Any) -> None:
    for given, seconds in (("0.3", "0.3"), ("600", "5")):
        status, response, body = _ask(shared, CROSS + "# timeout", "127.0.0.6", timeout=given)
        assert status == 504
        assert int(response.getheader("retry-after") or 0) > 0
        assert f"after {seconds} seconds" in json.loads(body)["detail"]


def test_a_time_in_a_form_counts_as_well(shared: Any) -> None:
    response = httpx.post(f"{shared.url}/sparql", data={"query": CROSS, "timeout": "0.2"}, timeout=60)
    assert response.status_code == 504
    assert "after 0.2 seconds" in response.json()["detail"]

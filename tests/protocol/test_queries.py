"""/queries and /queries/NAME: the catalogue, each query with its parameters, and what is wrong with a request."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.canned import ready
from server.canned.catalogue import Catalogue
from server.releases.release import Home

JSON, PROBLEM, HTML = "application/json", "application/problem+json", "text/html; charset=utf-8"
NAMES = Catalogue.load().names()
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_the_catalogue_lists_every_query_with_all_that_is_needed_to_ask_it(client: httpx.Client) -> None:
    response = client.get("/queries")
    assert response.headers["content-type"] == JSON
    entries = response.json()
    assert [entry["name"] for entry in entries] == list(NAMES)
    for entry in entries:
        query = Catalogue.load()[entry["name"]]
        assert (entry["question"], entry["columns"]) == (query.question, list(query.columns))
        assert [parameter["name"] for parameter in entry["parameters"]] == [each.name for each in query.parameters]
        assert entry["url"] == f"{client.base_url}/queries/{query.name}"


def test_the_catalogue_can_be_revalidated(client: httpx.Client) -> None:
    tag = client.get("/queries").headers["etag"]
    assert client.get("/queries", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", NAMES)
def test_each_query_answers_with_its_columns(client: httpx.Client, name: str) -> None:
    query = Catalogue.load()[name]
    given = {each.name: "alpha" for each in query.parameters if each.type == "document"}
    response = client.get(f"/queries/{name}", params=given)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == JSON
    for row in response.json():
        assert tuple(row) == query.columns


@pytest.mark.parametrize("name", NAMES)
def test_each_query_has_a_page_for_a_browser(client: httpx.Client, name: str) -> None:
    response = client.get(f"/queries/{name}", headers={"Accept": BROWSER})
    assert response.headers["content-type"] == HTML
    assert f'action="/queries/{name}"' in response.text
    assert "//cdn" not in response.text
    assert "<script" not in response.text


@pytest.mark.parametrize(
    ("format", "accept", "content_type", "beginning"),
    [
        (None, "text/csv", "text/csv; charset=utf-8", "name,kind,"),
        (None, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "name\tkind\t"),
        (None, "text/markdown", "text/markdown; charset=utf-8", "| name | kind |"),
        (None, "application/sparql-results+json", "application/sparql-results+json", '{"head":{"vars":["name",'),
        ("csv", "application/json", "text/csv; charset=utf-8", "name,kind,"),
        ("srj", None, "application/sparql-results+json", '{"head":{"vars":["name",'),
        ("html", None, HTML, "<!doctype html>"),
    ],
)
def test_an_answer_in_each_format(
    client: httpx.Client, format: str | None, accept: str | None, content_type: str, beginning: str
) -> None:
    parameters = {"kind": "alliance"} | ({"format": format} if format else {})
    response = client.get("/queries/actors", params=parameters, headers={"Accept": accept or "*/*"})
    assert response.headers["content-type"] == content_type
    assert response.text.startswith(beginning)


def test_the_formats_tell_the_same(client: httpx.Client) -> None:
    rows = client.get("/queries/actors?kind=alliance").json()
    table = list(csv.reader(io.StringIO(client.get("/queries/actors?kind=alliance&format=csv").text)))
    assert len(table) == len(rows) + 1
    assert [row["name"] for row in rows] == [line[0] for line in table[1:]]


def test_parameters_may_be_repeated(client: httpx.Client) -> None:
    one, other = (client.get(f"/queries/actors?kind={kind}").json() for kind in ("alliance", "studio"))
    both = client.get("/queries/actors?kind=alliance&kind=studio").json()
    assert len(both) == len(one) + len(other)


def test_an_empty_field_of_a_form_is_no_value(client: httpx.Client) -> None:
    assert client.get("/queries/actors?kind=&document=").json() == client.get("/queries/actors").json()


@pytest.mark.parametrize(
    ("path", "status", "type", "holds"),
    [
        ("/queries/who-said-wat", 404, "not-found", {"nearest": ["who-said-what"]}),
        ("/queries/who-said-what?abot=ai", 400, "unknown-value", {"nearest": ["about"]}),
        ("/queries/who-said-what?about=aii", 400, "unknown-value", {"place": "about"}),
        ("/queries/who-said-what?mode=loud", 400, "input-error", {"place": "mode"}),
        ("/queries/events?from=soon", 400, "input-error", {"place": "from"}),
        ("/queries/topics?format=xls", 400, "input-error", {"place": "format"}),
        ("/queries/topics?format=%FF", 400, "input-error", {}),
    ],
)
def test_what_is_wrong_with_a_request(
    client: httpx.Client, path: str, status: int, type: str, holds: dict[str, Any]
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["type"].endswith("/" + type)
    assert problem["status"] == status
    assert holds.items() <= problem.items()


def test_a_wrong_value_brings_the_browser_its_form_again(client: httpx.Client) -> None:
    response = client.get("/queries/who-said-what?about=%3Cscript%3E", headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert response.headers["content-type"] == HTML
    assert "&lt;script&gt;" in response.text
    assert "<script" not in response.text


@pytest.mark.parametrize("value", ['"} UNION {?a ?b ?c', "<urn:x> } #", "\\", "?x", "'''", "$(x)", "ai} UNDEF {ai"])
def test_a_value_is_a_value_and_never_a_part_of_the_query(client: httpx.Client, value: str) -> None:
    response = client.get("/queries/who-said-what", params={"about": value})
    assert response.status_code == 400
    assert response.json()["type"].endswith("/unknown-value")


def test_an_unacceptable_answer_says_what_there_is(client: httpx.Client) -> None:
    response = client.get("/queries/topics", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/csv" in response.json()["available"]


def test_an_answer_can_be_revalidated(client: httpx.Client) -> None:
    first = client.get("/queries/topics")
    again = client.get("/queries/topics", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/queries/topics?format=csv", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/queries", "/queries/topics"])
def test_head_and_options_and_other_methods(client: httpx.Client, path: str) -> None:
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == client.get(path).headers["content-length"]
    assert client.options(path).headers["allow"] == "GET, HEAD, OPTIONS"
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_every_query_is_in_the_openapi_document_with_its_typed_parameters(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for query in Catalogue.load():
        operation = paths[f"/queries/{query.name}"]["get"]
        assert operation["summary"] == query.summary
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert names == [each.name for each in query.parameters] + ["format"]
        assert all(parameter["schema"]["type"] for parameter in operation["parameters"])
        assert "application/problem+json" in operation["responses"]["default"]["content"]
        content = operation["responses"]["200"]["content"]
        assert set(content[JSON]["schema"]["items"]["properties"]) == set(query.columns)
    identifiers = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(identifiers) == len(set(identifiers))
    json.dumps(paths)


def test_an_answer_that_lies_ready_asks_no_worker(tmp_path: Path, start: Any, release: Any) -> None:
    home = Home(tmp_path)
    ready.write(release(home, alpha=["one"]))
    with start(home, workers=1) as server, server.client() as client:
        before = server.metric("onrecord_query_seconds_count")
        first, page = client.get("/queries/topics"), client.get("/queries/documents", headers={"Accept": "text/html"})
        assert server.metric("onrecord_query_seconds_count") == before
        asked = client.get("/queries/topics?format=csv")
        assert server.metric("onrecord_query_seconds_count") == before + 1
    assert (first.status_code, page.status_code, asked.status_code) == (200, 200, 200)
    assert first.headers["content-type"] == "application/json"
    assert first.headers["etag"]
    assert "alpha" in page.text

"""LOAD: refused but for the origins that the operator allows, fetched by the web process within limits, and then part
of the one change that the update is (https://www.w3.org/TR/sparql11-update/#load)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from server.releases.release import Home

TOKEN = "s3cret-t0ken"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
G = "http://example.org/g"
EX = "http://example.org/"


@pytest.fixture(scope="module")
def loading(
    tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any, another: Any
) -> Iterator[httpx.Client]:
    """A client of a server with a plain default graph that may fetch from another."""
    home = Home(tmp_path_factory.mktemp("loading"))
    release(home, alpha=["both"])
    origins = {"load_origins": f"https://*.example.org, {another.url}", "outside_seconds": 1, "outside_bytes": "1M"}
    with start(home, workers=1, token=TOKEN, default_graph="plain", **origins) as server, server.client() as client:
        yield client


@pytest.fixture(scope="module")
def merging(
    tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any, another: Any
) -> Iterator[httpx.Client]:
    """A client of one whose default graph is the merge."""
    home = Home(tmp_path_factory.mktemp("merging"))
    release(home, alpha=["both"])
    with start(home, workers=1, token=TOKEN, load_origins=another.url) as server, server.client() as client:
        yield client


def _update(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/update", content=text, headers=HEADERS)


def _graph(client: httpx.Client, graph: str | None = G) -> list[str]:
    where = {"default": ""} if graph is None else {"graph": graph}
    response = client.get("/data", params=where, headers={"Accept": "application/n-triples"})
    return sorted(response.text.splitlines()) if response.status_code == 200 else []


def _loaded(base: str) -> list[str]:
    return sorted([f'<{EX}a> <{EX}p> "loaded" .', f"<{EX}a> <{EX}q> <{base}/relative> ."])


@pytest.fixture
def empty(loading: httpx.Client) -> httpx.Client:
    """The client, and a graph that is not there."""
    assert _update(loading, f"DROP SILENT GRAPH <{G}>; CLEAR DEFAULT").status_code == 204
    return loading


@pytest.mark.parametrize("path", ["/turtle", "/data.ttl", "/moved"])
def test_a_document_is_loaded(empty: httpx.Client, another: Any, path: str) -> None:
    response = _update(empty, f"LOAD <{another.url}{path}> INTO GRAPH <{G}>")
    assert response.status_code == 204, response.text
    assert response.headers["onrecord-release"]
    assert _graph(empty) == _loaded(another.url), "relative to where it was in the end"


def test_a_document_without_a_type_is_told_by_its_suffix(empty: httpx.Client, another: Any) -> None:
    assert _update(empty, f"LOAD <{another.url}/data.nt#part> INTO GRAPH <{G}>").status_code == 204
    assert _graph(empty) == [f'<{EX}a> <{EX}p> "loaded" .']
    assert another.asked[-1][1] == "/data.nt", "a fragment is not sent"


def test_without_a_graph_it_goes_to_the_default_graph(empty: httpx.Client, another: Any) -> None:
    assert _update(empty, f"LOAD <{another.url}/turtle>").status_code == 204
    assert _graph(empty, None) == _loaded(another.url)
    assert _graph(empty) == []


def test_a_load_is_one_operation_among_others(empty: httpx.Client, another: Any) -> None:
    text = (
        f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }} ;\n"
        f"PREFIX o: <{another.url}/> PREFIX e: <{EX}> LOAD SILENT o:turtle INTO GRAPH e:g ;\n"
        f"DELETE {{ GRAPH e:g {{ ?s e:q ?o }} }} WHERE {{ GRAPH e:g {{ ?s e:q ?o }} }} ;"
        f"BASE <{another.url}> LOAD <data.nt> INTO GRAPH <{G}>"
    )
    response = _update(empty, text)
    assert response.status_code == 204, response.text
    assert _graph(empty) == ["<a:a> <a:b> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
                             f'<{EX}a> <{EX}p> "loaded" .']  # fmt: skip


FAILURES = [
    ("/missing", "answers with status 404"),
    ("/error", "answers with status 500"),
    ("/page", "sends no graph"),
    ("/wrong.ttl", "cannot be read"),
    ("/quads", "cannot be read"),
    ("/packed", "compressed"),
    ("/round", "redirects more than 5 times"),
    ("/large", "sends more than 1M bytes"),
    ("/slow", "did not answer whole in 1 seconds"),
]


@pytest.mark.parametrize(("path", "told"), FAILURES)
def test_what_cannot_be_loaded_changes_nothing_unless_it_may(
    empty: httpx.Client, another: Any, path: str, told: str
) -> None:
    insertion = f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 'c' }} }}"
    response = _update(empty, f"{insertion}; LOAD <{another.url}{path}> INTO GRAPH <{G}>")
    assert response.status_code == 502
    assert response.json()["type"].endswith("/outside-failed")
    assert told in response.json()["detail"]
    assert _graph(empty) == []
    assert _update(empty, f"{insertion}; LOAD SILENT <{another.url}{path}> INTO GRAPH <{G}>").status_code == 204
    assert _graph(empty) == ['<a:a> <a:b> "c" .']


@pytest.mark.parametrize("silent", ["", "SILENT "])
@pytest.mark.parametrize(
    "source",
    [
        "http://127.0.0.1:9/turtle",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/",
        "file:" + "///etc/passwd",
        "ftp://example.org/a.ttl",
        "https://a.example.org.evil.test/",
        "{url}/away",
        "{url}/file",
    ],
)
def test_what_is_not_allowed_is_refused_silent_or_not(
    empty: httpx.Client, another: Any, source: str, silent: str
) -> None:
    response = _update(empty, f"LOAD {silent}<{source.format(url=another.url)}> INTO GRAPH <{G}>")
    assert response.status_code == 403, response.text
    assert response.json()["type"].endswith("/federation-refused")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("LOAD", 400),
        ("LOAD 'a'", 400),
        ("LOAD <{url}/turtle> INTO <{g}>", 400),
        ("LOAD <{url}/turtle> INTO GRAPH", 400),
        ("LOAD <{url}/turtle> INTO GRAPH <{g}> <{g}>", 400),
        ("LOAD x:turtle", 400),
        ("\nLOADSILENT <{url}/turtle>", 403),
        ("INSERT DATA {{ <a:a> <a:b> 1 }} LOAD <{url}/turtle>", 403),
        ("SERVICE <{url}/rows> {{ }}", 403),
    ],
)
def test_what_is_no_load_is_told(empty: httpx.Client, another: Any, text: str, status: int) -> None:
    response = _update(empty, text.format(url=another.url, g=G))
    assert response.status_code == status, response.text


def test_a_mistake_is_told_where_the_operation_begins(empty: httpx.Client) -> None:
    response = _update(empty, "CREATE GRAPH <urn:a> ;\n PREFIX a: <a:> LOAD a:b INTO GRAPH")
    assert (response.status_code, response.json()["line"], response.json()["column"]) == (400, 2, 17)


def test_a_word_in_a_string_loads_nothing(empty: httpx.Client, another: Any) -> None:
    before = len(another.asked)
    text = f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:load> 'LOAD <{another.url}/turtle>' }} }} # LOAD <{another.url}/x>"
    assert _update(empty, text).status_code == 204
    assert len(another.asked) == before


def test_a_pattern_does_not_reach_an_address_that_is_not_public(
    tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any, another: Any
) -> None:
    home = Home(tmp_path_factory.mktemp("pattern"))
    release(home, alpha=["both"])
    port = another.url.rpartition(":")[2]
    before = len(another.asked)
    with start(home, workers=1, token=TOKEN, load_origins=f"http://*:{port}") as server, server.client() as client:
        for host in ("localhost", "127.0.0.1", "127.1", "[::ffff:127.0.0.1]"):
            response = _update(client, f"LOAD <http://{host}:{port}/turtle> INTO GRAPH <{G}>")
            assert response.status_code in {403, 502}, response.text
            assert (response.status_code == 403) == ("not public" in response.json()["detail"])
    assert len(another.asked) == before


def test_by_default_nothing_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, release: Callable[..., Any], start: Any, another: Any
) -> None:
    home = Home(tmp_path_factory.mktemp("default"))
    release(home, alpha=["both"])
    with start(home, workers=1, token=TOKEN) as server, server.client() as client:
        assert _update(client, f"LOAD <{another.url}/turtle> INTO GRAPH <{G}>").status_code == 403


def test_a_graph_is_not_patched_by_what_is_loaded(loading: httpx.Client, another: Any) -> None:
    _update(loading, f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }}")
    response = loading.patch("/data", params={"graph": G}, content=f"LOAD <{another.url}/turtle>", headers=HEADERS)
    assert response.status_code == 403


def test_where_the_default_graph_is_derived_a_document_needs_a_graph(merging: httpx.Client, another: Any) -> None:
    assert _update(merging, f"LOAD <{another.url}/turtle>").status_code == 409
    assert _update(merging, f"LOAD <{another.url}/turtle> INTO GRAPH <{G}>").status_code == 204
    asked = merging.get("/sparql", params={"query": f"ASK {{ <{EX}a> <{EX}p> 'loaded' }}"})
    assert asked.json()["boolean"] is True, "the merge follows"
    insertion = f"INSERT {{ GRAPH <{EX}i> {{ ?s ?p 'seen' }} }} WHERE {{ ?s ?p 'loaded' }}"
    assert _update(merging, f"LOAD <{another.url}/data.nt> INTO GRAPH <{EX}h> ; {insertion}").status_code == 204
    assert _graph(merging, f"{EX}i") == [f'<{EX}a> <{EX}p> "seen" .']


def test_the_shapes_say_what_may_be_loaded(merging: httpx.Client, another: Any) -> None:
    text = f"LOAD <{another.url}/statement> INTO GRAPH <{EX}facts>"
    assert _update(merging, text).status_code == 422

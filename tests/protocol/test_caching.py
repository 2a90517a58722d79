"""Validators, caching, content codings and CORS over a socket (RFC 9110, RFC 9111, the Fetch standard)."""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import brotli
import httpx
import pytest

from server.releases.release import Home

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

EX = "http://example.org/"
SELECT = "/sparql?" + urlencode({"query": f"SELECT ?o {{ <{EX}a> <{EX}p> ?o }} ORDER BY ?o"})
LARGE = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 3000"})
NOW = "/sparql?" + urlencode({"query": "SELECT (NOW() AS ?t) {}"})
WRONG = "/sparql?query=nonsense"
PATHS = (SELECT, LARGE, "/sparql", "/queries", "/queries/topics", "/queries/topics?format=csv")
PLAIN = {"Accept-Encoding": "identity"}
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
TURTLE, CSV = {"Accept": "text/turtle"}, {"Accept": "text/csv"}


def _raw(response: httpx.Response) -> bytes:
    return b"".join(response.iter_raw())


@pytest.fixture
def dated(client: httpx.Client) -> str:
    """The date of a result; there is none in the very second in which its release came."""
    deadline = time.monotonic() + 20
    while "last-modified" not in (headers := client.get(SELECT, headers=PLAIN).headers):
        assert time.monotonic() < deadline
    return headers["last-modified"]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_of_a_release_may_be_kept_and_is_revalidated(client: httpx.Client, path: str) -> None:
    first = client.get(path, headers=PLAIN)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    assert tag.startswith('"')
    for held in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other" ,W/{tag}', "*"):
        again = client.get(path, headers=PLAIN | {"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), held
        assert again.headers["vary"] == first.headers["vary"]
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert "content-type" not in again.headers
        assert client.head(path, headers=PLAIN | {"If-None-Match": held}).status_code == 304
    for held in ('"other"', tag.strip('"'), '""', "nonsense"):
        assert client.get(path, headers=PLAIN | {"If-None-Match": held}).status_code == 200, held


def test_tags_differ_by_query_and_format_and_dataset(client: httpx.Client) -> None:
    asked = [(SELECT, {}), (SELECT, CSV), (LARGE, {}), (SELECT + "&format=xml", {}), ("/sparql", {}),
             ("/sparql", TURTLE),
             (SELECT + "&default-graph-uri=urn:a", {}), (SELECT + "&named-graph-uri=urn:a", {})]  # fmt: skip
    tags = [client.get(path, headers=PLAIN | given).headers["etag"] for path, given in asked]
    assert len(set(tags)) == len(tags) - 1, "only the description is Turtle by default"
    assert client.get(SELECT, headers=PLAIN).headers["etag"] == tags[0]


def test_a_date_says_since_when_an_answer_holds(client: httpx.Client, dated: str) -> None:
    at = parsedate_to_datetime(dated).timestamp()
    assert at <= time.time()
    for seconds, status in ((0, 304), (3600, 304), (-1, 200)):
        given = {"If-Modified-Since": formatdate(at + seconds, usegmt=True)}
        assert client.get(SELECT, headers=given).status_code == status
        assert client.head(SELECT, headers=given).status_code == status
    held = {"If-Modified-Since": dated, "If-None-Match": '"other"'}
    assert client.get(SELECT, headers=held).status_code == 200, "a tag goes before a date"
    assert client.get(SELECT, headers={"If-Modified-Since": "yesterday"}).status_code == 200


@pytest.mark.parametrize("held", [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_what_is_wrong_stays_wrong_for_who_holds_anything(
    client: httpx.Client, dated: str, held: dict[str, str]
) -> None:
    response = client.get(WRONG, headers=held)
    assert response.status_code == 400
    assert response.headers["cache-control"] == "no-store"


def test_a_result_that_changes_by_itself_is_not_kept(client: httpx.Client) -> None:
    response = client.get(NOW, headers={"If-Modified-Since": formatdate(time.time(), usegmt=True)})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert {"etag", "last-modified"}.isdisjoint(response.headers)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, br;q=0.9, zstd;q=0.1", "gzip"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("zstd;q=0, *", "br"),
        ("*", "zstd"),
        ("gzip;q=0.001", "gzip"),
        ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("gzip ; q=0.8 , identity;q=0.1", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("gzip;q=0, identity", None),
        ("gzip;q=0, br;q=0, zstd;q=0, *", None),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        ("deflate", None),
        ("gzip;q=high", None),
        ("nonsense;;,,", None),
    ],
)
def test_the_coding_that_a_client_takes(client: httpx.Client, accepted: str, coding: str | None) -> None:
    plain = client.get(LARGE, headers=PLAIN)
    with client.stream("GET", LARGE, headers={"Accept-Encoding": accepted}) as response:
        raw = _raw(response)
    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert int(response.headers["content-length"]) == len(raw)
    assert (CODINGS[coding](raw) if coding else raw) == plain.content
    assert (response.headers["etag"] == plain.headers["etag"]) == (coding is None)


@pytest.mark.parametrize("name", CODINGS)
def test_each_coding_has_its_own_tag(client: httpx.Client, name: str) -> None:
    taken = {"Accept-Encoding": name}
    plain, coded = (client.get(LARGE, headers=given).headers["etag"] for given in (PLAIN, taken))
    assert coded == plain.removesuffix('"') + f'-{name}"'
    again = client.get(LARGE, headers=taken | {"If-None-Match": f"W/{coded}"})
    assert (again.status_code, again.headers["etag"]) == (304, coded)
    assert "Accept-Encoding" in again.headers["vary"]
    assert "content-encoding" not in again.headers
    for other in ({"Accept-Encoding": each} for each in ("identity", *CODINGS) if each != name):
        assert client.get(LARGE, headers=other | {"If-None-Match": coded}).status_code == 200, other


@pytest.mark.parametrize("name", CODINGS)
def test_head_tells_of_a_coded_answer_what_get_does(client: httpx.Client, name: str) -> None:
    taken = {"Accept-Encoding": name}
    told, sent = client.head(LARGE, headers=taken).headers, client.get(LARGE, headers=taken).headers
    for header in ("content-encoding", "content-length", "etag", "vary", "content-type"):
        assert told[header] == sent[header]


@pytest.mark.parametrize("path", [SELECT, "/sparql?query=x", NOW])
def test_what_is_short_is_sent_as_it_is_and_varies_all_the_same(client: httpx.Client, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("path", [SELECT, LARGE, "/sparql", "/queries", "/", "/openapi.json", "/health/ready", WRONG,
                                  "/nothing"])  # fmt: skip
def test_any_origin_may_read_and_none_with_credentials(client: httpx.Client, path: str) -> None:
    given = {"Origin": "https://a.example", "Cookie": "a=b"}
    for response in (client.get(path, headers=given), client.head(path, headers=given)):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
        assert "set-cookie" not in response.headers
        exposed = response.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Retry-After", "Server-Timing", "Link"} <= set(exposed)


@pytest.mark.parametrize("path", ["/sparql", "/sparql/", "/queries", "/queries/topics"])
@pytest.mark.parametrize("method", ["GET", "POST", "QUERY"])
def test_a_browsers_preflight(client: httpx.Client, path: str, method: str) -> None:
    given = {
        "Origin": "https://a.example",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type,x-requested-with",
    }
    response = client.options(path, headers=given)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert (method in response.headers["access-control-allow-methods"].split(", ")) == (
        "sparql" in path or method == "GET"
    )
    assert response.headers["access-control-allow-headers"] == "*, Authorization"
    assert int(response.headers["access-control-max-age"]) > 0
    assert "access-control-allow-credentials" not in response.headers


def test_caches_may_be_given_time(tmp_path: Path, start: Callable[..., Any], release: Callable[..., Any]) -> None:
    home = Home(tmp_path)
    release(home, alpha=["1"])
    with start(home, workers=1, cache_seconds=60) as server:
        assert httpx.get(server.url + SELECT).headers["cache-control"] == "public, max-age=60, must-revalidate"
        assert httpx.get(server.url + NOW).headers["cache-control"] == "no-store"
        assert httpx.get(server.url + WRONG).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [SELECT, "/queries/actors", "/queries/actors?format=csv&kind=union"])
def test_what_was_answered_is_known(server: Any, client: httpx.Client, path: str) -> None:
    first = client.get(path, headers={"User-Agent": "one"})
    known = server.metric('onrecord_answers_total{known="yes"}')
    again = client.get(path, headers={"User-Agent": "other"})
    assert server.metric('onrecord_answers_total{known="yes"}') == known + 1
    assert server.metric("onrecord_answers_bytes") > len(first.content)
    assert again.headers["server-timing"] == "query;dur=0.00"
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


def test_what_changes_by_itself_is_asked_anew(client: httpx.Client) -> None:
    path = "/sparql?" + urlencode({"query": "SELECT (STRUUID() AS ?x) {}"})
    assert client.get(path).text != client.get(path).text


def test_a_posted_query_is_known_from_one_that_was_got(server: Any, client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?posted) { ?s ?p ?o }"
    got = client.get("/sparql", params={"query": query})
    posted = client.post("/sparql", data={"query": query})
    assert posted.headers["server-timing"] == "query;dur=0.00"
    assert posted.content == got.content
    assert posted.headers["cache-control"] == "no-store"
    other = client.post("/sparql", data={"query": query, "default-graph-uri": "urn:none"})
    assert other.json()["results"]["bindings"][0]["posted"]["value"] == "0"


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_reply_that_is_given_again_is_the_same_to_the_byte(client: httpx.Client, encoding: str) -> None:
    asked = {"Accept-Encoding": encoding, "Accept": "text/csv"}
    replies = []
    for _ in range(3):
        with client.stream("GET", LARGE, headers=asked) as response:
            timing = response.headers.pop("server-timing")
            response.headers.pop("date")
            replies.append((dict(response.headers), _raw(response)))
    assert replies[0] == replies[1] == replies[2]
    assert timing == "query;dur=0.00"
    held = {**asked, "If-None-Match": replies[0][0]["etag"]}
    assert client.get(LARGE, headers=held).status_code == 304
    assert client.head(LARGE, headers=asked).headers["content-length"] == str(len(replies[0][1]))


def test_a_question_that_many_ask_at_once_takes_one_worker(server: Any) -> None:
    # It takes a worker long enough for the others to come.
    query = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?b }"
    path = "/sparql?" + urlencode({"query": query})
    before = server.metric("onrecord_query_seconds_count")

    def ask(_: int) -> bytes:
        with server.client() as client:
            response = client.get(path)
            assert response.status_code == 200, response.text
            return response.content

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(ask, range(6)))
    assert len(set(answers)) == 1
    assert server.metric("onrecord_query_seconds_count") == before + 1

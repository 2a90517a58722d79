"""The tests that are requests with what must come back, as the manifests describe them by
https://www.w3.org/TR/HTTP-in-RDF10/: the SPARQL 1.1 Protocol and the Graph Store Protocol.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from pyoxigraph import BlankNode, Literal

from bench.conformance.endpoint import Endpoint
from bench.conformance.engine import in_graph, read_graph
from bench.conformance.manifest import MF, Case, Node, Suite, value, values
from bench.conformance.results import Solutions, same, written
from bench.conformance.verdict import Outcome, Verdict

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
HOST = "www.example"
UPDATE = re.compile(r"^update=|[?&]update=")
QUERY = re.compile(r"^query=|[?&]query=")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what must come back."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    statuses: frozenset[str]
    says: bool | None
    format: str
    location: str | None
    sends: tuple[str, bytes] | None


def run(endpoint: Endpoint, directory: Path, suite: Suite, case: Case) -> Verdict:
    """One test."""
    quads = [quad for name, iri in case.data.named for quad in in_graph(read_graph(directory, iri), name)]
    endpoint.reset(quads)
    known: dict[str, str] = {}
    for number, exchange in enumerate(exchanges(suite, case), 1):
        if wrong := _wrong(endpoint, case, exchange, known):
            return Verdict(case.name, Outcome.FAILED, f"request {number}: {wrong}"[:160])
    return Verdict(case.name, Outcome.PASSED)


def exchanges(suite: Suite, case: Case) -> list[Exchange]:
    """The requests of a test, in order."""
    store = suite.store
    connection = value(store, case.node, MF + "action")
    return [_exchange(suite, node) for node in values(store, connection, HT + "requests")]


def _exchange(suite: Suite, node: Node) -> Exchange:
    store = suite.store
    response = value(store, node, HT + "resp")
    statuses = (each.value.rpartition("#")[2] for each in values(store, response, MF + "expectedStatus"))
    says = value(store, response, MF + "expectedBoolean")
    sends = value(store, response, HT + "body")
    location = value(store, response, MF + "expectedLocation")
    return Exchange(
        _text(suite, node, HT + "methodName"),
        _text(suite, node, HT + "absolutePath"),
        _headers(suite, node),
        _content(suite, value(store, node, HT + "body")),
        frozenset(statuses),
        says.value == "true" if isinstance(says, Literal) else None,
        _text(suite, response, MF + "expectedFormat"),
        location.value if location else None,
        (_headers(suite, response).get("content-type", ""), _content(suite, sends)) if sends else None,
    )


def _text(suite: Suite, node: Node | None, predicate: str) -> str:
    found = value(suite.store, node, predicate)
    return found.value if isinstance(found, Literal) else ""


def _headers(suite: Suite, node: Node | None) -> dict[str, str]:
    named = [each for each in values(suite.store, node, HT + "headers") if isinstance(each, BlankNode)]
    return {
        _text(suite, each, HT + "fieldName").lower(): _text(suite, each, HT + "fieldValue")
        for each in named
    }  # fmt: skip


def _content(suite: Suite, node: Node | None) -> bytes:
    return _text(suite, node, CNT + "chars").encode(_text(suite, node, CNT + "characterEncoding") or "utf-8")


def _wrong(endpoint: Endpoint, case: Case, asked: Exchange, known: dict[str, str]) -> str | None:
    """What is wrong with the answer to a request; None when nothing is. Learns the location of a new graph."""
    target, body = asked.target, asked.body
    for template, location in known.items():
        target = target.replace(template, location)
        body = body.replace(template.encode(), location.encode())
    path = _path(case, asked, urlsplit(target).path if target.startswith("http") else target)
    request = endpoint.client.build_request(asked.method, path, content=body, headers={"Host": HOST, **asked.headers})
    if "accept" not in asked.headers:
        del request.headers["accept"]
    response = endpoint.client.send(request)
    if not any(_is(response.status_code, status) for status in asked.statuses):
        return f"{asked.method} {path} is {response.status_code}, not {' or '.join(sorted(asked.statuses))}"
    if asked.location is not None:
        if "location" not in response.headers:
            return "no Location"
        known[asked.location] = response.headers["location"]
    return _unlike(asked, response, f"http://{HOST}{path.partition('?')[0]}")


def _unlike(asked: Exchange, response: httpx.Response, base_iri: str) -> str | None:
    media_type = response.headers.get("content-type", "")
    if asked.says is not None and written(response.content, media_type, base_iri) is not asked.says:
        return f"the answer is not {asked.says}"
    if asked.format:
        found = written(response.content, media_type, base_iri)
        form = "boolean" if isinstance(found, bool) else "tabular" if isinstance(found, Solutions) else "RDF"
        if form != asked.format:
            return f"the answer is {form}, not {asked.format}"
    if asked.sends is not None:
        wanted = written(asked.sends[1], asked.sends[0], base_iri) if asked.sends[1].strip() else None
        if wanted is not None and not same(written(response.content, media_type, base_iri), wanted):
            return "the graph is another one"
    return None


def _path(case: Case, asked: Exchange, target: str) -> str:
    """Where a request goes here: the manifests have one path for all."""
    if target.startswith("/gsp"):
        return "/data" + target.removeprefix("/gsp")
    if not target.startswith("/sparql"):
        return target
    rest = target.removeprefix("/sparql/").removeprefix("/sparql")
    text, media_type = asked.body.decode("latin-1"), asked.headers.get("content-type", "")
    query = bool(QUERY.search(target) or QUERY.search(text)) or media_type.startswith("application/sparql-query")
    update = bool(UPDATE.search(target) or UPDATE.search(text)) or media_type.startswith("application/sparql-update")
    return ("/update" if update or (not query and "update" in case.name.rpartition("/")[2]) else "/sparql") + rest


def _is(status: int, name: str) -> bool:
    """Whether a status is the one of that name, or of that class."""
    if name.startswith("StatusCode"):
        return str(status)[0] == name.removeprefix("StatusCode")[0]
    return httpx.codes(status).name.replace("_", "").lower() == name.lower()

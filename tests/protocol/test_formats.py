"""Every form of result in every format, read back by parsers of other people and by the specifications' own words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from server.formats import FORMATS, Form, Format, content_type

EX = "http://example.org/"
TERMS = [
    "<http://e/i>", '"plain"', r'"q\"uo,te"', r'"line\nfeed"', r'"cr\r"', r'"cr\r\nlf"', r'"tab\t"', '"é🎬"',
    '"chat"@fr', "1", "1.5", "1.5e0", "true", '"x"^^<http://e/d>', "UNDEF", '""', '" sp "', r'"back\\slash"',
    '"\'"', '"<&>]]>"', '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
]  # fmt: skip
SELECT = f"SELECT ?term ?n {{ VALUES (?term ?n) {{ {' '.join(f'({term} 1)' for term in TERMS)} }} }}"
ASK, NOT = "ASK { ?s ?p ?o }", "ASK { ?s <urn:none> ?o }"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o VALUES ?s {{ <{EX}a> }} }}"
DESCRIBE = "DESCRIBE <https://w3id.org/onrecord/doc/alpha>"
XSD = "http://www.w3.org/2001/XMLSchema#"

VALUES = ["http://e/i", "plain", 'q"uo,te', "line\nfeed", "cr\r", "cr\r\nlf", "tab\t", "é🎬", "chat", "1", "1.5", "1.5",
          "true", "x", "", "", " sp ", "back\\slash", "'", "<&>]]>", "2020-01-01"]  # fmt: skip
CSV_TEXT = (
    'term,n\r\nhttp://e/i,1\r\nplain,1\r\n"q""uo,te",1\r\n"line\nfeed",1\r\n"cr\r",1\r\n"cr\r\nlf",1\r\ntab\t,1\r\né🎬,1\r\n'
    "chat,1\r\n1,1\r\n1.5,1\r\n1.5,1\r\ntrue,1\r\nx,1\r\n,1\r\n,1\r\n sp ,1\r\nback\\slash,1\r\n',1\r\n<&>]]>,1\r\n"
    "2020-01-01,1\r\n"
)
TSV_TEXT = (
    '?term\t?n\n<http://e/i>\t1\n"plain"\t1\n"q\\"uo,te"\t1\n"line\\nfeed"\t1\n"cr\\r"\t1\n"cr\\r\\nlf"\t1\n"tab\\t"\t1\n'
    f'"é🎬"\t1\n"chat"@fr\t1\n1\t1\n1.5\t1\n"1.5"^^<{XSD}double>\t1\ntrue\t1\n"x"^^<http://e/d>\t1\n\t1\n""\t1\n'
    f'" sp "\t1\n"back\\\\slash"\t1\n"\'"\t1\n"<&>]]>"\t1\n"2020-01-01"^^<{XSD}date>\t1\n'
)


def _offers(form: Form) -> list[tuple[Format, str]]:
    return [(each, media_type) for each in FORMATS if form in each.forms for media_type in each.media_types]


def _table(form: Form) -> pytest.MarkDecorator:
    offers = _offers(form)
    return pytest.mark.parametrize(("format", "media_type"), offers, ids=[name for _, name in offers])


def _get(client: httpx.Client, query: str, media_type: str) -> httpx.Response:
    response = client.get("/sparql?" + urlencode({"query": query}), headers={"Accept": media_type})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == content_type(media_type)
    return response


def _json_values(text: str) -> Iterator[str]:
    document = json.loads(text)
    assert document["head"]["vars"] == ["term", "n"]
    for row in document["results"]["bindings"]:
        yield row.get("term", {"value": ""})["value"]


def _xml_values(text: str) -> Iterator[str]:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ET.fromstring(text)
    assert [each.get("name") for each in root.iter(f"{space}variable")] == ["term", "n"]
    for row in root.iter(f"{space}result"):
        yield "".join("".join(each.itertext()) for each in row if each.get("name") == "term")


@_table(Form.SOLUTIONS)
def test_solutions(client: httpx.Client, format: Format, media_type: str) -> None:
    text = _get(client, SELECT, media_type).content.decode()
    match format.name:
        case "json":
            assert list(_json_values(text)) == VALUES
        case "xml":
            assert list(_xml_values(text)) == VALUES
        case "csv":
            assert text == CSV_TEXT
            assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == ["term", *VALUES]
        case "tsv":
            assert text == TSV_TEXT


@_table(Form.BOOLEAN)
@pytest.mark.parametrize(("query", "truth"), [(ASK, "true"), (NOT, "false")])
def test_a_boolean(client: httpx.Client, format: Format, media_type: str, query: str, truth: str) -> None:
    text = _get(client, query, media_type).text
    match format.name:
        case "json":
            assert json.loads(text) == {"head": {}, "boolean": truth == "true"}
        case "xml":
            assert ET.fromstring(text).findtext("{http://www.w3.org/2005/sparql-results#}boolean") == truth
        case _:
            assert text.strip() == truth


# Without named graphs TriG is Turtle and N-Quads is N-Triples, and without formulas N3 is Turtle.
READERS = {"jsonld": "json-ld", "ntriples": "nt", "nquads": "nt", "rdfxml": "xml"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader of JSON-LD, to itself
@_table(Form.GRAPH)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_a_graph(client: httpx.Client, format: Format, media_type: str, query: str) -> None:
    expected = rdflib.Graph().parse(data=_get(client, query, "application/n-triples").text, format="nt")
    text = _get(client, query, media_type).content.decode()
    found = rdflib.Graph().parse(data=text, format=READERS.get(format.name, "turtle"))
    assert len(expected) > 1
    assert isomorphic(found, expected)


@pytest.mark.parametrize("media_type", ["text/turtle", "application/trig", "text/n3"])
def test_prefixes_are_applied_and_only_those_that_are_used(client: httpx.Client, media_type: str) -> None:
    text = _get(client, DESCRIBE, media_type).text
    assert "onr:Document" in text
    for line in text.splitlines():
        if line.startswith("@prefix"):
            assert text.count(line.split()[1]) > 1


def test_rdfxml_has_the_prefixes(client: httpx.Client) -> None:
    assert "<dcterms:identifier>alpha</dcterms:identifier>" in _get(client, DESCRIBE, "application/rdf+xml").text


@pytest.mark.parametrize(("media_type", "node"), [("text/csv", "\r\n_:"), ("text/tab-separated-values", "\n_:")])
def test_blank_nodes_of_a_table(client: httpx.Client, media_type: str, node: str) -> None:
    text = _get(client, "SELECT ?b ?c { BIND(BNODE() AS ?b) BIND(?b AS ?c) }", media_type).text
    assert node in text
    cells = text.split()[-1].replace(",", " ").split()
    assert len(set(cells)) == 1, "one node has one label in one result"


NOTHING = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/>'
    '<variable name="b"/></head><results></results></sparql>'
)


@pytest.mark.parametrize("media_type", [name for _, name in _offers(Form.SOLUTIONS)])
def test_no_rows(client: httpx.Client, media_type: str) -> None:
    text = _get(client, "SELECT ?a ?b { ?a <urn:none> ?b }", media_type).text
    assert text in {
        "a,b\r\n",
        "?a\t?b\n",
        '{"head":{"vars":["a","b"]},"results":{"bindings":[]}}',
        NOTHING,
    }


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "text/turtle"),
        (SELECT, "application/sparql-results+json;q=0"),
        (SELECT, "image/*, text/html"),
        (ASK, "application/n-triples"),
        (CONSTRUCT, "text/csv"),
        (CONSTRUCT, "*/*;q=0"),
        ("SELECT ('\\u0001' AS ?x) {}", "application/sparql-results+xml"),
        ("CONSTRUCT { <urn:a> <urn:1/> 1 } {}", "application/rdf+xml"),
    ],
)
def test_what_cannot_be_had_is_refused_with_what_can(client: httpx.Client, query: str, accept: str) -> None:
    response = client.get("/sparql?" + urlencode({"query": query}), headers={"Accept": accept})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert "Accept" in response.headers["vary"].split(", ")
    available = response.json()["available"]
    assert available
    if "q=0" not in accept and "image" not in accept:
        # The form of the result is known, and all that is offered can be had.
        for media_type in available:
            assert _get(client, query, media_type).content

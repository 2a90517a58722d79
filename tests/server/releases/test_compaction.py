"""Compact JSON-LD: what is read back is what was written, with the short names of the ontology and nothing fetched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

from ontology import context
from ontology.errors import InputError
from ontology.namespaces import DCTERMS, OA, ONR, RDF, RDFS, XSD, Base
from server.releases import compaction

# rdflib's own JSON-LD parser uses classes that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = Base("https://example.org/record/")
FACT = BASE.id("person", "ann")
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

PREDICATES = (ONR.speaker, ONR.mode, ONR.order, ONR.remote, ONR.confidence, ONR.summary, ONR.name, RDF.type, RDFS.label)
PREDICATES += (DCTERMS.creator, OA.start, OA.exact, NamedNode("http://example.net/p"), NamedNode("urn:p:q"))
NODES = (
    *(ONR.direct, ONR.Statement, ONR.speaker, RDF.type, OA.exact, FACT, BASE.doc("a"), BASE.id("person", "a:b")),
    *(BASE.id("person", "ü%"), BASE.id("person", ".."), BASE.id("person", "a.b~c"), BASE.graph("ontology")),
    *map(
        NamedNode,
        (
            "https://example.org/record/",
            "https://example.org/record/id/",
            "https://example.org/record/id//a",
            "https://example.org/record/id/a?b#c",
            "https://example.org/record/topic",
            "https://w3id.org/onrecord/ontology#",
            "https://w3id.org/onrecord/ontology#a/b:c",
            "https://schema.org/1",
            "urn:isbn:0",
            "http://example.net/",
            "mailto:a@example.net",
        ),
    ),
)
LITERALS = (
    *map(Literal, ("", "direct", "id/person/ann", "http://example.net/", "@id", 'a\r\n\t"\\<b> “c” 🎬', "1", "true")),
    *(Literal("Netflix", language="en"), Literal("2023~", datatype=EDTF), Literal("x", datatype=XSD.anyURI)),
    *(Literal(text, datatype=XSD.integer) for text in ("0", "-0", "7", "+7", "007", "-12", "9" * 15, "9" * 30, "x")),
    *(Literal(text, datatype=XSD.decimal) for text in ("1", "0.9", "0.90", "650000")),
    *(Literal(text, datatype=XSD.boolean) for text in ("true", "false", "1", "yes")),
    *(Literal(text, datatype=XSD.double) for text in ("1", "1.5E0", "NaN")),
)


def written(triples: list[Triple], base: Base = BASE) -> bytes:
    return b"".join(compaction.lines(sorted(set(triples), key=str), base))


def node(*triples: Triple) -> dict[str, Any]:
    """The one node object of a document."""
    (found,) = json.loads(written(list(triples)))["@graph"]
    return dict(found)


triples = st.lists(
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from((*NODES, *LITERALS)))
    | st.builds(
        Triple, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.text(st.characters(codec="utf-8")).map(Literal)
    )
)


@given(triples)
def test_what_is_written_is_read_back_the_same(given: list[Triple]) -> None:
    assert {quad.triple for quad in parse(written(given), format=RdfFormat.JSON_LD)} == set(given)


@pytest.mark.parametrize("predicate", PREDICATES, ids=str)
def test_another_reader_reads_the_same(predicate: NamedNode) -> None:
    given = [Triple(FACT, predicate, value) for value in (*NODES, *LITERALS)]
    expected = Graph().parse(data="".join(f"{triple} .\n" for triple in given), format="nt")
    assert set(Graph().parse(data=written(given), format="json-ld")) == set(expected)


def test_the_context_is_that_of_the_ontology_inline_with_the_base() -> None:
    found = json.loads(written([Triple(FACT, RDF.type, ONR.Person)]))["@context"]
    assert found == {"@base": BASE.iri, **context.document()["@context"]}


def test_names_are_short_and_values_plain() -> None:
    statement = NamedNode(f"{BASE.doc('a').value}/statement-1-2")
    rows: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, ONR.Statement),
        (ONR.speaker, FACT),
        (ONR.mode, ONR.direct),
        (ONR.quotation, Literal("two")),
        (ONR.quotation, Literal("one")),
        (ONR.confidence, Literal("0.90", datatype=XSD.decimal)),
        (ONR.order, Literal(3)),
        (ONR.remote, Literal(True)),
        (RDFS.label, Literal("yes", language="en")),
        (OA.exact, Literal("exactly")),
    ]
    assert node(*(Triple(statement, *row) for row in rows)) == {
        "id": "doc/a/statement-1-2",
        "type": "Statement",
        "confidence": "0.90",
        "mode": "direct",
        "oa:exact": "exactly",
        "order": 3,
        "quotation": ["one", "two"],
        "rdfs:label": {"@value": "yes", "@language": "en"},
        "remote": True,
        "speaker": "id/person/ann",
    }


def test_a_blank_node_keeps_its_name() -> None:
    assert node(Triple(BlankNode("a"), ONR.link, BlankNode("b"))) == {"id": "_:a", "link": "_:b"}


def test_each_subject_is_a_line_and_the_order_does_not_matter() -> None:
    given = [Triple(subject, RDF.type, ONR.Person) for subject in (NODES[-1], FACT, BASE.doc("a"))]
    assert written(given) == written(given[::-1])
    assert len(written(given).splitlines()) == 2 + len(given) + 1
    assert json.loads(written([]))["@graph"] == []


@pytest.mark.parametrize("iri", ["onr:direct", "schema:name"])
def test_an_iri_that_would_be_read_as_a_prefixed_name_is_refused(iri: str) -> None:
    for triple in (Triple(NamedNode(iri), RDF.type, ONR.Person), Triple(FACT, ONR.speaker, NamedNode(iri))):
        with pytest.raises(InputError, match=iri):
            written([triple])


def test_a_triple_about_a_triple_is_refused() -> None:
    inner = Triple(FACT, RDF.type, ONR.Person)
    with pytest.raises(InputError, match="triple about a triple"):
        written([Triple(FACT, ONR.speaker, inner)])

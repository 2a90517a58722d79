"""Content negotiation, case by case (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.formats import FORMATS, Form, formats
from server.http.negotiation import media_ranges, negotiate

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
JENA_SELECT = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
    "text/csv;q=0.5, application/json;q=0.2, application/xml;q=0.2, */*;q=0.1"
)
JENA_CONSTRUCT = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
JENA_ASK = "application/sparql-results+json, application/sparql-results+xml;q=0.9, application/json;q=0.2, */*;q=0.1"
JENA_ASK_XML = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9,"
    "application/json;q=0.2,application/xml;q=0.2,*/*;q=0.1"
)
JENA_STORE = (
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,"
    "application/trig,application/n-quads;q=0.9,application/ld+json;q=0.8,*/*;q=0.5"
)
COMUNICA_SOURCE = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,"
    "text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135"
)
JENA_DATASET = "application/trig,application/n-quads;q=0.9,application/ld+json;q=0.8,*/*;q=0.5"
RDF4J_SELECT = (
    "application/x-binary-rdf-results-table, application/sparql-results+xml;q=0.8, "
    "application/sparql-results+json;q=0.8, text/csv;q=0.8, text/tab-separated-values;q=0.8"
)
RDF4J_STAR = (
    "application/x-sparqlstar-results+json, application/sparql-results+json;q=0.8, "
    "application/sparql-results+xml;q=0.8, application/x-binary-rdf-results-table"
)
RDF4J_GRAPH = (
    "application/x-binary-rdf, application/n-triples;q=0.8, text/turtle;q=0.8, application/rdf+xml;q=0.5, "
    "application/trig;q=0.8, application/n-quads;q=0.8"
)
RDF4J_ASK = "text/boolean, application/sparql-results+json;q=0.8, application/sparql-results+xml;q=0.8"
RDF4J_OLD = (
    "application/sparql-results+xml;q=0.8,application/xml;q=0.8,application/x-binary-rdf-results-table,"
    "application/sparql-results+json;q=0.8,application/json;q=0.8,text/csv;q=0.8,text/tab-separated-values;q=0.8"
)
GRAPHDB_SELECT = "application/x-sparqlstar-results+json, application/sparql-results+json;q=0.9, */*;q=0.8"
GRAPHDB_GRAPH = "application/x-graphdb-table-results+json, application/rdf+json;q=0.9, */*;q=0.8"
YASGUI_SELECT = "application/sparql-results+json,*/*;q=0.9"
YASGUI_GRAPH = "application/n-triples,*/*;q=0.9"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
RDFLIB_GRAPH = "text/turtle;q=1.0, application/rdf+xml;q=0.9, application/n-triples;q=0.8, */*;q=0.1"
SPARQLWRAPPER_XML = "application/sparql-results+xml"
SPARQLWRAPPER_JSON = "application/sparql-results+json,application/json,text/javascript,application/javascript"
SPARQLWRAPPER_RDF = "application/rdf+xml"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,text/html;q=0.2"
)
COMUNICA_SELECT = (
    "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7,text/turtle;q=0.6,*/*;q=0.1"
)
VIRTUOSO_ISQL = "application/sparql-results+xml, text/rdf+n3, application/rdf+xml, */*;q=0.1"

CASES = [
    # no wish
    ("no header", None, Form.SOLUTIONS, "application/sparql-results+json"),
    ("no header, graph", None, Form.GRAPH, "text/turtle"),
    ("empty header", "", Form.SOLUTIONS, "application/sparql-results+json"),
    ("white space", "  ", Form.GRAPH, "text/turtle"),
    ("anything", "*/*", Form.SOLUTIONS, "application/sparql-results+json"),
    # exact
    ("exact", "text/csv", Form.SOLUTIONS, "text/csv"),
    ("exact in capitals", "TEXT/CSV", Form.SOLUTIONS, "text/csv"),
    ("exact with charset", "text/csv; charset=UTF-8", Form.SOLUTIONS, "text/csv"),
    ("quoted charset", 'text/turtle; charset="utf-8"', Form.GRAPH, "text/turtle"),
    ("a charset that is not sent", "text/csv; charset=iso-8859-1", Form.SOLUTIONS, None),
    ("a parameter as a hint", "application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted", Form.GRAPH,
     "application/ld+json"),
    ("a comma in a quoted parameter", 'application/ld+json;profile="a,b", text/turtle;q=0.1', Form.GRAPH,
     "application/ld+json"),
    # quality
    ("higher quality wins", "text/csv;q=0.3, application/sparql-results+xml;q=0.7", Form.SOLUTIONS,
     "application/sparql-results+xml"),
    ("higher quality wins over order", "text/csv;q=0.3, */*;q=0.2", Form.SOLUTIONS, "text/csv"),
    ("quality after a parameter", "text/csv;charset=utf-8;q=0.1, text/tab-separated-values;q=0.2", Form.SOLUTIONS,
     "text/tab-separated-values"),
    ("quality in capitals", "text/csv;Q=0.1, text/tab-separated-values;Q=0.2", Form.SOLUTIONS,
     "text/tab-separated-values"),
    ("quality with white space", "text/csv ; q=0.1 , text/tab-separated-values ; q=0.2", Form.SOLUTIONS,
     "text/tab-separated-values"),
    ("zero excludes", "text/csv;q=0", Form.SOLUTIONS, None),
    ("zero excludes from a wildcard", "application/sparql-results+json;q=0, */*", Form.SOLUTIONS,
     "application/sparql-results+xml"),
    ("zero excludes a type", "text/*;q=0, */*;q=0.5", Form.GRAPH, "application/ld+json"),
    ("zero excludes everything", "*/*;q=0", Form.SOLUTIONS, None),
    ("zero excludes everything else", "text/csv, */*;q=0", Form.SOLUTIONS, "text/csv"),
    ("an exact range over an excluded type", "text/*;q=0, text/csv;q=0.1", Form.SOLUTIONS, "text/csv"),
    ("three digits", "text/csv;q=0.001", Form.SOLUTIONS, "text/csv"),
    ("an exact range's low quality over a wildcard's high", "application/sparql-results+json;q=0.1, */*;q=0.9",
     Form.SOLUTIONS, "application/sparql-results+xml"),
    # specificity
    ("a type range", "text/*", Form.SOLUTIONS, "text/csv"),
    ("a type range, graph", "application/*", Form.GRAPH, "application/ld+json"),
    ("equal quality, the specific one", "*/*, text/tab-separated-values", Form.SOLUTIONS, "text/tab-separated-values"),
    ("equal quality, the type over anything", "*/*, text/*", Form.SOLUTIONS, "text/csv"),
    ("equal quality, the server's order", "text/csv, application/sparql-results+xml", Form.SOLUTIONS,
     "application/sparql-results+xml"),
    # aliases
    ("JSON by its short type", "application/json", Form.SOLUTIONS, "application/json"),
    ("JSON of a graph is JSON-LD", "application/json", Form.GRAPH, "application/json"),
    ("XML by its short type", "application/xml", Form.GRAPH, "application/xml"),
    ("plain text of a graph is N-Triples", "text/plain", Form.GRAPH, "text/plain"),
    ("the proper type before the alias", "application/json, application/sparql-results+json", Form.SOLUTIONS,
     "application/sparql-results+json"),
    # nothing fits
    ("another form's type", "text/turtle", Form.SOLUTIONS, None),
    ("an unknown type", "image/png", Form.GRAPH, None),
    ("rows have no Turtle", "text/turtle", Form.ROWS, None),
    # not media ranges
    ("nonsense", "nonsense", Form.SOLUTIONS, None),
    ("nonsense beside sense", "nonsense, ,;;, text/csv", Form.SOLUTIONS, "text/csv"),
    ("a wildcard type alone", "*/csv", Form.SOLUTIONS, None),
    ("a quality that is no number", "text/csv;q=high", Form.SOLUTIONS, None),
    ("a quality above one", "text/csv;q=2, text/tab-separated-values;q=0.1", Form.SOLUTIONS,
     "text/tab-separated-values"),
    # recorded from clients
    ("a browser, rows", CHROME, Form.ROWS, "text/html"),
    ("a browser, solutions", CHROME, Form.SOLUTIONS, "application/xml"),
    ("Jena, SELECT", JENA_SELECT, Form.SOLUTIONS, "application/sparql-results+json"),
    ("Jena, CONSTRUCT", JENA_CONSTRUCT, Form.GRAPH, "text/turtle"),
    ("Jena, ASK", JENA_ASK, Form.BOOLEAN, "application/sparql-results+json"),
    ("Jena, ASK, newer", JENA_ASK_XML, Form.BOOLEAN, "application/sparql-results+json"),
    ("Jena, a graph of the store", JENA_STORE, Form.GRAPH, "text/turtle"),
    ("Comunica, finding out what is there", COMUNICA_SOURCE, Form.GRAPH, "application/n-quads"),
    ("Jena, dataset", JENA_DATASET, Form.GRAPH, "application/trig"),
    ("RDF4J, SELECT", RDF4J_SELECT, Form.SOLUTIONS, "application/sparql-results+json"),
    ("RDF4J, SELECT with triple terms", RDF4J_STAR, Form.SOLUTIONS, "application/sparql-results+json"),
    ("RDF4J, CONSTRUCT", RDF4J_GRAPH, Form.GRAPH, "text/turtle"),
    ("RDF4J, ASK", RDF4J_ASK, Form.BOOLEAN, "application/sparql-results+json"),
    ("RDF4J of old", RDF4J_OLD, Form.SOLUTIONS, "application/sparql-results+json"),
    ("GraphDB, SELECT", GRAPHDB_SELECT, Form.SOLUTIONS, "application/sparql-results+json"),
    ("GraphDB, CONSTRUCT", GRAPHDB_GRAPH, Form.GRAPH, "text/turtle"),
    ("YASGUI, SELECT", YASGUI_SELECT, Form.SOLUTIONS, "application/sparql-results+json"),
    ("YASGUI, CONSTRUCT", YASGUI_GRAPH, Form.GRAPH, "application/n-triples"),
    ("Firefox, graph", FIREFOX, Form.GRAPH, "application/xml"),
    ("Safari, rows", SAFARI, Form.ROWS, "text/html"),
    ("Java, SELECT", JAVA, Form.SOLUTIONS, "application/sparql-results+json"),
    ("rdflib, CONSTRUCT", RDFLIB_GRAPH, Form.GRAPH, "text/turtle"),
    ("Sesame, TriG", "application/x-trig", Form.GRAPH, "application/x-trig"),
    ("Sesame, N3", "text/rdf+n3", Form.GRAPH, "text/rdf+n3"),
    ("Sesame, Turtle", "application/x-turtle", Form.GRAPH, "application/x-turtle"),
    ("TSV by a name that is not registered", "text/tsv", Form.SOLUTIONS, "text/tsv"),
    ("SPARQLWrapper, JSON", SPARQLWRAPPER_JSON, Form.SOLUTIONS, "application/sparql-results+json"),
    ("SPARQLWrapper, XML", SPARQLWRAPPER_XML, Form.BOOLEAN, "application/sparql-results+xml"),
    ("SPARQLWrapper, RDF", SPARQLWRAPPER_RDF, Form.GRAPH, "application/rdf+xml"),
    ("Comunica, CONSTRUCT", COMUNICA, Form.GRAPH, "application/n-quads"),
    ("Comunica, SELECT", COMUNICA_SELECT, Form.SOLUTIONS, "application/sparql-results+json"),
    ("Virtuoso, CONSTRUCT", VIRTUOSO_ISQL, Form.GRAPH, "application/rdf+xml"),
    ("axios", "application/json, text/plain, */*", Form.SOLUTIONS, "application/json"),
    ("jQuery", "application/json, text/javascript, */*; q=0.01", Form.ROWS, "application/json"),
    ("curl", "*/*", Form.ROWS, "application/json"),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "form", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_negotiation(accept: str | None, form: Form, expected: str | None) -> None:
    choice = negotiate(accept, formats(form))
    assert (choice.media_type if choice else None) == expected


def test_nothing_on_offer_is_nothing_chosen() -> None:
    assert negotiate(None, ()) is None
    assert negotiate("*/*", ()) is None


@given(st.text())
def test_any_header_is_read(header: str) -> None:
    assert all(0 <= each.quality <= 1 for each in media_ranges(header))
    negotiate(header, FORMATS)


@given(st.sampled_from([format.media_type for format in formats(Form.GRAPH)]), st.integers(1, 1000))
def test_the_only_type_asked_for_is_the_one_that_is_sent(media_type: str, thousandths: int) -> None:
    choice = negotiate(f"{media_type};q={thousandths / 1000:.3f}", formats(Form.GRAPH))
    assert choice is not None
    assert choice.media_type == media_type

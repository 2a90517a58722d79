"""The one table of formats: media types, names for `?format=`, file suffixes, and the forms of result each can carry.

Media types and format IRIs are those of https://www.w3.org/ns/formats/ and of the SPARQL 1.1 result formats
(https://www.w3.org/TR/sparql11-overview/). Order is the server's own preference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import InputError


class Form(StrEnum):
    """What there is to be written."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a result. `names[0]` is the proper one; `aliases` are media types that mean the same."""

    names: tuple[str, ...]
    label: str
    media_type: str
    suffix: str
    forms: frozenset[Form]
    aliases: tuple[str, ...] = ()
    iri: str | None = None

    @property
    def name(self) -> str:
        """The short name.

        >>> format_named("ttl", Form.GRAPH).name
        'turtle'
        """
        return self.names[0]

    @property
    def media_types(self) -> tuple[str, ...]:
        """The proper media type, then its aliases."""
        return (self.media_type, *self.aliases)


_RESULTS = frozenset({Form.SOLUTIONS, Form.BOOLEAN})
_GRAPH = frozenset({Form.GRAPH})
_ROWS = frozenset({Form.ROWS})
_W3C = "http://www.w3.org/ns/formats/"

FORMATS: tuple[Format, ...] = (
    Format(
        ("json", "srj"),
        "SPARQL Results in JSON",
        "application/sparql-results+json",
        ".srj",
        _RESULTS,
        ("application/json",),
        _W3C + "SPARQL_Results_JSON",
    ),
    Format(
        ("xml", "srx"),
        "SPARQL Results in XML",
        "application/sparql-results+xml",
        ".srx",
        _RESULTS,
        ("application/xml", "text/xml"),
        _W3C + "SPARQL_Results_XML",
    ),
    Format(("csv",), "SPARQL Results in CSV", "text/csv", ".csv", _RESULTS, (), _W3C + "SPARQL_Results_CSV"),
    Format(
        ("tsv",),
        "SPARQL Results in TSV",
        "text/tab-separated-values",
        ".tsv",
        _RESULTS,
        ("text/tsv",),
        _W3C + "SPARQL_Results_TSV",
    ),
    Format(("turtle", "ttl"), "Turtle", "text/turtle", ".ttl", _GRAPH, ("application/x-turtle",), _W3C + "Turtle"),
    Format(
        ("jsonld", "json-ld", "json"),
        "JSON-LD",
        "application/ld+json",
        ".jsonld",
        _GRAPH,
        ("application/json",),
        _W3C + "JSON-LD",
    ),
    Format(
        ("ntriples", "nt", "n-triples"),
        "N-Triples",
        "application/n-triples",
        ".nt",
        _GRAPH,
        ("text/plain",),
        _W3C + "N-Triples",
    ),
    Format(
        ("rdfxml", "rdf", "rdf-xml", "rdf+xml", "xml"),
        "RDF/XML",
        "application/rdf+xml",
        ".rdf",
        _GRAPH,
        ("application/xml", "text/xml"),
        _W3C + "RDF_XML",
    ),
    Format(("trig",), "TriG", "application/trig", ".trig", _GRAPH, ("application/x-trig",), _W3C + "TriG"),
    Format(
        ("nquads", "nq", "n-quads"),
        "N-Quads",
        "application/n-quads",
        ".nq",
        _GRAPH,
        ("text/x-nquads",),
        _W3C + "N-Quads",
    ),
    Format(("n3",), "N3", "text/n3", ".n3", _GRAPH, ("text/rdf+n3",), _W3C + "N3"),
    Format(("json",), "JSON, a list of flat objects", "application/json", ".json", _ROWS),
    Format(("csv",), "CSV", "text/csv", ".csv", _ROWS),
    Format(("tsv",), "TSV", "text/tab-separated-values", ".tsv", _ROWS),
    Format(("md", "markdown"), "Markdown table", "text/markdown", ".md", _ROWS),
    Format(("html",), "HTML table", "text/html", ".html", _ROWS, ("application/xhtml+xml",)),
    Format(("srj", "sparql-json"), "SPARQL Results in JSON", "application/sparql-results+json", ".srj", _ROWS),
)


def formats(form: Form) -> tuple[Format, ...]:
    """The formats a form of result can be written in, preferred first."""
    return tuple(format for format in FORMATS if form in format.forms)


def format_named(name: str, form: Form) -> Format:
    """A format by its short name, media type or suffix, in any case.

    Raises:
        InputError: no format for this form has that name.
    """
    wanted = name.strip().lower()
    for format in formats(form):
        if wanted in format.names or wanted in format.media_types or wanted == format.suffix:
            return format
    known = ", ".join(format.name for format in formats(form))
    raise InputError(f"no format {name!r} for {form.value}; there are {known}", "format")


def content_type(media_type: str) -> str:
    """The Content-Type header for a media type: text says that it is UTF-8.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

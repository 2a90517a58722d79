"""Turtle declares the prefixes that it uses, and no others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from ontology.namespaces import ONR, SCHEMA, XSD, Base
from server.formats import Form, formats
from server.turtle import MEDIA_TYPES, without_unused_prefixes

PREFIXES = Base().prefixes()
NODES = (ONR.name, SCHEMA.name, Base().doc("a"), Base().graph("ontology"), NamedNode("http://example.org/onr:schema:"))
LITERALS = (Literal("grid:x"), Literal("1", datatype=XSD.token), Literal("x", datatype=ONR.kind), Literal("\nxsd:"))
SYNTAXES = [format for media_type in sorted(MEDIA_TYPES) if (format := RdfFormat.from_media_type(media_type))]

node = st.sampled_from(NODES)
quads = st.lists(st.builds(Quad, node, node, st.sampled_from((*NODES, *LITERALS)), node))


def written(quads: list[Quad], syntax: RdfFormat) -> bytes:
    given = quads if syntax.supports_datasets else [quad.triple for quad in quads]
    return serialize(given, format=syntax, prefixes=PREFIXES) or b""


def declared(data: bytes) -> list[str]:
    return re.findall(r"^@prefix (\w+):", data.decode(), re.MULTILINE)


def test_the_formats_are_those_whose_head_the_engine_writes_so() -> None:
    found = {format.media_type for format in formats(Form.GRAPH)}
    for media_type in found:
        syntax = RdfFormat.from_media_type(media_type)
        assert syntax is not None
        quad = Quad(ONR.name, ONR.name, ONR.name)
        assert written([quad], syntax).startswith(b"@prefix") == (media_type in MEDIA_TYPES)


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.name)
@given(quads=quads)
def test_what_is_left_reads_back_the_same(syntax: RdfFormat, quads: list[Quad]) -> None:
    full = written(quads, syntax)
    data = without_unused_prefixes(full)
    assert set(parse(data, format=syntax)) == set(parse(full, format=syntax))
    assert [name for name in declared(full) if name in declared(data)] == declared(data)
    assert without_unused_prefixes(data) == data


def test_only_used_prefixes_are_declared() -> None:
    quad = Quad(Base().doc("a"), ONR.name, Literal("schema:x", datatype=XSD.token), Base().graph("ontology"))
    assert set(declared(without_unused_prefixes(written([quad], RdfFormat.TURTLE)))) == {"onr", "xsd", "doc"}
    assert set(declared(without_unused_prefixes(written([quad], RdfFormat.TRIG)))) == {"onr", "xsd", "doc", "graph"}
    assert without_unused_prefixes(written([], RdfFormat.TURTLE)) == b""


@pytest.mark.parametrize("data", [b"", b"<http://a/> <http://a/> <http://a/> .\n"])
def test_what_declares_nothing_stays(data: bytes) -> None:
    assert without_unused_prefixes(data) == data

"""Quads come out of their packing as they went in, whatever their terms are."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ingest.packing import packed, unpacked

IRIS = st.text("aZ0-._~é世", min_size=1).map(lambda text: NamedNode(f"https://example.org/{text}"))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en-GB")),
    st.builds(lambda text, kind: Literal(text, datatype=kind), TEXTS, IRIS),
)
BLANKS = st.integers(0, 99).map(lambda number: BlankNode(f"b{number}"))
QUADS = st.builds(
    Quad, st.one_of(IRIS, BLANKS), IRIS, st.one_of(IRIS, BLANKS, LITERALS), st.one_of(IRIS, st.just(DefaultGraph()))
)


@given(st.lists(QUADS))
def test_quads_come_out_as_they_went_in(quads: list[Quad]) -> None:
    assert list(unpacked(packed(quads))) == quads

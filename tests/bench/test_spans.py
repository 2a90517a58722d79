import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reading.spans import bare, length, overlap, union

SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=6
).map(union)


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("“We will not sail.”", "We will not sail"),
        ("that the ferry is late", "the ferry is late"),
        ("that, “no ferry will sail”", "no ferry will sail"),
        ("thatch burns", "thatch burns"),
        (" …sail! ", "sail"),
        ("“…”", "“…”"),
        ("that", "that"),
    ],
)
def test_marks_and_a_leading_that_are_taken_off(printed: str, left: str) -> None:
    start, end = bare(printed, 0, len(printed))
    assert printed[start:end] == left


@given(st.text(max_size=30), st.data())
def test_a_bare_span_lies_within_the_span_and_is_bare_already(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = bare(text, start, end)
    assert start <= first <= last <= end
    assert bare(text, first, last)[0] >= first


@given(SPANS, SPANS)
def test_overlap_is_symmetric_and_a_share(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> None:
    shared = overlap(one, other)
    assert shared == overlap(other, one)
    assert 0 <= shared <= 1
    assert (shared == 1) == (one == other != ())


@given(SPANS)
def test_a_union_holds_no_character_twice(spans: tuple[tuple[int, int], ...]) -> None:
    assert length(spans) == len({place for start, end in spans for place in range(start, end)})
    assert union(spans) == spans


def test_a_quotation_in_two_pieces_is_compared_as_a_whole() -> None:
    assert overlap(((0, 40), (60, 100)), ((0, 100),)) == pytest.approx(0.8)

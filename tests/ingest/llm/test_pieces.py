from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.llm.pieces import Piece, pieces

TEXTS = st.text(alphabet=st.sampled_from("ab .!?\n\r\t”’é😀"), max_size=600)
SIZES = st.integers(20, 200).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size // 5)))


@settings(deadline=None)
@given(TEXTS, SIZES)
def test_pieces_hold_every_character_and_share_the_overlap(text: str, sizes: tuple[int, int]) -> None:
    size, overlap = sizes
    cut = pieces(text, size, overlap)
    assert [piece.start for piece in cut[:1]] == ([0] if text else [])
    assert [piece.end for piece in cut[-1:]] == ([len(text)] if text else [])
    assert all(0 < piece.end - piece.start <= size for piece in cut)
    for before, after in pairwise(cut):
        assert before.start < after.start
        assert before.end < after.end
        assert before.end - after.start >= overlap


@settings(deadline=None)
@given(TEXTS, SIZES, st.data())
def test_whatever_is_no_longer_than_the_overlap_lies_whole_in_a_piece(
    text: str, sizes: tuple[int, int], data: st.DataObject
) -> None:
    size, overlap = sizes
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + overlap)
    cut = pieces(text, size, overlap)
    assert start == end or any(piece.start <= start and end <= piece.end for piece in cut)


@settings(deadline=None)
@given(st.integers(0, 100_000))
def test_the_number_of_pieces_grows_with_the_length_alone(length: int) -> None:
    assert len(pieces("a" * length, 1000, 100)) <= length // 400 + 1


@pytest.mark.parametrize(
    ("between", "kind"), [("\n\n", "paragraphs"), ("\n", "lines"), (". ", "sentences"), (" ", "words")]
)
def test_pieces_begin_and_end_where_the_text_allows_it(between: str, kind: str) -> None:
    unit = "word" if kind == "words" else "some words and more"
    text = between.join([unit] * 100)
    for piece in pieces(text, 300, 40)[:-1]:
        assert text[: piece.end].endswith(between), kind
        assert piece.start == 0 or text[: piece.start].endswith(between), kind


def test_a_short_text_is_one_piece() -> None:
    assert pieces("short", 200, 40) == (Piece(0, 5),)
    assert pieces("", 200, 40) == ()

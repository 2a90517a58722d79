import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ingest.anchor import GAP, AnchorError, Anchors, fold, fold_case, inside

TEXT = "“It’s a small\u00a0step,” she said.  He said – twice – that it isn't.\n\nNo more."

TYPOGRAPHY = st.text(alphabet=st.sampled_from("ab'’\"“”-–— \u00a0\n.•"), max_size=60)


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("It's a small step", "It’s a small\u00a0step"),
        ("It’s  a\nsmall step", "It’s a small\u00a0step"),
        ("said. He", "said.  He"),
        ("- twice -", "– twice –"),
        ("isn’t", "isn't"),
        ("\"It's", "“It’s"),
        ("twice [...] No", "twice – that it isn't.\n\nNo"),
        ("He […] twice [...] more", "He said – twice – that it isn't.\n\nNo more"),
    ],
)
def test_typography_and_white_space_do_not_matter(quote: str, exact: str) -> None:
    start, end = Anchors(TEXT).find(quote)
    assert TEXT[start:end] == exact


@given(st.text(max_size=80) | TYPOGRAPHY, st.data())
@example("a [...] b", None)
def test_every_unique_run_of_words_is_found_in_its_place(text: str, data: st.DataObject | None) -> None:
    if data is None:
        start, end = 0, len(text)
    else:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    assume(quote and quote == quote.strip())
    anchors = Anchors(text)
    found = anchors.occurrences(quote)
    assert found
    assert all(fold(" ".join(text[a:b].split())) == fold(" ".join(quote.split())) for a, b in found)
    if len(found) == 1 and fold(text).count(fold(quote)) == 1:
        assert anchors.find(quote) == (start, end)
        assert text[slice(*anchors.find(quote))] == quote


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(fold_case(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=12))
def test_looking_for_anything_gives_a_place_or_a_reason(text: str, quote: str) -> None:
    try:
        start, end = Anchors(text).find(quote)
    except AnchorError:
        return
    assert 0 <= start < end <= len(text)
    assert GAP.search(quote) or fold(text[start:end]).split() == fold(quote).split()


def test_words_go_before_parts_of_words() -> None:
    assert Anchors("unsaid, said, aforesaid").find("said") == (8, 12)
    assert Anchors("unsaid").find("said") == (2, 6)


def test_absent_words_come_with_the_nearest() -> None:
    with pytest.raises(AnchorError, match=r"‹he said twise› is not in the document; nearest: ‹.*He said – twice.*›"):
        Anchors(TEXT).find("he said twise")


def test_words_elsewhere_in_the_document_are_told_so() -> None:
    with pytest.raises(AnchorError, match="stands in the document, but not inside the given sentence"):
        Anchors(TEXT).find("No more", within=[(0, 20)])


def test_words_that_occur_twice_need_a_number() -> None:
    anchors = Anchors(TEXT)
    with pytest.raises(AnchorError, match=r"occurs 2 times in the document \(at 25, 35\); .* nth: 1"):
        anchors.find("said")
    assert anchors.find("said", nth=2) == (35, 39)
    with pytest.raises(AnchorError, match="nth: 3 is not there"):
        anchors.find("said", nth=3)


@pytest.mark.parametrize(
    ("start", "end", "exact", "message"),
    [
        (5, 5, "x", "the end .5. is not after the start .5."),
        (9, 3, "x", "not after the start"),
        (0, 999, "x", "outside the document"),
        (0, 3, "We", "‹“It› stands at 0 to 3, not ‹We›"),
    ],
)
def test_offsets_that_do_not_hold_are_refused(start: int, end: int, exact: str, message: str) -> None:
    with pytest.raises(AnchorError, match=message):
        Anchors(TEXT).at(start, end, exact)


def test_offsets_that_hold_are_taken() -> None:
    assert Anchors(TEXT).at(0, 3, '"It') == (0, 3)


def test_a_gap_needs_both_ends_in_order() -> None:
    with pytest.raises(AnchorError, match="do not follow each other"):
        Anchors(TEXT).find("No more [...] twice")
    with pytest.raises(AnchorError, match="‹thrice› is not in the document"):
        Anchors(TEXT).find("He said [...] thrice")


def test_case_does_not_matter_when_only_presence_does() -> None:
    assert Anchors(TEXT).contains("NO MORE")
    assert not Anchors(TEXT).contains("no less")
    assert not Anchors(TEXT).contains(" ")


def test_inside() -> None:
    assert inside((2, 4), [(0, 1), (2, 5)])
    assert not inside((2, 6), [(0, 3), (3, 6)])

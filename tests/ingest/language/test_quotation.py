"""Where quotations stand: every kind of mark, what is no mark, and quotations over paragraphs."""

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.block import blocks
from ingest.language.quotation import LONGEST, Quotation, quotations

OPENING = '“„‟«»"‘'
CLOSING = '”“»«"’'


def found(text: str) -> list[Quotation]:
    return quotations(text, [(block.start, block.end) for block in blocks(text)])


def quoted(text: str) -> list[str]:
    """The words of each quotation, the pieces of one put together with a bar."""
    return ["|".join(text[start:end] for start, end in each.pieces) for each in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will strike,” she said.", ["We will strike,"]),
        ('"We will strike," she said.', ["We will strike,"]),
        ('“We will strike," she said.', ["We will strike,"]),
        ("«We will strike», she said.", ["We will strike"]),
        ("« We will strike », she said.", [" We will strike "]),
        ("»We will strike«, she said.", ["We will strike"]),
        ("„Wir streiken“, sagte sie.", ["Wir streiken"]),
        ("„Wir streiken”, she said.", ["Wir streiken"]),
        ("‘We will strike,’ she said.", ["We will strike,"]),
    ],
)
def test_every_kind_of_mark_quotes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The actors’ strike and the writers’ strike go on.",
        "It’s the studios’ turn, and they’re late.",
        "It's the studios' turn, and they're late.",
        "In the ‘90s the actors’ strike was short.",
        "Rock ‘n’ roll and the writers’ room.",
        'A 27" screen costs more than a 24" one.',
        "He is 6'2\" tall.",
        "» A bullet that some blogs print",
    ],
)
def test_apostrophes_elisions_inches_and_bullets_are_no_marks(text: str) -> None:
    assert quoted(text) == []


def test_an_apostrophe_inside_single_marks_does_not_end_them() -> None:
    assert quoted("‘It’s the actors’ turn,’ she said, ‘and ours.’") == ["It’s the actors’ turn,", "and ours."]


def test_inches_inside_a_quotation_do_not_end_it() -> None:
    assert quoted('"I am 6\'2" tall," he said.') == ["I am 6'2\" tall,"]


def test_nested_quotations_belong_to_the_outer_one() -> None:
    assert quoted("“She said ‘no’ to me,” he said.") == ["She said ‘no’ to me,"]
    assert quoted("“A “B” C,” he said.") == ["A “B” C,"]


def test_a_nickname_is_a_quotation_of_its_own() -> None:
    assert quoted('Dana "Shorty" Whitlock said "no way" twice.') == ["Shorty", "no way"]


@pytest.mark.parametrize("before", ["—", "– ", "(", "[", "-", ": ", "/"])
def test_a_quotation_opens_right_after_a_dash_or_a_bracket(before: str) -> None:
    assert quoted(f'They said{before}"never again" and left.') == ["never again"]


def test_a_quotation_split_by_who_said_it_is_two() -> None:
    assert quoted('"Never," she said, "will I sign."') == ["Never,", "will I sign."]


@pytest.mark.parametrize("mark", ['"', "“"])
def test_an_odd_number_of_marks_loses_no_other_quotation(mark: str) -> None:
    text = f'She said {mark}so.\n\nThen: "All is well," he said.\n\n“All is well,” he said.'
    assert quoted(text)[-2:] == ["All is well,", "All is well,"]


def test_a_straight_mark_runs_on_only_where_the_next_paragraph_opens_with_one() -> None:
    assert quoted('"One thing.\n\n"Another," she said.') == ["One thing.|Another,"]
    assert quoted('"One thing.\n\nAnother," she said.') == []


def test_a_straight_mark_that_nothing_closes_quotes_nothing() -> None:
    assert quoted('She said "this and that and went home.') == []


def test_a_curly_mark_that_nothing_closes_quotes_to_the_end_of_its_paragraph() -> None:
    (only,) = found("She said: “This and that and more.\n\nThen she went home.")
    assert not only.closed
    assert only.end == len("She said: “This and that and more.")


@pytest.mark.parametrize(("first", "again"), [("“", "“"), ("“", ""), ('"', '"')])
def test_a_quotation_over_paragraphs_is_one_whether_opened_anew_or_not(first: str, again: str) -> None:
    last = "”" if first == "“" else '"'
    text = f"{first}One thing is clear.\n\n{again}Another is not,{last} she said.\n\n{first}Well,{last} he said."
    assert quoted(text) == ["One thing is clear.|Another is not,", "Well,"]


def test_a_quotation_runs_over_a_bounded_number_of_paragraphs() -> None:
    text = "\n\n".join(["“Words go on."] * (LONGEST + 3))
    assert [len(each.pieces) for each in found(text)] == [LONGEST, 3]


def test_marks_with_nothing_between_them_are_no_quotation() -> None:
    assert quoted('Here is "" and “” and «».') == []


@given(st.text(alphabet="“”„‟«»\"‘’' ab1.,\n—("))
def test_quotations_are_ordered_disjoint_and_stand_between_their_marks(text: str) -> None:
    each_found = found(text)
    for one, other in pairwise(each_found):
        assert one.end <= other.start
    for each in each_found:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start] in OPENING
        assert not each.closed or text[each.end - 1] in CLOSING
        assert all(start < end for start, end in each.pieces)
        assert each.start < each.pieces[0][0]
        assert each.pieces[-1][1] <= each.end - each.closed
        assert all(one[1] <= other[0] for one, other in pairwise(each.pieces))


@given(st.text())
def test_any_text_is_scanned(text: str) -> None:
    assert all(each.words(text) >= 0 and text[each.start : each.end] for each in found(text))


@pytest.mark.parametrize(
    "unit", ['"', "“", "“ “a ", '"a ', "‘x ", "„“", "«", "“\n\n", '"\n\n', "“a\n\n", "a” ", "6'2\" ", "s’ a ", "”„"]
)
def test_work_grows_with_the_text_alone(unit: str) -> None:
    small, large = steps(unit * 400), steps(unit * 1600)
    assert large < 4 * small + 3000


def steps(text: str) -> int:
    """Calls made while the blocks and quotations of a text are found, those of generators counted each time."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        found(text)
    finally:
        sys.setprofile(None)
    return count

from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts import Fact, Mode, Name, NameKind, Part, Segment, Statement
from ingest.llm.overlap import PieceFact, distinct

TEXT = "Mara Quill said it sinks. Quill said it floats. The guild said it sinks again."


def said(
    start: int, end: int, speaker: str = "Mara Quill", role: str | None = None, content: tuple[int, int] | None = None
) -> Fact:
    begin, finish = content or (start, end)
    return Statement(
        source="a.txt",
        evidence=(
            Segment(start=start, end=end, exact=TEXT[start:end]),
            Segment(start=begin, end=finish, exact=TEXT[begin:finish], part=Part.CONTENT),
        ),
        extractor="llm",
        confidence=Decimal("0.7"),
        speaker=Name(name=speaker, kind=NameKind.PERSON),
        role=role,
        mode=Mode.INDIRECT,
        content=TEXT[begin:finish],
    )


def test_a_fact_of_two_pieces_is_one_and_the_fuller_stays() -> None:
    bare, full = PieceFact(said(0, 25), 1), PieceFact(said(0, 25, role="chair"), 2)
    assert distinct([bare, full]) == distinct([full, bare]) == (full.fact,)


def test_a_surname_of_a_later_piece_is_the_full_name() -> None:
    full, surname = PieceFact(said(0, 25), 1), PieceFact(said(0, 25, speaker="Quill"), 2)
    assert distinct([surname, full]) == (full.fact,)


def test_two_speakers_of_one_sentence_are_two_facts() -> None:
    one, two = PieceFact(said(0, 25), 1), PieceFact(said(0, 25, speaker="Ada Reader"), 2)
    assert len(distinct([one, two])) == 2


def test_two_contents_of_one_sentence_are_two_facts() -> None:
    one, two = PieceFact(said(0, 25, content=(0, 10)), 1), PieceFact(said(0, 25, content=(16, 25)), 1)
    assert len(distinct([one, two])) == 2


def test_what_a_seam_cut_gives_way_to_the_whole() -> None:
    cut, whole = PieceFact(said(5, 25), 2), PieceFact(said(0, 25, role="chair"), 1)
    assert distinct([cut, whole]) == (whole.fact,)


PLACES = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda place: (place[0], place[0] + place[1]))
FOUND = st.lists(
    st.builds(
        lambda place, speaker, piece: PieceFact(said(*place, speaker=speaker), piece),
        PLACES,
        st.sampled_from(["Mara Quill", "Ada Reader"]),
        st.integers(1, 3),
    ),
    max_size=3,
)


@settings(max_examples=50, deadline=None)
@given(FOUND)
def test_the_order_of_reading_makes_no_difference(found: list[PieceFact]) -> None:
    results = {distinct(order) for order in permutations(found)}
    assert len(results) == 1


@settings(deadline=None)
@given(FOUND)
def test_nothing_is_made_up_and_nothing_stays_twice(found: list[PieceFact]) -> None:
    facts = distinct(found)
    assert set(facts) <= {each.fact for each in found}
    assert len(set(facts)) == len(facts)
    assert bool(facts) == bool(found)
    assert list(facts) == sorted(facts, key=lambda fact: fact.span)

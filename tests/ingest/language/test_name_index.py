"""Finding many names at once, and which characters are taken."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.language.name_index import NameIndex
from ingest.language.occupied import Occupied

GOES_ON = re.compile(r"[\w-]")


def found(names: list[str], text: str) -> list[str]:
    index = NameIndex(names, before="@#", after=GOES_ON)
    return [text[start:end] for start, end in index.find(text, 0, len(text))]


def test_the_longest_of_names_that_begin_alike_is_found() -> None:
    assert found(["Apple", "Apple TV+", "Apple TV"], "Apple TV+ and Apple TV and Apple") == [
        "Apple TV+",
        "Apple TV",
        "Apple",
    ]


def test_a_name_ends_where_its_word_does() -> None:
    assert found(["Max", "Sony"], "Maxine left Sony-owned Max.") == ["Max"]


def test_a_handle_is_no_name() -> None:
    assert found(["Max"], "@Max and #Max") == []


def test_a_shorter_name_is_found_where_the_longer_one_goes_on() -> None:
    assert found(["Fox", "Fox News"], "Fox Newspaper") == ["Fox"]


@given(st.lists(st.text(alphabet="Ab ", min_size=1, max_size=6).filter(lambda name: name[0] != " ")), st.text("Ab .-@"))
def test_what_is_found_is_what_a_plain_search_finds(names: list[str], text: str) -> None:
    kept = sorted(set(names), key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<![\w@#])(?:{'|'.join(map(re.escape, kept))})(?![\w-])") if kept else re.compile("(?!)")
    assert found(names, text) == [match.group() for match in pattern.finditer(text)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))), st.integers(0, 50), st.integers(1, 9))
def test_a_span_touches_what_is_taken_if_a_character_is(taken: list[tuple[int, int]], start: int, length: int) -> None:
    occupied = Occupied(60)
    for left, size in taken:
        occupied.take(left, left + size)
    characters = {at for left, size in taken for at in range(left, left + size)}
    assert occupied.touches(start, start + length) == bool(characters & set(range(start, start + length)))

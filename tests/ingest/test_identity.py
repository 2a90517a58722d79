"""Names of persons and organizations, titles, pay, and groups of things that are one."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.clusters import blocks, clusters
from ingest.identity.names import PersonName, without_affixes, without_legal_form
from ingest.identity.postings import Pay, Posting
from ingest.identity.tables import rows
from ingest.identity.titles import Title
from ontology.names import fold


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Dr. Ada Fenn", "Ada Fenn"),
        ("Sen. Ada Fenn, Ph.D.", "Ada Fenn"),
        ("Mr. Beast", "Mr. Beast"),
        ("Justice Smith", "Justice Smith"),
        ("Robert Downey Jr.", "Robert Downey Jr."),
        ("Ada  Fenn", "Ada  Fenn"),
        ("", ""),
    ],
)
def test_titles_and_honours_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_affixes(name) == bare


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Netflix, Inc.", "Netflix"),
        ("Harbor Lines Ltd", "Harbor Lines"),
        ("Harbor Lines Co., Ltd.", "Harbor Lines"),
        ("SAP SE", "SAP"),
        ("Netflix Game Studio", "Netflix Game Studio"),
        ("Inc.", "Inc."),
    ],
)
def test_a_legal_form_makes_no_other_organization(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


@given(st.text(max_size=40))
def test_what_is_left_of_a_name_is_in_the_name(name: str) -> None:
    for bare in (without_affixes(name), without_legal_form(name)):
        assert bare in name
        assert bool(bare) == bool(name)


def test_the_lists_are_folded_and_say_nothing_twice() -> None:
    for name in ("given_names", "affixes", "legal_forms", "title_words"):
        assert len(set(rows(name))) == len(rows(name))
    assert all(word == fold(word) for row in rows("given_names") for word in row)
    assert {row[0] for row in rows("title_words")} == {"drop", "expand", "seniority", "behind"}
    assert {row[0] for row in rows("affixes")} == {"title", "honour", "generation"}


def test_a_surname_alone_is_no_persons_full_name() -> None:
    assert PersonName.read("Iger") is None
    assert PersonName.read("Ludwig van Beethoven") == PersonName(("ludwig",), "van beethoven", None)


@given(
    st.sampled_from([row[0] for row in rows("given_names")]), st.sampled_from([row[1] for row in rows("given_names")])
)
def test_whether_two_names_may_be_one_persons_does_not_depend_on_their_order(one: str, other: str) -> None:
    first, second = PersonName((one,), "reed", None), PersonName((other,), "reed", None)
    assert first.may_be(second) == second.may_be(first)
    assert first.may_be(first)


TITLES = [
    "product manager",
    "AI Product Manager",
    "Product Manager – ML Platform",
    "machine learning platform product manager",
    "technical director",
    "Art Director",
    "Head of Product",
    "L5 software engineer",
    "sr. AI engineer",
    "",
    ",",
]


@pytest.mark.parametrize(("one", "other"), [*combinations(TITLES, 2)])
def test_likeness_of_titles_is_symmetric_and_a_share(one: str, other: str) -> None:
    first, second = Title.read(one), Title.read(other)
    for measure in (Title.alike_in_all, Title.alike_in_common):
        assert measure(first, second) == measure(second, first)
        assert 0 <= measure(first, second) <= 1


@pytest.mark.parametrize(
    ("title", "core", "rest", "seniority"),
    [
        ("the Product Manager position", "product manager", "", ""),
        ("Product Manager - ML Platform", "product manager", "machine learning platform", ""),
        ("sr. AI/ML engineer", "ai machine learning engineer", "", "senior"),
        ("Head of Product", "head", "product", ""),
        ("ML lead", "machine learning lead", "", ""),
        ("artificial intelligence engineer for games", "ai engineer", "games", ""),
    ],
)
def test_a_title_is_read_in_parts(title: str, core: str, rest: str, seniority: str) -> None:
    read = Title.read(title)
    assert (" ".join(read.core), " ".join(read.rest), " ".join(read.seniority)) == (core, rest, seniority)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ((300, 900), (300, 900), True),
        ((None, 900), (300, 900), True),
        ((650, None), (None, 650), True),
        ((650, None), (450, 650), True),
        ((300, 900), (350, 850), True),
        ((300, 900), (850, 1800), False),
        ((None, 900), (100, 200), False),
        ((100, None), (300, 900), False),
    ],
)
def test_pay_agrees_by_a_bound_or_by_half(one: tuple[int, int], other: tuple[int, int], agree: bool) -> None:
    def pay(low: int | None, high: int | None, period: str | None = None) -> Pay:
        return Pay("USD", *(None if bound is None else Decimal(bound) for bound in (low, high)), period)

    assert pay(*one).agrees(pay(*other)) == pay(*other).agrees(pay(*one)) == agree
    assert not pay(*one, "year").agrees(pay(*one, "hour"))
    assert pay(*one, "year").agrees(pay(*one))


def test_postings_without_an_employer_tell_nothing() -> None:
    posting = Posting("a", None, frozenset({"artist"}))
    assert posting.likeness(Posting("b", None, frozenset({"artist"}))) is None


THINGS = st.sampled_from("abcdefg")
PAIRS = st.frozensets(st.frozensets(THINGS, min_size=2, max_size=2), max_size=8)


@given(st.sets(THINGS), PAIRS, PAIRS, PAIRS, PAIRS)
def test_groups_hold_no_chain_and_heed_what_is_decided(
    things: set[str],
    alike: frozenset[frozenset[str]],
    never: frozenset[frozenset[str]],
    joined: frozenset[frozenset[str]],
    apart: frozenset[frozenset[str]],
) -> None:
    def grouped(order: list[str]) -> list[tuple[str, ...]]:
        is_alike, is_never = (lambda a, b: frozenset((a, b)) in alike), (lambda a, b: frozenset((a, b)) in never)
        return clusters(order, is_alike, is_never, joined, apart)

    groups = grouped(sorted(things))
    assert groups == grouped(sorted(things, reverse=True))
    assert sorted(thing for group in groups for thing in group) == sorted(things)
    for group in groups:
        pairs = {frozenset(pair) for pair in combinations(group, 2)}
        assert not pairs & apart
        if not joined:
            assert pairs <= alike - never
    for pair in joined:
        if not apart and pair <= things:
            assert any(pair <= set(group) for group in groups)


def test_a_chain_is_no_group() -> None:
    alike = {frozenset("ab"), frozenset("bc")}
    assert clusters("abc", lambda a, b: frozenset((a, b)) in alike, lambda *_: False) == [("a",), ("b",), ("c",)]


@given(st.dictionaries(THINGS, st.lists(st.sampled_from("xyz"), max_size=2)), PAIRS)
def test_what_shares_a_key_or_is_joined_is_in_one_block(
    keys: dict[str, list[str]], joined: frozenset[frozenset[str]]
) -> None:
    found = blocks(keys, joined)
    assert sorted(thing for block in found for thing in block) == sorted(keys)
    where = {thing: block for block in found for thing in block}
    for one, other in combinations(sorted(keys), 2):
        if set(keys[one]) & set(keys[other]) or frozenset((one, other)) in joined:
            assert where[one] == where[other]

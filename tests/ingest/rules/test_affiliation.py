"""Which organization a speaker belongs to, said beside the name, elsewhere in the document, or not at all."""

from collections.abc import Callable

import pytest

from ingest.facts import Statement
from ingest.rules.belonging import Side, side_of

Said = Callable[..., list[Statement]]

TOLEDO = (
    "Veltrane Systems to close its Toledo plant\n\nVeltrane Systems will close its plant in Toledo, it said on Monday. "
)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("chief executive", Side.COMPANY),
        ("co-founder and CEO", Side.COMPANY),
        ("executive vice president", Side.ANY),
        ("Scottish organiser", Side.UNION),
        ("editor-in-chief", Side.OUTLET),
        ("registered nurse", Side.WORKER),
        ("labor lawyer", Side.NOBODY),
        ("managing director", Side.ANY),
        ("director", None),
        ("falconer", None),
    ],
)
def test_the_last_telling_word_of_a_role_says_where_it_is_held(words: str, side: Side | None) -> None:
    assert side_of(words) is side


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        (TOLEDO + "Chief Executive Mara Quill said the plant was too old.", "Veltrane Systems"),
        (TOLEDO + "A spokesperson said the plant was too old.", "Veltrane Systems"),
        (TOLEDO + "Two workers said that they were not told.", "Veltrane Systems"),
        (TOLEDO + "Several employees said that they were not told.", "Veltrane Systems"),
        (TOLEDO + "Machinist Mara Quill said that nobody told her.", "Veltrane Systems"),
        (TOLEDO + "A former welder said that nobody told her.", "Veltrane Systems"),
        (TOLEDO + "Mara Quill, who left the company in March, said that nobody told her.", "Veltrane Systems"),
        (
            TOLEDO + "Mara Quill, who studies plants at Harbor University, said that it was too old.",
            "Harbor University",
        ),
        (TOLEDO + "Senator Mara Quill said the plant was too old.", None),
        (TOLEDO + "A lawyer in Toledo said the plant was too old.", None),
        (TOLEDO + "Two people familiar with the plans said the plant was too old.", None),
        (TOLEDO + "A spokesman for the mayor said the plant was too old.", None),
    ],
)
def test_the_employer_that_a_document_is_about_goes_without_saying(
    said: Said, text: str, affiliation: str | None
) -> None:
    assert said(text)[-1].affiliation == affiliation


def test_an_organizer_speaks_for_the_union(said: Said) -> None:
    text = (
        TOLEDO + "The Harbor Workers Union called the plan cruel. Organizer Mara Quill said that members would march."
    )
    assert said(text)[-1].affiliation == "Harbor Workers Union"


def test_the_subject_of_the_same_sentence_goes_before_what_the_document_is_about(said: Said) -> None:
    text = (
        TOLEDO
        + "Its parent, Osprey Holdings, declined to comment, but CEO Mara Quill said in May that plants would close."
    )
    assert said(text)[-1].affiliation == "Osprey Holdings"


def test_an_affiliation_is_known_for_the_whole_document(said: Said) -> None:
    text = (
        TOLEDO
        + 'Mara Quill, head of plants at Osprey Holdings, said it is old. "We are sad," Quill said. She said it is.'
    )
    assert [each.affiliation for each in said(text)[-3:]] == ["Osprey Holdings"] * 3


OSPREY = "Osprey Holdings"


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        (f"{OSPREY} has named Mara Quill as its chief safety officer. Quill said that plants are safe.",
         "chief safety officer", OSPREY),
        (f"{OSPREY} bargaining committee chair Mara Quill said plants are safe.", "bargaining committee chair", OSPREY),
        ("Mara Quill, who previously ran plants at Veltrane Systems, said that plants are safe.", None, None),
        ("Veltrane Systems attorney Mara Quill of Harbor & Finch said plants are safe.", "attorney", "Harbor & Finch"),
    ],
)  # fmt: skip
def test_what_somebody_is_now_counts(said: Said, text: str, role: str | None, affiliation: str | None) -> None:
    statement = said(text)[-1]
    assert (statement.role, statement.affiliation) == (role, affiliation)


@pytest.mark.parametrize(
    ("first", "then", "affiliation", "name"),
    [
        (f"A memo from {OSPREY} was sent.", "The memo says that plants will close.", OSPREY, f"{OSPREY} memo"),
        (f"{OSPREY} filed a lawsuit on Monday.", "The complaint alleges that plants were not safe.", OSPREY,
         f"{OSPREY} complaint"),
        (f"{OSPREY} said in a report on Monday that plants are old.", "The report found that they are not safe.",
         OSPREY, f"{OSPREY} report"),
        (f"In a complaint that {OSPREY} filed, the state is accused of haste.", "The complaint says that plants leak.",
         OSPREY, f"{OSPREY} complaint"),
        ("A memo was seen by Variety.", "The memo says that plants will close.", None, "memo"),
        ("Painters met.", "An open letter signed by painters says that plants will close.", None, "open letter"),
    ],
)  # fmt: skip
def test_a_document_is_whose_it_was_when_it_was_first_spoken_of(
    said: Said, first: str, then: str, affiliation: str | None, name: str
) -> None:
    statement = said(f"{first}\n\n{then}")[-1]
    assert (statement.affiliation, statement.speaker.name) == (affiliation, name)


def test_a_complaint_is_the_lawsuit_that_spoke_before_it(said: Said) -> None:
    first, then = said("A lawsuit alleges that plants leak.\n\nThe complaint says that nobody was told.")
    assert then.speaker == first.speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{OSPREY} met the Harbor Workers Union. {OSPREY} said it had hired nobody and would not.", OSPREY),
        (f"AUSTIN, Texas, May 12 (Reuters) - {OSPREY} (OSPR.O) said on Tuesday it would cut plants.", OSPREY),
        ("Mara Quill met Tilda Roe. Roe said she believed that plants are safe.", "Tilda Roe"),
        (f"“It is late,” said {OSPREY} head of plants Mara Quill.", "Mara Quill"),
        ("The Harbor Workers Union met. The painters' union said plants are not safe.", "Harbor Workers Union"),
    ],
)  # fmt: skip
def test_who_speaks_is_found_by_what_stands_around(said: Said, text: str, speaker: str) -> None:
    assert {each.speaker.name for each in said(text)} == {speaker}

"""Statements of every construction: who speaks, in which mode, with which words. One construction a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ingest.facts import Mode, Name, NameKind, Part

if TYPE_CHECKING:
    from tests.ingest.rules.conftest import Said


@dataclass(frozen=True)
class Case:
    """A construction in a text, and one statement that is in it."""

    construction: str
    text: str
    speaker: str
    mode: Mode
    content: str


DIRECT, MIXED, INDIRECT = Mode.DIRECT, Mode.MIXED, Mode.INDIRECT

CASES = (
    Case(
        "direct",
        "“We will not sign this,” Carla Mendez said.",
        "Carla Mendez",
        DIRECT,
        "We will not sign this",
    ),
    Case(
        "direct, straight marks",
        '"We will not sign this," Carla Mendez said.',
        "Carla Mendez",
        DIRECT,
        "We will not sign this",
    ),
    Case(
        "direct, cue before",
        "Carla Mendez said, “We will not sign this.”",
        "Carla Mendez",
        DIRECT,
        "We will not sign this.",
    ),
    Case(
        "mixed",
        "Carla Mendez said the offer was “an insult to every editor”.",
        "Carla Mendez",
        MIXED,
        "the offer was “an insult to every editor”",
    ),
    Case(
        "indirect",
        "Carla Mendez said that the studio had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
    Case(
        "split",
        "“Nobody asked us,” Carla Mendez said, “and nobody will pay us.”",
        "Carla Mendez",
        DIRECT,
        "Nobody asked us and nobody will pay us.",
    ),
    Case(
        "split into sentences",
        "“Nobody asked us,” Carla Mendez said. “Nobody will pay us.”",
        "Carla Mendez",
        DIRECT,
        "Nobody asked us Nobody will pay us.",
    ),
    Case(
        "over paragraphs, re-opened",
        "“The cameras were there all day,” Carla Mendez said.\n\n“They scanned us twice and told us nothing.”",
        "Carla Mendez",
        DIRECT,
        "They scanned us twice and told us nothing.",
    ),
    Case(
        "over paragraphs, not closed before",
        "Carla Mendez said: “The cameras were there all day.\n\n“They scanned us twice and told us nothing.”",
        "Carla Mendez",
        DIRECT,
        "The cameras were there all day. They scanned us twice and told us nothing.",
    ),
    Case(
        "block quotation after a colon",
        "The union’s president, Carla Mendez, put it plainly in a letter:\n\n“The cameras were there all day.”",
        "Carla Mendez",
        DIRECT,
        "The cameras were there all day.",
    ),
    Case(
        "according to, in front",
        "According to Carla Mendez, the studio had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
    Case(
        "according to, in the middle",
        "The studio, according to Carla Mendez, had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "The studio had broken its word",
    ),
    Case(
        "according to, at the end",
        "The studio had broken its word, according to Carla Mendez.",
        "Carla Mendez",
        INDIRECT,
        "The studio had broken its word",
    ),
    Case(
        "as stated by",
        "The studio, as stated by Carla Mendez, had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "The studio had broken its word",
    ),
    Case(
        "dash under a quotation",
        "Carla Mendez is an extra.\n\n“The cameras were there all day.”\n— Carla Mendez",
        "Carla Mendez",
        DIRECT,
        "The cameras were there all day.",
    ),
    Case(
        "colon in a line",
        "Carla Mendez: “The cameras were there all day.”",
        "Carla Mendez",
        DIRECT,
        "The cameras were there all day.",
    ),
    Case(
        "appositive",
        "Carla Mendez, a costume designer, said that the studio had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
    Case(
        "inverted",
        "“We will not sign this,” said Carla Mendez, a costume designer.",
        "Carla Mendez",
        DIRECT,
        "We will not sign this",
    ),
    Case(
        "floating",
        "The studio, Carla Mendez said, had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "The studio had broken its word",
    ),
    Case(
        "floating at the end",
        "The studio had broken its word, Carla Mendez said.",
        "Carla Mendez",
        INDIRECT,
        "The studio had broken its word",
    ),
    Case(
        "infinitive",
        "Carla Mendez vowed to fight the plan in court.",
        "Carla Mendez",
        INDIRECT,
        "to fight the plan in court",
    ),
    Case(
        "infinitive of a threat",
        "The editors threatened to walk out on Monday.",
        "editors",
        INDIRECT,
        "to walk out on Monday",
    ),
    Case(
        "passive",
        "The plan was called a betrayal by Carla Mendez.",
        "Carla Mendez",
        INDIRECT,
        "The plan a betrayal",
    ),
    Case(
        "naming",
        "Carla Mendez called the plan a betrayal.",
        "Carla Mendez",
        INDIRECT,
        "the plan a betrayal",
    ),
    Case(
        "document",
        "The memo says that all editors will be replaced.",
        "memo",
        INDIRECT,
        "all editors will be replaced",
    ),
    Case(
        "document, at the end",
        "All editors will be replaced, a court filing shows.",
        "court filing",
        INDIRECT,
        "All editors will be replaced",
    ),
    Case(
        "survey",
        "The survey found that two in three editors had lost work.",
        "survey",
        INDIRECT,
        "two in three editors had lost work",
    ),
    Case(
        "accusation",
        "Carla Mendez accused the studio of breaking its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio of breaking its word",
    ),
    Case(
        "noun",
        "Carla Mendez repeated the union’s claim that the scans were illegal.",
        "union",
        INDIRECT,
        "the scans were illegal",
    ),
    Case(
        "adjective",
        "Carla Mendez is confident that the court will agree.",
        "Carla Mendez",
        INDIRECT,
        "the court will agree",
    ),
    Case(
        "verb that is not listed",
        "“We will not sign this,” Carla Mendez deadpanned.",
        "Carla Mendez",
        DIRECT,
        "We will not sign this",
    ),
    Case(
        "shared subject",
        "Carla Mendez rose and said that the studio had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
    Case(
        "relative clause",
        "Carla Mendez, who said that the studio had broken its word, left early.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
    Case(
        "clause behind a message",
        "Carla Mendez told members in a memo that the studio had broken its word.",
        "Carla Mendez",
        INDIRECT,
        "the studio had broken its word",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.construction)
def test_a_construction_is_read(said: Said, case: Case) -> None:
    found = [(s.speaker.name, s.mode, s.content) for s in said(case.text)]
    assert (case.speaker, case.mode, case.content) in found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.construction)
def test_every_segment_of_a_statement_is_in_its_text(said: Said, case: Case) -> None:
    for statement in said(case.text):
        assert all(case.text[each.start : each.end] == each.exact for each in statement.evidence)
        assert " ".join(each.exact for each in statement.parts(Part.CONTENT)) == statement.content


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Carla Mendez declined to comment on the plan.", id="declined to comment"),
        pytest.param("The studio refused to say whether editors would be replaced.", id="refused to say"),
        pytest.param("The studio did not say that editors would be replaced.", id="did not say"),
        pytest.param("Carla Mendez starred in “The Long Road Home” for two years.", id="title of a work"),
        pytest.param("The studio sells “smart” lamps in every town.", id="scare quotes"),
        pytest.param("They rely on what they call “deepfakes” for the crowd.", id="what they call"),
        pytest.param("Carla Mendez might say that the studio had broken its word.", id="only imagined"),
        pytest.param("The guild called a strike for Monday.", id="called a strike"),
        pytest.param("Carla Mendez asked not to be named.", id="asked not to be named"),
        pytest.param("I think that the studio has broken its word.", id="the writer"),
        pytest.param("Carla Mendez aims to finish the film by May.", id="aims"),
        pytest.param("NOTE: The show returns on Monday.", id="label with a colon"),
    ],
)
def test_what_is_not_said_is_no_statement(said: Said, text: str) -> None:
    assert said(text) == []


def test_a_quotation_that_its_attribution_splits_is_one_statement_with_two_pieces(said: Said) -> None:
    (statement,) = said("“Nobody asked us,” Carla Mendez said, “and nobody will pay us.”")
    assert statement.quote == ("Nobody asked us", "and nobody will pay us.")


def test_the_turns_of_a_transcript_belong_to_who_is_named_before_the_colon(said: Said) -> None:
    text = (
        "CARLA MENDEZ: Who owns the scans of the crowd?\n\nPAUL ORTEGA: The studio says that it does.\n\n"
        "MENDEZ: Nobody asked them about it.\n\nORTEGA: That is a matter for the court."
    )
    turns = [s for s in said(text) if s.rule == "statement/turn"]
    assert [s.content for s in turns] == [
        "Who owns the scans of the crowd?",
        "The studio says that it does.",
        "Nobody asked them about it.",
        "That is a matter for the court.",
    ]
    assert [s.speaker for s in turns][:2] == [s.speaker for s in turns][2:]
    assert turns[0].speaker != turns[1].speaker


def test_in_an_interview_of_two_each_speaks_to_the_other(said: Said) -> None:
    text = (
        "Carla Mendez met Paul Ortega.\n\nMendez: Who owns the scans?\n\nOrtega: The studio does.\n\n"
        "Mendez: And who is paid?\n\nOrtega: Nobody is."
    )
    turns = [s for s in said(text) if s.rule == "statement/turn"]
    assert [(s.speaker.name, *(each.name for each in s.told_to)) for s in turns[:2]] == [
        ("Carla Mendez", "Paul Ortega"),
        ("Paul Ortega", "Carla Mendez"),
    ]


def test_what_a_turn_reports_is_reported_by_its_speaker(said: Said) -> None:
    text = (
        "Carla Mendez met Paul Ortega.\n\nMendez: Who owns the scans?\n\n"
        "Ortega: Lena Brandt said that the studio owns them.\n\nMendez: And who is paid?\n\nOrtega: Nobody is."
    )
    (inner,) = [s for s in said(text) if s.speaker.name == "Lena Brandt"]
    assert [each.name for each in inner.reported_by] == ["Paul Ortega"]


def test_a_blog_with_two_labels_is_no_transcript(said: Said) -> None:
    text = "Venue: The old mill.\n\nTickets: They are sold at the door."
    assert said(text) == []


def test_a_speaker_of_whom_nothing_is_known_is_unresolved(said: Said) -> None:
    (statement,) = said("He said that the studio had broken its word.")
    assert statement.speaker == Name(name="He", kind=NameKind.PERSON, unresolved=True)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        pytest.param("Carla Mendez said on Tuesday that the offer was low.", "Tuesday", id="after the cue"),
        pytest.param("On May 4, 2024, Carla Mendez said that the offer was low.", "May 4, 2024", id="in front"),
        pytest.param("Carla Mendez said that the offer would end on Tuesday.", None, id="in what is said"),
        pytest.param("Carla Mendez said that the offer was low.", None, id="none"),
    ],
)
def test_the_date_is_that_of_the_saying(said: Said, text: str, wording: str | None) -> None:
    (statement,) = said(text)
    assert (statement.said_on.wording if statement.said_on is not None else None) == wording


def test_what_is_too_long_for_a_sentence_states_nothing(said: Said) -> None:
    assert said("Mara Quill said that " * 200 + "the port is safe.") == []


def test_a_quotation_that_goes_on_over_paragraphs_has_all_its_sentences(said: Said) -> None:
    (statement,) = said("“The port is safe,” Mara Quill said. “We checked.\n\n“We checked it twice.”")
    sentences = [(each.start, each.end) for each in statement.sentences()]
    assert len(statement.quote) == 3
    assert all(any(s <= each.start and each.end <= e for s, e in sentences) for each in statement.evidence)

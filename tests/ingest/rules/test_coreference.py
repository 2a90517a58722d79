"""Who speaks: full names, surnames, acronyms, descriptions, pronouns, groups, and nobody in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.facts import NameKind

if TYPE_CHECKING:
    from tests.ingest.rules.conftest import Said

SAID = "said that the offer was too low to accept."


@pytest.mark.parametrize(
    ("before", "phrase", "name"),
    [
        pytest.param("Carla Mendez rose to speak.", "Mendez", "Carla Mendez", id="surname"),
        pytest.param(
            "The Screen Editors Guild (SEG) met the studios on Monday.", "SEG", "Screen Editors Guild", id="acronym"
        ),
        pytest.param("SAG-AFTRA met the studios on Monday.", "The union", "SAG-AFTRA", id="the union"),
        pytest.param("Netflix opened its books to its rivals.", "The company", "Netflix", id="the company"),
        pytest.param("Netflix opened its books.", "The streaming service", "Netflix", id="the streaming service"),
        pytest.param("SAG-AFTRA met Netflix on Monday.", "The union", "SAG-AFTRA", id="the union beside a company"),
        pytest.param("SAG-AFTRA met Netflix on Monday.", "The streamer", "Netflix", id="the streamer beside a union"),
        pytest.param("Mary Mendez rose to speak.", "She", "Mary Mendez", id="she"),
        pytest.param("Mary Mendez met John Ortega.", "He", "John Ortega", id="he, by the given name"),
        pytest.param("Ms. Mendez met Mr. Ortega. Pat Mendez spoke first.", "She", "Pat Mendez", id="form of address"),
        pytest.param("Netflix opened its books.", "It", "Netflix", id="it"),
        pytest.param(
            "Carla Mendez, a lawyer for the guild, rose to speak.",
            "The lawyer",
            "Carla Mendez",
            id="the role of somebody",
        ),
    ],
)
def test_a_phrase_means_who_was_named(said: Said, before: str, phrase: str, name: str) -> None:
    (statement,) = said(f"{before} {phrase} {SAID}")
    assert (statement.speaker.name, statement.speaker.unresolved) == (name, False)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param(f"Several striking actors {SAID}", "Several striking actors", NameKind.GROUP, id="group"),
        pytest.param(
            f"Screenwriters in Leeds {SAID}", "Screenwriters in Leeds", NameKind.GROUP, id="group with a place"
        ),
        pytest.param("The leaked memo says that the offer was low.", "leaked memo", NameKind.DOCUMENT, id="document"),
    ],
)
def test_who_is_not_named_is_called_by_the_words_of_the_text(said: Said, text: str, name: str, kind: NameKind) -> None:
    (statement,) = said(text)
    assert (statement.speaker.name, statement.speaker.kind) == (name, kind)


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("He", id="he, nobody before"),
        pytest.param("She", id="she, nobody before"),
        pytest.param("They", id="they, nobody before"),
        pytest.param("The company", id="the company, none before"),
        pytest.param("The union", id="the union, none before"),
    ],
)
def test_what_nothing_decides_is_unresolved(said: Said, phrase: str) -> None:
    (statement,) = said(f"{phrase} {SAID}")
    assert statement.speaker.unresolved


def test_a_pronoun_does_not_mean_a_person_of_the_other_gender(said: Said) -> None:
    (statement,) = said(f"John Ortega rose to speak. She {SAID}")
    assert statement.speaker.unresolved


def test_an_organization_of_another_kind_is_not_the_union(said: Said) -> None:
    (statement,) = said(f"Netflix opened its books. The union {SAID}")
    assert statement.speaker.unresolved


def test_who_spoke_last_is_meant_by_a_pronoun(said: Said) -> None:
    found = said(f"Mary Mendez {SAID} She added that the guild would strike.")
    assert [each.speaker.name for each in found] == ["Mary Mendez", "Mary Mendez"]


def test_an_unnamed_speaker_is_the_same_one_when_named_by_the_same_noun(said: Said) -> None:
    found = said(f"A former script editor at the mill {SAID} The editor added that nobody was asked.")
    assert len({each.speaker.name for each in found}) == 1


def test_a_relative_pronoun_means_the_noun_before_it(said: Said) -> None:
    (statement,) = said("Carla Mendez, who said that the offer was low, left early.")
    assert statement.speaker.name == "Carla Mendez"

"""To whom something is said, by whom it is reported, and for whom the speaker speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.document import Metadata

if TYPE_CHECKING:
    from tests.ingest.rules.conftest import Said

OPENING = "Carla Mendez is the president of the Screen Editors Guild. "


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Carla Mendez told Variety that the offer was low.", ["Variety"], id="told an outlet"),
        pytest.param("“The offer is low,” Carla Mendez told reporters.", ["reporters"], id="told reporters"),
        pytest.param(
            "Carla Mendez said in an interview with Deadline that the offer was low.", ["Deadline"], id="interview"
        ),
        pytest.param("In a letter to members, Carla Mendez wrote that the offer was low.", ["members"], id="letter"),
        pytest.param("Carla Mendez wrote in a memo to staff that the offer was low.", ["staff"], id="memo"),
        pytest.param("Carla Mendez, speaking to Variety, said that the offer was low.", ["Variety"], id="speaking to"),
        pytest.param("Carla Mendez said to reporters that the offer was low.", ["reporters"], id="said to"),
        pytest.param("Carla Mendez told a news conference that the offer was low.", [], id="an occasion is nobody"),
        pytest.param(
            "Carla Mendez said that she would send a letter to Variety.", [], id="a letter that is only spoken of"
        ),
        pytest.param("Carla Mendez said that the offer was low.", [], id="nobody"),
        pytest.param("“He told Variety everything,” Carla Mendez said.", [], id="told inside the quotation"),
    ],
)
def test_those_who_are_told_are_named(said: Said, text: str, names: list[str]) -> None:
    (statement,) = [each for each in said(text) if each.speaker.name == "Carla Mendez"]
    assert [each.name for each in statement.told_to] == names


def test_what_is_told_me_is_told_to_the_author_of_the_document(said: Said) -> None:
    (statement,) = said("Carla Mendez told me that the offer was low.", Metadata(authors=("Lena Brandt",)))
    assert [each.name for each in statement.told_to] == ["Lena Brandt"]


def test_what_is_told_me_is_told_to_nobody_in_particular_when_two_wrote_the_document(said: Said) -> None:
    (statement,) = said(
        "Carla Mendez told me that the offer was low.", Metadata(authors=("Lena Brandt", "Paul Ortega"))
    )
    assert statement.told_to == ()


@pytest.mark.parametrize(
    ("text", "speaker", "names"),
    [
        pytest.param(
            "Carla Mendez told Paul Ortega that Lena Brandt had said that the scans were illegal.",
            "Lena Brandt",
            ["Carla Mendez"],
            id="nested",
        ),
        pytest.param(
            "Variety reported that Lena Brandt said that the scans were illegal.",
            "Lena Brandt",
            ["Variety"],
            id="outlet",
        ),
        pytest.param(
            "Lena Brandt wrote in a memo obtained by Variety that the scans were illegal.",
            "Lena Brandt",
            ["Variety"],
            id="obtained by",
        ),
        pytest.param(
            "The scans were illegal, according to a court filing seen by Reuters.",
            "court filing",
            ["Reuters"],
            id="seen by",
        ),
        pytest.param("Lena Brandt said that the scans were illegal.", "Lena Brandt", [], id="nobody"),
        pytest.param(
            "Lena Brandt said that the memo was “obtained by Variety” in May.",
            "Lena Brandt",
            [],
            id="seen, inside quotation",
        ),
    ],
)
def test_those_who_report_what_somebody_said_are_named(said: Said, text: str, speaker: str, names: list[str]) -> None:
    (statement,) = [each for each in said(text) if each.speaker.name.startswith(speaker)]
    assert [each.name for each in statement.reported_by] == names


def test_what_an_outlet_only_reports_is_not_said_by_the_outlet(said: Said) -> None:
    found = said("Variety reported that Lena Brandt said that the scans were illegal.")
    assert [each.speaker.name for each in found] == ["Lena Brandt"]


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        pytest.param(
            "A Netflix spokesperson said that the offer was fair.", "Netflix", id="organization in the phrase"
        ),
        pytest.param("A spokesperson for Netflix said that the offer was fair.", "Netflix", id="behind the phrase"),
        pytest.param("Netflix opened a studio. Its lawyers said that the offer was fair.", "Netflix", id="possessor"),
        pytest.param(
            "Netflix opened a studio. The filing says that the offer was fair.", "Netflix", id="paper in view"
        ),
        pytest.param("Several viewers said that the offer was fair.", None, id="nobody's"),
        pytest.param("Netflix said that the offer was fair.", None, id="an organization is its own"),
        pytest.param(
            "A deal between Netflix and Disney is near. The filing says that the offer was fair.",
            None,
            id="two that stand out alike",
        ),
    ],
)
def test_an_unnamed_speaker_belongs_to_the_organization_that_the_text_gives(
    said: Said, text: str, affiliation: str | None
) -> None:
    (statement,) = said(text)
    assert statement.affiliation == affiliation


def test_a_person_has_the_affiliation_and_role_of_elsewhere_in_the_document(said: Said) -> None:
    (statement,) = said(OPENING + "Mendez said that the offer was low.")
    assert (statement.role, statement.affiliation) == ("president", "Screen Editors Guild")

"""Which role a person has and where, as the words around the name say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.facts import Organization, OrganizationKind, Person
from ingest.rules.actor import organizations, persons

if TYPE_CHECKING:
    from tests.ingest.rules.conftest import Facts


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        pytest.param("Netflix editor Carla Mendez spoke.", "editor", "Netflix", id="before, with the organization"),
        pytest.param("The lawyer Carla Mendez spoke.", "lawyer", None, id="before"),
        pytest.param(
            "Carla Mendez, chief engineer at Netflix, spoke.", "chief engineer", "Netflix", id="apposition, at"
        ),
        pytest.param("Carla Mendez, a costume designer, spoke.", "costume designer", None, id="apposition"),
        pytest.param(
            "Carla Mendez, Netflix's chief engineer, spoke.", "chief engineer", "Netflix", id="apposition, of"
        ),
        pytest.param("Carla Mendez is the president of SAG-AFTRA.", "president", "SAG-AFTRA", id="after is"),
        pytest.param("Carla Mendez of Netflix spoke.", None, "Netflix", id="of, without a role"),
        pytest.param("Carla Mendez, who heads Netflix, spoke.", None, "Netflix", id="relative clause"),
        pytest.param(
            "Carla Mendez, vice president of content and licensing at Netflix, spoke.",
            "vice president of content and licensing",
            "Netflix",
            id="role with its field",
        ),
        pytest.param(
            "Carla Mendez, founder and chief executive of Netflix, spoke.",
            "founder and chief executive",
            "Netflix",
            id="two nouns",
        ),
        pytest.param(
            "SAG-AFTRA met on Monday. The union's president, Carla Mendez, spoke.",
            "president",
            "SAG-AFTRA",
            id="of a description",
        ),
        pytest.param("Carla Mendez was not the president of Netflix.", None, None, id="negated"),
        pytest.param("Carla Mendez spoke for an hour.", None, None, id="none"),
    ],
)
def test_a_role_stands_around_the_name(facts: Facts, text: str, role: str | None, affiliation: str | None) -> None:
    (person,) = [each for each in facts(persons, text) if isinstance(each, Person)]
    assert (person.name, person.role, person.affiliation) == ("Carla Mendez", role, affiliation)


def test_the_fullest_account_of_a_role_counts(facts: Facts) -> None:
    text = "Designer Carla Mendez spoke. Carla Mendez is the chief costume designer at Netflix."
    (person,) = facts(persons, text)
    assert isinstance(person, Person)
    assert (person.role, person.affiliation) == ("chief costume designer", "Netflix")


def test_the_evidence_of_a_person_holds_the_name_and_the_role(facts: Facts) -> None:
    (person,) = facts(persons, "Nobody else came. Carla Mendez, a costume designer, spoke.")
    assert [each.exact for each in person.evidence] == [
        "Carla Mendez, a costume designer, spoke.",
        "Carla Mendez, a costume designer",
    ]


def test_a_known_organization_has_its_name_and_kind_of_the_authority_file(facts: Facts) -> None:
    (found,) = facts(organizations, "SAG-AFTRA met on Monday.")
    assert isinstance(found, Organization)
    assert (found.organization_kind, found.rule) == (OrganizationKind.UNION, "organization/known")


def test_an_organization_is_told_once(facts: Facts) -> None:
    found = facts(organizations, "Netflix met Netflix. Netflix won.")
    assert len(found) == 1

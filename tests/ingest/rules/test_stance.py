"""Stances: sides that statements take, and verbs that take one on what a noun phrase names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.facts import Stance, StanceReport
from ingest.rules.stance import stances
from ingest.rules.stance_cue import stance_of, stance_verbs

if TYPE_CHECKING:
    from tests.ingest.rules.conftest import Facts, Said


@pytest.mark.parametrize(
    ("text", "stance", "content"),
    [
        pytest.param("Carla Mendez criticized the new contract.", Stance.OPPOSES, "the new contract", id="object"),
        pytest.param(
            "Carla Mendez rallied against the new contract.", Stance.OPPOSES, "the new contract", id="against"
        ),
        pytest.param("Carla Mendez praised the new contract.", Stance.SUPPORTS, "the new contract", id="for"),
    ],
)
def test_a_verb_takes_a_side_on_what_it_names(facts: Facts, text: str, stance: Stance, content: str) -> None:
    (report,) = facts(stances, text)
    assert isinstance(report, StanceReport)
    assert (report.holder.name, report.stance, report.content) == ("Carla Mendez", stance, content)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Carla Mendez did not criticize the contract.", id="negated"),
        pytest.param("Carla Mendez would criticize the contract.", id="only imagined"),
        pytest.param("“Carla Mendez criticized the new contract last week,” Paul Ortega said.", id="quoted"),
        pytest.param("Carla Mendez signed the contract.", id="no side"),
    ],
)
def test_no_side_is_taken(facts: Facts, text: str) -> None:
    assert facts(stances, text) == []


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("the scans are an existential threat", Stance.OPPOSES),
        ("we need guardrails", Stance.REGULATE),
        ("it is an opportunity", Stance.SUPPORTS),
        ("it is an opportunity and a threat", Stance.MIXED),
        ("the scans will begin in May", None),
    ],
)
def test_the_side_of_a_statement_is_in_its_words(words: str, stance: Stance | None) -> None:
    found = stance_of(words, [(0, len(words))])
    assert (found[0] if found is not None else None) is stance


def test_the_words_that_take_a_side_are_evidence(said: Said) -> None:
    (statement,) = said("Carla Mendez said that the scans were theft.")
    assert statement.stance is Stance.OPPOSES
    assert [each.exact for each in statement.evidence if each.part == "stance"] == ["theft"]


def test_every_verb_of_the_file_has_a_side() -> None:
    assert set(stance_verbs().values()) <= set(Stance)
    assert all(lemma == lemma.casefold() for lemma, _ in stance_verbs())

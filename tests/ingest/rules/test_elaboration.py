from collections.abc import Callable

import pytest

from ingest.facts import Fact, Statement
from ingest.rules.statement import statements

Facts = Callable[..., list[Fact]]

LEAD = "The wages for those jobs, according to the Harbor Gazette, are generous."


def _said(facts: Facts, text: str) -> list[tuple[str, str | None, str]]:
    found = [fact for fact in facts(statements, text) if isinstance(fact, Statement)]
    return [(fact.speaker.name, fact.rule, fact.content) for fact in found]


def test_figures_in_the_paragraphs_after_an_attributed_sentence_are_attributed_too(facts: Facts) -> None:
    text = f"{LEAD}\n\nA night pilot could earn $90,000 to $120,000.\n\nA deckhand makes $31 an hour.\n"
    assert [row for row in _said(facts, text) if row[1] == "statement/elaboration"] == [
        ("Harbor Gazette", "statement/elaboration", "A night pilot could earn $90,000 to $120,000."),
        ("Harbor Gazette", "statement/elaboration", "A deckhand makes $31 an hour."),
    ]


@pytest.mark.parametrize(
    "following",
    [
        "The port opened in 1904.",
        "A night pilot could earn $90,000. The port opened in 1904.",
        "A deckhand makes $31 an hour, the union said.",
    ],
    ids=["no figure", "more than one sentence", "attributed itself"],
)
def test_other_paragraphs_are_nobody_s_words(facts: Facts, following: str) -> None:
    assert all(rule != "statement/elaboration" for _, rule, _ in _said(facts, f"{LEAD}\n\n{following}\n"))


def test_a_document_states_what_it_shows_without_a_clause(facts: Facts) -> None:
    said = _said(facts, "The filings reveal the full extent of the losses at the port.")
    assert [(rule, content) for _, rule, content in said] == [
        ("statement/evidence", "the full extent of the losses at the port")
    ]


def test_a_person_who_shows_something_states_nothing(facts: Facts) -> None:
    assert _said(facts, "The captain revealed the full extent of the losses at the port.") == []

"""The extractor as a whole: any text is read, twice alike, every segment is grounded, and no bad fact loses others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.facts import FACT, Fact, Name, NameKind, Organization, OrganizationKind
from ingest.rules import extractor
from ingest.rules.reading import Reading

if TYPE_CHECKING:
    from ingest.extraction import Extraction
    from ingest.rules.extractor import RulesExtractor

WORDS = [
    "Carla Mendez",
    "said",
    "that",
    "the union",
    "“",
    "”",
    '"',
    "‘",
    "’",
    ",",
    ".",
    ":",
    "—",
    "\n\n",
    "told",
    "and",
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="“”\"'‘’«» \n", max_size=40),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)


def document(text: str) -> Document:
    return Document("made", Path("made.txt"), text.encode("utf-8", "replace"), text)


def extract(rules: RulesExtractor, text: str) -> Extraction:
    return rules.extract(document(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example("“”“”“”")
@example('"“\'‘ "')
@example("“Nobody asked “us,” she said.")
@example("“She said “he said “they said.”””")
@example("he said and " * 1200)
@example("of the lawyer " * 1200)
def test_any_text_is_read_alike_each_time_with_grounded_and_valid_facts(rules: RulesExtractor, text: str) -> None:
    extraction = extract(rules, text)
    assert extraction.problems == ()
    for fact in extraction.facts:
        assert all(text[each.start : each.end] == each.exact for each in fact.evidence)
        assert FACT.validate_json(fact.model_dump_json()) == fact
    assert extract(rules, text).facts == extraction.facts


def test_a_text_of_many_kinds_of_fact_has_facts_of_the_rules_that_read_it(rules: RulesExtractor) -> None:
    facts = extract(rules, "Carla Mendez of Netflix said that the offer was low.").facts
    assert {(fact.kind, fact.extractor) for fact in facts} == {
        ("statement", "rules"),
        ("person", "rules"),
        ("organization", "rules"),
    }
    assert all(fact.rule for fact in facts)


def test_names_that_the_authority_file_lacks_are_declared(rules: RulesExtractor) -> None:
    declared = extract(rules, "Carla Mendez of Netflix said that the offer was low.").declarations
    assert [actor.name for actor in declared.actors] == ["Carla Mendez"]


def test_people_who_made_a_survey_are_declared_as_a_group(rules: RulesExtractor) -> None:
    text = "A survey that my students did of 540 nurses found that 58 percent were tired."
    declared = extract(rules, text).declarations
    assert [(actor.name, actor.kind) for actor in declared.actors] == [("my students", "group")]


def test_a_fact_that_does_not_hold_is_a_problem_and_its_rule_goes_on(
    rules: RulesExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(reading: Reading) -> Iterator[Fact]:
        evidence = reading.evidence(reading.article.sentences)
        for name in ("", "Netflix"):
            kind = OrganizationKind.OTHER if name else "club"
            yield reading.fact(Organization, "organization/name", "0.5", evidence, name=name, organization_kind=kind)

    monkeypatch.setattr(extractor, "RULES", (two,))
    extraction = extract(rules, "Netflix won.")
    assert [fact.name for fact in extraction.facts if isinstance(fact, Organization)] == ["Netflix"]
    (problem,) = extraction.problems
    assert problem.place == "made.txt"
    assert problem.message.startswith("organization/name: organization_kind: ")


def test_a_rule_that_cannot_go_on_is_a_problem_and_the_other_rules_go_on(
    rules: RulesExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(reading: Reading) -> Iterator[Fact]:
        yield reading.fact(
            Organization,
            Name(name="", kind=NameKind.GROUP).name,
            "0.5",
            reading.evidence(reading.article.sentences),
            name="Netflix",
            organization_kind=OrganizationKind.OTHER,
        )

    monkeypatch.setattr(extractor, "RULES", (broken, *extractor.RULES))
    extraction = extract(rules, "Carla Mendez said that the offer was low.")
    assert "statement" in {fact.kind for fact in extraction.facts}
    assert [problem.message.split(":")[0] for problem in extraction.problems] == ["broken"]

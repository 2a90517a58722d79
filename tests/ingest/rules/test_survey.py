"""Surveys and what they found."""

import pytest

from ingest.facts import Event, EventKind, SurveyFinding
from ingest.rules.survey import findings


def read(facts, text: str) -> tuple[list[Event], list[SurveyFinding]]:
    found = facts(findings, text)
    assert all(text[each.start : each.end] == each.exact for fact in found for each in fact.evidence)
    return [f for f in found if isinstance(f, Event)], [f for f in found if isinstance(f, SurveyFinding)]


@pytest.mark.parametrize(
    ("text", "by", "sample", "population"),
    [
        ("A Gallup poll of 1,015 adults found that 43% support it.", "Gallup", 1015, "adults"),
        ("In a survey of 1,540 U.S. adults published in January by Pew Research Center, 63% of respondents agreed.",
         "Pew Research Center", 1540, "U.S. adults"),
        ("A survey by YouGov in May showed that 81% of 2,200 adults wanted a law.", "YouGov", 2200, "adults"),
        ("YouGov surveyed 622 hiring managers; 8% said no.", "YouGov", 622, "hiring managers"),
        ("A survey by Gallup found that half of them want it.", "Gallup", None, None),
    ],
)  # fmt: skip
def test_a_survey_has_who_asked_whom_and_how_many(facts, text, by, sample, population):
    (survey,), (finding,) = read(facts, text)
    assert survey.event_kind is EventKind.SURVEY
    assert (survey.participants[0].name, survey.count) == (by, sample)
    assert [name.name for name in survey.participants[1:]] == ([population] if population else [])
    assert (finding.by, finding.sample_size, finding.population) == (by, sample, population)
    assert finding.survey == survey.label


def test_each_figure_is_a_finding_with_what_was_found(facts):
    text = "A Gallup poll of 1,015 adults found that 43% of Americans support the strike, while one in five oppose it."
    _, found = read(facts, text)
    assert [(each.value, each.wording, each.finding) for each in found] == [
        (43, "43%", "Americans support the strike"),
        (20, "one in five", "oppose it"),
    ]


def test_figures_before_and_after_the_survey_is_named_belong_to_it(facts):
    text = (
        "A YouGov poll of 2,014 adults was published on Monday. Six in ten said that they use a chatbot.\n\n"
        "Fewer than one in ten of those asked said they had been told."
    )
    _, found = read(facts, text)
    assert [(each.value, each.sample_size) for each in found] == [(60, 2014), (10, 2014)]


def test_figures_that_nobody_was_asked_about_are_no_findings(facts):
    text = "A Gallup poll of 900 adults was published on Monday.\n\nNetflix's shares fell 5%. Its margin is 20%."
    _, found = read(facts, text)
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["Netflix's revenue rose 12% in the third quarter, a report by Reuters said.", "97% of members backed the strike.",
     "Half of the studios closed, Gallup said."],
)  # fmt: skip
def test_where_no_survey_is_told_of_there_is_none(facts, text):
    assert facts(findings, text) == []


def test_an_outlet_that_has_seen_a_survey_has_not_made_it(facts):
    text = "One in five have quit, according to a survey that Gallup has not published and that was seen by IndieWire."
    (survey,), _ = read(facts, text)
    assert survey.label == "Gallup survey"

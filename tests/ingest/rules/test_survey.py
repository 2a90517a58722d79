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


@pytest.mark.parametrize(
    ("text", "by", "sample", "values"),
    [
        (
            "Half of developers fear for their work, a new study has found. The survey of 2,300 was done by Omdia.",
            "Omdia", 2300, [50],
        ),
        (
            "Researchers at Stanford University asked 800 radiologists about AI. Some 37% feared for their jobs.",
            "Stanford University", 800, [37],
        ),
        (
            "Gallup surveyed 2,000 teachers in April. Of those polled, 41% said they were tired, up from 33% in 2020.",
            "Gallup", 2000, [41, 33],
        ),
        (
            "KPMG polled 1,325 executives. Just 12% planned to hire. In last year's survey, the figure was 20%.",
            "KPMG", 1325, [12, 20],
        ),
        (
            "Usage rose to 52 percent, according to the annual poll of 3,000 members by the Tessera Makers Conference.",
            "Tessera Makers Conference", 3000, [52],
        ),
        (
            "A survey that my students did of 540 nurses found that 58 percent were tired.",
            "my students", 540, [58],
        ),
    ],
)  # fmt: skip
def test_surveys_are_told_in_many_ways(facts, text, by, sample, values):
    _, found = read(facts, text)
    assert [each.value for each in found] == values
    assert {(each.by, each.sample_size) for each in found} == {(by, sample)}


def test_a_share_in_words_before_its_exact_figure_is_no_second_finding(facts):
    text = (
        "Almost half of writers suspect it, according to a survey published on Tuesday. "
        "The poll of 1,412 writers, carried out by Gallup, found that 47% of them suspect it."
    )
    _, found = read(facts, text)
    assert [each.value for each in found] == [47]


@pytest.mark.parametrize(
    "text",
    [
        "The studio laid off 95 artists, about 30% of its staff, TheWrap reports.",
        "The report from Disney showed revenue up 12% and costs down 3%.",
        "Members ratified the contract with 78% in favor.",
    ],
)
def test_shares_of_staff_money_and_votes_are_no_findings(facts, text):
    assert read(facts, text)[1] == []

"""`onrecord ask` answers from the release, in every format, and says plainly what it does not know."""

import csv
import io
import json
import time
from pathlib import Path

import pytest

from server.canned.catalogue import Catalogue
from tests.server.cli.conftest import Run

SOON_SECONDS = 10.0
"""Far more than an answer from five documents takes, and far less than a query that goes through all with all."""


def test_without_a_name_the_catalogue_is_listed(onrecord: Run) -> None:
    listed = onrecord("ask", "--format", "json")
    assert [row["name"] for row in json.loads(listed.out)] == list(Catalogue.load().names())
    assert all(
        row["question"] and row["example"].startswith(f"onrecord ask {row['name']}") for row in json.loads(listed.out)
    )


@pytest.mark.parametrize("name", Catalogue.load().names())
def test_every_query_answers_with_its_columns(onrecord: Run, name: str) -> None:
    answered = onrecord("ask", name, "--format", "csv")
    assert answered.status == 0
    assert next(csv.reader(io.StringIO(answered.out))) == list(Catalogue.load()[name].columns)


EXAMPLES = [
    (query.name, parameter.name, parameter.example)
    for query in Catalogue.load()
    for parameter in query.parameters
    if parameter.example is not None
]


@pytest.mark.parametrize(("name", "parameter", "example"), EXAMPLES, ids=str)
def test_every_example_of_a_parameter_is_answered_soon(onrecord: Run, name: str, parameter: str, example: str) -> None:
    began = time.monotonic()
    answered = onrecord("ask", name, f"--{parameter}", example, "--format", "json")
    assert answered.status == 0, answered.err
    assert isinstance(json.loads(answered.out), list)
    assert time.monotonic() - began < SOON_SECONDS


def test_json_is_a_list_of_flat_objects_with_every_column(onrecord: Run) -> None:
    rows = json.loads(onrecord("ask", "who-said-what", "--about", "ai", "--format", "json").out)
    assert rows
    assert all(list(row) == list(Catalogue.load()["who-said-what"].columns) for row in rows)
    assert any(row["speaker"] == "Casey Bloys" and row["told_to"] == "Variety" for row in rows)


@pytest.mark.parametrize(
    ("form", "first"), [("table", "topic "), ("csv", "topic,"), ("tsv", "topic\t"), ("md", "| topic |")]
)
def test_every_format_begins_with_the_headings(onrecord: Run, form: str, first: str) -> None:
    assert onrecord("ask", "topics", "--format", form).out.startswith(first)


def test_several_values_mean_any_of_them(onrecord: Run) -> None:
    def count(*speakers: str) -> int:
        options = [option for speaker in speakers for option in ("--speaker", speaker)]
        return len(json.loads(onrecord("ask", "who-said-what", *options, "--format", "json").out))

    assert count("Casey Bloys", "Stacie Haller") == count("Casey Bloys") + count("Stacie Haller") > 0


def test_names_are_found_in_any_case(onrecord: Run) -> None:
    assert (
        onrecord("ask", "who-said-what", "--speaker", "CASEY BLOYS").out
        == onrecord("ask", "who-said-what", "--speaker", "id:person/casey-bloys").out
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["who-said-wat"], "nearest: who-said-what"),
        (["who-said-what", "--abot", "ai"], "--about"),
        (["who-said-what", "--speaker", "Snetflix"], "Netflix"),
        (["who-said-what", "--speaker", ""], "speaker"),
        (["who-said-what", "--mode", "loud"], "direct, indirect, mixed"),
        (["who-said-what", "--format", "xml"], "'table', 'json', 'csv', 'tsv', 'md'"),
        (["job-postings", "--min-salary", "much"], "min-salary"),
        (["who-said-what", "--about"], "--about"),
    ],
)
def test_what_is_unknown_is_said_in_one_line_with_what_comes_nearest(
    onrecord: Run, arguments: list[str], says: str
) -> None:
    failed = onrecord("ask", *arguments)
    assert failed.status == 2
    assert says in failed.error


def test_an_empty_answer_is_a_failure_only_when_asked_for(onrecord: Run) -> None:
    question = ["ask", "job-postings", "--min-salary", "99,000,000", "--format", "json"]
    assert (onrecord(*question).status, onrecord(*question).out) == (0, "[]\n")
    assert onrecord(*question, "--fail-empty").status == 1
    assert onrecord("ask", "topics", "--fail-empty").status == 0


def test_without_a_release_it_is_said_how_to_make_one(onrecord: Run, tmp_path: Path) -> None:
    failed = onrecord("ask", "topics", home=tmp_path)
    assert failed.status == 2
    assert "onrecord build" in failed.error


def test_home_may_stand_before_or_behind_the_command(onrecord: Run, seeds_home: Path, tmp_path: Path) -> None:
    behind = onrecord("ask", "topics", "--home", seeds_home, home=tmp_path)
    before = onrecord("--home", seeds_home, "ask", "topics", home=tmp_path)
    assert before.status == behind.status == 0
    assert before.out == behind.out

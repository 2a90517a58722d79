"""The one table from errors to exit codes and problem types."""

from __future__ import annotations

import json

import pytest

from ontology import errors
from ontology.errors import InputError, NotFound, OnrecordError, QueryError, ShapeViolation
from server import problems
from server.problems import PROBLEMS, Problem, details, exit_code, problem_of, record, restore

ROWS = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.slug)


@ROWS
def test_each_row_can_be_reached_and_is_complete(problem: Problem) -> None:
    assert 400 <= problem.status < 600
    assert problem.exit_code in {1, 2}
    assert problem.title
    assert problem.type == f"https://w3id.org/onrecord/problem/{problem.slug}"
    error = problem.error("what happened")
    assert problem_of(error) is problem
    assert details(error)["status"] == problem.status


@ROWS
def test_each_error_of_ours_travels_between_processes(problem: Problem) -> None:
    if not issubclass(problem.error, OnrecordError):
        return
    error = problem.error("what happened", "where")
    for name in problem.members:
        setattr(error, name, 3 if name in {"line", "column"} else ("near",))
    again = restore(json.loads(json.dumps(record(error))))
    assert type(again) is type(error)
    assert (again.message, again.place) == ("what happened", "where")
    assert details(again) == details(error)


def test_no_two_rows_share_a_class_or_a_slug() -> None:
    assert len({problem.error for problem in PROBLEMS}) == len(PROBLEMS)
    assert len({problem.slug for problem in PROBLEMS}) == len(PROBLEMS)


def test_every_error_class_has_a_row_of_its_own() -> None:
    classes = {
        each
        for module in (errors, problems)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, OnrecordError)
    }
    assert classes - {problem.error for problem in PROBLEMS} == {problems.Listing}


def test_a_late_or_busy_answer_says_when_to_come_again() -> None:
    for problem in PROBLEMS:
        if problem.status in {503, 504}:
            assert problem.retry_after, problem.slug


def test_exit_codes() -> None:
    assert exit_code(InputError("no such file")) == 2
    assert exit_code(NotFound("no such query")) == 2
    assert exit_code(ShapeViolation("no evidence")) == 1


def test_members_that_are_unknown_are_left_out() -> None:
    assert "line" not in details(QueryError("wrong"))
    assert details(QueryError("wrong", line=1, column=2)) == {
        "type": "https://w3id.org/onrecord/problem/query-error",
        "title": "The query is wrong",
        "status": 400,
        "detail": "wrong",
        "line": 1,
        "column": 2,
    }


def test_a_failure_of_ours_says_nothing_of_its_inside() -> None:
    assert details(KeyError("secret")) == {
        "type": "https://w3id.org/onrecord/problem/internal-error",
        "title": "The server failed",
        "status": 500,
    }

"""Answers that are kept: found again, bounded in bytes, the oldest forgotten first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.http.answers import OVERHEAD_BYTES, Answers
from server.workers.pool import Outcome


def _outcome(body: bytes, release: str = "r") -> Outcome:
    return Outcome(release, "solutions", "text/csv", body, 1.5)


def test_an_answer_is_found_again_and_took_no_time() -> None:
    answers = Answers(10**6)
    answers.keep(["query", "text/csv"], _outcome(b"body"))
    found = answers.find("r", ["query", "text/csv"])
    assert found is not None
    assert (found.body, found.seconds) == (b"body", 0.0)
    assert answers.find("r", ["query", "text/turtle"]) is None
    assert answers.find("s", ["query", "text/csv"]) is None, "another release may answer otherwise"
    assert (answers.hits, answers.misses) == (1, 2)


def test_an_answer_is_kept_for_the_release_that_gave_it() -> None:
    answers = Answers(10**6)
    answers.keep(["query"], _outcome(b"old", "before"))
    assert answers.find("after", ["query"]) is None


def test_the_parts_of_a_question_do_not_run_together() -> None:
    answers = Answers(10**6)
    answers.keep(["ab", "c"], _outcome(b""))
    assert answers.find("r", ["a", "bc"]) is None


def test_what_was_not_asked_for_longest_goes_first() -> None:
    answers = Answers(10 * (OVERHEAD_BYTES + 1000))
    for number in range(9):
        answers.keep([str(number)], _outcome(b"x" * 900))
    assert answers.find("r", ["0"])
    for number in range(9, 12):
        answers.keep([str(number)], _outcome(b"x" * 900))
    assert answers.find("r", ["0"])
    assert answers.find("r", ["1"]) is None


def test_nothing_is_kept_that_would_drive_out_the_rest() -> None:
    answers = Answers(80_000)
    answers.keep(["large"], _outcome(b"x" * 10_000))
    answers.keep(["q" * 10_000], _outcome(b""))
    assert answers.size == 0
    nothing = Answers(0)
    nothing.keep(["small"], _outcome(b""))
    assert nothing.size == 0


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3000)), max_size=60))
def test_the_bound_holds_whatever_is_asked(asked: list[tuple[int, int]]) -> None:
    answers = Answers(20_000)
    for question, size in asked:
        answers.keep([str(question)], _outcome(b"x" * size))
        assert 0 <= answers.size <= 20_000

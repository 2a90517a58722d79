import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.llm.asking import Asking, Outcome
from ingest.llm.client import Message
from ingest.llm.usage import Usage

QUESTION = (Message("system", "rules"), Message("user", "text"))


@pytest.fixture
def ask(settings: Any) -> Any:
    def run(**given: Any) -> Outcome:
        asking = Asking(settings(**given))
        try:
            return asking.ask(QUESTION)
        finally:
            asking.close()

    return run


@pytest.mark.parametrize(
    "first",
    [
        {"status": 500},
        {"status": 429, "headers": {"Retry-After": "0"}},
        {"drop": True},
        {"content": "", "promised": 9},
        {"content": ""},
        {"content": "I would rather not."},
        {"content": '{"facts": [{"kind": "person", "sentence": "She'},
        {"body": b"<html>"},
    ],
)
def test_what_fails_in_passing_is_asked_again(
    server: Any, reply: Any, ask: Any, statement: Any, first: dict[str, Any]
) -> None:
    server.replies(reply(**first), server.facts(statement))
    outcome = ask()
    assert (len(outcome.answer.candidates), outcome.failure, len(server.asked)) == (1, None, 2)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 302])
def test_what_would_fail_again_is_not(server: Any, reply: Any, ask: Any, status: int) -> None:
    server.replies(reply(status=status, headers={"Location": f"{server.url}/elsewhere"}))
    outcome = ask()
    assert f"status {status}" in str(outcome.failure)
    assert str(outcome.failure).endswith("asked once")
    assert len(server.asked) == 1


def test_tries_are_bounded(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply(status=500))
    assert ask(tries=3).failure == "the server answers with status 500; asked 3 times"
    assert len(server.asked) == 3


def test_waits_double(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply(status=500))
    started = time.monotonic()
    ask(tries=4, backoff=0.02)
    assert time.monotonic() - started >= 0.02 + 0.04 + 0.08


def test_all_waits_together_are_bounded(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply(status=500))
    ask(tries=1000, backoff=0.1, patience=1.0)
    assert 2 <= len(server.asked) <= 4


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_server_that_asks_to_be_left_alone_is_left_alone(server: Any, reply: Any, ask: Any, form: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.replies(reply(status=429, headers={"Retry-After": "1" if form == "seconds" else date}), server.facts())
    started = time.monotonic()
    assert ask().failure is None
    assert time.monotonic() - started >= 0.9


def test_a_wait_beyond_patience_ends_it_at_once(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply(status=429, headers={"Retry-After": "3600"}))
    started = time.monotonic()
    assert ask().failure == "the server answers with status 429 (it asks to wait 3600 seconds); asked once"
    assert time.monotonic() - started < 2


def test_of_broken_answers_the_one_with_most_facts_stays(server: Any, ask: Any, statement: Any, posting: Any) -> None:
    whole = server.facts(statement, posting)
    server.replies(whole[:-10], whole[:100], "nothing")
    outcome = ask(tries=3)
    assert [candidate["kind"] for candidate in outcome.answer.candidates] == ["statement"]
    assert outcome.failure == "the answer holds no list of facts; asked 3 times"
    assert outcome.usage == Usage(3, 0, 300, 60, 0)


def test_a_silent_server_is_asked_once_for_later_questions(server: Any, reply: Any, settings: Any) -> None:
    server.replies(reply(hold=5.0))
    asking = Asking(settings(timeout=0.05, tries=3))
    assert str(asking.ask(QUESTION).failure).endswith("asked 3 times")
    assert str(asking.ask(QUESTION).failure).endswith("asked once")
    server.replies(server.facts())
    assert asking.ask(QUESTION).failure is None
    asking.close()


def test_a_dropped_connection_is_opened_again(server: Any, reply: Any, settings: Any) -> None:
    server.replies(server.facts(), reply(drop=True), server.facts())
    asking = Asking(settings())
    outcomes = [asking.ask((Message("user", text),)) for text in ("one", "two")]
    asking.close()
    assert [outcome.failure for outcome in outcomes] == [None, None]
    assert len(server.asked) == 3


def test_an_answer_is_paid_for_once(server: Any, ask: Any, statement: Any) -> None:
    server.replies(server.facts(statement))
    first, second = ask(), ask()
    assert first.answer == second.answer
    assert (first.usage, second.usage) == (Usage(1, 0, 100, 20, 0), Usage(cached=1))
    assert len(server.asked) == 1


def test_kept_answers_are_replayed_without_a_server(server: Any, ask: Any, statement: Any) -> None:
    server.replies(server.facts(statement))
    asked = ask()
    replayed = ask(replay=True, url=None)
    assert replayed.answer == asked.answer
    missing = ask(replay=True, url=None, model="another")
    assert missing.failure == "no answer is kept, and ONRECORD_LLM_REPLAY is set"
    assert len(server.asked) == 1


def test_a_broken_answer_is_not_kept(server: Any, ask: Any) -> None:
    server.replies("broken {", server.facts())
    assert ask(tries=1).failure is not None
    assert ask(tries=1).failure is None


def test_answers_that_cannot_be_kept_are_told(server: Any, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    asking = Asking(settings(cache=tmp_path / "file" / "cache"))
    assert asking.ask(QUESTION).failure is None
    asking.close()
    assert "answers cannot be kept in" in str(asking.unkept)

import gzip
import socket
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.llm.client import ChatClient, Message, ModelFailure, Reply, retry_after
from ontology.errors import InputError

QUESTION = (Message("system", "rules"), Message("user", "text"))


@pytest.fixture
def ask(settings: Any) -> Any:
    def run(**given: Any) -> Reply:
        client = ChatClient(settings(**given))
        try:
            return client.ask(QUESTION)
        finally:
            client.close()

    return run


def test_a_question_is_a_plain_chat_completion(server: Any, ask: Any) -> None:
    server.replies("hello")
    assert ask() == Reply("hello", True, 100, 20)
    assert server.asked == [
        {
            "path": "/v1/chat/completions",
            "model": "tester",
            "messages": [{"role": "system", "content": "rules"}, {"role": "user", "content": "text"}],
            "temperature": 0.0,
            "stream": False,
        }
    ]
    assert "Authorization" not in server.headers[0]


def test_what_is_set_is_sent(server: Any, ask: Any) -> None:
    ask(key="sk-secret", json=True, max_tokens=9, temperature=None, url=f"{server.url}/?api-version=2")
    asked = server.asked[0]
    assert server.headers[0]["Authorization"] == "Bearer sk-secret"
    assert asked["path"] == "/v1/chat/completions?api-version=2"
    assert (asked["response_format"], asked["max_tokens"]) == ({"type": "json_object"}, 9)
    assert "temperature" not in asked


def test_an_answer_at_its_limit_is_not_whole(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply("half", finish="length"))
    assert not ask().whole


def test_content_in_parts_is_joined(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply([{"type": "text", "text": "a"}, {"type": "image"}, {"type": "text", "text": "b"}]))
    assert ask().text == "ab"


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": "many", "completion_tokens": -1}])
def test_tokens_that_are_not_counted_are_unknown(server: Any, reply: Any, ask: Any, usage: Any) -> None:
    server.replies(reply("x", usage=usage))
    assert (ask().prompt_tokens, ask().completion_tokens) == (None, None)


def test_json_is_read_under_any_content_type(server: Any, reply: Any, ask: Any) -> None:
    server.replies(reply("hello", headers={"Content-Type": "text/html; charset=latin-1"}))
    assert ask().text == "hello"


@pytest.mark.parametrize(
    ("reply_fields", "said", "passing"),
    [
        ({"status": 500, "body": b"oops"}, "status 500", True),
        ({"status": 503}, "status 503", True),
        ({"status": 429, "headers": {"Retry-After": "7"}}, "status 429 (it asks to wait 7 seconds)", True),
        ({"status": 401, "body": b'{"error": {"message": "bad key\\n sk-secret"}}'}, "status 401: bad key …", False),
        ({"status": 404, "body": b'{"error": "no such model"}'}, "status 404: no such model", False),
        ({"status": 400, "body": b'{"detail": "' + b"x" * 500 + b'"}'}, "x" * 200 + "…", False),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:1/steal"}}, "sends elsewhere (status 302)", False),
        ({"body": b""}, "not in the form of a chat completion", True),
        ({"body": b"<html>busy</html>"}, "not in the form of a chat completion", True),
        ({"body": b"\xff\xfe\x00"}, "not in the form of a chat completion", True),
        ({"body": b"[" * 4000}, "not in the form of a chat completion", True),
        ({"body": b'{"choices": []}'}, "not in the form of a chat completion", True),
        ({"body": b'{"choices": [{"message": {"content": null}}]}'}, "not in the form of a chat completion", True),
        ({"body": b'{"error": {"message": "overloaded"}}'}, "chat completion: overloaded", True),
        ({"drop": True}, "the connection failed", True),
        ({"content": "half", "promised": 50}, "the connection failed", True),
        ({"content": "x" * 10_000}, "longer than 5000 bytes", True),
        ({"body": gzip.compress(b"x" * 1_000_000), "headers": {"Content-Encoding": "gzip"}}, "is compressed", False),
    ],
)
def test_a_server_that_misbehaves_is_a_failure(
    server: Any, reply: Any, ask: Any, reply_fields: dict[str, Any], said: str, passing: bool
) -> None:
    server.replies(reply(**reply_fields))
    with pytest.raises(ModelFailure) as caught:
        ask(key="sk-secret", answer_bytes=5000)
    assert said in caught.value.message
    assert "secret" not in caught.value.message
    assert "\n" not in caught.value.message
    assert (caught.value.passing, caught.value.reached) == (passing, True)
    assert len(server.asked) == 1


@pytest.mark.parametrize("reply_fields", [{"hold": 5.0}, {"content": "x" * 100, "trickle": True}])
def test_a_late_answer_is_none(server: Any, reply: Any, ask: Any, reply_fields: dict[str, Any]) -> None:
    server.replies(reply(**reply_fields))
    with pytest.raises(ModelFailure, match=r"no answer within 0\.1 seconds") as caught:
        ask(timeout=0.1)
    assert (caught.value.passing, caught.value.reached) == (True, False)


def test_a_server_that_is_not_there_is_a_failure(ask: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelFailure, match="no server can be reached") as caught:
        ask(url=address)
    assert (caught.value.passing, caught.value.reached) == (True, False)


def test_a_connection_is_used_again(server: Any, settings: Any) -> None:
    client = ChatClient(settings())
    client.ask(QUESTION)
    client.ask(QUESTION)
    client.close()
    assert (len(server.asked), server.connections) == (2, 1)


def test_an_address_that_cannot_be_used_is_told(settings: Any) -> None:
    with pytest.raises(InputError, match="ONRECORD_LLM_URL"):
        ChatClient(settings(url="http://exa mple\x00.org/v1"))


NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 40, 999999999.0),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 12:00:30", 30.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_when_to_come_back_is_a_number_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds

import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ingest.llm.cache import AnswerCache, question_digest
from ingest.llm.client import Message, Reply

QUESTION = (Message("system", "rules"), Message("user", "text"))
REPLY = Reply("“Nobody will.” \ud800", True, 5, None)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "cache")
    assert cache.get("ab12") is None
    cache.put("ab12", REPLY)
    assert cache.get("ab12") == REPLY
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ab12.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b"\xff", b"null", b'{"text": "x"}', b"[" * 100_000])
def test_a_damaged_answer_is_none(tmp_path: Path, damage: bytes) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("ab12", REPLY)
    cache.path("ab12").write_bytes(damage)
    assert cache.get("ab12") is None
    cache.put("ab12", REPLY)
    assert cache.get("ab12") == REPLY


def test_a_changed_answer_and_one_to_another_question_are_none(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("ab12", REPLY)
    kept = json.loads(cache.path("ab12").read_text())
    cache.path("ab12").write_text(json.dumps(kept | {"text": "forged"}))
    assert cache.get("ab12") is None
    cache.path("ab34").write_text(json.dumps(kept))
    assert cache.get("ab34") is None


def test_whoever_reads_while_others_write_reads_a_whole_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("ab12", REPLY)
    writers = [Thread(target=lambda: [cache.put("ab12", REPLY) for _ in range(50)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    read = [cache.get("ab12") for _ in range(200)]
    for writer in writers:
        writer.join()
    assert set(read) == {REPLY}


@pytest.mark.parametrize("change", [{"model": "another"}, {"temperature": None}, {"max_tokens": 10}, {"json": True}])
def test_what_changes_an_answer_changes_its_name(settings: Any, change: dict[str, Any]) -> None:
    assert question_digest(settings(), QUESTION) != question_digest(settings(**change), QUESTION)
    assert question_digest(settings(), QUESTION) != question_digest(settings(), QUESTION[:1])


@pytest.mark.parametrize("same", [{"url": "http://elsewhere/v1"}, {"key": "sk-secret"}, {"timeout": 1.0}, {"tries": 1}])
def test_where_and_how_it_is_asked_does_not(settings: Any, same: dict[str, Any]) -> None:
    assert question_digest(settings(), QUESTION) == question_digest(settings(**same), QUESTION)


def test_the_key_is_nowhere_on_disk(extract: Any, server: Any, statement: Any, tmp_path: Path) -> None:
    server.replies(server.facts(statement))
    extract(key="sk-secret")
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert files
    assert not any(b"sk-secret" in path.read_bytes() for path in files)

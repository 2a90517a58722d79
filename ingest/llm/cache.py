"""Answers kept on disk by what was asked, so that the same question is paid for once and can be replayed offline.

A kept answer is one JSON file, named by the digest of the model, the messages and the parameters that change an
answer; neither the server's address nor the key is in it. A file that is not whole is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.llm.client import Message, Reply, request
from ingest.llm.settings import ModelSettings

FORM: Final = 1
"""The form of the files; a file of another form is not read."""


def question_digest(settings: ModelSettings, messages: Sequence[Message]) -> str:
    """The name of a question: SHA-256 of everything that is asked, in hexadecimal."""
    asked = json.dumps([FORM, request(settings, messages)], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


class AnswerCache:
    """The kept answers of one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def path(self, digest: str) -> Path:
        """Where the answer to a question is, if it is kept."""
        return self._directory / digest[:2] / f"{digest}.json"

    def get(self, digest: str) -> Reply | None:
        """The kept answer to a question; None when there is none, or it is damaged."""
        try:
            kept = json.loads(self.path(digest).read_bytes().decode("utf-8"))
            reply = Reply(kept["text"], kept["whole"], kept["prompt_tokens"], kept["completion_tokens"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return reply if kept == _entry(digest, reply) else None

    def put(self, digest: str, reply: Reply) -> None:
        """Keep an answer: all of it, or nothing.

        Raises:
            OSError: it cannot be written.
        """
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(_entry(digest, reply), ensure_ascii=True, indent=1).encode()
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".answer-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _entry(digest: str, reply: Reply) -> dict[str, object]:
    """What a file holds; `check` tells a damaged one."""
    content: dict[str, object] = {
        "form": FORM,
        "question": digest,
        "text": reply.text,
        "whole": reply.whole,
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
    }
    check = hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
    return content | {"check": check}

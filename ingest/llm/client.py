"""Asking an OpenAI-compatible server: one request to `{base}/chat/completions`, and what may come of it.

The request is the plain one that every such server knows (https://platform.openai.com/docs/api-reference/chat): model,
messages and temperature. Redirections are not followed, since the key would go with them. What is read is bounded in
bytes and time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from ingest.llm.settings import ModelSettings, variable
from ontology.errors import InputError

if TYPE_CHECKING:
    import httpx

_PASSING: Final = frozenset({408, 409, 425, 429})
"""Statuses beside 5xx after which it is worth asking again."""

_LONGEST_MESSAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, by `system` or `user`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model answered; tokens are None when the server does not count them.

    `whole` is False when the server says that the answer stopped at a limit of length.
    """

    text: str
    whole: bool = True
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class ModelFailure(Exception):
    """The server gave no answer that can be used.

    `passing` says whether asking again may help, `reached` whether a server said anything, `wait` how many seconds it
    asked to be left alone.
    """

    def __init__(self, message: str, *, passing: bool, reached: bool = True, wait: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.passing = passing
        self.reached = reached
        self.wait = wait


class ChatClient:
    """Asks one server for one model; keeps its connections until it is closed.

    Raises:
        InputError: the address, or a proxy that the environment names, cannot be used.
    """

    def __init__(self, settings: ModelSettings) -> None:
        import httpx

        self._settings = settings
        # What is compressed could grow beyond all bounds while it is read.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        try:
            base = httpx.URL(settings.url or "")
            self._client = httpx.Client(headers=headers, timeout=settings.timeout, follow_redirects=False)
        except (httpx.InvalidURL, ValueError, ImportError) as error:
            raise InputError(f"the server cannot be asked: {self._clean(str(error))}", variable("url")) from error
        self._address = base.copy_with(path=base.path.rstrip("/") + "/chat/completions")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, messages: Sequence[Message]) -> Reply:
        """One question, asked once.

        Raises:
            ModelFailure: there is no answer, or none that can be read.
        """
        import httpx

        try:
            response, body = self._exchange(messages)
        except httpx.TimeoutException as error:
            raise self._late() from error
        except httpx.ConnectError as error:
            raise ModelFailure(f"no server can be reached ({error})", passing=True, reached=False) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            said = str(error) or type(error).__name__
            raise ModelFailure(f"the connection failed ({self._clean(said)})", passing=True) from error
        if response.status_code != 200:
            raise self._refusal(response, body)
        return self._reply(body)

    def _exchange(self, messages: Sequence[Message]) -> tuple[httpx.Response, bytes]:
        """The response with its body, read within the bounds of time and size."""
        until = time.monotonic() + self._settings.timeout
        body = bytearray()
        with self._client.stream("POST", self._address, json=request(self._settings, messages)) as response:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise ModelFailure("the answer is compressed, which was not asked for", passing=False)
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > self._settings.answer_bytes:
                    raise ModelFailure(f"the answer is longer than {self._settings.answer_bytes} bytes", passing=True)
                # The client's own limit is for each read, so that a server that trickles would never be late.
                if time.monotonic() > until:
                    raise self._late()
            return response, bytes(body)

    def _late(self) -> ModelFailure:
        return ModelFailure(f"no answer within {self._settings.timeout:g} seconds", passing=True, reached=False)

    def _refusal(self, response: httpx.Response, body: bytes) -> ModelFailure:
        status = response.status_code
        if response.is_redirect:
            return ModelFailure(f"the server sends elsewhere (status {status}), which is not followed", passing=False)
        said = self._clean(_error_message(body))
        message = f"the server answers with status {status}" + (f": {said}" if said else "")
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        message += f" (it asks to wait {wait:.0f} seconds)" if wait else ""
        return ModelFailure(message, passing=status in _PASSING or status >= 500, wait=wait)

    def _reply(self, body: bytes) -> Reply:
        try:
            answer = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise ModelFailure("the answer is not in the form of a chat completion (no JSON)", passing=True) from error
        choice = _first(_member(answer, "choices"))
        text = _text(_member(_member(choice, "message"), "content"))
        if text is None:
            said = self._clean(_error_message(body))
            message = "the answer is not in the form of a chat completion" + (f": {said}" if said else "")
            raise ModelFailure(message, passing=True)
        usage = _member(answer, "usage")
        return Reply(
            text,
            _member(choice, "finish_reason") != "length",
            _tokens(_member(usage, "prompt_tokens")),
            _tokens(_member(usage, "completion_tokens")),
        )

    def _clean(self, said: str) -> str:
        """One short line of what a server said, without the key, which some servers repeat."""
        if self._settings.key:
            said = said.replace(self._settings.key, "…")
        line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
        return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"


def request(settings: ModelSettings, messages: Sequence[Message]) -> dict[str, Any]:
    """The body of a request."""
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "stream": False,
    }
    if settings.temperature is not None:
        body["temperature"] = settings.temperature
    if settings.max_tokens is not None:
        body["max_tokens"] = settings.max_tokens
    if settings.json:
        body["response_format"] = {"type": "json_object"}
    return body


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After field, a number or a date (RFC 9110, section 10.2.3); None when it has none."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _member(value: object, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _text(content: object) -> str | None:
    """The text of a message, which some servers give in parts."""
    if isinstance(content, list):
        parts = [_member(part, "text") for part in content]
        content = "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else None


def _tokens(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _error_message(body: bytes) -> str:
    """What the server says went wrong, if it says so in the usual form."""
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return ""
    error = _member(answer, "error")
    said = _member(error, "message") if isinstance(error, Mapping) else error
    said = said if said is not None else _member(answer, "detail")
    return said if isinstance(said, str) else ""

"""A language model's server for tests: real HTTP on a free port, which says what a test wants, well or badly."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from ingest.document import Document
from ingest.extraction import Extraction
from ingest.llm.extractor import ModelExtractor
from ingest.llm.settings import ModelSettings
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

TEXT = """Harbor Lines halts sailings

“We will not sail without a crew,” Mara Quill, chair of the Deckhands Guild, told the Tidewater Post Friday. “Nobody
will.” Quill said the line’s offer “insults” its deckhands.

Harbor Lines is looking for a night captain and pays up to $90,000 a year. A survey by Tideline of 1,200 sailors found
that 62% fear autopilots.
"""
"""A document of no corpus."""

STATEMENT = {
    "kind": "statement",
    "sentence": [
        "“We will not sail without a crew,” Mara Quill, chair of the Deckhands Guild, told the Tidewater Post Friday.",
        "“Nobody will.”",
    ],
    "source": "Mara Quill, chair of the Deckhands Guild",
    "cue": "told",
    "quote": ["We will not sail without a crew,", "Nobody will."],
    "speaker": {"name": "Mara Quill", "kind": "person"},
    "role": "chair",
    "affiliation": "Deckhands Guild",
    "told_to": [{"name": "Tidewater Post", "kind": "organization"}],
    "said_on": "Friday",
    "topics": ["jobs"],
    "stance": "opposes",
}
POSTING = {
    "kind": "job_posting",
    "sentence": "Harbor Lines is looking for a night captain and pays up to $90,000 a year.",
    "employer": "Harbor Lines",
    "title": "night captain",
    "value": "up to $90,000 a year",
}


@dataclass
class Reply:
    """What the server does with one request: by default a chat completion with this content."""

    content: Any = ""
    finish: str = "stop"
    usage: dict[str, Any] | None = field(default_factory=lambda: {"prompt_tokens": 100, "completion_tokens": 20})
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    hold: float = 0.0
    drop: bool = False
    promised: int = 0
    trickle: bool = False

    def payload(self) -> bytes:
        """The bytes of the response."""
        if self.body is not None:
            return self.body
        choice = {"index": 0, "message": {"role": "assistant", "content": self.content}, "finish_reason": self.finish}
        return json.dumps({"choices": [choice]} | ({"usage": self.usage} if self.usage else {})).encode()


Script = str | Reply | Callable[[dict[str, Any]], "str | Reply"]


class ModelServer:
    """Answers with its replies, one a request, the last one for ever; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.script: list[Script] = [Reply(self.facts())]
        self.over = Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.model = self
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @staticmethod
    def facts(*facts: dict[str, Any]) -> str:
        """An answer with these facts."""
        return json.dumps({"facts": list(facts)}, ensure_ascii=False)

    def replies(self, *script: Script) -> None:
        self.script = list(script)

    def next(self, request: dict[str, Any]) -> Reply:
        script = self.script[min(len(self.asked), len(self.script)) - 1]
        said = script(request) if callable(script) else script
        return Reply(said) if isinstance(said, str) else said

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    model: ModelServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.model.connections += 1

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        model = self.server.model
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"]))) | {"path": self.path}
        model.asked.append(request)
        model.headers.append(dict(self.headers))
        reply = model.next(request)
        if reply.hold:
            model.over.wait(reply.hold)
        if reply.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = reply.payload()
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + reply.promised))
        self.end_headers()
        if reply.trickle:
            for byte in body:
                self.wfile.write(bytes([byte]))
                if model.over.wait(0.02):
                    return
        else:
            self.wfile.write(body)
        if reply.promised:
            self.close_connection = True


@pytest.fixture
def server() -> Iterator[ModelServer]:
    running = ModelServer()
    yield running
    running.close()


@pytest.fixture
def reply() -> type[Reply]:
    return Reply


@pytest.fixture
def settings(server: ModelServer, tmp_path: Path) -> Callable[..., ModelSettings]:
    """Settings for the server, with waits that a test can afford."""

    def make(**given: Any) -> ModelSettings:
        usual = {
            "url": server.url,
            "model": "tester",
            "cache": tmp_path / "cache",
            "timeout": 5.0,
            "backoff": 0.001,
            "patience": 5.0,
        }
        return ModelSettings(**(usual | given))

    return make


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Document]:
    """A document with this text."""

    def make(text: str = TEXT, boilerplate: tuple[tuple[int, int], ...] = ()) -> Document:
        data = text.encode("utf-8", "surrogatepass")
        return Document("harbor", tmp_path / "harbor.txt", data, text, boilerplate=boilerplate)

    return make


@pytest.fixture
def extractor(settings: Callable[..., ModelSettings]) -> Callable[..., ModelExtractor]:
    def make(**given: Any) -> ModelExtractor:
        return ModelExtractor(settings(**given), Authority.load(Base()), Topics.load(Base()))

    return make


@pytest.fixture
def extract(extractor: Callable[..., ModelExtractor], document: Callable[..., Document]) -> Callable[..., Extraction]:
    """Reads a text with the server's answers."""

    def run(text: str = TEXT, **given: Any) -> Extraction:
        return extractor(**given).extract(document(text))

    return run


@pytest.fixture
def statement() -> dict[str, Any]:
    return dict(STATEMENT)


@pytest.fixture
def posting() -> dict[str, Any]:
    return dict(POSTING)

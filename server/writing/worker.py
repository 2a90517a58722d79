"""The writing worker: the process in which changes are parsed, evaluated, checked and made releases, behind the walls
of `server.workers.jail`. It holds the lock of the home while it works, so that writers of several servers, and builds,
go one after the other.

What it prepares lies under a hidden name until it is whole; then `current` is switched by a rename. Killed at any
moment it leaves the last release answering, or the next one.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ontology.errors import OnrecordError, ReleaseError
from server.problems import QueryMemory, record
from server.releases.publication import lock, staging, sweep
from server.releases.release import Home
from server.workers import jail
from server.workers.lexer import Dataset
from server.workers.wire import Header
from server.workers.worker import Reply, attend
from server.writing.editor import Editor
from server.writing.request import Action, Conditions, Loaded, Part, Request


@dataclass(slots=True)
class Worker:
    """Answers frames, each of which is one change."""

    memory: int
    limited: bool = False

    def answer(self, header: Header, body: bytes) -> Reply:
        """Makes a change, or tells that it could. Errors that are the user's come back as records, with the report of
        the shapes as the body.
        """
        if header["op"] == "ready":
            return {"ready": True}, b""
        if not self.limited:
            jail.limit_memory(self.memory)
            self.limited = True
        try:
            return self._write(header, body)
        except OnrecordError as error:
            return record(error), getattr(error, "body", b"")
        except OSError as error:
            message = f"the release cannot be written: {error.strerror or error}"
            return record(ReleaseError(message, error.filename or header["home"])), b""
        except MemoryError:
            return record(QueryMemory("the change needs more memory than a change may take")), b""

    def _write(self, header: Header, body: bytes) -> Reply:
        home = Home(header["home"])
        with lock(home.path, header["seconds"]):
            sweep(home.path)
            directory = staging(home.directory)
            try:
                editor = Editor(
                    home, directory, plain=header["plain"], keep=header["keep"], keep_days=header["keep_days"]
                )
                outcome = editor.change(_request(header, body))
            finally:
                shutil.rmtree(directory, ignore_errors=True)
        reply: dict[str, Any] = {"release": outcome.release, "created": outcome.created, "changed": outcome.changed}
        return reply, b""


def _request(header: Header, body: bytes) -> Request:
    dataset, loaded = header["dataset"], header.get("loaded")
    start = sum(length for _, length in header["parts"])
    return Request(
        Action(header["action"]),
        header["base_iri"],
        header["graph"],
        tuple(_parts(header["parts"], body)),
        Dataset(tuple(dataset[0]), tuple(dataset[1])) if dataset else None,
        Conditions(header["if_match"], header["if_none_match"]),
        header["report"],
        None if loaded is None else tuple(_loaded(loaded, body[start:])),
    )


def _parts(lengths: Iterable[tuple[str, int]], body: bytes) -> Iterator[Part]:
    """The bodies, which come one after the other, with the media type and the length of each."""
    start = 0
    for media_type, length in lengths:
        yield Part(media_type, body[start : start + length])
        start += length


def _loaded(described: Iterable[tuple[str, str, str | None, int]], body: bytes) -> Iterator[Loaded]:
    """The documents that were fetched, whose bytes come one after the other."""
    start = 0
    for source, url, media_type, length in described:
        part = None if media_type is None else Part(media_type, body[start : start + length])
        yield Loaded(source, url, part)
        start += length


if __name__ == "__main__":
    attend(int(sys.argv[1]), int(sys.argv[2]), lambda: Worker(int(sys.argv[3])).answer)

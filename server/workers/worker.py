"""A query worker: the process in which anonymous queries are parsed and run, read-only and behind the walls of `jail`.

It speaks the frames of `wire` over the socket it inherits. The main thread reads, so that the end of the web process is
noticed at once; one thread with a large stack runs one request after the other and answers.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from pyoxigraph import Store

from ontology.errors import OnrecordError, QueryError, ReleaseError
from ontology.namespaces import Base
from server.formats import Form
from server.problems import QueryMemory, record
from server.releases.release import Release
from server.settings import DefaultGraphKind
from server.workers import jail, spool
from server.workers.evaluation import Task, Written, evaluate
from server.workers.lexer import Dataset, federates
from server.workers.wire import SPOOLED, Header, pack, receive

if TYPE_CHECKING:
    from server.canned.desk import Desk
    from server.workers.gateway import Gateway

Reply = tuple[dict[str, Any], bytes]


class Worker:
    """The release that is open, and what can be asked of it."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._release: Release | None = None
        self._store: Store | None = None
        self._desk: Desk | None = None
        self._plain = False
        self._gateway: Gateway | None = None

    def answer(self, header: Header, body: bytes) -> Reply:
        """Does what a frame asks; errors that are the user's come back as records."""
        operations: dict[str, Callable[[Header, bytes], Reply]] = {
            "open": self._open,
            "query": self._query,
            "ask": self._ask,
        }
        try:
            return operations[header["op"]](header, body)
        except OnrecordError as error:
            return record(error), b""
        except MemoryError:
            return record(QueryMemory("the request needs more memory than a request may take")), b""

    def _open(self, header: Header, _: bytes) -> Reply:
        """Opens a release; the one before it stays open when that fails."""
        release = Release(Path(header["path"]))
        store = release.open()
        first = self._store is None
        self._release, self._store, self._desk = release, store, None
        self._plain = release.manifest.plain
        if first:
            jail.limit_memory(self._memory)
        return {"release": release.id}, b""

    def _query(self, header: Header, body: bytes) -> Reply:
        store, base = self._opened()
        asked = header.get("dataset")
        task = Task(
            query=body.decode("utf-8"),
            media_types={Form(form): media_type for form, media_type in header["media_types"].items()},
            limit=header["limit"],
            dataset=Dataset(tuple(asked[0]), tuple(asked[1])) if asked else None,
            acceptable={Form(form): names for form, names in header["acceptable"].items()},
            plain=header.get("default_graph") == DefaultGraphKind.PLAIN and not self._plain,
            rows=header.get("rows"),
        )
        relay = header.get("relay")
        if relay is None or not federates(task.query):
            return _reply(evaluate(store, task, base.prefixes(), base.iri))
        if self._gateway is None:
            from server.workers.gateway import Gateway

            self._gateway = Gateway(*relay)
        self._gateway.begin()
        try:
            return _reply(evaluate(store, replace(task, routes=self._gateway.routes), base.prefixes(), base.iri))
        except QueryError as error:
            raise self._gateway.failure or error from None

    def _ask(self, header: Header, _: bytes) -> Reply:
        if self._desk is None:
            # Only workers that are asked canned queries pay for reading them.
            from server.canned.desk import Desk

            self._desk = Desk(*self._opened())
        return _reply(self._desk.answer(header["name"], header["values"], header["format"], header["limit"]))

    def _opened(self) -> tuple[Store, Base]:
        if self._store is None or self._release is None:
            raise ReleaseError("no release is open")
        return self._store, self._release.base


def _reply(written: Written) -> Reply:
    return {"form": written.form.value, "media_type": written.media_type, "capped": written.capped}, written.body


def attend(descriptor: int, files: int, begin: Callable[[], Callable[[Header, bytes], Reply]]) -> None:
    """Serves one web process until it closes its end of the socket. `begin` gives what answers a frame. Long results go
    into files, which are handed over through a socket of their own."""
    jail.forbid_core_dumps()
    isolated = jail.leave_network()
    # Last, because the kernel forgets the wish when a process gets new credentials, as in a new namespace.
    jail.die_with_parent()
    link, handing = socket.socket(fileno=descriptor), socket.socket(fileno=files)
    frames: SimpleQueue[tuple[Header, bytes]] = SimpleQueue()

    def run() -> None:
        answer = begin()
        link.sendall(pack({"ready": True, "isolated": isolated}))
        while True:
            header, body = frames.get()
            link.sendall(pack(*_handed_over(handing, *answer(header, body))))

    threading.excepthook = _end
    threading.stack_size(jail.STACK_BYTES)
    threading.Thread(target=run, daemon=True).start()
    with link.makefile("rb") as stream:
        while (frame := receive(stream.read)) is not None:
            frames.put(frame)
    # A query may be running in the other thread; nobody waits for it any more.
    os._exit(0)


def _handed_over(handing: socket.socket, header: dict[str, Any], body: bytes) -> Reply:
    """The reply as it travels in a frame: without its body when that is long."""
    if len(body) <= spool.SPOOL_BYTES:
        return header, body
    try:
        descriptor = spool.write(body)
    except OSError as error:
        return record(QueryMemory(f"there is no room for the result: {error.strerror}")), b""
    try:
        socket.send_fds(handing, [b"\0"], [descriptor])
    finally:
        os.close(descriptor)
    return {**header, SPOOLED: len(body)}, b""


def _end(failure: threading.ExceptHookArgs) -> None:
    """A failure that nobody foresaw ends the worker, which is then replaced."""
    traceback.print_exception(failure.exc_type, failure.exc_value, failure.exc_traceback)
    os._exit(os.EX_SOFTWARE)


if __name__ == "__main__":
    attend(int(sys.argv[1]), int(sys.argv[2]), lambda: Worker(int(sys.argv[3])).answer)

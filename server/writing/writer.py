"""The writer seen from the web process: changes wait in the order in which they came, one worker makes them, and it is
killed and replaced when it overruns or dies.

A change goes on when its client leaves: it may be made already, and the next one waits for its release.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass

from server.problems import QueryCrash, QueryMemory, QueryTimeout, QueueFull, ReportedViolation, restore
from server.settings import DefaultGraphKind, Settings
from server.workers.cell import Cell, Died
from server.workers.wire import Header
from server.writing.request import Loaded, Outcome, Request

MODULE = "server.writing.worker"
CLOSE_SECONDS = 5.0
"""Seconds that a change under way has to come to its end when the server ends."""


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """The shapes refuse a change, and their report is written as RDF."""

    error: ReportedViolation
    body: bytes


class Writer:
    """Makes changes in one home, one after the other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._cell: Cell | None = None
        self._tasks: set[asyncio.Task[Outcome]] = set()

    async def change(self, request: Request) -> Outcome:
        """Has a change made. When it returns, the release that holds the change is on disk and answers.

        Raises:
            QueueFull: too many changes wait already.
            QueryTimeout, QueryMemory, QueryCrash: the worker had to be killed, or died; whether the change was made is
                to be seen in the graph.
            Refusal: the shapes refuse it, and their report was asked for as RDF.
            OnrecordError: whatever else is wrong with it, as `Editor.change`.
        """
        if self._waiting >= self._settings.queue:
            raise QueueFull(f"{self._waiting} changes wait already")
        task = asyncio.create_task(self._in_turn(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Lets what is under way come to its end, and ends the worker."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
        if self._cell is not None:
            cell, self._cell = self._cell, None
            await cell.close(CLOSE_SECONDS)

    async def _in_turn(self, request: Request) -> Outcome:
        seconds = self._settings.write_seconds
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise QueueFull("the changes before this one did not come to an end in time") from None
        finally:
            self._waiting -= 1
        try:
            async with asyncio.timeout(seconds):
                return await self._make(request)
        except TimeoutError:
            await self._replace()
            raise QueryTimeout(f"the change was given up after {seconds:g} seconds, which is all it may take") from None
        except Died as death:
            await self._replace()
            raise self._told(death) from None
        finally:
            self._turn.release()

    async def _make(self, request: Request) -> Outcome:
        cell = await self._ready()
        parts = [*request.parts, *(each.part for each in request.loaded or () if each.part is not None)]
        reply, body = await cell.ask(self._header(request), b"".join(part.data for part in parts))
        if "problem" not in reply:
            return Outcome(reply["release"], reply["created"], reply["changed"])
        error = restore(reply)
        if isinstance(error, ReportedViolation) and body:
            raise Refusal(error, body if isinstance(body, bytes) else body.read())
        raise error

    async def _ready(self) -> Cell:
        """The worker, or another one when it has died. It is asked first, because a change is sent only once: a worker
        that dies after that may have made it.
        """
        if self._cell is not None:
            try:
                await self._cell.ask({"op": "ready"})
                return self._cell
            except Died:
                await self._replace()
        self._cell = await Cell.start(self._settings.write_memory, MODULE)
        return self._cell

    def _header(self, request: Request) -> Header:
        dataset = request.dataset
        return {
            "op": "change",
            "home": str(self._settings.home.absolute()),
            "plain": self._settings.default_graph is DefaultGraphKind.PLAIN,
            # Less than what a change may take in all, so that a home that is being built is told as such.
            "seconds": self._settings.write_seconds / 2,
            "action": request.action.value,
            "graph": request.graph,
            "parts": [(part.media_type, len(part.data)) for part in request.parts],
            "loaded": None if request.loaded is None else [_described(each) for each in request.loaded],
            "base_iri": request.base_iri,
            "dataset": [dataset.default, dataset.named] if dataset else None,
            "if_match": request.conditions.if_match,
            "if_none_match": request.conditions.if_none_match,
            "report": request.report,
            "keep": self._settings.keep,
            "keep_days": self._settings.keep_days,
        }

    async def _replace(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None:
            cell.kill()
            await cell.close(CLOSE_SECONDS)

    def _told(self, death: Died) -> QueryMemory | QueryCrash:
        if death.out_of_memory:
            return QueryMemory(f"the change needs more than the {self._settings.write_memory} of memory it may take")
        how = signal.Signals(-death.status).name if death.status < 0 else f"exit status {death.status}"
        return QueryCrash(f"the change ended its worker ({how}); it may be nested too deeply")


def _described(loaded: Loaded) -> tuple[str, str, str | None, int]:
    """A document without its bytes, which come after those of the parts."""
    part = loaded.part
    return loaded.source, loaded.url, part.media_type if part else None, len(part.data) if part else 0

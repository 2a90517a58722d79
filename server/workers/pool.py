"""The pool of query workers: who runs a request, how long it may take and wait, and what happens when a worker dies.

A worker that overruns, dies, or whose client left is killed and replaced; the others do not notice. When another
release becomes current, each worker opens it before its next request.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ontology.errors import OnrecordError, ReleaseError
from server.problems import QueryCrash, QueryMemory, QueryTimeout, QueueFull, restore
from server.releases.release import Release
from server.settings import Settings
from server.workers.cell import Cell, Died
from server.workers.wire import Header

log = logging.getLogger(__name__)

RESPAWN_SECONDS = 1.0
"""Seconds between attempts to replace a worker that cannot be started."""

CLOSE_SECONDS = 2.0
"""Seconds that workers have to end by themselves when the pool closes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole result, the release that gave it, the seconds that the worker took, and after how many rows the operator
    has had it cut."""

    release: str
    form: str
    media_type: str
    body: bytes
    seconds: float
    capped: int | None = None


class Pool:
    """Query workers for one home of releases. `current` says which release answers now."""

    def __init__(self, settings: Settings, current: Callable[[], Release | None]) -> None:
        self._settings = settings
        self._current = current
        self._cells: set[Cell] = set()
        self._idle: asyncio.Queue[Cell] = asyncio.Queue()
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self.ended: Counter[str] = Counter()
        """Workers that were ended, by reason: timeout, memory, crash, left."""

    @property
    def alive(self) -> int:
        """Workers that are up."""
        return sum(cell.alive for cell in self._cells)

    @property
    def idle(self) -> int:
        """Workers that wait for a request."""
        return self._idle.qsize()

    @property
    def waiting(self) -> int:
        """Requests that wait for a worker."""
        return self._waiting

    @property
    def isolated(self) -> bool:
        """Whether every worker is without network."""
        return all(cell.isolated for cell in self._cells)

    async def start(self) -> None:
        """Starts all workers and returns when they are ready.

        Raises:
            ReleaseError: a worker cannot be started.
        """
        await asyncio.gather(*(self._start_cell() for _ in range(self._settings.workers)))

    async def close(self) -> None:
        """Ends all workers; none is left when it returns."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(cell.close(CLOSE_SECONDS) for cell in self._cells))
        self._cells.clear()

    async def run(self, header: Header, body: bytes = b"") -> Outcome:
        """Has a worker do a request. When the caller is cancelled the worker is killed.

        Raises:
            QueueFull: too many requests wait already, or none got a worker in time.
            QueryTimeout, QueryMemory, QueryCrash: the worker had to be killed, or died.
            OnrecordError: whatever the worker says is wrong with the request.
        """
        cell = await self._acquire()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._settings.query_seconds):
                release = await self._follow(cell)
                reply, result = await cell.ask({**header, "limit": self._settings.result_bytes}, body)
        except TimeoutError:
            self._discard(cell, "timeout")
            seconds = f"{self._settings.query_seconds:g}"
            raise QueryTimeout(f"the query was ended after {seconds} seconds, which is all it may take") from None
        except Died as death:
            raise self._bury(cell, death) from None
        except asyncio.CancelledError:
            self._discard(cell, "left")
            raise
        except OnrecordError:
            self._idle.put_nowait(cell)
            raise
        self._idle.put_nowait(cell)
        if "problem" in reply:
            raise restore(reply)
        took = time.perf_counter() - began
        return Outcome(release, reply["form"], reply["media_type"], result, took, reply["capped"])

    async def _acquire(self) -> Cell:
        while True:
            cell = await self._next_idle()
            if cell.alive:
                return cell
            self._discard(cell, "crash")

    async def _next_idle(self) -> Cell:
        if not self._idle.empty():
            return self._idle.get_nowait()
        if self._closed or self._waiting >= self._settings.queue:
            raise QueueFull(f"all {self._settings.workers} workers are busy and {self._waiting} requests wait")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.query_seconds):
                return await self._idle.get()
        except TimeoutError:
            raise QueueFull("no worker became free in time") from None
        finally:
            self._waiting -= 1

    async def _follow(self, cell: Cell) -> str:
        """Has a worker open the current release when it has another. What it has stays open if that fails."""
        current = self._current()
        if current is None:
            raise ReleaseError("nothing has been built yet; run `onrecord build`")
        if cell.release == current.id:
            return current.id
        reply, _ = await cell.ask({"op": "open", "path": str(current.path.absolute())})
        if "problem" not in reply:
            cell.release = reply["release"]
        elif cell.release is None:
            raise restore(reply)
        else:
            log.warning("worker %d stays on release %s: %s", cell.pid, cell.release, reply["message"])
        return cell.release or current.id

    async def _start_cell(self) -> None:
        cell = await Cell.start(self._settings.query_memory)
        self._cells.add(cell)
        try:
            await self._follow(cell)
        except OnrecordError as error:
            log.warning("worker %d has no release: %s", cell.pid, error)
        self._idle.put_nowait(cell)

    def _discard(self, cell: Cell, reason: str) -> None:
        """Kills a worker and has another take its place."""
        cell.kill()
        self.ended[reason] += 1
        if not self._closed:
            task = asyncio.create_task(self._replace(cell))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self, cell: Cell) -> None:
        await cell.close(CLOSE_SECONDS)
        self._cells.discard(cell)
        while True:
            try:
                return await self._start_cell()
            except (OSError, Died) as error:
                log.error("a query worker cannot be started: %s", error)
                await asyncio.sleep(RESPAWN_SECONDS)

    def _bury(self, cell: Cell, death: Died) -> OnrecordError:
        if death.out_of_memory:
            self._discard(cell, "memory")
            return QueryMemory(f"the query needs more than the {self._settings.query_memory} of memory it may take")
        self._discard(cell, "crash")
        how = signal.Signals(-death.status).name if death.status < 0 else f"exit status {death.status}"
        log.warning("worker %d died (%s): %s", cell.pid, how, death.last_words)
        return QueryCrash(f"the query ended its worker ({how}); it may be nested too deeply")

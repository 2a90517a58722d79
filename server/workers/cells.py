"""The worker processes of a pool: started, kept ready, given out, and replaced when they are killed or die. Some
more than are in use are kept warm, so that another takes a dead one's place at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable

from ontology.errors import OnrecordError
from server.workers.cell import Cell, Died

log = logging.getLogger(__name__)

SPARES = 2
"""Workers that are kept warm beside those in use: one more than one, because a busy machine takes a second to start the
next."""

RESPAWN_SECONDS = 1.0
"""Seconds between attempts to replace a worker that cannot be started."""

CLOSE_SECONDS = 2.0
"""Seconds that workers have to end by themselves when the pool closes."""


class Cells:
    """`places` workers with `memory` bytes each. `prepare` is done with each before it is given out; `freed` is called
    whenever one has become idle."""

    def __init__(
        self, places: int, memory: int, prepare: Callable[[Cell], Awaitable[object]], freed: Callable[[], None]
    ) -> None:
        self._places = places
        self._memory = memory
        self._prepare = prepare
        self._freed = freed
        self._cells: dict[int, Cell] = {}
        self._idle: deque[Cell] = deque()
        self._busy: set[Cell] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended: Counter[str] = Counter()
        """Workers that were ended, by reason: timeout, memory, crash, left, yielded."""

    @property
    def alive(self) -> int:
        """Workers that can be in use at once."""
        return min(self._places, sum(cell.alive for cell in self._cells.values()))

    @property
    def idle(self) -> int:
        """Workers that wait for a request."""
        return min(sum(cell.alive for cell in self._idle), self._places - len(self._busy))

    @property
    def isolated(self) -> bool:
        """Whether every worker is without network."""
        return all(cell.isolated for cell in self._cells.values())

    @property
    def coming(self) -> bool:
        """Whether a place is free for which a worker is being started."""
        return not self._idle and len(self._busy) < self._places

    @property
    def pids(self) -> list[int]:
        """The processes."""
        return list(self._cells)

    async def start(self) -> None:
        """Starts all workers and returns when they are ready.

        Raises:
            OSError, Died: one cannot be started.
        """
        await asyncio.gather(*(self._start_one() for _ in range(self._places + SPARES)))

    async def close(self) -> None:
        """Ends all workers; none is left when it returns."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(cell.close(CLOSE_SECONDS) for cell in self._cells.values()))
        self._cells.clear()
        self._idle.clear()

    def take(self) -> Cell:
        """A worker that was idle, and is in use from now on.

        Raises:
            IndexError: none is idle.
        """
        cell = self._idle.popleft()
        while not cell.alive:
            self._lost(cell)
            cell = self._idle.popleft()
        self._busy.add(cell)
        return cell

    def give(self, cell: Cell) -> None:
        """A worker is idle again. The one that worked last goes first: its caches are warm."""
        self._busy.discard(cell)
        self._idle.appendleft(cell)
        self._freed()

    def discard(self, cell: Cell, reason: str) -> None:
        """Kills a worker that is in use, if it lives; another takes its place."""
        cell.kill()
        self._busy.discard(cell)
        self.ended[reason] += 1
        if cell.process.returncode is not None:
            # Not in a task: one that is cancelled before it has begun would leave everything open.
            cell.let_go()
        self._freed()

    async def _start_one(self) -> None:
        cell = await Cell.start(self._memory)
        try:
            await self._prepare(cell)
        except OnrecordError as error:
            log.warning("worker %d has no release: %s", cell.pid, error)
        except BaseException:
            await cell.close(0)
            raise
        self._cells[cell.pid] = cell
        self._spawn(self._watch(cell))
        self._idle.append(cell)
        self._freed()

    async def _watch(self, cell: Cell) -> None:
        """Replaces a worker as soon as it has ended, for whatever reason."""
        await cell.process.wait()
        del self._cells[cell.pid]
        if cell in self._idle:
            self._idle.remove(cell)
            self._lost(cell)
        self._spawn(self._replace())
        if cell not in self._busy:
            # Else someone waits for its answer, and is to have its last words first.
            await cell.close(0)

    def _lost(self, cell: Cell) -> None:
        self.ended["crash"] += 1
        log.warning("worker %d ended while it was idle", cell.pid)

    async def _replace(self) -> None:
        while True:
            try:
                await self._start_one()
            except (OSError, Died) as error:
                log.error("a query worker cannot be started: %s", error)
                await asyncio.sleep(RESPAWN_SECONDS)
            else:
                return

    def _spawn(self, work: Awaitable[None]) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

"""The pool of query workers: who runs a request, how long it may take and wait, and what happens when a worker dies.

A worker that overruns, dies, or whose client left is killed and replaced; the others do not notice. When another
release becomes current, each worker opens it before its next request.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from ontology.errors import OnrecordError, ReleaseError
from server.problems import QueryCrash, QueryMemory, QueryTimeout, QueueFull, restore
from server.releases.release import Release
from server.settings import Settings
from server.workers.allowance import Allowances
from server.workers.cell import Cell, Died
from server.workers.cells import Cells
from server.workers.spool import Body
from server.workers.turns import LONG_SECONDS, OWN_SECONDS, Turn, Turns
from server.workers.wire import Header, pack

log = logging.getLogger(__name__)

CRASH_SECONDS = 1.0
"""What a client is charged for a worker that died of its query, beside the time that it took."""

WAIT_SECONDS = 10.0
"""For so long, or as long as a query may take, a request waits for a worker."""

KNOWN_LONG = 4096
"""How many questions are remembered as long ones."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole result, the release that gave it, the seconds that the worker took, and after how many rows the operator
    has had it cut."""

    release: str
    form: str
    media_type: str
    body: Body
    seconds: float
    capped: int | None = None

    def whole(self) -> bytes:
        """The result as bytes."""
        return self.body if isinstance(self.body, bytes) else self.body.read()


@dataclass(eq=False, slots=True)
class Run(Turn):
    """One request of the pool, and the worker that is its own when its turn has come."""

    granted: asyncio.Future[Cell] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    yielded: bool = False
    """Whether its worker was taken from it, and it waits again."""

    def refuse(self, reason: str) -> None:
        """It gets no worker."""
        if not self.granted.done():
            self.granted.set_exception(QueueFull(reason))


class Pool:
    """Query workers for one home of releases. `current` says which release answers now."""

    def __init__(self, settings: Settings, current: Callable[[], Release | None]) -> None:
        self._settings = settings
        self._current = current
        self._cells = Cells(settings.workers, settings.query_memory, self._follow, self._balance)
        self.allowances = Allowances(settings.client_rate, settings.client_burst)
        self._turns: Turns[Run] = Turns(settings.workers, settings.queue, used=self.allowances.used)
        self._known_long: OrderedDict[bytes, None] = OrderedDict()
        self._closed = False

    @property
    def alive(self) -> int:
        """Workers that are up."""
        return self._cells.alive

    @property
    def idle(self) -> int:
        """Workers that wait for a request."""
        return self._cells.idle

    @property
    def waiting(self) -> int:
        """Requests that wait for a worker."""
        return self._turns.waiting

    @property
    def isolated(self) -> bool:
        """Whether every worker is without network."""
        return self._cells.isolated

    @property
    def pids(self) -> list[int]:
        """The processes, with the one that is kept warm."""
        return self._cells.pids

    @property
    def ended(self) -> Counter[str]:
        """Workers that were ended, by reason: timeout, memory, crash, left, yielded."""
        return self._cells.ended

    async def start(self) -> None:
        """Starts all workers and returns when they are ready.

        Raises:
            OSError, Died: a worker cannot be started.
        """
        await self._cells.start()

    async def close(self) -> None:
        """Ends all workers; none is left when it returns."""
        self._closed = True
        await self._cells.close()

    async def run(
        self, header: Header, body: bytes = b"", *, client: str = "", seconds: float | None = None
    ) -> Outcome:
        """Has a worker do a request of a client, in `seconds` or what a query may take, whichever is less. When the
        caller is cancelled the worker is killed.

        Raises:
            TooManyRequests: the client has used up what it may use.
            QueueFull: too many requests wait already, or none got a worker in time.
            QueryTimeout, QueryMemory, QueryCrash: the worker had to be killed, or died.
            OnrecordError: whatever the worker says is wrong with the request.
        """
        self.allowances.admit(client)
        seconds = min(seconds or self._settings.query_seconds, self._settings.query_seconds)
        question = sha256(pack(header, body)).digest()
        run, killed = self._join(client, long=question in self._known_long), False
        while True:
            cell = await self._granted(run)
            began = time.perf_counter()
            try:
                return await self._do(run, cell, {**header, "limit": self._settings.result_bytes}, body, seconds)
            except Died as death:
                if run.yielded:
                    run.yielded = False
                elif death.status == -signal.SIGKILL and not killed:
                    # Somebody else ended it. A query only reads, so that it can be asked once more.
                    killed, run = True, self._join(client, long=run.long)
                else:
                    self.allowances.charge(client, CRASH_SECONDS)
                    raise self._told(cell, death) from None
            finally:
                taken = time.perf_counter() - began
                self.allowances.charge(client, taken)
                self._remember(question, long=taken >= LONG_SECONDS)

    def _join(self, client: str, *, long: bool) -> Run:
        """A request that waits for its turn.

        Raises:
            QueueFull: there is no room to wait.
        """
        full = f"all {self._settings.workers} workers are busy and {self._turns.waiting} requests wait"
        run = Run(client, long=long)
        run.lost = lambda: run.refuse(full)
        if self._closed or not self._turns.join(run):
            raise QueueFull(full)
        self._balance()
        return run

    async def _granted(self, run: Run) -> Cell:
        """The worker of a request, when its turn has come.

        Raises:
            QueueFull: that was not in time, or its place went to another client.
        """
        granted = run.granted
        try:
            async with asyncio.timeout(max(self._settings.query_seconds, WAIT_SECONDS)):
                return await granted
        except (TimeoutError, asyncio.CancelledError) as error:
            # The worker may have come in the same moment.
            if not granted.cancelled() and granted.done() and not granted.exception():
                self._turns.leave(run)
                self._cells.give(granted.result())
            elif self._turns.leave(run):
                self._balance()
            if isinstance(error, TimeoutError):
                raise QueueFull("no worker became free in time") from None
            raise

    async def _do(self, run: Run, cell: Cell, header: Header, body: bytes, seconds: float) -> Outcome:
        began, loop, reason = time.perf_counter(), asyncio.get_running_loop(), ""
        timers = loop.call_later(LONG_SECONDS, self._lengthen, run), loop.call_later(OWN_SECONDS, self._balance)
        try:
            async with asyncio.timeout(seconds):
                release = await self._follow(cell)
                reply, result = await cell.ask(header, body)
        except TimeoutError:
            reason = "timeout"
            raise QueryTimeout(f"the query was ended after {seconds:g} seconds, which is all it may take") from None
        except Died as death:
            reason = "memory" if death.out_of_memory else "crash"
            raise
        except asyncio.CancelledError:
            reason = "left"
            raise
        finally:
            for timer in timers:
                timer.cancel()
            self._done(run, cell, reason)
        if "problem" in reply:
            raise restore(reply)
        took = time.perf_counter() - began
        return Outcome(release, reply["form"], reply["media_type"], result, took, reply["capped"])

    def _done(self, run: Run, cell: Cell, reason: str) -> None:
        """A request has left its worker, which is ended when there is a reason."""
        if run.yielded and reason in {"crash", "memory"}:
            # Its worker is ended already, and it waits for the next.
            return
        self._turns.leave(run)
        if run.yielded:
            # It came to its end while it was told to wait: whatever it was given again is another's.
            if run.granted.done() and not run.granted.cancelled():
                self._cells.give(run.granted.result())
            else:
                self._balance()
        elif reason:
            self._cells.discard(cell, reason)
        else:
            self._cells.give(cell)

    def _lengthen(self, run: Run) -> None:
        self._turns.lengthen(run)
        self._balance()

    def _balance(self) -> None:
        """Gives idle workers to those whose turn it is, and takes one from a request that is to yield."""
        while self._cells.idle and (run := self._turns.next()):
            # Whoever was cancelled in this moment leaves by itself.
            if not run.granted.done():
                run.granted.set_result(self._cells.take())
        if not self._cells.coming and (run := self._turns.yields()):
            cell, run.granted = run.granted.result(), asyncio.get_running_loop().create_future()
            run.yielded = True
            self._cells.discard(cell, "yielded")

    def _remember(self, question: bytes, *, long: bool) -> None:
        self._known_long.pop(question, None)
        if long:
            self._known_long[question] = None
            while len(self._known_long) > KNOWN_LONG:
                self._known_long.popitem(last=False)

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

    def _told(self, cell: Cell, death: Died) -> OnrecordError:
        if death.out_of_memory:
            return QueryMemory(f"the query needs more than the {self._settings.query_memory} of memory it may take")
        how = signal.Signals(-death.status).name if death.status < 0 else f"exit status {death.status}"
        log.warning("worker %d died (%s): %s", cell.pid, how, death.last_words)
        return QueryCrash(f"the query ended its worker ({how}); it may be nested too deeply")

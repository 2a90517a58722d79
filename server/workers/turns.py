"""Whose turn it is: requests that wait for a worker, each client in a line of its own, and those that run.

A request that has run for a moment is long. Long requests have all places but one, and one client all of these but one,
so that a short request always finds a worker soon. An only client may take more; whoever has more gives it back when
somebody waits, and begins again later: a query only reads, so that costs nothing but time. It costs more time than it
saves where a client's own requests wait for each other; they wait a little longer.

Of short requests those of the client go first that has used least lately; among equals clients take turns. When too
many wait, the last of the longest line goes (https://datatracker.ietf.org/doc/html/rfc7806#section-3.2).
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

LONG_SECONDS = 0.25
"""From so many seconds on a request that runs is long, and yields to those of other clients."""

ACTIVE_SECONDS = 10.0
"""A client is there for so many seconds after its last request."""

OWN_SECONDS = 1.0
"""From so many seconds on it yields to those of its own client, too."""


@dataclass(eq=False, slots=True)
class Turn:
    """One request of a client, waiting or running; `long` when it is known to take long. `lost` is called when its
    place in the line is given to another client."""

    client: str
    lost: Callable[[], None] = lambda: None
    long: bool = False
    began: float = 0.0
    """When it began to run."""


T = TypeVar("T", bound=Turn)


@dataclass(slots=True)
class Line(Generic[T]):
    """Requests that wait, in the order in which they are to go: clients take turns, each client's own in order."""

    clients: OrderedDict[str, deque[T]] = field(default_factory=OrderedDict)

    def add(self, turn: T, *, first: bool = False) -> None:
        """The turn is the last of its client, or its first."""
        own = self.clients.setdefault(turn.client, deque())
        if first:
            own.appendleft(turn)
        else:
            own.append(turn)

    def remove(self, turn: T) -> None:
        """The turn waits no longer."""
        own = self.clients[turn.client]
        own.remove(turn)
        if not own:
            del self.clients[turn.client]

    def take(self, turn: T) -> None:
        """The turn goes; its client is the last to go again."""
        self.remove(turn)
        if turn.client in self.clients:
            self.clients.move_to_end(turn.client)

    def heads(self) -> Iterator[T]:
        """The first turn of each client, in the order of clients."""
        return (own[0] for own in self.clients.values())


class Turns(Generic[T]):
    """The requests of one pool: at most `places` run, and at most `queue` wait. `used` tells how much a client has used
    lately, in steps that are coarse enough to make most clients equal."""

    def __init__(
        self,
        places: int,
        queue: int,
        clock: Callable[[], float] = time.monotonic,
        used: Callable[[str], int] = lambda _: 0,
    ) -> None:
        self._clock = clock
        self._used = used
        self._long_places = max(1, places - 1)
        self._share = max(1, self._long_places - 1)
        self._queue = queue
        self._short: Line[T] = Line()
        self._long: Line[T] = Line()
        self._count: Counter[str] = Counter()
        self._running: dict[T, None] = {}
        self._seen: deque[tuple[str, float]] = deque(maxlen=2)
        """The two clients that came last, and when; the last one last."""

    @property
    def waiting(self) -> int:
        """Requests that wait."""
        return self._count.total()

    def join(self, turn: T) -> bool:
        """Puts a request in the line of its client; False when there is no room. The last of a longer line makes room
        for it."""
        if self._seen and self._seen[-1][0] == turn.client:
            self._seen.pop()
        self._seen.append((turn.client, self._clock()))
        if self.waiting >= self._queue:
            client, most = max(self._count.items(), key=lambda item: item[1], default=("", 0))
            if most <= self._count[turn.client] + 1:
                return False
            last = (self._long.clients.get(client) or self._short.clients[client])[-1]
            self.leave(last)
            last.lost()
        self._add(turn)
        return True

    def leave(self, turn: T) -> bool:
        """The request waits no longer, or runs no longer; False when it did neither."""
        if turn in self._running:
            del self._running[turn]
        elif turn in self._line(turn).clients.get(turn.client, ()):
            self._line(turn).remove(turn)
            self._counted(turn, -1)
        else:
            return False
        return True

    def next(self) -> T | None:
        """The request that goes next, and runs from now on; None when none may."""
        turn = self._due() or next((turn for turn in self._long.heads() if self._is_alone(turn.client)), None)
        if turn is not None:
            self._line(turn).take(turn)
            self._counted(turn, -1)
            turn.began = self._clock()
            self._running[turn] = None
        return turn

    def lengthen(self, turn: T) -> None:
        """A request that runs is long from now on."""
        turn.long = True

    def yields(self) -> T | None:
        """A long request that is to stop because it has a place beyond those of its kind, for which another waits: the
        one that began last. It waits again, as the first of its client."""
        due = self._due()
        if due is None:
            return None
        long, now = self._long_running(), self._clock()
        for turn in reversed(self._running):
            beyond = long.total() > self._long_places or long[turn.client] > self._share
            if turn.long and beyond and (turn.client != due.client or now - turn.began >= OWN_SECONDS):
                del self._running[turn]
                self._add(turn, first=True)
                return turn
        return None

    def _due(self) -> T | None:
        """The first request that may have a place of its kind. Long ones go first: they leave a place to the short."""
        long = self._long_running()
        if long.total() < self._long_places:
            for turn in self._long.heads():
                if long[turn.client] < self._share:
                    return turn
        return min(self._short.heads(), key=lambda turn: self._used(turn.client), default=None)

    def _is_alone(self, client: str) -> bool:
        return not any(each != client and self._clock() - at < ACTIVE_SECONDS for each, at in self._seen)

    def _long_running(self) -> Counter[str]:
        return Counter(turn.client for turn in self._running if turn.long)

    def _line(self, turn: T) -> Line[T]:
        return self._long if turn.long else self._short

    def _add(self, turn: T, *, first: bool = False) -> None:
        self._line(turn).add(turn, first=first)
        self._counted(turn, 1)

    def _counted(self, turn: T, by: int) -> None:
        self._count[turn.client] += by
        if not self._count[turn.client]:
            del self._count[turn.client]

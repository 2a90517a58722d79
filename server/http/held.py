"""What waits for slow clients: how much of it there may be, and how long each piece may take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from server.problems import QueueFull

PIECE_BYTES = 2**18
"""What is handed to the connection at once; shorter bodies are not counted among those that wait."""


@dataclass(slots=True)
class Sending:
    """What is on its way to clients: at most `limit` bytes, of which each piece may take some `seconds`."""

    limit: int
    seconds: float
    held: int = field(default=0, init=False)
    """Bytes of long bodies that wait for their clients."""

    @contextmanager
    def hold(self, size: int) -> Iterator[None]:
        """Counts a body while it is sent.

        Raises:
            QueueFull: too much waits already.
        """
        counted = size if size > PIECE_BYTES else 0
        if counted and self.held + counted > self.limit:
            raise QueueFull(f"{self.held} bytes of answers wait for their clients already")
        self.held += counted
        try:
            yield
        finally:
            self.held -= counted

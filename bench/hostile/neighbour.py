"""The well-behaved client: it asks simple and canned queries one after the other, and remembers how long each took and
whether it was answered as it should be."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

PAUSE_SECONDS = 0.02
LATE_SECONDS = 60.0
UNUSED = 10**9
"""From here on no number is in the graph: what is asked has an answer that is known, and that was never given."""

FIXED = (
    "/queries/topics?format=json",
    "/queries/who-said-what?about=ai&format=json",
    "/queries/job-postings?format=csv",
    "/queries/actors?kind=union&format=json",
    "/sparql?query=" + quote("SELECT * { ?s a ?type } ORDER BY ?s ?type LIMIT 10"),
    "/health/ready",
)
"""What has the same answer each time."""


@dataclass(slots=True)
class Waits:
    """Seconds that each request took, and what was wrong with those that failed."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def quantile(self, part: float) -> float:
        """Seconds within which that part of the requests was answered; 1.0 is the longest."""
        ordered = sorted(self.seconds)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


class Neighbour:
    """A client with a connection of its own from an address of its own."""

    def __init__(self, host: str, port: int, source: str) -> None:
        self._host, self._port, self._source = host, port, source
        self._connection: http.client.HTTPConnection | None = None
        self._known: dict[str, bytes] = {}
        self._number = 0

    def ask(self, waits: Waits) -> None:
        """Asks the next question: one that was never asked before and one that was, in turn."""
        self._number += 1
        fresh = self._number % 2 == 0
        path = f"/sparql?query=ASK%20%7B%3Fs%20%3Fp%20{UNUSED + self._number}%7D" if fresh else self._fixed()
        began = time.perf_counter()
        try:
            status, body = self._get(path)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            status, body = 0, repr(error).encode()
        waits.seconds.append(time.perf_counter() - began)
        if status != 200:
            waits.failures.append(f"{path}: {status} {body[:300]!r}")
        elif fresh and b'"boolean":false' not in body:
            waits.failures.append(f"{path}: {body[:300]!r}")
        elif not fresh and not path.startswith("/health") and self._known.setdefault(path, body) != body:
            waits.failures.append(f"{path}: another answer than before")

    def go_on(self, until: Callable[[], bool]) -> Waits:
        """Asks until something is the case."""
        waits = Waits()
        while not until():
            self.ask(waits)
            time.sleep(PAUSE_SECONDS)
        # A connection on which nothing is said for some seconds may be closed, which would be nobody's failure.
        self.close()
        return waits

    def close(self) -> None:
        """Leaves; what it asks later is by another connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _fixed(self) -> str:
        return FIXED[self._number // 2 % len(FIXED)]

    def _get(self, path: str) -> tuple[int, bytes]:
        # Every tenth request is by a new connection, as of a client that has just come.
        if self._connection is None or self._number % 10 == 0:
            self.close()
            self._connection = http.client.HTTPConnection(
                self._host, self._port, timeout=LATE_SECONDS, source_address=(self._source, 0)
            )
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        return response.status, response.read()

"""How soon a killed query worker is replaced while others ask, and whether any question fails of it:
`python -m bench.kills` prints it. The pool alone is measured, on a release of the seeds, without HTTP.
"""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ontology.errors import OnrecordError
from server.releases.build import build
from server.releases.release import Home
from server.settings import Settings
from server.workers.cells import SPARES
from server.workers.current import Current
from server.workers.pool import Pool

KILLS = 20
CLIENTS = 4
PAUSE_SECONDS = 0.5
JSON = "application/sparql-results+json"
HEADER = {"op": "query", "media_types": {"boolean": JSON}, "acceptable": {}}


@dataclass(slots=True)
class Seconds:
    """What was measured: until as many workers could be used as before, until a warm one stood beside them again, and
    how long each question took."""

    usable: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)
    failed: int = 0


async def measure(home: Home, workers: int) -> Seconds:
    """Kills one worker after the other while clients ask."""
    pool, found, over = (
        Pool(Settings(home=home.path, workers=workers, client_rate=0.0), Current(home)),
        Seconds(),
        False,
    )

    async def ask(client: int) -> None:
        number = client * 10**9
        while not over:
            number += 1
            began = time.perf_counter()
            try:
                await pool.run(HEADER, f"ASK {{ ?s ?p {number} }}".encode(), client=f"{client}")
            except OnrecordError:
                found.failed += 1
            found.questions.append(time.perf_counter() - began)

    await pool.start()
    asking = [asyncio.create_task(ask(client)) for client in range(CLIENTS)]
    for _ in range(KILLS):
        await asyncio.sleep(PAUSE_SECONDS)
        victim = pool.pids[0]
        began = time.perf_counter()
        os.kill(victim, signal.SIGKILL)
        while victim in pool.pids or pool.alive < workers:  # noqa: ASYNC110 - processes signal no event
            await asyncio.sleep(0)
        found.usable.append(time.perf_counter() - began)
        while len(pool.pids) < workers + SPARES:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)
        found.warm.append(time.perf_counter() - began)
    over = True
    await asyncio.gather(*asking)
    await pool.close()
    return found


def main() -> None:
    """Measures and prints."""
    with TemporaryDirectory() as directory:
        home = Home(Path(directory) / "home")
        build(None, home)
        found = asyncio.run(measure(home, Settings().workers))
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"{machine}; {KILLS} workers killed while {CLIENTS} clients ask\n")
    print("| milliseconds | median | longest |")
    print("| --- | ---: | ---: |")
    rows = (("until all workers can be used", found.usable), ("until another is warm", found.warm))
    for name, seconds in (*rows, ("a question", found.questions)):
        print(f"| {name} | {statistics.median(seconds) * 1000:.1f} | {max(seconds) * 1000:.0f} |")
    print(f"\n{len(found.questions)} questions, of which {found.failed} failed")


if __name__ == "__main__":
    main()

"""One document read by one system within a time: a system that never ends loses the document, and not the run."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ingest.document import Document
from ingest.extraction import Extractor
from ingest.facts import Fact

SECONDS = 60.0
"""What a document may take. The longest ones of the sets take a few seconds."""


class Overdue(Exception):
    """A system was still reading when its time was over; the message says at which line."""


def extracted(system: Extractor, document: Document, seconds: float = SECONDS) -> tuple[tuple[Fact, ...], str | None]:
    """The facts that a system reads, and why it has none when it fails or takes too long."""
    try:
        with _within(seconds):
            return system.extract(document).facts, None
    except Exception as error:  # noqa: BLE001 - any failure of a system loses this document, and is counted
        return (), f"{type(error).__name__}: {error}"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(_: int, frame: FrameType | None) -> None:
        place = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" if frame else "an unknown line"
        raise Overdue(f"not done after {seconds:g} s, at {place}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

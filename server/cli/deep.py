"""A thread with a large stack, for the engine: it reads a query by recursion, and a deeply nested one would overflow an
ordinary stack and end the process. The memory is reserved, and used only when it is needed.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import TypeVar

from server.workers.jail import STACK_BYTES

T = TypeVar("T")

RESPONSIVE_SECONDS = 0.2
"""How often the waiting thread looks whether the user has interrupted."""


def with_large_stack(function: Callable[[], T]) -> T:
    """What the function returns or raises; the caller stays open to interruption."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            _let_go(error)
            future.set_exception(error)

    before = threading.stack_size(STACK_BYTES)
    try:
        threading.Thread(target=run, daemon=True).start()
    finally:
        threading.stack_size(before)
    while True:
        try:
            return future.result(RESPONSIVE_SECONDS)
        except NotYet:
            if future.done():
                raise


def _let_go(error: BaseException | None) -> None:
    """Drop what the error's frames hold: the engine's results may not be dropped by another thread."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__

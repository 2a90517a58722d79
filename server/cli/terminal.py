"""What the user sees: data on standard output, messages and progress on standard error.

Standard output may be a pipe that closes early (`onrecord ask … | head`): the command then ends quietly with the status
a shell reports for SIGPIPE, as other tools do.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from server.releases.progress import OnProgress, Progress

SIGPIPE_STATUS = 141

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def write(data: str | bytes) -> None:
    """Write data to standard output as UTF-8, ending the command when nobody reads any more."""
    rest = memoryview(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
    try:
        sys.stdout.flush()
        while rest:
            # An unbuffered stream (PYTHONUNBUFFERED) may take less than it is given.
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer is flushed when the interpreter ends, and must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(SIGPIPE_STATUS) from None


def write_line(line: str = "") -> None:
    """Write one line of data to standard output."""
    write(line + "\n")


def one_line(message: str) -> str:
    """The message in one line, without control characters that a terminal would act on."""
    return " ".join(_CONTROL.sub(" ", message).split())


def tell(message: str) -> None:
    """Write one line for people to standard error."""
    print(one_line(message), file=sys.stderr, flush=True)


def tell_error(message: str) -> None:
    """Write the one line that says what went wrong to standard error."""
    tell(f"onrecord: {message}")


@contextmanager
def progress() -> Iterator[OnProgress]:
    """A function to tell of progress, which draws a bar for each stage on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        stages: dict[str, TaskID] = {}

        def show(at: Progress) -> None:
            if at.stage not in stages:
                stages[at.stage] = bars.add_task(at.stage, what="")
            bars.update(stages[at.stage], completed=at.done, total=at.total, what=at.document or "")

        yield show

"""Rows for people: a grid or records within the width of the terminal, with wrapped cells; plain text anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from server.canned.answers import render, text
from server.cli.terminal import one_line

if TYPE_CHECKING:
    from rich.table import Table

LONGEST_LINE = 160
"""Characters of a line of plain text beyond which rows are written as records."""

LEGIBLE = 28
"""Characters below which a column of longer texts is hard to read; a grid that leaves less is not drawn."""


def printed(columns: Sequence[str], rows: Iterable[Mapping[str, object]], format: str) -> str:
    """Rows in one of the formats of `server.canned.answers`, or as a `table`."""
    if format != "table":
        return render(columns, rows, format)
    cells = [[one_line(text(row.get(column))) for column in columns] for row in rows]
    return terminal_table(columns, cells) if on_terminal() else plain_table(columns, cells)


def on_terminal() -> bool:
    """Whether standard output is a terminal that draws."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def terminal_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows drawn within the width of the terminal: as a grid, or one below the other where a grid would be too narrow.

    Columns that no row fills are left out.
    """
    from rich.console import Console

    filled = [i for i in range(len(columns)) if not rows or any(row[i] for row in rows)]
    console = Console(file=sys.stdout)
    widths = [max(len(columns[i]), *(len(row[i]) for row in rows)) if rows else len(columns[i]) for i in filled]
    fits = sum(min(width, LEGIBLE) + 2 for width in widths) <= console.width
    draw = _grid if fits else _records
    with console.capture() as captured:
        console.print(draw([columns[i] for i in filled], [[row[i] for i in filled] for row in rows]), end="")
    return captured.get()


def _grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=any(len(" ".join(r)) > 150 for r in rows)
    )
    for i, column in enumerate(columns):
        grid.add_column(column, overflow="fold", ratio=_share([row[i] for row in rows]))
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Each row as a block of its own under the value of its first column, which names it."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for number, row in enumerate(rows):
        if number:
            grid.add_row()
        grid.add_row(Text(columns[0], "bold"), Text(row[0], "bold"))
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if cell:
                grid.add_row(Text(column, "dim"), Text(cell))
    return grid


def plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of padded cells two spaces apart under their headings, or as records where a line would be too
    long to read; nothing is cut."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > LONGEST_LINE:
        return _plain_records(columns, rows)
    lines = [list(columns), ["-" * width for width in widths], *map(list, rows)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _plain_records(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, columns))
    records = (
        "".join(f"{column:{width}}  {cell}\n" for column, cell in zip(columns, row, strict=True) if cell)
        for row in rows
    )
    return "\n".join(records)


def _share(cells: Sequence[str]) -> int | None:
    """A larger share of the width for long texts; short ones take what they need."""
    longest = max(map(len, cells), default=0)
    return None if longest <= 24 else 2 if longest <= 80 else 4

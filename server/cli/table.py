"""Rows for people: a table as wide as the terminal, with bold headings and wrapped cells; plain text anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence

from server.answers import render, text
from server.cli.terminal import one_line


def printed(columns: Sequence[str], rows: Iterable[Mapping[str, object]], format: str) -> str:
    """Rows in one of the formats of `server.answers`, or as a `table`."""
    if format != "table":
        return render(columns, rows, format)
    cells = [[one_line(text(row.get(column))) for column in columns] for row in rows]
    return terminal_table(columns, cells) if on_terminal() else plain_table(columns, cells)


def on_terminal() -> bool:
    """Whether standard output is a terminal that draws."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def terminal_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows drawn within the width of the terminal; columns that no row fills are left out."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    filled = [i for i in range(len(columns)) if not rows or any(row[i] for row in rows)]
    grid = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=any(len(" ".join(r)) > 150 for r in rows)
    )
    for i in filled:
        grid.add_column(columns[i], overflow="fold", ratio=_share([row[i] for row in rows]))
    for row in rows:
        grid.add_row(*(Text(row[i]) for i in filled))
    console = Console(file=sys.stdout)
    with console.capture() as captured:
        console.print(grid)
    return captured.get()


def plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of padded cells two spaces apart under their headings, never cut."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    lines = [list(columns), ["-" * width for width in widths], *map(list, rows)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _share(cells: Sequence[str]) -> int | None:
    """A larger share of the width for long texts; short ones take what they need."""
    longest = max(map(len, cells), default=0)
    return None if longest <= 24 else 2 if longest <= 80 else 4

"""The word lists beside this module, which a linguist can edit: tab-separated lines, `#` begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a list, split at tabs, without comments and empty lines."""
    text = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str, kind: str) -> frozenset[str]:
    """The words of one kind in a list whose first column is the kind."""
    return frozenset(row[1] for row in rows(name) if row[0] == kind)

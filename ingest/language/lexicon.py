"""The word lists of `data/`, which a linguist may edit: one word or row a line, comments after `#`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


def lines(name: str) -> list[str]:
    """The lines of a data file that are neither empty nor comments."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def rows(name: str) -> list[list[str]]:
    """The lines of a data file with their columns, which tabulators part."""
    return [line.split("\t") for line in lines(name)]


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a data file as a set."""
    return frozenset(lines(name))

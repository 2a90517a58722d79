"""The data files that people edit: word lists, and tables whose patterns are written with plain spaces."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")

_SPACE = re.compile(r" (\??)")


def rows(name: str) -> list[list[str]]:
    """The rows of a table, cut at tabs, without comments."""
    return [line.split("\t") for line in _lines(name)]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, one a line."""
    return frozenset(_lines(name))


def compiled(form: str, pattern: str, space: str = r"\s") -> re.Pattern[str]:
    """A pattern set into its form at `{}`, in any case; each space stands for any white space, ` ?` for any or none."""
    spaced = _SPACE.sub(lambda match: space + ("*" if match[1] else "+"), pattern)
    return re.compile(form.replace("{}", spaced), re.IGNORECASE)


@cache
def kinds(name: str, form: str = r"(?<![\w-])(?:{})(?![\w-])") -> dict[str, re.Pattern[str]]:
    """One pattern for each kind of a table whose rows are a kind and a pattern."""
    found: dict[str, list[str]] = {}
    for kind, pattern in rows(name):
        found.setdefault(kind, []).append(pattern)
    return {kind: compiled(form, "|".join(patterns)) for kind, patterns in found.items()}


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]

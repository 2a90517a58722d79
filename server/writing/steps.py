"""An update in parts that are carried out one after the other, each with the declarations that hold for it.

The engine reads declarations at the beginning of an update only, and the language lets them stand before each operation
(https://www.w3.org/TR/sparql11-update/#rUpdate).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from server.writing.scope import Scope

_POSITION = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """Operations with their declarations, which fill the beginning of the first line; `line` and `column`, from 0, are
    where the operations start in the whole update. A LOAD is always a step by itself.
    """

    text: str
    declared: int
    line: int
    column: int
    loads: bool = False

    def message(self, told: str) -> str:
        """What the engine tells of this text, with the place in the whole update.

        >>> Step("PREFIX a: <a:> INSERT x", 15, 2, 4).message("error at 1:23: expected {")
        'error at 3:12: expected {'
        """
        match = _POSITION.match(told)
        if match is None:
            return told
        line, column = int(match[1]), int(match[2])
        if line == 1:
            column = max(1, column - self.declared + self.column)
        return f"error at {line + self.line}:{column}{told[match.end() :]}"


def steps(update: str, found: Scope, *, apart: bool = False) -> Iterator[Step]:
    """The parts of an update: operations with the same declarations together, or each by itself.

    >>> text = "CLEAR ALL; PREFIX a: <a:> INSERT DATA { a:a a:b 1 }"
    >>> from server.writing.scope import scope
    >>> [step.text for step in steps(text, scope(text))]
    ['CLEAR ALL', 'PREFIX a: <a:> INSERT DATA { a:a a:b 1 }']
    """
    if not found.operations:
        yield Step(update, 0, 0, 0)
    groups = groupby(
        enumerate(found.operations),
        key=lambda each: (each[0] * (apart or each[1].loads), each[1].declarations, each[1].loads),
    )
    for (_, declarations, loads), numbered in groups:
        operations = [operation for _, operation in numbered]
        start, end = operations[0].start, operations[-1].end
        line_start = update.rfind("\n", 0, start) + 1
        text = declarations + update[start:end]
        yield Step(text, len(declarations), update.count("\n", 0, start), start - line_start, loads)

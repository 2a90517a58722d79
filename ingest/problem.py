"""What is wrong with a document's facts, each with its place, gathered so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ontology.errors import InputError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (`file` or `file:line`) and what."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Problems:
    """The problems of one file, in the order they were met."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a problem at a line (from 1; 0 is the whole file)."""
        self.found.append(Problem(self.place(line), message))

    def place(self, line: int) -> str:
        """`file:line`, or the file alone for line 0."""
        return f"{self.file}:{line}" if line else self.file


class AnnotationError(InputError):
    """A reviewed annotation that does not hold; its one line tells the first problem, `problems` has all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(first.message + more, first.place)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)

"""Every error that a user may meet, in one hierarchy; each says what is wrong, where, and what to do about it.

OnrecordError
├── InputError        a file, an argument or an annotation is wrong
├── NotFound          an unknown name, query, parameter or release; knows the nearest ones
├── ShapeViolation    the graph breaks a shape
├── ReleaseError      a release cannot be read, written or switched
└── QueryError        a SPARQL query cannot be parsed, bound or run; knows line and column
"""

from __future__ import annotations

from collections.abc import Iterable


class OnrecordError(Exception):
    """Base of all errors that are shown to a user as one line, `place: message`."""

    def __init__(self, message: str, place: str | None = None) -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class InputError(OnrecordError):
    """A file, an argument or an annotation cannot be used as it is."""


class NotFound(OnrecordError):
    """A name that nothing has; `nearest` holds the names that come closest, best first."""

    def __init__(self, message: str, place: str | None = None, *, nearest: Iterable[str] = ()) -> None:
        super().__init__(message, place)
        self.nearest: tuple[str, ...] = tuple(nearest)

    def __reduce__(self) -> tuple[object, ...]:
        return _not_found, (type(self), self.message, self.place, self.nearest)

    def __str__(self) -> str:
        line = super().__str__()
        return f"{line}; nearest: {', '.join(self.nearest)}" if self.nearest else line


class ShapeViolation(OnrecordError):
    """A graph breaks a shape of severity Violation."""


class ReleaseError(OnrecordError):
    """A release cannot be read, written or switched to."""


class QueryError(OnrecordError):
    """A SPARQL query cannot be parsed, bound or run; `line` and `column` count from 1 and are None when unknown."""

    def __init__(
        self, message: str, place: str | None = None, *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, place)
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        return _query_error, (type(self), self.message, self.place, self.line, self.column)

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}" if self.line is not None else None
        return ": ".join(part for part in (self.place, where, self.message) if part)


# Errors cross process boundaries (worker pools), and pickle passes positional arguments only.
def _not_found(kind: type[NotFound], message: str, place: str | None, nearest: tuple[str, ...]) -> NotFound:
    return kind(message, place, nearest=nearest)


def _query_error(
    kind: type[QueryError], message: str, place: str | None, line: int | None, column: int | None
) -> QueryError:
    return kind(message, place, line=line, column=column)

"""The one table from errors to exit codes and to HTTP problem types (RFC 9457), and the errors of serving.

https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ontology.errors import InputError, NotFound, OnrecordError, QueryError, ReleaseError, ShapeViolation
from ontology.namespaces import CANONICAL_BASE

MEDIA_TYPE = "application/problem+json"
TYPES = CANONICAL_BASE + "problem/"
"""What the IRIs of problem types begin with."""


class UnknownPath(NotFound):
    """Nothing is served under this path."""


class UnknownValue(NotFound):
    """A request's parameter, or the value of one, is unknown."""


class Listing(OnrecordError):
    """An error that comes with a list of what would have been right."""

    def __init__(self, message: str, place: str | None = None, *, available: Iterable[str] = ()) -> None:
        super().__init__(message, place)
        self.available: tuple[str, ...] = tuple(available)


class NotAcceptable(Listing):
    """The client takes none of the formats on offer."""


class UnsupportedMediaType(Listing):
    """The request's body is of a type that is not read here."""


class MethodNotAllowed(Listing):
    """The path has no such method."""


class RequestTooLarge(OnrecordError):
    """The request's body is longer than allowed."""


class RequestTimeout(OnrecordError):
    """The request did not arrive in time."""


class ResultTooLarge(OnrecordError):
    """The result is longer than allowed; nothing of it is sent."""


class FederationRefused(OnrecordError):
    """The query has a SERVICE clause, and the server asks no other server."""


class OutsideFailed(OnrecordError):
    """Another server, which this one may ask, does not answer as it should."""


class WritingUnavailable(OnrecordError):
    """A request to change the graph, and the operator has not allowed it."""


class Unauthorized(OnrecordError):
    """A request to change the graph without the token that allows it."""


class WriteConflict(OnrecordError):
    """A change that the kind of the graph does not allow, such as one of a graph that is derived."""


class PreconditionFailed(OnrecordError):
    """The graph is not in the state that the request wants to change."""


class ReportedViolation(ShapeViolation):
    """A change that the shapes refuse, with their report as plain data and, for who asked for that, written as RDF."""

    def __init__(self, message: str, place: str | None = None, *, report: Mapping[str, Any] | None = None) -> None:
        super().__init__(message, place)
        self.report = report
        self.body = b""


class QueryTimeout(OnrecordError):
    """The query ran longer than allowed."""


class QueryMemory(OnrecordError):
    """The query needed more memory than allowed."""


class QueryCrash(OnrecordError):
    """The query ended the worker that ran it."""


class QueueFull(OnrecordError):
    """All workers are busy and enough requests wait already."""


class TooManyRequests(OnrecordError):
    """The client has used up what it may use while others ask, too. `retry_after` is in seconds."""

    def __init__(self, message: str, place: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(message, place)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error means outside: for a shell its exit code; for a client status, type, title and extra members."""

    error: type[BaseException]
    slug: str
    title: str
    status: int
    exit_code: int = 2
    members: tuple[str, ...] = ()
    retry_after: int | None = None

    @property
    def type(self) -> str:
        """The IRI of the problem type."""
        return TYPES + self.slug


PROBLEMS: tuple[Problem, ...] = (
    Problem(UnknownPath, "unknown-path", "Nothing is here", 404, members=("nearest",)),
    Problem(UnknownValue, "unknown-value", "An unknown parameter or value", 400, members=("nearest",)),
    Problem(NotFound, "not-found", "Not on record", 404, members=("nearest",)),
    Problem(QueryError, "query-error", "The query is wrong", 400, members=("line", "column")),
    Problem(InputError, "input-error", "The request is wrong", 400),
    Problem(NotAcceptable, "not-acceptable", "No format that the client takes", 406, members=("available",)),
    Problem(
        UnsupportedMediaType, "unsupported-media-type", "Not a type of body read here", 415, members=("available",)
    ),
    Problem(MethodNotAllowed, "method-not-allowed", "No such method here", 405, members=("available",)),
    Problem(RequestTimeout, "request-timeout", "The request took too long to arrive", 408),
    Problem(RequestTooLarge, "request-too-large", "The request is too large", 413),
    Problem(ResultTooLarge, "result-too-large", "The result is too large", 413),
    Problem(FederationRefused, "federation-refused", "That server is not asked from here", 403),
    Problem(OutsideFailed, "outside-failed", "Another server did not answer", 502),
    Problem(WritingUnavailable, "writing-unavailable", "Writing is off", 403),
    Problem(Unauthorized, "unauthorized", "A token is needed", 401),
    Problem(WriteConflict, "write-conflict", "The graph cannot be changed so", 409),
    Problem(PreconditionFailed, "precondition-failed", "The graph is in another state", 412),
    Problem(QueryTimeout, "query-timeout", "The query took too long", 504, retry_after=60),
    Problem(QueryMemory, "query-memory", "The query needs too much memory", 503, retry_after=60),
    Problem(QueryCrash, "query-crash", "The query broke its worker", 500),
    Problem(QueueFull, "queue-full", "The server is busy", 503, retry_after=5),
    Problem(TooManyRequests, "too-many-requests", "The client asks too much", 429, members=("retry_after",)),
    Problem(ReleaseError, "release-error", "The release cannot be used", 503, retry_after=30),
    Problem(
        ReportedViolation,
        "change-violates-shapes",
        "The change breaks a shape",
        422,
        exit_code=1,
        members=("report",),
    ),
    Problem(ShapeViolation, "shape-violation", "The graph breaks a shape", 422, exit_code=1),
    Problem(OnrecordError, "error", "The request failed", 500),
    Problem(BaseException, "internal-error", "The server failed", 500),
)
"""From the particular to the general: the first row whose class an error belongs to is its row."""

_BY_SLUG = {problem.slug: problem for problem in PROBLEMS}


def problem_of(error: BaseException) -> Problem:
    """The row of an error."""
    return next(problem for problem in PROBLEMS if isinstance(error, problem.error))


def exit_code(error: BaseException) -> int:
    """What a command that failed with this error exits with.

    >>> exit_code(InputError("no such file")), exit_code(ShapeViolation("no evidence"))
    (2, 1)
    """
    return problem_of(error).exit_code


def details(error: BaseException) -> dict[str, Any]:
    """An RFC 9457 object for an error. An error that is not ours says nothing of its inside."""
    problem = problem_of(error)
    body: dict[str, Any] = {"type": problem.type, "title": problem.title, "status": problem.status}
    if isinstance(error, OnrecordError):
        body["detail"] = error.message
        if error.place:
            body["place"] = error.place
    for name in problem.members:
        value = getattr(error, name)
        if value is not None:
            body[name] = list(value) if isinstance(value, tuple) else value
    return body


def record(error: OnrecordError) -> dict[str, Any]:
    """An error as plain data, to be sent between processes; `restore` is the way back."""
    problem = problem_of(error)
    members = {name: getattr(error, name) for name in problem.members}
    return {"problem": problem.slug, "message": error.message, "place": error.place, "members": members}


def restore(data: Mapping[str, Any]) -> OnrecordError:
    """The error that `record` wrote."""
    kind = _BY_SLUG[data["problem"]].error
    if not issubclass(kind, OnrecordError):
        raise TypeError(f"{kind.__name__} does not travel")
    return kind(data["message"], data["place"], **data["members"])

"""Errors are one line that a user can act on, and survive the way between processes."""

import pickle

import pytest

from ontology.errors import InputError, NotFound, OnrecordError, QueryError, ReleaseError, ShapeViolation

ERRORS = [
    (OnrecordError("it went wrong"), "it went wrong"),
    (InputError("byte 7 is not UTF-8", "a.txt"), "a.txt: byte 7 is not UTF-8"),
    (NotFound("no actor 'Netflx'", nearest=["Netflix", "Netgear"]), "no actor 'Netflx'; nearest: Netflix, Netgear"),
    (NotFound("there is no query 'x'", "ask"), "ask: there is no query 'x'"),
    (ShapeViolation("two violations"), "two violations"),
    (ReleaseError("no release yet", ".onrecord"), ".onrecord: no release yet"),
    (QueryError("expected '}'", "q.rq", line=3, column=14), "q.rq: line 3, column 14: expected '}'"),
    (QueryError("too deep"), "too deep"),
]


@pytest.mark.parametrize(("error", "line"), ERRORS)
def test_an_error_is_one_line_with_its_place(error: OnrecordError, line: str) -> None:
    assert str(error) == line


@pytest.mark.parametrize("error", [error for error, _ in ERRORS])
def test_an_error_survives_pickling(error: OnrecordError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)

"""The file `identities.ttl`: what a person has decided about which things are one, read and checked once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ontology.errors import InputError
from ontology.namespaces import CANONICAL_BASE, ONR

PATH = Path(__file__).with_name("identities.ttl")
"""The file, under the canonical base."""

DECISIONS = (ONR.identifiedWith, ONR.distinctFrom)
"""The properties by which things are joined and kept apart."""


@cache
def parsed() -> tuple[Quad, ...]:
    """The decisions as they stand in the file.

    Raises:
        InputError: the file is not Turtle, or something in it is no decision, or decides two things both ways.
    """
    return read(PATH)


def read(path: Path) -> tuple[Quad, ...]:
    """The decisions of a file of this form.

    Raises:
        InputError: the file is not Turtle, or something in it is no decision, or decides two things both ways.
    """
    try:
        quads = tuple(parse(path=str(path), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", f"{path}:{error.lineno}") from error
    decided: dict[frozenset[str], NamedNode] = {}
    for quad in quads:
        if quad.predicate not in DECISIONS:
            raise InputError(f"{quad.predicate} is none of {', '.join(map(str, DECISIONS))}", str(path))
        pair = frozenset(_thing(term, path) for term in (quad.subject, quad.object))
        if len(pair) == 1:
            raise InputError(f"<{next(iter(pair))}> is decided against itself", str(path))
        if decided.setdefault(pair, quad.predicate) != quad.predicate:
            raise InputError(f"{' and '.join(sorted(pair))} are both joined and kept apart", str(path))
    return quads


def _thing(term: object, path: Path) -> str:
    if not isinstance(term, NamedNode) or not term.value.startswith(f"{CANONICAL_BASE}id/"):
        raise InputError(f"{term} is not a thing under {CANONICAL_BASE}id/", str(path))
    return term.value

"""The file `identities.ttl`: what a person has decided about which things are one, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from ontology import additions
from ontology.errors import InputError
from ontology.namespaces import CANONICAL_BASE, ONR

PATH = Path(__file__).with_name("identities.ttl")
"""The file, under the canonical base."""

DECISIONS = (ONR.identifiedWith, ONR.distinctFrom)
"""The properties by which things are joined and kept apart."""


def parsed(own: Iterable[Path] = ()) -> tuple[Quad, ...]:
    """The decisions of the file, and those that stand in the user's own files among other things.

    Raises:
        InputError: a file is not Turtle, or something in the first is no decision, or two things are decided both ways.
    """
    return _decided([(PATH, _only_decisions(PATH)), *((path, _among_others(path)) for path in own)])


def read(path: Path) -> tuple[Quad, ...]:
    """The decisions of a file of this form.

    Raises:
        InputError: the file is not Turtle, or something in it is no decision, or decides two things both ways.
    """
    return _decided([(path, _only_decisions(path))])


def _only_decisions(path: Path) -> Iterator[Quad]:
    for quad in additions.parsed(path):
        if quad.predicate not in DECISIONS:
            raise InputError(f"{quad.predicate} is none of {', '.join(map(str, DECISIONS))}", str(path))
        yield quad


def _among_others(path: Path) -> Iterator[Quad]:
    return (quad for quad in additions.parsed(path) if quad.predicate in DECISIONS)


def _decided(files: Iterable[tuple[Path, Iterable[Quad]]]) -> tuple[Quad, ...]:
    found: list[Quad] = []
    decided: dict[frozenset[str], NamedNode] = {}
    for path, quads in files:
        for quad in quads:
            pair = frozenset(_thing(term, path) for term in (quad.subject, quad.object))
            if len(pair) == 1:
                raise InputError(f"<{next(iter(pair))}> is decided against itself", str(path))
            if decided.setdefault(pair, quad.predicate) != quad.predicate:
                raise InputError(f"{' and '.join(sorted(pair))} are both joined and kept apart", str(path))
            found.append(quad)
    return tuple(found)


def _thing(term: object, path: Path) -> str:
    if not isinstance(term, NamedNode) or not term.value.startswith(f"{CANONICAL_BASE}id/"):
        raise InputError(f"{term} is not a thing under {CANONICAL_BASE}id/", str(path))
    return term.value

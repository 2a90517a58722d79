"""A user's own Turtle files beside the packaged ones: more actors, more names of known ones, decisions on identities.

`ONRECORD_AUTHORITY` names them: files and directories of `*.ttl`, separated as in `PATH`. Everything that reads the
authority file reads them with it, in every process of the program.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from ontology.errors import InputError

VARIABLE = "ONRECORD_AUTHORITY"


def files(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The user's files, in the order in which they are named; those of a directory by name.

    Raises:
        InputError: one is not there, or a directory has none.
    """
    found: list[Path] = []
    for part in filter(None, environment.get(VARIABLE, "").split(os.pathsep)):
        path = Path(part)
        inside = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
        if not inside or not inside[0].is_file():
            raise InputError("there is no Turtle file", f"{VARIABLE}: {path}")
        found += inside
    return tuple(found)


@cache
def parsed(path: Path) -> tuple[Quad, ...]:
    """The triples of a file, read once.

    Raises:
        InputError: it cannot be read or is not Turtle; the message has the line.
    """
    try:
        return tuple(parse(path=str(path), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", f"{path}:{error.lineno}") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error

"""The header of a canned query: the `#+` lines that open its file, YAML in grlc's convention (https://grlc.io/)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

import yaml

from ontology.errors import InputError, QueryError
from server.canned.parameters import TYPES, Parameter

COLUMN_TYPES = {"text": "string", "iri": "string", "integer": "integer", "number": "number"}
"""Types of columns, with their JSON Schema."""
VIEWS = ("table",)
KEYS = ("summary", "question", "parameters", "columns", "view", "example")
OPTIONAL_KEYS = {"view", "example"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer: its name, which is also the query's variable, its type and what it holds."""

    name: str
    description: str
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says; `example` has the parameters of an example as a user would type them."""

    summary: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    view: str
    example: Mapping[str, str]


def read_header(place: str, text: str) -> Header:
    """Reads the header of the query file `place`.

    Raises:
        QueryError: it is not YAML, or has unknown, missing or wrong keys.
    """
    header = _keys(place, text)
    parameters = tuple(_parameter(place, row) for row in _rows(place, header, "parameters"))
    columns = tuple(_column(place, row) for row in _rows(place, header, "columns"))
    example = {str(key): str(value) for key, value in (header.get("example") or {}).items()}
    unknown = set(example) - {parameter.name for parameter in parameters}
    require(place, not unknown, f"the example has no such parameters: {', '.join(sorted(unknown))}")
    view = str(header.get("view", VIEWS[0]))
    require(place, view in VIEWS, f"the view {view!r} is not one of {', '.join(VIEWS)}")
    return Header(str(header["summary"]), str(header["question"]), parameters, columns, view, example)


def require(place: str, holds: bool, message: str) -> None:
    """Raises QueryError with the message unless the condition holds."""
    if not holds:
        raise QueryError(message, place)


def _keys(place: str, text: str) -> dict[str, Any]:
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        lines.append(line[2:].removeprefix(" "))
    try:
        header = yaml.load("\n".join(lines), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line_number = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "cannot be read"
        raise QueryError(f"the header is not YAML: {problem}", place, line=line_number, column=1) from error
    require(place, isinstance(header, dict), "there is no header of `#+ key: value` lines")
    unknown, missing = set(header) - set(KEYS), set(KEYS) - OPTIONAL_KEYS - set(header)
    require(place, not unknown, f"the header has unknown keys: {', '.join(sorted(map(str, unknown)))}")
    require(place, not missing, f"the header lacks {', '.join(sorted(missing))}")
    return dict(header)


def _rows(place: str, header: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = header[key]
    require(place, isinstance(rows, list) and all(isinstance(row, dict) for row in rows), f"{key} is not a list")
    names = [row.get("name") for row in rows]
    require(place, len(set(names)) == len(names), f"{key} has a name twice")
    return list(rows)


def _record(place: str, kind: type[Parameter] | type[Column], row: Mapping[str, Any]) -> dict[str, Any]:
    """The row, when its keys are the dataclass's."""
    known = {field.name: field.default is MISSING for field in fields(kind)}
    what = f"{kind.__name__.lower()} {row.get('name')!r}"
    require(place, set(row) <= set(known), f"{what} has unknown keys: {', '.join(sorted(set(row) - set(known)))}")
    lacks = [name for name, required in known.items() if required and name not in row]
    require(place, not lacks, f"{what} lacks {', '.join(lacks)}")
    return dict(row)


def _column(place: str, row: Mapping[str, Any]) -> Column:
    column = Column(**_record(place, Column, row))
    require(place, column.type in COLUMN_TYPES, f"column {column.name!r} has the unknown type {column.type!r}")
    return column


def _parameter(place: str, row: Mapping[str, Any]) -> Parameter:
    values = _record(place, Parameter, row)
    for key in ("default", "example"):
        if values.get(key) is not None:
            values[key] = str(values[key])
    values["choices"] = tuple(map(str, values.get("choices", ())))
    parameter = Parameter(**values)
    what = f"parameter {parameter.name!r}"
    named = re.fullmatch(r"[a-z]+(-[a-z]+)*", parameter.name)
    require(place, named is not None, f"{what} is not lower-case words joined by dashes")
    require(place, parameter.type in TYPES, f"{what} has the unknown type {parameter.type!r}")
    require(place, bool(parameter.choices) == (parameter.type == "choice"), f"{what}: choices go with type choice")
    for text in (parameter.default, None if parameter.names_thing else parameter.example):
        if text is not None:
            try:
                parameter.literal(text)
            except InputError as error:
                raise QueryError(error.message, place) from error
    return parameter

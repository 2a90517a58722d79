"""Parameters of canned queries: their types, and how a literal value that a user types becomes an RDF term.

Values that name things (actors, topics, documents, facts) are looked up in a release by `server.canned.lookup`.
Dates are EDTF level 0 (https://www.loc.gov/standards/datetime/): a year, a month or a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontology.errors import InputError
from ontology.namespaces import EDTF, XSD

WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
LONGEST_NUMBER = 18
"""Digits before and after the point that every SPARQL engine holds exactly."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a canned query, as its header gives it; `default` and `example` are as a user would type them.

    `minimum` is the least value of a number. A parameter of a `multiple` type may be given several times and then
    means any of the values.
    """

    name: str
    type: str
    description: str
    default: str | None = None
    example: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    minimum: int | None = None

    @property
    def variable(self) -> str:
        """The variable that stands for the parameter in the query, without its question mark."""
        return "_" + self.name.replace("-", "_")

    @property
    def names_thing(self) -> bool:
        """Whether a value is the name of something in the release, and so an IRI when bound."""
        return TYPES[self.type].read is None

    @property
    def datatype(self) -> NamedNode | None:
        """The datatype of a literal value; None when a value names a thing."""
        return TYPES[self.type].datatype

    @property
    def multiple(self) -> bool:
        """Whether several values may be given."""
        return TYPES[self.type].multiple

    def literal(self, text: str) -> Literal:
        """The literal that the text stands for.

        Raises:
            InputError: the text is not of the parameter's type; the error says what is allowed.
        """
        read = TYPES[self.type].read
        if read is None:
            raise InputError(f"{self.type} is named, not written as a literal", self.name)
        return read(self, text)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of one value."""
        schema: dict[str, Any] = dict(TYPES[self.type].schema)
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if self.default is not None:
            schema["default"] = int(self.default) if schema["type"] == "integer" else self.default
        return schema


def _text(parameter: Parameter, text: str) -> Literal:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(f"{text!a} is not Unicode text", parameter.name) from None
    return Literal(text)


def _choice(parameter: Parameter, text: str) -> Literal:
    wanted = re.sub(r"[\s-]+", "_", text.strip().casefold())
    if wanted not in parameter.choices:
        raise InputError(f"{text!r} is not one of {', '.join(parameter.choices)}", parameter.name)
    return Literal(wanted)


def _integer(parameter: Parameter, text: str) -> Literal:
    return Literal(_digits(parameter, text, WHOLE_NUMBER, "a whole number"), datatype=XSD.integer)


def _number(parameter: Parameter, text: str) -> Literal:
    return Literal(_digits(parameter, text, NUMBER, "a number"), datatype=XSD.decimal)


def _digits(parameter: Parameter, text: str, pattern: re.Pattern[str], kind: str) -> str:
    least = "" if parameter.minimum is None else f" from {parameter.minimum} up"
    plain = text.strip().replace(",", "").lstrip("0") or "0"
    whole, _, fraction = plain.partition(".")
    if not pattern.fullmatch(text.strip()) or max(len(whole), len(fraction)) > LONGEST_NUMBER:
        raise InputError(f"{text!r} is not {kind}{least}, such as {parameter.example or '300000'}", parameter.name)
    if parameter.minimum is not None and int(whole or "0") < parameter.minimum:
        raise InputError(f"{text!r} is not {kind}{least}", parameter.name)
    return plain if whole else "0" + plain


def _date(parameter: Parameter, text: str) -> Literal:
    wanted = text.strip()
    match = DATE.fullmatch(wanted)
    try:
        if match:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            return Literal(wanted, datatype=EDTF.EDTF)
    except ValueError:
        pass
    raise InputError(f"{text!r} is not a year, month or day, such as 2023, 2023-07 or 2023-07-14", parameter.name)


@dataclass(frozen=True, slots=True)
class ParameterType:
    """A type: its JSON Schema, whether several values may be given, and how a literal is read and of which datatype."""

    schema: Mapping[str, Any]
    multiple: bool
    read: Callable[[Parameter, str], Literal] | None = None
    datatype: NamedNode | None = None


_STRING = MappingProxyType({"type": "string"})

TYPES: Mapping[str, ParameterType] = MappingProxyType(
    {
        "actor": ParameterType(_STRING, True),
        "topic": ParameterType(_STRING, True),
        "document": ParameterType(_STRING, True),
        "fact": ParameterType(_STRING, True),
        "thing": ParameterType(_STRING, True),
        "choice": ParameterType(_STRING, True, _choice, XSD.string),
        "text": ParameterType(_STRING, True, _text, XSD.string),
        "integer": ParameterType(MappingProxyType({"type": "integer", "minimum": 0}), False, _integer, XSD.integer),
        "number": ParameterType(MappingProxyType({"type": "number", "minimum": 0}), False, _number, XSD.decimal),
        "date": ParameterType(_STRING, False, _date, EDTF.EDTF),
    }
)
"""Types of parameters; those without a reader name something in the release."""

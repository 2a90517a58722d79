"""The canned queries: one `.rq` file each, valid SPARQL 1.1 as it stands, described by the `#+` lines that open it.

The header follows grlc's convention (https://grlc.io/), YAML behind `#+ `. A parameter stands in the text as
`VALUES ?_name { UNDEF }`, where binding puts RDF terms in place of UNDEF; nothing a user types is ever formatted into
the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.errors import InputError, NotFound, QueryError
from ontology.namespaces import DCTERMS, ONR, PREFIXES, RDF, RDFS, SH, SKOS, Base
from server.canned.header import COLUMN_TYPES, Header, read_header, require
from server.canned.parameters import Parameter

DIRECTORY = Path(__file__).parents[1] / "queries"
"""Where the canned queries are; a new file there is a new query everywhere."""

Term = NamedNode | Literal

SLOT = re.compile(r"VALUES \?(_\w+) \{ UNDEF \}")


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """One canned query; `text` is the whole file, header included."""

    name: str
    header: Header
    text: str

    @property
    def summary(self) -> str:
        """What it is called."""
        return self.header.summary

    @property
    def question(self) -> str:
        """The question it answers."""
        return self.header.question

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters, in order."""
        return self.header.parameters

    @property
    def view(self) -> str:
        """The preferred view of its answer."""
        return self.header.view

    @property
    def example(self) -> Mapping[str, str]:
        """The parameters of an example, as a user would type them."""
        return self.header.example

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.header.columns)

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name, written with dashes or underscores.

        Raises:
            NotFound: there is none; the nearest are named.
        """
        wanted = name.replace("_", "-")
        for parameter in self.parameters:
            if parameter.name == wanted:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        taken = f"it takes {', '.join(names)}" if names else "it takes none"
        nearest = get_close_matches(wanted, names)
        raise NotFound(f"{self.name} has no parameter {name!r}; {taken}", self.name, nearest=nearest)

    def bind(self, values: Mapping[str, Sequence[Term]]) -> str:
        """The query with the given terms in the places of its parameters.

        Several terms for one parameter mean any of them; a parameter without terms takes its default, or is left open.

        Raises:
            NotFound: the query has no such parameter.
            InputError: terms are of the wrong kind or too many, or a required parameter has none.
        """
        terms = {self.parameter(name).name: list(given) for name, given in values.items()}
        bound: dict[str, str] = {}
        for parameter in self.parameters:
            given = terms.get(parameter.name) or _default(parameter)
            _check_terms(parameter, given)
            bound[parameter.variable] = " ".join(map(str, given)) or "UNDEF"
        # One pass, so that a bound literal that looks like a slot stays what it is.
        return SLOT.sub(lambda slot: f"VALUES ?{slot[1]} {{ {bound[slot[1]]} }}", self.text)

    def openapi_parameters(self) -> list[dict[str, Any]]:
        """The parameters as OpenAPI 3.1 parameter objects in the query string."""
        return [_openapi_parameter(parameter) for parameter in self.parameters]

    def describe(self, base: Base) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
        """The query and its parameters as RDF, a sh:SPARQLSelectExecutable at `{base}queries/{name}`.

        See https://www.w3.org/TR/shacl-af/#SPARQLSelectExecutable. The cells of a list of choices have IRIs.
        """
        node = NamedNode(f"{base.iri}queries/{self.name}")
        yield node, RDF.type, SH.SPARQLSelectExecutable
        yield node, DCTERMS.identifier, Literal(self.name)
        yield node, RDFS.label, Literal(self.summary, language="en")
        yield node, RDFS.comment, Literal(self.question, language="en")
        yield node, SH.select, Literal(self.text)
        for order, parameter in enumerate(self.parameters):
            path = NamedNode(f"{node.value}/{parameter.name}")
            yield node, SH.parameter, path
            yield from _describe_parameter(path, parameter, order)

    def row_schema(self) -> dict[str, Any]:
        """The JSON Schema of one row of the answer."""
        properties = {
            column.name: {"type": [COLUMN_TYPES[column.type], "null"], "description": column.description}
            for column in self.header.columns
        }
        return {"type": "object", "properties": properties, "required": list(self.columns)}


class Catalogue:
    """All canned queries of a directory. A query is read and checked when it is first asked for."""

    def __init__(self, directory: Path = DIRECTORY) -> None:
        self._paths = {path.stem: path for path in sorted(directory.glob("*.rq"))}
        self._read: dict[str, CannedQuery] = {}

    @classmethod
    @cache
    def load(cls) -> Catalogue:
        """The catalogue of the installed program."""
        return cls()

    def names(self) -> tuple[str, ...]:
        """The names of all queries, in alphabetical order."""
        return tuple(self._paths)

    def __iter__(self) -> Iterator[CannedQuery]:
        return (self[name] for name in self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __getitem__(self, name: str) -> CannedQuery:
        """The query of that name.

        Raises:
            NotFound: there is none; the nearest names are given.
            QueryError: its file is wrong.
        """
        if name not in self._read:
            path = self._paths.get(name)
            if path is None:
                nearest = get_close_matches(name.casefold(), self._paths, cutoff=0.4)
                raise NotFound(f"there is no query {name!r}", nearest=nearest)
            self._read[name] = parse(name, path.read_text(encoding="utf-8"))
        return self._read[name]


def parse(name: str, text: str) -> CannedQuery:
    """Reads a canned query and checks its header against its text.

    Raises:
        QueryError: the header is not YAML or has unknown, missing or wrong keys; a parameter is missing in the text or
            undeclared; the columns are not those of SELECT; the text is not a SELECT query.
    """
    place = f"{name}.rq"
    query = CannedQuery(name, read_header(place, text), text)
    slots, variables = sorted(SLOT.findall(text)), sorted(parameter.variable for parameter in query.parameters)
    require(place, slots == variables, f"the text has the parameters {slots}, the header {variables}")
    selected = _selected(place, text)
    require(place, selected == query.columns, f"SELECT has the columns {selected}, the header {query.columns}")
    return query


def _selected(place: str, text: str) -> tuple[str, ...]:
    try:
        solutions = Store().query(text)
    except SyntaxError as error:
        from server.workers.evaluation import syntax_error

        found = syntax_error(str(error), text, PREFIXES)
        raise QueryError(found.message, place, line=found.line, column=found.column) from error
    if not isinstance(solutions, QuerySolutions):
        raise QueryError("a canned query is a SELECT query", place)
    return tuple(variable.value for variable in solutions.variables)


def _require(place: str, holds: bool, message: str) -> None:
    if not holds:
        raise QueryError(message, place)


def _default(parameter: Parameter) -> list[Term]:
    if parameter.required:
        raise InputError(f"a value is needed: {parameter.description}", parameter.name)
    return [] if parameter.default is None else [parameter.literal(parameter.default)]


def _check_terms(parameter: Parameter, terms: Iterable[Term]) -> None:
    kind: type[Term] = NamedNode if parameter.names_thing else Literal
    given = list(terms)
    if not all(isinstance(term, kind) for term in given):
        raise InputError(f"a value must be a {kind.__name__}", parameter.name)
    if len(given) > 1 and not parameter.multiple:
        raise InputError("only one value can be given", parameter.name)


def _openapi_parameter(parameter: Parameter) -> dict[str, Any]:
    schema = parameter.json_schema()
    entry: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        # Forms send what was not filled in as empty.
        "allowEmptyValue": not parameter.required,
        "description": parameter.description,
        "schema": {"type": "array", "items": schema} if parameter.multiple else schema,
    }
    if parameter.example is not None:
        entry["example"] = [parameter.example] if parameter.multiple else parameter.example
    return entry


def _describe_parameter(
    path: NamedNode, parameter: Parameter, order: int
) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    yield path, RDF.type, SH.Parameter
    yield path, SH.path, path
    yield path, SH.name, Literal(parameter.name)
    yield path, SH.description, Literal(parameter.description, language="en")
    yield path, SH.order, Literal(order)
    yield path, SH.optional, Literal(not parameter.required)
    if parameter.datatype is None:
        yield path, SH["class"], ONR[parameter.type.capitalize()]
    else:
        yield path, SH.datatype, parameter.datatype
    if parameter.default is not None:
        yield path, SH.defaultValue, parameter.literal(parameter.default)
    if parameter.example is not None:
        yield path, SKOS.example, Literal(parameter.example)
    cells = [NamedNode(f"{path.value}/choice-{number}") for number in range(1, len(parameter.choices) + 1)]
    for cell, following, choice in zip(cells, [*cells, RDF.nil][1:], parameter.choices, strict=True):
        yield cell, RDF.first, Literal(choice)
        yield cell, RDF.rest, following
    if cells:
        yield path, SH["in"], cells[0]

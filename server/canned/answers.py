"""Answers to canned queries as rows of Python values, and the formats in which they are written.

CSV follows RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), TSV its IANA registration with backslash escapes for what
it cannot hold, Markdown GitHub's tables (https://github.github.com/gfm/#tables-extension-). Numbers are exact: whole
amounts are integers, others decimals.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.errors import QueryError
from ontology.namespaces import XSD
from server.canned.catalogue import CannedQuery, Term
from server.canned.lookup import Lookup

if TYPE_CHECKING:
    from server.releases.release import Release

Cell = str | int | Decimal | float | bool | None
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, each with all columns; None where there is no value."""

    columns: tuple[str, ...]
    rows: list[dict[str, Cell]]

    def render(self, form: str) -> str:
        """The answer in one of FORMATS."""
        return render(self.columns, self.rows, form)


def run(query: CannedQuery, store: Store, values: Mapping[str, Sequence[Term]]) -> Answer:
    """Binds a canned query, runs it in the calling thread and reads the answer.

    Raises:
        NotFound, InputError: the values do not fit the query's parameters.
        QueryError: the engine cannot run the query.
    """
    try:
        solutions = store.query(query.bind(values))
        if isinstance(solutions, QuerySolutions):
            return read(query.columns, solutions)
    except (OSError, RuntimeError, SyntaxError) as error:
        raise QueryError(str(error), query.name) from error
    raise QueryError("a canned query is a SELECT query", query.name)


def ask(release: Release, query: CannedQuery, given: Mapping[str, Sequence[str]]) -> Answer:
    """Asks a release a canned query with what a user typed for its parameters.

    Raises:
        NotFound, InputError: a value names nothing in the release, or is not of its parameter's type.
        QueryError: the engine cannot run the query.
    """
    store = release.open()
    return run(query, store, Lookup(store, release.base).bindings(query, given))


def read(columns: Sequence[str], solutions: QuerySolutions) -> Answer:
    """Reads solutions, in the thread that ran the query."""
    return Answer(tuple(columns), [{column: cell(solution[column]) for column in columns} for solution in solutions])


def cell(term: object) -> Cell:
    """The Python value of a term: text, an exact number, a truth value, or None for no term."""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        convert = _DATATYPES.get(term.datatype)
        try:
            return convert(term.value) if convert else term.value
        except (ArithmeticError, ValueError):
            return term.value
    return None if term is None else str(term)


def _decimal(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


_DATATYPES: dict[NamedNode, Callable[[str], Cell]] = {
    XSD.integer: int,
    XSD.decimal: _decimal,
    XSD.double: float,
    XSD.float: float,
    XSD.boolean: lambda text: text in ("true", "1"),
}


def render(columns: Sequence[str], rows: Iterable[Row], form: str) -> str:
    """Rows in one of FORMATS."""
    return FORMATS[form](columns, list(rows))


def write_json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A list of flat objects, one a line."""
    lines = (
        "{" + ", ".join(f"{json.dumps(column)}: {_json_value(row.get(column))}" for column in columns) + "}"
        for row in rows
    )
    body = ",\n  ".join(lines)
    return f"[\n  {body}\n]\n" if body else "[]\n"


def _json_value(value: object) -> str:
    # A float would lose digits of a decimal, and a string would not be a number.
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def write_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """RFC 4180, with a line of headings."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[text(row.get(column)) for column in columns] for row in rows])
    return buffer.getvalue()


def write_tsv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """text/tab-separated-values, with a line of headings."""
    lines = [list(columns), *([_tsv_value(row.get(column)) for column in columns] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def _tsv_value(value: object) -> str:
    return text(value).translate(_TSV)


_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write_markdown(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A table of GitHub Flavored Markdown; what would end a cell or start markup is escaped."""
    lines = [list(columns), ["---"] * len(columns)]
    lines.extend([_markdown_value(row.get(column)) for column in columns] for row in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_value(value: object) -> str:
    return " ".join(text(value).splitlines()).translate(_MARKDOWN)


_MARKDOWN = str.maketrans({character: f"\\{character}" for character in "\\|`*_[]<>~#"})


def text(value: object) -> str:
    """A cell as text: nothing for None, digits without exponent for a decimal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


FORMATS: dict[str, Callable[[Sequence[str], Sequence[Row]], str]] = {
    "json": write_json,
    "csv": write_csv,
    "tsv": write_tsv,
    "md": write_markdown,
}
"""The formats of rows, by the name a user gives."""

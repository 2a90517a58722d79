"""`onrecord sparql`: any SPARQL query, on the current release or on another endpoint, in any format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import InputError
from server.cli.options import HomeOption, open_release
from server.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from server.formats import Form
    from server.workers.evaluation import Written

ROWS = ("table", "json", "xml", "csv", "tsv", "md")
GRAPHS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf")
READABLE = {"table": "ttl", "md": "ttl"}
"""Formats for people, which the endpoint does not have; of a graph Turtle is the readable one."""

QUERY_SUFFIXES = frozenset({".rq", ".sparql"})


def sparql(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY|FILE|-", help="The query, a file that holds it, or - for standard input.")
    ],
    format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=f"Rows: {' '.join(ROWS)}. Graphs: {' '.join(GRAPHS)}.")
    ] = "table",
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="Another SPARQL endpoint, in place of the release.")
    ] = None,
    allow_service: Annotated[
        bool, typer.Option("--allow-service", help="Let the query ask other servers by SERVICE.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Run a SPARQL query on the current release, or on another endpoint."""
    if format not in ROWS + GRAPHS:
        raise InputError(f"{format!r} is not one of {', '.join(ROWS + GRAPHS)}", "--format")
    text = query_text(query)
    if endpoint is not None:
        from server.cli.endpoint import ask

        write(readable(ask(endpoint, text, media_types(format)), format))
        return
    from server.cli.deep import with_large_stack
    from server.problems import FederationRefused, NotAcceptable
    from server.workers.evaluation import Task, evaluate
    from server.workers.lexer import federates

    if federates(text) and not allow_service:
        raise FederationRefused("the query asks another server by SERVICE; --allow-service lets it")
    release = open_release(context, home)
    task = Task(text, media_types(format), limit=sys.maxsize, federate=allow_service)
    base = release.base
    try:
        found = with_large_stack(lambda: evaluate(release.open(), task, base.prefixes(), base.iri))
    except NotAcceptable:
        raise unfit(format) from None
    write(readable(found, format))


def unfit(format: str) -> InputError:
    """The error for a format that cannot hold the result."""
    others = GRAPHS if format in ROWS else ROWS
    return InputError(f"{format} cannot hold the result of this query; it can be {', '.join(others)}", "--format")


def query_text(argument: str) -> str:
    """The query itself: what is given, or the content of the file that is named, or of standard input for `-`.

    Raises:
        InputError: the file cannot be read, is not UTF-8, or there is none of that name.
    """
    path = _file(argument)
    if argument == "-":
        data, place = sys.stdin.buffer.read(), "standard input"
    elif path is not None:
        try:
            data, place = path.read_bytes(), argument
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", argument) from error
    else:
        return argument
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", place) from None


def _file(argument: str) -> Path | None:
    """The file that an argument names: every query has a brace or a space, and hardly any file name has."""
    path = Path(argument)
    if path.suffix.lower() in QUERY_SUFFIXES and "{" not in argument:
        return path
    return None if any(mark in argument for mark in "{ \n") and not _exists(path) else path


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def media_types(format: str) -> Mapping[Form, str]:
    """The media type in which each form of result is asked for.

    >>> media_types("csv")["solutions"]
    'text/csv'
    """
    from server.formats import Form, format_named

    types = {}
    for form in (Form.SOLUTIONS, Form.BOOLEAN, Form.GRAPH):
        name = format if format not in READABLE else READABLE[format] if form is Form.GRAPH else "json"
        try:
            types[form] = format_named(name, form).media_type
        except InputError:
            continue
    return types


def readable(found: Written, format: str) -> bytes:
    """The result as it is printed: rows for people are drawn as a table, all else is as it came."""
    from server.formats import Form

    if format not in READABLE or found.form == Form.GRAPH:
        return found.body
    from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

    from server.canned.answers import cell
    from server.cli.table import printed

    result = parse_query_results(found.body, QueryResultsFormat.JSON)
    if isinstance(result, QueryBoolean):
        return printed(["answer"], [{"answer": "yes" if result else "no"}], format).encode()
    columns = [variable.value for variable in result.variables]
    return printed(columns, [{name: cell(row[name]) for name in columns} for row in result], format).encode()


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command(epilog="Example: onrecord sparql 'SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }' --format csv")(
        sparql
    )

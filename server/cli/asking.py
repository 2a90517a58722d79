"""`onrecord ask`: the catalogue of canned queries, and each of them as a command with its parameters as options."""

from __future__ import annotations

import inspect
import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from server.cli.options import FailEmptyOption, FormatOption, HomeOption, RowFormat, open_release
from server.cli.terminal import tell, write

if TYPE_CHECKING:
    from server.canned.catalogue import CannedQuery
    from server.canned.parameters import Parameter

NO = 1


class QueryGroup(TyperGroup):
    """The canned queries as commands, each made from its catalogue entry when it is called for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is the base class's
        """The names of all canned queries."""
        from server.canned.catalogue import Catalogue

        return list(Catalogue.load().names())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is the base class's
        """The command of one canned query.

        Raises:
            NotFound: there is no query of that name; the nearest are named.
        """
        from server.canned.catalogue import Catalogue

        return get_command(query_application(Catalogue.load()[cmd_name]))


catalogue = typer.Typer(cls=QueryGroup, rich_markup_mode=None)


@catalogue.callback(
    invoke_without_command=True,
    subcommand_metavar="[NAME [--PARAM VALUE]...]",
    epilog="Example: onrecord ask who-said-what --about ai --format csv",
)
def ask(
    context: typer.Context,
    format: FormatOption = RowFormat.TABLE,
    home: HomeOption = None,  # noqa: ARG001 - read by options.settings
) -> None:
    """Ask a canned query; without a name, list them all with their questions, parameters and examples."""
    if context.invoked_subcommand is not None:
        return
    from server.canned.catalogue import Catalogue
    from server.cli.table import printed

    rows = [
        {
            "name": query.name,
            "question": query.question,
            "parameters": " ".join(f"--{parameter.name}" for parameter in query.parameters),
            "example": example(query),
        }
        for query in Catalogue.load()
    ]
    columns = ["name", "question", "parameters", "example"]
    write(printed(columns[:3] if format is RowFormat.TABLE else columns, rows, format))
    tell("`onrecord ask NAME --help` says more about one of them")


def query_application(query: CannedQuery) -> typer.Typer:
    """One canned query as an application of its own, its parameters as options."""

    def run(
        context: typer.Context, format: RowFormat, fail_empty: bool, home: Any, **given: list[str] | str | None
    ) -> None:
        from server.canned.answers import ask as answer
        from server.cli.table import printed

        values = {
            name.removeprefix("_"): [value] if isinstance(value, str) else value
            for name, value in given.items()
            if value is not None
        }
        found = answer(open_release(context, home), query, values)
        write(printed(found.columns, found.rows, format))
        if fail_empty and not found.rows:
            raise typer.Exit(NO)

    keyword = inspect.Parameter.KEYWORD_ONLY
    fixed: list[tuple[str, Any, Any]] = [
        ("format", FormatOption, RowFormat.TABLE),
        ("fail_empty", FailEmptyOption, False),
        ("home", HomeOption, None),
    ]
    parameters = [inspect.Parameter("context", keyword, annotation=typer.Context)]
    # The leading underscore keeps a parameter called `from` or `format` apart from Python's words and from ours.
    parameters += [
        inspect.Parameter(p.variable, keyword, default=None, annotation=_option(p)) for p in query.parameters
    ]
    parameters += [inspect.Parameter(name, keyword, default=value, annotation=kind) for name, kind, value in fixed]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}

    application = typer.Typer(rich_markup_mode=None, add_completion=False)
    help = f"{query.summary}. {query.question}\n\nColumns: {', '.join(query.columns)}."
    application.command(query.name, help=help, epilog=f"Example: {example(query)}")(run)
    return application


def example(query: CannedQuery) -> str:
    """The command line of a query's example."""
    options = [f"--{name} {shlex.quote(value)}" for name, value in query.example.items()]
    return " ".join(["onrecord ask", query.name, *options])


def _option(parameter: Parameter) -> Any:
    """A parameter as an option: what it means, its choices and default, and an example."""
    notes = [f"one of {', '.join(parameter.choices)}"] if parameter.choices else []
    notes += ["may be given several times"] if parameter.multiple else []
    notes += [f"default {parameter.default}"] if parameter.default is not None else []
    notes += [f"such as {parameter.example}"] if parameter.example is not None and not parameter.choices else []
    option = typer.Option(
        f"--{parameter.name}",
        metavar=parameter.type.upper(),
        help=f"{parameter.description}.  [{'; '.join(notes)}]" if notes else parameter.description,
        show_default=False,
    )
    return Annotated[list[str] | None, option] if parameter.multiple else Annotated[str | None, option]


def register(application: typer.Typer) -> None:
    """Add the command and its canned queries."""
    application.add_typer(catalogue, name="ask")

"""The `onrecord` application: its commands, its global options, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from ontology.errors import OnrecordError
from server.cli import asking, building, keeping, querying, reviewing, serving, showing
from server.cli.options import HomeOption
from server.cli.terminal import tell_error, write_line

INTERRUPTED_STATUS = 130
WRONG_USAGE_STATUS = 2
DEBUG_VARIABLE = "ONRECORD_DEBUG"

application = typer.Typer(
    name="onrecord",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)
for module in (building, reviewing, asking, querying, showing, serving, keeping):
    module.register(application)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        write_line(f"onrecord {version('onrecord')}")
        raise typer.Exit


@application.callback(invoke_without_command=True, epilog="Example: onrecord ask who-said-what --about ai")
def onrecord(
    context: typer.Context,
    home: HomeOption = None,  # noqa: ARG001 - read by options.settings
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """A knowledge graph of who says what, from news documents: no fact without its sentence."""
    if context.invoked_subcommand is None:
        write_line(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the answer is no, 2 wrong usage or bad input."""
    try:
        status = application(args=arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except OnrecordError as error:
        from server.problems import exit_code

        tell_error(str(error))
        return exit_code(error)
    except typer.TyperException as error:
        tell_error(_with_hint(error))
        return WRONG_USAGE_STATUS
    except (KeyboardInterrupt, typer.Abort):
        tell_error("interrupted")
        return INTERRUPTED_STATUS
    except OSError as error:
        tell_error(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return WRONG_USAGE_STATUS
    except Exception as error:
        # The last line of defence: a user never meets a traceback, unless one is asked for.
        if os.environ.get(DEBUG_VARIABLE):
            raise
        tell_error(f"{type(error).__name__}: {error} (a fault of onrecord; {DEBUG_VARIABLE}=1 shows where)")
        return WRONG_USAGE_STATUS
    return status if isinstance(status, int) else 0


def _with_hint(error: typer.TyperException) -> str:
    """The message of a usage error, with the command whose help says more."""
    context = getattr(error, "ctx", None)
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    return f"{message} (see {context.command_path} --help)" if context is not None else message

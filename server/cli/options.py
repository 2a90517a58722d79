"""Options that several commands share, with one name and one meaning each."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ontology.errors import ReleaseError

if TYPE_CHECKING:
    from server.releases.release import Home, Release
    from server.settings import Settings

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", show_default=False, help="Where the releases are.  [ONRECORD_HOME; default .onrecord]"
    ),
]


class RowFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"


FormatOption = Annotated[RowFormat, typer.Option("--format", help="How rows are printed.")]
FailEmptyOption = Annotated[bool, typer.Option("--fail-empty", help="Exit with status 1 when there is no row.")]


def settings(context: typer.Context, home: Path | None = None, **given: Any) -> Settings:
    """The settings: an option goes before the environment; `--home` may stand before the command or behind it.

    Raises:
        InputError: a value in the environment cannot be read.
    """
    from server.settings import Settings

    return Settings.read(home=home or context.find_root().params.get("home"), **given)


def open_home(context: typer.Context, home: Path | None) -> Home:
    """The directory of releases."""
    from server.releases.release import Home

    return Home(settings(context, home).home)


def open_release(context: typer.Context, home: Path | None) -> Release:
    """The current release.

    Raises:
        ReleaseError: there is none yet, or it is damaged.
    """
    place = open_home(context, home)
    release = place.current()
    if release is None:
        raise ReleaseError("there is no release yet; run `onrecord build` first", str(place.path))
    return release

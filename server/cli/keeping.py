"""`onrecord export`, `releases`, `diff` and `rollback`: what is done with releases once they are built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli.options import FormatOption, HomeOption, RowFormat, open_home, open_release
from server.cli.terminal import tell, write, write_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from server.releases.difference import Change, Difference

ReleaseId = Annotated[str, typer.Argument(metavar="ID", help="A release, by its id or the beginning of it.")]


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write: .ttl .nt .nq .trig .jsonld .rdf, each also with .gz.")],
    home: HomeOption = None,
) -> None:
    """Write the current release to a file, sorted, in the format that its suffix names."""
    from server.releases.export import export as write_file
    from server.releases.export import format_of

    format_of(file)
    size = write_file(open_release(context, home), file)
    tell(f"{size} statements written to {file}")


def releases(
    context: typer.Context,
    pin: Annotated[
        list[str] | None, typer.Option("--pin", metavar="ID", help="Never remove this release, because it is cited.")
    ] = None,
    unpin: Annotated[
        list[str] | None, typer.Option("--unpin", metavar="ID", help="Let it be removed when its time comes.")
    ] = None,
    format: FormatOption = RowFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """List the releases, the newest first: which one answers, and which are pinned.

    A build keeps the newest ONRECORD_KEEP releases, if no older than ONRECORD_KEEP_DAYS, and all that are pinned.
    """
    from server.cli.table import printed

    place = open_home(context, home)
    for name in unpin or ():
        tell(f"release {place.unpin(name)} is not pinned now")
    for name in pin or ():
        tell(f"release {place.pin(name).id} is pinned")
    current, pinned = place.current(), place.pinned()
    rows: list[dict[str, object]] = [
        {
            "release": release.id,
            "built": release.manifest.built,
            "documents": release.manifest.counts.documents,
            "facts": release.manifest.counts.facts,
            "quads": release.manifest.counts.quads,
            "current": bool(current and current.id == release.id),
            "pinned": release.id in pinned,
        }
        for release in place.releases()
    ]
    columns = ["release", "built", "documents", "facts", "quads", "current", "pinned"]
    write(printed(columns, rows, format))


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier release, by its id or the beginning of it.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later one.")],
    summary: Annotated[bool, typer.Option("--summary", help="Only how much changed in documents and classes.")] = False,
    home: HomeOption = None,
) -> None:
    """Compare two releases quad by quad: `-` went, `+` came."""
    from server.releases.difference import difference

    place = open_home(context, home)
    found = difference(place.find(before), place.find(after))
    write("".join(f"{line}\n" for line in (_summary(found) if summary else found.lines())))
    tell(f"{found.before} to {found.after}: {found.removed} quads went, {found.added} came")


def rollback(context: typer.Context, id: ReleaseId, home: HomeOption = None) -> None:
    """Make an earlier release the one that answers."""
    release = open_home(context, home).switch(id)
    tell(f"release {release.id}, built {release.manifest.built}, answers now")
    write_line(release.id)


def _summary(found: Difference) -> list[str]:
    groups: list[Mapping[str, Change]] = [found.documents, found.classes]
    return [f"-{change.removed} +{change.added} {name}" for group in groups for name, change in group.items()]


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command(epilog="Example: onrecord export graph.trig.gz")(export)
    application.command(epilog="Example: onrecord releases --pin 3f2a")(releases)
    application.command(epilog="Example: onrecord diff 3f2a 9c01 --summary")(diff)
    application.command(epilog="Example: onrecord rollback 3f2a")(rollback)

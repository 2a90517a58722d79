"""`onrecord review`: what extractors read in a document, as the annotation file that a person corrects."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import InputError
from server.cli.building import ModelOption
from server.cli.options import settings
from server.cli.terminal import tell, write

if TYPE_CHECKING:
    from ingest.annotation import Review
    from ingest.document import Document
    from ingest.draft import Draft

DEFAULT_EXTRACTORS = ("rules",)
STANDARD_OUTPUT = "-"


def review(
    context: typer.Context,
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A file of one document, or FILE#MEMBER for one of several.")
    ],
    extractor: Annotated[
        list[str] | None,
        typer.Option(
            "--extractor", metavar="NAME", help="An extractor to use, once or several times.  [default rules]"
        ),
    ] = None,
    model: ModelOption = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", metavar="FILE", show_default=False, help="Where to write; - prints.  [default beside it, .yaml]"
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", show_default=False, help="Who reviews.  [default the user's name]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write what is read in a document as its annotation, to be corrected by hand.

    Each fact stands with its words and with who read it. While the file is there, it is the document's review: builds
    take the facts from it, whatever an extractor would read.
    """
    from ingest.draft import draft
    from ingest.engine import EXTRACTORS, Tools
    from ingest.pipeline import process
    from ingest.plan import Plan
    from ingest.resolution import Resolver
    from ingest.reviewed import ReviewedExtractor
    from ontology.authority import Authority
    from ontology.namespaces import Base
    from ontology.topics import Topics

    plan = Plan(tuple(dict.fromkeys(extractor or DEFAULT_EXTRACTORS)), settings(context).base, model)
    found = _read(document)
    path = _target(output, found, force)
    base = Base(plan.base)
    tools = Tools(Authority.load(base), Topics.load(base), plan.model)
    extractors = [EXTRACTORS[name](tools) for name in plan.extractors]
    graph = process(found, extractors, Resolver(tools.authority, tools.topics, base))
    reader = ReviewedExtractor(tools.authority, tools.topics)
    made = draft(found, graph.facts, graph.declarations, _review(by), reader)
    for told in (*graph.problems, *graph.notices):
        tell(str(told))
    _give(made, path)


def _read(given: str) -> Document:
    """The document of a file, or one of the several that a file holds.

    Raises:
        InputError: there is no such document, it cannot be read, or it is not said which one is meant.
    """
    from ingest.document import read
    from ingest.reading.inventory import inventory, read_again
    from ingest.reading.reader import document

    name, mark, member = given.rpartition("#")
    if Path(given).exists() or not mark:
        faults: list[InputError] = []
        members = [entry.member for entry in inventory([given], faults.append) if entry.member is not None]
        if members:
            places = ", ".join(f"{given}#{each}" for each in members[:3]) + (", …" if len(members) > 3 else "")
            raise InputError(f"holds several documents; review one of them: {places}", given)
        return read(Path(given))
    faults = []
    listed = [entry for entry in inventory([name], faults.append) if entry.member == member]
    for entry, record in read_again(listed, faults.append):
        return document(record, entry.name)
    raise next(iter(faults), InputError(f"the file holds no document {member!r}", name))


def _target(output: str | None, document: Document, force: bool) -> Path | None:
    """The file to write; None for standard output.

    Raises:
        InputError: it is there already.
    """
    from ingest.document import annotation_path

    if output == STANDARD_OUTPUT:
        return None
    path = Path(output) if output is not None else annotation_path(document.path, document.member)
    if path.exists() and not force:
        raise InputError("this file is there already; --force replaces it", str(path))
    return path


def _review(by: str | None) -> Review:
    """Who reviews, today."""
    from getpass import getuser

    from ingest.annotation import Review

    name = " ".join((by or "").split())
    if by is not None and not name:
        raise InputError("the name is empty", "--by")
    try:
        name = name or getuser()
    except (KeyError, OSError) as error:
        raise InputError("the user has no name here; give one", "--by") from error
    return Review(name, datetime.now(UTC).astimezone().date().isoformat())


def _give(made: Draft, path: Path | None) -> None:
    from server.releases.publication import rewrite

    if path is None:
        write(made.text)
    else:
        rewrite(path, made.text.encode())
        tell(f"{path}: {len(made.facts)} facts to review")
    for fact, reason in made.left_out:
        tell(f"left out, as a comment: {fact.kind} at {fact.span[0]}-{fact.span[1]}: {reason}")
    for fact in made.altered:
        tell(f"reads back otherwise: {fact.kind} at {fact.span[0]}-{fact.span[1]}")


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command(epilog="Example: onrecord review articles/strike.txt --by 'Ada Reader'")(review)

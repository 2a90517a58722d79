"""`onrecord build`, `extract` and `check`: from documents to facts, to a release, and the verdict of the shapes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import InputError
from server.cli.options import HomeOption, open_release, settings
from server.cli.terminal import progress, tell, write, write_line

NO = 1


class Engine(StrEnum):
    """What spreads the reading of documents over processors."""

    LOCAL = "local"
    RAY = "ray"


class ReportFormat(StrEnum):
    """How a shapes report is printed."""

    TEXT = "text"
    TTL = "ttl"
    JSON = "json"


class FactFormat(StrEnum):
    """How facts are printed."""

    JSONL = "jsonl"


ExtractorOption = Annotated[
    list[str] | None,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="reviewed, rules or llm; once or several times. A review wins.  [default reviewed, rules]",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME|PATH", help="The model of spaCy for the rules.  [default the best]"),
]
JobsOption = Annotated[int, typer.Option("--jobs", min=1, help="How many processes read documents.")]


def build(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Files, directories, patterns; - reads standard input; none: the packaged seeds."
        ),
    ] = None,
    extractor: ExtractorOption = None,
    model: ModelOption = None,
    jobs: JobsOption = 1,
    engine: Annotated[Engine, typer.Option("--engine", help="What spreads the work.")] = Engine.LOCAL,
    home: HomeOption = None,
) -> None:
    """Read documents, check their facts against the shapes, and make a release of those that pass.

    Text, Markdown, HTML, PDF, WARC and articles in JSON are read; what is broken is told and left out. Unchanged
    documents are not read again. The old release answers until the new one is whole. Of earlier releases the
    newest ONRECORD_KEEP (10) are kept, and of these none that is older than ONRECORD_KEEP_DAYS (none: of any age); the
    current one and those that are pinned stay.
    """
    from ingest.plan import DEFAULT
    from ontology.namespaces import Base
    from server.releases.build import build as build_release
    from server.releases.release import Home

    if engine is Engine.RAY:
        raise InputError("the ray engine is not part of this version; use --engine local", "--engine")
    chosen = settings(context, home)
    with progress() as on_progress:
        result = build_release(
            paths or None,
            Home(chosen.home),
            base=Base(chosen.base),
            extractors=tuple(extractor or DEFAULT),
            model=model,
            jobs=jobs,
            keep=chosen.keep,
            keep_days=chosen.keep_days,
            on_progress=on_progress,
            standard_input=_standard_input,
        )
    for problem in result.problems:
        tell(str(problem))
    aside = [
        f"{number} {what}" for number, what in ((result.unchanged, "unchanged"), (result.skipped, "skipped")) if number
    ]
    write_line(f"documents  {result.documents}" + (f" ({', '.join(aside)})" if aside else ""))
    write_line(f"facts      {result.facts}")
    write_line(f"quads      {result.quads}")
    write_line(f"violations {result.violations}")
    write_line(f"release    {result.release_id}")
    write_line(f"seconds    {result.seconds:.2f}")
    if result.violations:
        raise typer.Exit(NO)


def extract(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, directories, patterns; - reads standard input.")
    ],
    extractor: ExtractorOption = None,
    model: ModelOption = None,
    jobs: JobsOption = 1,
    format: Annotated[  # noqa: ARG001 - there is one yet
        FactFormat, typer.Option("--format", help="How facts are printed.")
    ] = FactFormat.JSONL,
) -> None:
    """Print the facts of documents, one JSON object a line; no release is read or made."""
    from ingest.engine import run
    from ingest.jsonl import line
    from ingest.plan import DEFAULT, Plan
    from ingest.reading.inventory import inventory, refuse_nothing

    plan = Plan(tuple(extractor or DEFAULT), settings(context).base, model)
    faults: list[InputError] = []
    read, told = False, 0
    for graph in run(inventory(paths, faults.append, _standard_input), plan, jobs, faults.append):
        read = True
        for message in (*faults[told:], *graph.problems, *graph.notices):
            tell(str(message))
        told = len(faults)
        write("".join(f"{line(fact)}\n" for fact in graph.facts))
    refuse_nothing(read, faults)
    for fault in faults[told:]:
        tell(str(fault))


def _standard_input() -> bytes:
    """The bytes of standard input.

    Raises:
        InputError: there are more than may be held in memory, or it is a terminal.
    """
    from ingest.reading.limits import LARGEST_STANDARD_INPUT
    from ingest.reading.stream import STANDARD_INPUT, bounded

    if sys.stdin.isatty():
        raise InputError("standard input is a terminal; give a file, or pipe one in", "-")
    return bounded(sys.stdin.buffer, str(STANDARD_INPUT), LARGEST_STANDARD_INPUT)


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="RDF files to check together; none: the current release."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option("--format", help="How the report is printed.")] = ReportFormat.TEXT,
    home: HomeOption = None,
) -> None:
    """Print the SHACL report of the current release, or of RDF files. Exit status 1 when a shape is violated."""
    from shapes.report import Report

    if files:
        from shapes.check import check_files

        report = check_files(files)
    else:
        report = Report.from_turtle(open_release(context, home).report_path.read_text(encoding="utf-8"))
    forms = {ReportFormat.TEXT: report.to_text, ReportFormat.TTL: report.to_turtle, ReportFormat.JSON: report.to_json}
    write(forms[format]())
    if report.violations:
        raise typer.Exit(NO)


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command(epilog="Example: onrecord build articles/ --jobs 4")(build)
    application.command(epilog="Example: onrecord extract seeds/ | head -1")(extract)
    application.command(epilog="Example: onrecord check graph.ttl --format json")(check)

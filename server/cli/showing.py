"""`onrecord show`: everything on record about one thing, each fact with its sentence and its document."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import NotFound
from ontology.namespaces import PREFIXES
from server.cli.options import HomeOption, open_release
from server.cli.terminal import one_line, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from server.canned.lookup import Lookup
    from server.releases.show import FactRecord, Identification, Record

WIDTH = 100
KINDS = ("thing", "document", "fact")
"""What can be shown, in the order in which a name is looked for."""


class RecordFormat(StrEnum):
    """How what is on record is printed."""

    TEXT = "text"
    JSON = "json"


def show(
    context: typer.Context,
    thing: Annotated[str, typer.Argument(metavar="NAME|IRI", help="A name, alias, CURIE or IRI, in any case.")],
    format: Annotated[RecordFormat, typer.Option("--format", help="How it is printed.")] = RecordFormat.TEXT,
    home: HomeOption = None,
) -> None:
    """Print everything on record about one thing, each fact with its sentence and document."""
    from server.canned.lookup import Lookup
    from server.releases.show import show as gather

    release = open_release(context, home)
    store = release.open()
    # Things that are taken for one are one record, whichever of their names was given.
    found = (gather(store, node) for node in named(Lookup(store, release.base), thing))
    records = list({record.iri: record for record in found}.values())
    if format is RecordFormat.JSON:
        import json

        write(json.dumps([asdict(record) for record in records], ensure_ascii=False, indent=2) + "\n")
    else:
        write("\n".join("\n".join(_lines(record)) + "\n" for record in records))


def named(lookup: Lookup, text: str) -> list[NamedNode]:
    """What a user means: a thing or topic, else a document, else a fact, of that name, CURIE or IRI.

    Raises:
        NotFound: nothing has that name; the nearest are told.
    """
    for kind in KINDS:
        if found := lookup.find(kind, text):
            return found
    nearest = [name for kind in KINDS[:2] for name in lookup.nearest(kind, text)]
    raise NotFound(f"nothing on record is called {text!r}", nearest=nearest[:4])


def _lines(record: Record) -> Iterator[str]:
    yield record.label
    yield f"  {record.iri}"
    yield f"  {', '.join(_own(record.types))}"
    for name, value in record.properties:
        yield f"  {short(name)}: {one_line(value)}"
    for decision in record.identifications:
        yield ""
        yield from _decision_lines(decision)
    for fact in record.facts:
        yield ""
        yield from _fact_lines(fact)


def _decision_lines(decision: Identification) -> Iterator[str]:
    alike = f" (similarity {decision.similarity}, threshold {decision.threshold})" if decision.similarity else ""
    yield f"identification: {one_line(decision.summary)}{alike}"
    for reason in decision.reasons:
        yield f"    {one_line(reason)}"
    yield f"    {' and '.join(decision.things)}"


def _fact_lines(fact: FactRecord) -> Iterator[str]:
    ties = ", ".join(name for name in _own(fact.ties) if name != "concerns")
    yield f"{fact.kind}{f' ({ties})' if ties else ''}: {one_line(fact.summary)}"
    for sentence in fact.sentences:
        yield fill(one_line(sentence), WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield f"    {fact.document}, characters {fact.start} to {fact.end}"


def _own(names: tuple[str, ...]) -> list[str]:
    """The names that our ontology gives; terms of others, inferred from it, have only their IRI."""
    return [name for name in names if "://" not in name]


def short(iri: str) -> str:
    """An IRI by its prefix, where it has one.

    >>> short("http://www.w3.org/2004/02/skos/core#altLabel"), short("role")
    ('skos:altLabel', 'role')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command(epilog='Example: onrecord show "Casey Bloys"')(show)

"""All documents that paths lead to, each by its file, its member and its short name, before any of them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.document import discover, member_name, short_names
from ingest.reading.kind import CONTAINERS
from ingest.reading.records import Record, records
from ingest.reading.stream import STANDARD_INPUT, Source, of_bytes, of_file
from ontology.errors import InputError

OnFault = Callable[[InputError], None]
"""Told of each document that cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document. `digest` is that of its record, when its file holds several."""

    source: Source
    member: str | None
    name: str
    digest: str | None = None

    @property
    def path(self) -> Path:
        """The file that it lies in."""
        return self.source.path

    @property
    def place(self) -> str:
        """The file, and behind a `#` the member, as errors name it."""
        return str(self.path) if self.member is None else f"{self.path}#{self.member}"


def inventory(
    paths: Iterable[str | Path], on_fault: OnFault, standard_input: Callable[[], bytes] | None = None
) -> tuple[Entry, ...]:
    """The documents of files, directories and glob patterns, with short names that are theirs alone, in their order.

    Files in which several documents may lie are gone through, the others are not opened.

    Args:
        paths: what `ingest.document.discover` takes.
        on_fault: told of each file, or record in a file, that is broken and left out.
        standard_input: gives the bytes that `-` stands for.

    Raises:
        InputError: a path leads to no document, or `-` is given where there is no standard input.
    """
    return entries(short_names(discover(paths)), on_fault, standard_input)


def entries(
    names: Mapping[Path, str], on_fault: OnFault, standard_input: Callable[[], bytes] | None = None
) -> tuple[Entry, ...]:
    """The documents of files, given with the files' short names; otherwise as `inventory`."""
    taken = set(names.values())
    found: list[Entry] = []
    for path, name in names.items():
        try:
            listed = _entries(_source(path, standard_input), name, on_fault)
            found.extend(entry if entry.member is None else _unique(entry, taken) for entry in listed)
        except InputError as error:
            on_fault(error)
    return tuple(found)


def read_again(listed: Iterable[Entry], on_fault: OnFault) -> Iterator[tuple[Entry, Record]]:
    """The records of entries, file by file, in their order.

    Each file is gone through once. What has gone or broken since the inventory was made is told.
    """
    for source, group in groupby(listed, key=lambda entry: entry.source):
        wanted = {entry.member: entry for entry in group}
        try:
            for record in records(source):
                if isinstance(record, Record) and record.member in wanted:
                    yield wanted.pop(record.member), record
                if not wanted:
                    break
        except InputError as error:
            on_fault(error)
            continue
        for entry in wanted.values():
            on_fault(InputError("is no longer there", entry.place))


def refuse_nothing(read: bool, faults: Sequence[InputError]) -> None:
    """Where no document at all is read (`read`), the reason for it is an error.

    Raises:
        InputError: nothing is read, and there is a reason; the first is told.
    """
    if not read and faults:
        more = f" (and {len(faults) - 1} more that cannot be read)" if len(faults) > 1 else ""
        raise InputError(faults[0].message + more, faults[0].place)


def _source(path: Path, standard_input: Callable[[], bytes] | None) -> Source:
    if path != STANDARD_INPUT:
        return of_file(path)
    if standard_input is None:
        raise InputError("there is no standard input to read", "-")
    return of_bytes(standard_input())


def _entries(source: Source, name: str, on_fault: OnFault) -> Iterator[Entry]:
    if source.kind not in CONTAINERS:
        yield Entry(source, None, name)
        return
    for record in records(source):
        if isinstance(record, InputError):
            on_fault(record)
        elif record.member is None:
            yield Entry(source, None, name)
        else:
            yield Entry(source, record.member, member_name(name, record.member), record.digest)


def _unique(entry: Entry, taken: set[str]) -> Entry:
    """The entry under its own name, or, where another document has it, under that name and a number."""
    name, number = entry.name, 2
    while name in taken:
        name, number = f"{entry.name}-{number}", number + 1
    taken.add(name)
    return Entry(entry.source, entry.member, name, entry.digest)

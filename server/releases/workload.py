"""What a build has to do: which documents are to be released, and what of them the last release has already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.reading.inventory import Entry
from ontology.errors import InputError
from server.releases.manifest import DocumentEntry, Problem
from server.releases.release import Release


@dataclass(frozen=True)
class Workload:
    """Documents with their fingerprints, and those that are known to be broken before any is read."""

    prints: Mapping[Entry, str]
    faults: tuple[InputError, ...]

    @classmethod
    def of(
        cls, documents: Iterable[Entry], faults: Iterable[InputError], fingerprint: Callable[[Entry], str]
    ) -> Workload:
        """The workload of these documents; one whose bytes cannot be read is broken."""
        prints, broken = {}, list(faults)
        for entry in documents:
            try:
                prints[entry] = fingerprint(entry)
            except InputError as error:
                broken.append(error)
        return cls(prints, tuple(broken))

    @property
    def names(self) -> frozenset[str]:
        """The short names of the documents."""
        return frozenset(entry.name for entry in self.prints)

    def taken_over(self, parent: Release | None, written: Sequence[DocumentEntry] = ()) -> tuple[DocumentEntry, ...]:
        """Entries of documents that are not to be read, by name: the parent's of unchanged documents, under the paths
        that are given now, and those of documents that were written by hand.
        """
        kept = list(written)
        if parent is None:
            return tuple(kept)
        held = {entry.name for entry in kept}
        for given, key in self.prints.items():
            entry = parent.manifest.document(given.name)
            if entry is not None and entry.fingerprint == key and entry.name not in held:
                kept.append(replace(entry, source=str(given.path), member=given.member))
        return tuple(sorted(kept, key=lambda entry: entry.name))


def problem(fault: InputError) -> Problem:
    """What a manifest says of a document that cannot be read."""
    return Problem(fault.message, fault.place)

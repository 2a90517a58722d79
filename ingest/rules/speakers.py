"""Who has spoken so far in an article: pronouns and short descriptions mostly mean who spoke last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest.rules.issuer import alias
from ingest.rules.reference import Reference


class Speakers:
    """The speakers of an article, as they are found."""

    def __init__(self) -> None:
        self._noted: list[tuple[int, Reference]] = []
        self._by_noun: defaultdict[str, list[tuple[int, Reference]]] = defaultdict(list)

    def note(self, offset: int, reference: Reference) -> None:
        """Remember who spoke at a place."""
        self._noted.append((offset, reference))
        if reference.noun and reference.entity is None:
            self._by_noun[alias(reference.noun)].append((offset, reference))

    def before(self, place: int, reach: int) -> Iterator[tuple[int, Reference]]:
        """Where somebody spoke within reach before a place, and who, the last first."""
        for at, reference in reversed(self._noted):
            if place - at > reach:
                return
            if at < place:
                yield at, reference

    def unnamed(self, place: int, noun: str) -> Reference | None:
        """The unnamed speaker before a place that a noun described last, or the document that one of its sort did."""
        return next((reference for at, reference in reversed(self._by_noun[noun]) if at < place), None)

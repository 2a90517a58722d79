"""Counts of what was wanted, found and right, and the rates that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of a score. What is right is counted on either side, since a breakdown may sort the two differently.

    `right_found` of `found` (by the system) gives the precision, `right_wanted` of `wanted` (in the gold) the recall.
    """

    name: str
    right_found: int
    found: int
    right_wanted: int
    wanted: int

    @staticmethod
    def of(name: str, right: int, found: int, wanted: int) -> Measure:
        """A measure whose right ones are the same on both sides."""
        return Measure(name, right, found, right, wanted)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None when nothing was found."""
        return self.right_found / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was wanted that was found; None when nothing was wanted."""
        return self.right_wanted / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where it cannot be said, 0 where nothing is right."""
        if not self.found and (not self.wanted or self.right_wanted):
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def plus(self, other: Measure) -> Measure:
        """The counts of both, under this name."""
        return Measure(
            self.name,
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_wanted + other.right_wanted,
            self.wanted + other.wanted,
        )


def totals(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The sums of the measures of each name, in the order in which the names first come."""
    sums: dict[str, Measure] = {}
    for measure in measures:
        known = sums.get(measure.name)
        sums[measure.name] = known.plus(measure) if known else measure
    return tuple(sums.values())

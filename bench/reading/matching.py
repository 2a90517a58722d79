"""Which gold item and which system item are the same one: at most one partner each.

Pairs are taken by falling weight. Where two pairs weigh the same, the earlier gold item and then the earlier system
item come first, so that the result depends on the input alone. Items that are matched by overlap of at least one half
seldom have two candidates, and the greedy choice is then the best assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Gold = TypeVar("Gold")
System = TypeVar("System")


@dataclass(frozen=True, slots=True)
class Pairing(Generic[Gold, System]):
    """Who found whom; each list is in the order of the input."""

    pairs: tuple[tuple[Gold, System], ...]
    missed: tuple[Gold, ...]
    spurious: tuple[System, ...]


def pair(
    gold: Sequence[Gold], system: Sequence[System], weight: Callable[[Gold, System], float]
) -> Pairing[Gold, System]:
    """Pair the items one to one. A weight of 0 or less means that two items cannot be partners."""
    candidates = [
        (-weighed, i, j)
        for i, wanted in enumerate(gold)
        for j, found in enumerate(system)
        if (weighed := weight(wanted, found)) > 0
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return Pairing(
        pairs=tuple((gold[i], system[partner[i]]) for i in sorted(partner)),
        missed=tuple(item for i, item in enumerate(gold) if i not in partner),
        spurious=tuple(item for j, item in enumerate(system) if j not in taken),
    )

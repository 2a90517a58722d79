"""Groups of things that are one, safe against chains: when A may be B and B may be C but A is not C, all stay apart.

What a person has decided goes before every likeness. The groups depend on the things alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

Pair = frozenset[str]
"""Two things, by their IRIs."""


def blocks(keys: Mapping[str, Iterable[str]], joined: Iterable[Pair] = ()) -> list[tuple[str, ...]]:
    """The things that have to be compared with each other: those that share a key, or that a person has joined."""
    first: dict[str, str] = {}
    links = [tuple(sorted(pair)) for pair in joined if all(thing in keys for thing in pair)]
    for thing in sorted(keys):
        links += [(first.setdefault(key, thing), thing) for key in sorted(set(keys[thing]))]
    block_of: dict[str, set[str]] = {thing: {thing} for thing in keys}
    for link in links:
        large, small = sorted((block_of[thing] for thing in (link[0], link[-1])), key=len, reverse=True)
        if large is not small:
            large |= small
            block_of |= dict.fromkeys(small, large)
    return sorted({tuple(sorted(block)) for block in block_of.values()})


def clusters(
    things: Iterable[str],
    alike: Callable[[str, str], bool],
    forbidden: Callable[[str, str], bool],
    joined: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """The groups, each sorted, in order; every thing is in one.

    Args:
        things: the IRIs; only these are grouped.
        alike: whether a rule takes two for one; symmetric.
        forbidden: whether two must not be in one group by rule, unless a person joins them; symmetric.
        joined: pairs that a person has joined.
        apart: pairs that a person keeps apart, which goes before anything else.
    """
    distinct = set(apart)
    units = _units(sorted(set(things)), set(joined), distinct)

    def one(unit: Sequence[str], other: Sequence[str]) -> bool:
        pairs = [(a, b) for a in unit for b in other]
        if any(frozenset(pair) in distinct or forbidden(*pair) for pair in pairs):
            return False
        return any(alike(*pair) for pair in pairs)

    near = {place: {place} for place in range(len(units))}
    for (first, unit), (second, other) in combinations(enumerate(units), 2):
        if one(unit, other):
            near[first].add(second)
            near[second].add(first)
    # Whoever may be either of two that are not one is left alone; then all that is connected is alike throughout.
    torn = {place for place, others in near.items() if not all(others <= near[other] for other in others)}
    groups: list[tuple[str, ...]] = []
    done: set[int] = set()
    for place in range(len(units)):
        if place not in done:
            members = {place} if place in torn else near[place] - torn
            done |= members
            groups.append(tuple(sorted(thing for member in members for thing in units[member])))
    return sorted(groups)


def _units(things: Sequence[str], joined: set[Pair], apart: set[Pair]) -> list[tuple[str, ...]]:
    """The things with those that a person has joined as one unit, but for what a person keeps apart."""
    unit_of: dict[str, tuple[str, ...]] = {thing: (thing,) for thing in things}
    for pair in sorted(tuple(sorted(pair)) for pair in joined):
        if len(pair) != 2 or any(thing not in unit_of for thing in pair):
            continue
        one, other = (unit_of[thing] for thing in pair)
        if one != other and not any(frozenset((a, b)) in apart for a in one for b in other):
            whole = tuple(sorted((*one, *other)))
            unit_of |= dict.fromkeys(whole, whole)
    return sorted(set(unit_of.values()))

"""When two postings that documents describe are one: employer, title, pay and its period, location.

Pay in common makes up for titles of which one says more than the other; without it the titles must be the same but for
words that say nothing. Two postings to which annotations give different keys are never one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from ingest.identity.likeness import Likeness
from ingest.identity.titles import Title
from ontology.names import fold

WITH_PAY: Final = Decimal("0.85")
"""How alike the common words of two titles must be when their pay agrees."""

WITHOUT_PAY: Final = Decimal("0.95")
"""How alike two titles must be in all their words when pay does not speak for them."""

PLACES_ALIKE: Final = 80
"""From which ratio on two locations may be one place ("Los Gatos" and "Los Gatos, California")."""

HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True, order=True)
class Pay:
    """One report of a posting's pay. Bounds that are missing are open."""

    currency: str
    low: Decimal | None
    high: Decimal | None
    period: str | None = None

    def __str__(self) -> str:
        match self.low, self.high:
            case None, high:
                bounds = f"up to {high:,}" if high is not None else "an amount of"
            case low, None:
                bounds = f"from {low:,}"
            case low, high:
                bounds = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        return f"{bounds} {self.currency}{f' a {self.period}' if self.period else ''}"

    def agrees(self, other: Pay) -> bool:
        """Whether both may be printed of one posting: they share a bound, meet in one, or overlap by half."""
        if self.currency != other.currency or len({self.period, other.period} - {None}) > 1:
            return False
        mine, its = {self.low, self.high} - {None}, {other.low, other.high} - {None}
        if (self.low is not None and self.low == other.low) or (self.high is not None and self.high == other.high):
            return True
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return bool(mine & its)
        shared = min(self.high, other.high) - max(self.low, other.low)
        return shared > 0 and shared >= HALF * (max(self.high, other.high) - min(self.low, other.low))


@dataclass(frozen=True, slots=True)
class Posting:
    """What a release knows of one posting, from all documents that name it."""

    iri: str
    employer: str | None = None
    titles: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    pay: frozenset[Pay] = frozenset()
    locations: frozenset[str] = frozenset()
    documents: int = 0

    def trades(self) -> frozenset[str]:
        """The employer with the last word of each title, without which no two postings are alike."""
        if self.employer is None:
            return frozenset()
        cores = (Title.read(title).core for title in self.titles)
        return frozenset(f"{self.employer} {core[-1]}" for core in cores if core)

    def kept_apart(self, other: Posting) -> bool:
        """Whether annotations give them different keys."""
        return bool(self.keys and other.keys and self.keys.isdisjoint(other.keys))

    def likeness(self, other: Posting) -> Likeness | None:
        """Why they are one posting, or None when they are not, or nothing tells."""
        if self.employer is None or self.employer != other.employer or self.kept_apart(other):
            return None
        place = _location(self.locations, other.locations)
        pay = _pay(self.pay, other.pay)
        if place is None or pay is None:
            return None
        best = max((_titles(one, its, bool(pay)) for one, its in _pairs(self.titles, other.titles)), default=None)
        if best is None or best[0] < (WITH_PAY if pay else WITHOUT_PAY):
            return None
        similarity, one, its = best
        compared = "the words that both have" if pay else "all words"
        title = f"title: “{one}” and “{its}”, {similarity:.2f} alike in {compared}"
        paid = pay or "pay: not given by both"
        return Likeness((title, paid, place), similarity, WITH_PAY if pay else WITHOUT_PAY)


def _pairs(one: Iterable[str], other: Iterable[str]) -> Iterable[tuple[str, str]]:
    return product(sorted(one), sorted(other))


def _titles(one: str, other: str, paid: bool) -> tuple[Decimal, str, str]:
    mine, its = Title.read(one), Title.read(other)
    differs = mine.seniority != its.seniority
    if differs and (not paid or (mine.seniority and its.seniority)):
        return Decimal(0), one, other
    similarity = mine.alike_in_common(its) if paid else mine.alike_in_all(its)
    return Decimal(str(round(similarity, 2))), one, other


def _pay(one: frozenset[Pay], other: frozenset[Pay]) -> str | None:
    """What pay says: a reason, nothing (an empty string), or None when it contradicts."""
    currencies = {pay.currency for pay in one} & {pay.currency for pay in other}
    if not currencies:
        return ""
    for mine, its in product(sorted(one, key=str), sorted(other, key=str)):
        if mine.agrees(its):
            return f"pay: {mine} and {its}" if mine != its else f"pay: {mine} in both"
    return None


def _location(one: frozenset[str], other: frozenset[str]) -> str | None:
    """What the places say: a reason in any case, or None when they contradict."""
    if not one or not other:
        return "location: not given by both"
    for mine, its in _pairs(one, other):
        if fuzz.token_set_ratio(fold(mine), fold(its), processor=default_process) >= PLACES_ALIKE:
            return f"location: {mine} and {its}" if mine != its else f"location: {mine} in both"
    return None

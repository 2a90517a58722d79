"""Amounts of money as people print them: numbers, currency, what bounds them, and what length of work they pay for.

They are read on characters, since tokenizers cut "$300K-$400K" each in its own way. The words that bound an amount and
that name a period are data: `data/amount_bounds.tsv`, `data/amount_periods.tsv`, `data/currencies.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.facts import Period, Qualifier
from ingest.language.article import Span
from ingest.rules.lexicon import compiled, rows
from ingest.rules.money import Money, money, scaled

WINDOW = 120
"""Characters before an amount, in its own clause, in which words may bound it or name its period."""

_BETWEEN = re.compile(r"\s*(?:(?P<dash>[-‐-―−~]{1,2})|to|through|up\s+to|(?P<pair>and|or))\s*", re.IGNORECASE)
_BETWEEN_BEFORE = re.compile(r"\bbetween\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_FROM_BEFORE = re.compile(r"\b(?:from|between)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rais(?:e[sd]?|ing)|ris(?:e[sn]?|ing)|rose|increas\w+|grow(?:s|n)?|grew|climb\w*|jump\w*|lift\w*|cut(?:s|ting)?|"
    r"drop\w*|f[ae]ll\w*|reduc\w+|lower\w*|bump\w*|boost\w*|doubl\w+|went|go(?:es|ing)?|up|down)\b[^.;:]{0,90}?\bfrom\s+\Z",
    re.IGNORECASE,
)
"""What makes "from … to …" a change from one amount to another, and no range."""
_COMPARED = re.compile(r",?\s+(?:to|(?:up|down)\s+from|from|or|and)\s+", re.IGNORECASE)
_CONVERTED = re.compile(r"[^.;:()\[\]]{0,24}[(\[](?:(?:about|around|roughly|approximately|or|some)\s+)*", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:up|down|rose|risen|raised|increased|to\s+\S{1,20}),?\s+from\s+\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:()]|[.!?]\s|\s[—–-]+\s|,\s+(?:but|while|and|with|plus|or|though|although|compared|who)\s|\sbut\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed. A bound that its words do not give is None.

    `values` are its figures with the words right beside them that bound them; `wording` reaches over all words that
    decided anything; `start` and `end` hold the figures alone.
    """

    start: int
    end: int
    least: Decimal | None
    most: Decimal | None
    currency: str
    qualifier: Qualifier
    period: Period | None
    values: tuple[Span, ...]
    wording: Span

    @property
    def is_range(self) -> bool:
        """Whether both bounds are given, and differ."""
        return self.least is not None and self.most is not None and self.least < self.most

    def joined(self, other: Amount) -> Amount | None:
        """One amount of two that bound each other ("as much as …, but the floor is …"); None when they do not."""
        lower, upper = (self, other) if self.most is None else (other, self)
        if lower.most is not None or upper.least is not None or lower.currency != upper.currency:
            return None
        if lower.least is None or upper.most is None or lower.least > upper.most:
            return None
        if None not in (lower.period, upper.period) and lower.period != upper.period:
            return None
        first, second = sorted((self, other), key=lambda each: each.start)
        return replace(
            first,
            end=second.end,
            least=lower.least,
            most=upper.most,
            qualifier=Qualifier.RANGE,
            period=lower.period or upper.period,
            values=first.values + second.values,
            wording=(first.wording[0], second.wording[1]),
        )


@dataclass(frozen=True, slots=True)
class _Bound:
    qualifier: Qualifier
    span: Span


@dataclass(frozen=True, slots=True)
class _Length:
    period: Period
    span: Span


def amounts(text: str, start: int, end: int) -> list[Amount]:
    """The amounts of money between two places of a text, in order.

    A number without a currency is an amount only as an end of a range, or when it is written as "half a million" and
    another amount of the same span has a currency.
    """
    found: list[Amount] = []
    reached = start
    for least, most in _ranges(text, start, list(money(text, start, end))):
        last = most or least
        currency = (least.currency or last.currency) if most else least.currency
        if currency is not None:
            found.append(_amount(text, (reached, end), least, most, currency))
        reached = last.end
    kept = [each for index, each in enumerate(found) if not (index and _is_converted(text, found[index - 1], each))]
    return _with_periods(text, kept)


def _is_converted(text: str, before: Amount, amount: Amount) -> bool:
    """Whether an amount in parentheses is the one before it in another currency ("28,000 forints (about €70)")."""
    same = before.currency == amount.currency
    return not same and _CONVERTED.fullmatch(text, before.end, amount.start) is not None


def _with_periods(text: str, found: list[Amount]) -> list[Amount]:
    """Amounts with the period of the one that they are compared with: "from $9 to $11 an hour"."""
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if (one.period is None) == (other.period is None) or one.currency != other.currency:
            continue
        if _COMPARED.fullmatch(text, max(one.end, one.values[-1][1]), other.start):
            period = one.period or other.period
            found[index], found[index + 1] = replace(one, period=period), replace(other, period=period)
    return found


def _ranges(text: str, start: int, found: list[Money]) -> Iterator[tuple[Money, Money | None]]:
    """Amounts, and pairs of them that are the ends of a range; a bare number that is no such end is left out."""
    common = next((each.currency for each in found if each.currency is not None), None)
    index = 0
    while index < len(found):
        first, second = found[index], found[index + 1] if index + 1 < len(found) else None
        pair = _pair(text, start, first, second) if second is not None else None
        if pair is not None:
            yield pair
            index += 2
            continue
        if first.currency is not None:
            yield first, None
        elif first.spelled and common is not None and not first.counts:
            yield replace(first, currency=common), None
        index += 1


def _pair(text: str, start: int, first: Money, second: Money) -> tuple[Money, Money] | None:
    between = _BETWEEN.fullmatch(text, first.end, second.start)
    if between is None or (first.currency is None and second.currency is None):
        return None
    if None not in (first.currency, second.currency) and first.currency != second.currency:
        return None
    before = text[max(start, first.start - 24) : first.start]
    if between["pair"] and not _BETWEEN_BEFORE.search(before):
        return None
    if _CHANGE.search(text, max(start, first.start - WINDOW), first.start):
        return None
    if second.scale > 1 and first.scale == 1 and first.number < 1000:
        first = replace(first, number=scaled(first.number, second.scale))
    bare = second.currency is None
    if bare and not (between["dash"] or second.scale > 1 or second.number >= 100 or _FROM_BEFORE.search(before)):
        return None
    return (first, second) if first.number <= second.number else None


def _amount(text: str, inside: Span, least: Money, most: Money | None, currency: str) -> Amount:
    """The amount of one or two figures; `inside` are the characters that may say more of it."""
    start, end = least.start, (most or least).end
    clause = max(inside[0], start - WINDOW)
    for boundary in _CLAUSE.finditer(text, clause, start):
        clause = boundary.end()
    bound = _bound(text, clause, start, end, inside[1]) if most is None else _start_of_range(text, clause, start)
    length = _period(text, clause, start, end, inside[1])
    value, wording = [start, end], [start, end]
    for each in (bound, length):
        if each is None:
            continue
        wording = [min(wording[0], each.span[0]), max(wording[1], each.span[1])]
        if not text[each.span[1] : start].strip() or each.span[0] >= end:
            value = [min(value[0], each.span[0]), max(value[1], each.span[1])]
    qualifier = bound.qualifier if bound is not None else Qualifier.EXACT
    low: Decimal | None = least.number
    high: Decimal | None = (most or least).number
    if qualifier in (Qualifier.UP_TO, Qualifier.LESS_THAN):
        low = None
    elif qualifier in (Qualifier.STARTING_AT, Qualifier.MORE_THAN) and most is None:
        high = None
    return Amount(
        start=start,
        end=end,
        least=low,
        most=high,
        currency=currency,
        qualifier=qualifier,
        period=length.period if length is not None else None,
        values=((value[0], value[1]),),
        wording=(wording[0], wording[1]),
    )


def _bound(text: str, clause: int, start: int, end: int, stop: int) -> _Bound | None:
    """What bounds an amount: the word right before it, or right after it, or else in its clause."""
    earlier = _CHANGE.search(text, clause, start) or _EARLIER.search(text, max(0, start - 40), start)
    distant = _distant_bound(text, clause, start)
    for qualifier, pattern in _bounds("next"):
        match = pattern.search(text, clause, start)
        if match is None:
            continue
        if qualifier is Qualifier.ABOUT and distant is not None:
            # "Minimums of about $3,300" are minimums first.
            return distant
        return None if qualifier is Qualifier.STARTING_AT and earlier else _Bound(qualifier, match.span(1))
    for qualifier, pattern in _bounds("after"):
        match = pattern.match(text, end, stop)
        if match is not None:
            return _Bound(qualifier, match.span(1))
    return distant


def _distant_bound(text: str, clause: int, start: int) -> _Bound | None:
    """The word in the clause of an amount that bounds it, the nearest one."""
    nearest: _Bound | None = None
    for qualifier, pattern in _bounds("clause"):
        for match in pattern.finditer(text, clause, start):
            if nearest is None or match.start(1) > nearest.span[0]:
                nearest = _Bound(qualifier, match.span(1))
    return nearest


def _start_of_range(text: str, clause: int, start: int) -> _Bound:
    """A range bounds itself; its words begin with "from" or "between", or with what says that pay starts there."""
    distant = _distant_bound(text, clause, start)
    if distant is not None and distant.qualifier is Qualifier.STARTING_AT:
        return distant
    opening = _FROM_BEFORE.search(text, clause, start)
    return _Bound(Qualifier.RANGE, (opening.start(), start) if opening is not None else (start, start))


def _period(text: str, clause: int, start: int, end: int, stop: int) -> _Length | None:
    """For what length of work: the words right after the amount, or else in its clause, or else the piece of work."""
    for period, pattern in _periods("after"):
        match = pattern.match(text, end, stop)
        if match is not None:
            return _Length(period, match.span(1))
    nearest: _Length | None = None
    for period, pattern in _periods("clause"):
        for match in pattern.finditer(text, clause, start):
            if nearest is None or match.start(1) > nearest.span[0]:
                nearest = _Length(period, match.span(1))
    if nearest is not None:
        return nearest
    for period, pattern in _periods("unit"):
        match = pattern.match(text, end, stop)
        if match is not None:
            return _Length(period, match.span(1))
    return None


@cache
def _bounds(place: str) -> tuple[tuple[Qualifier, re.Pattern[str]], ...]:
    form = {
        "next": r"(?<![\w-])({})(?:\s+(?:an?|the|about))?\s*\Z",
        "after": r"\s?({})",
        "clause": r"(?<![\w-])({})\b",
    }[place]
    return tuple(
        (Qualifier(qualifier), compiled(form, pattern))
        for qualifier, where, pattern in rows("amount_bounds.tsv")
        if where == place
    )


@cache
def _periods(place: str) -> tuple[tuple[Period, re.Pattern[str]], ...]:
    form = {"after": r"[\s-]*({})(?![\w-])", "clause": r"(?<!\w)({})\b", "unit": r"[\s-]*({})(?!\w)"}[place]
    return tuple(
        (Period(period), compiled(form, pattern, r"[\s-]"))
        for period, where, pattern in rows("amount_periods.tsv")
        if where == place
    )

"""What an amount of pay has from the one before it in its sentence: the period, and the bound."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts import Qualifier
from ingest.rules.amount import Amount

_LISTED = re.compile(r"(?:\s+(?:an?|per)\s+\w+)?\s+for\s+[\w\s’'-]{3,50}?(?:,|,?\s+and)\s+", re.IGNORECASE)


def like(text: str, amount: Amount, before: Amount | None) -> Amount:
    """The amount with what it has from the one before it; as it is where there is none."""
    return _bound_like(text, timed_like(amount, before), before)


def timed_like(amount: Amount, before: Amount | None) -> Amount:
    """The amount with the period of the one before it, where it names none and is of the same size."""
    if before is None or amount.period is not None or before.currency != amount.currency:
        return amount
    one, other = before.least or before.most, amount.least or amount.most
    if one is None or other is None or not one / 4 <= other <= one * 4:
        return amount
    return replace(amount, period=before.period)


def _bound_like(text: str, amount: Amount, before: Amount | None) -> Amount:
    """The amount with the bound of the one that it is listed with ("minimums of $33 for editors and $25 for grips")."""
    exact = before is not None and amount.qualifier is Qualifier.EXACT
    if before is None or not exact or not _LISTED.fullmatch(text, before.end, amount.start):
        return amount
    if before.qualifier is Qualifier.STARTING_AT:
        return replace(amount, most=None, qualifier=before.qualifier)
    if before.qualifier is Qualifier.UP_TO:
        return replace(amount, least=None, qualifier=before.qualifier)
    return amount

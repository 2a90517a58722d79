"""Which of the openings that a sentence speaks of an amount is the pay of."""

from __future__ import annotations

import re

from ingest.rules.amount import Amount
from ingest.rules.opening import Opening
from ingest.rules.title import Title, joined

_FOR = re.compile(r"\s*for\s+(?:the|an?|its|their)\s+", re.IGNORECASE)

Touched = tuple[Opening, Title | None, str]
"""An opening that a sentence speaks of, its title there if it is printed, and the rule that found it."""


def owners(text: str, amount: Amount, touched: list[Touched]) -> list[Touched]:
    """Whose pay it is: "… for the X role" right after it, or else the title before it, or the only one."""
    titled = [(title, each) for each in touched if (title := each[1]) is not None]
    if not titled:
        return touched
    for title, each in titled:
        if _FOR.fullmatch(text, amount.end, title.start) or 0 <= title.start - amount.end <= 1:
            return [each]
    before = [(title, each) for title, each in titled if title.start < amount.start]
    if not before:
        return [titled[0][1]]
    last, owner = before[-1]
    # Titles that share the noun "positions" share its pay.
    together = [each for title, each in before[:-1] if joined(text, title, last)]
    return [*together, owner] if (last.role_noun or "").endswith("s") else [owner]

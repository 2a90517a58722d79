"""Which of the openings that a sentence speaks of an amount is the pay of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.language.article import Sentence
from ingest.rules.amount import Amount
from ingest.rules.opening import Opening, Report
from ingest.rules.pay_series import timed_like
from ingest.rules.pay_words import is_timed
from ingest.rules.reading import Reading
from ingest.rules.recipient import is_paid_to_others
from ingest.rules.title import Title, joined

_FOR = re.compile(r"\s*for\s+(?:the|an?|its|their)\s+", re.IGNORECASE)
_RECENT = 3
"""Reports back to which a series of pay may reach."""

_RIGHT_AFTER = re.compile(
    r"[\s(,:–—-]*(?:(?:at|on|for|paying|offering|with)\s+)?(?:(?:a|an)\s+(?:\w+\s+)?(?:salary|rate|wage)\s+of\s+)?",
    re.IGNORECASE,
)

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


def is_others(reading: Reading, sentence: Sentence, amount: Amount, printed: list[Title]) -> bool:
    """Whether it is the pay of others than the holders of these jobs; never right behind a title: "X at $98,000"."""
    if any(_RIGHT_AFTER.fullmatch(reading.text, title.end, amount.values[0][0]) for title in printed):
        return False
    return is_paid_to_others(reading, sentence, amount, heads=[title.head for title in printed])


def in_series(amount: Amount, told: Sequence[Report]) -> Amount:
    """An amount that names no period with that of the pay told last, if it is of its size: "$19 an hour … $22"."""
    last = next((each.amount for each in reversed(told[-_RECENT:]) if each.amount is not None), None)
    return timed_like(amount, last if last is not None and is_timed(last) else None)

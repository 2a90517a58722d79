"""Whether an amount of money is somebody's pay, by the words near it (`data/pay_words.tsv`)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.facts import Period
from ingest.language.article import Sentence
from ingest.rules.amount import Amount
from ingest.rules.lexicon import kinds

NEAR = 90
"""Characters before an amount, and half as many after it, in which a word tells what it is."""

YEARLY_FROM = Decimal(10_000)
"""What a salary without a period must reach to be yearly: docs/decisions/0004-a-salary-is-yearly.md."""

MOST = Decimal(500_000_000)
"""No pay is greater."""

_OF_OTHER = re.compile(
    r"\s+(?:(?:more|or more)\s+)?(?:in|worth of)\s+(?:\w+\s+){0,2}?"
    r"(?:damages|fines?|penalt(?:y|ies)|restitution|revenues?|sales|tax(?:es)?|loss(?:es)?|profits?|funding|investments?|"
    r"savings|debt|legal fees|donations|ad(?:vertising)?|costs|ticket sales|grants?|prize money)\b",
    re.IGNORECASE,
)
"""What an amount is of, told right after it."""

_TIMES = frozenset({Period.HOUR, Period.DAY, Period.WEEK, Period.MONTH, Period.YEAR})
_MOST_OF_A_SALARY = Decimal(5_000_000)


def called(text: str, sentence: Sentence, amount: Amount) -> str | None:
    """What the words near an amount call it, `pay` or `other`; None when they do not tell."""
    if (amount.most or amount.least or Decimal(0)) >= MOST:
        return "other"
    start = amount.wording[0]
    if _OF_OTHER.match(text, amount.end, sentence.end):
        return "other"
    before = text[max(sentence.start, start - NEAR) : amount.start]
    after = text[amount.end : min(sentence.end, amount.end + NEAR // 2)]
    return _last(before) or _first(after)


def is_pay(text: str, sentence: Sentence, amount: Amount, *, titled: bool) -> bool:
    """Whether an amount is pay. Beside the title of an open job it need not be called so."""
    says = called(text, sentence, amount)
    if says is not None:
        return says == "pay"
    return titled and (is_timed(amount) or (amount.most or amount.least or MOST) <= _MOST_OF_A_SALARY)


def is_timed(amount: Amount) -> bool:
    """Whether an amount is for a length of time."""
    return amount.period in _TIMES


def yearly(amount: Amount) -> Amount:
    """The amount with the period of a salary that names none."""
    size = amount.least if amount.least is not None else amount.most
    if amount.period is None and size is not None and size >= YEARLY_FROM:
        return replace(amount, period=Period.YEAR)
    return amount


def _last(said: str) -> str | None:
    last: tuple[int, str] | None = None
    for says, pattern in kinds("pay_words.tsv").items():
        for match in pattern.finditer(said):
            if last is None or match.start() > last[0]:
                last = (match.start(), says)
    return last[1] if last is not None else None


def _first(said: str) -> str | None:
    found = [
        (match.start(), says)
        for says, pattern in kinds("pay_words.tsv").items()
        if (match := pattern.search(said)) is not None
    ]
    return min(found)[1] if found else None

"""Whole numbers before nouns, in figures or in words: "1,150 jobs", "about two hundred people"; never shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_ONES.split())} | {w: 10 * (i + 2) for i, w in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def number_before(noun: Token) -> int | None:
    """The number that counts a noun; None when there is none, or when it is a share."""
    if noun.lower_ in {"%", "percent"}:
        return None
    for child in noun.lefts:
        if child.dep_ == "nummod" and child.lower_ not in {"%", "percent"}:
            words = [token.lower_ for token in child.subtree if token.i <= child.i]
            value = whole_number(words)
            if value is not None:
                return value
    return None


def whole_number(words: list[str]) -> int | None:
    """The number that words or figures say; None when they say none, or no whole one."""
    total, current, seen = 0.0, 0.0, False
    for word in (part for each in words for part in each.split("-")):
        figure = _FIGURE.fullmatch(word)
        if figure:
            current, seen = float(word.replace(",", "")), True
        elif word in _WORDS:
            current, seen = current + _WORDS[word], True
        elif word in _SCALES and seen:
            current *= _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
    value = total + current
    return int(value) if seen and value == int(value) else None

"""Runs of characters, and how far two sets of them are the same ones.

Two readers seldom agree on the quotation marks, the full stop or the "that" around what was said, and nothing depends
on them: they are taken off before spans are compared.
"""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]

_AROUND = " \t\r\n\u00a0\u2009\u202f\"'“”„‟‘’«»`.,;:!?…-‐‑‒–—―()[]*_"
_OPENING = "that"


def bare(text: str, start: int, end: int) -> Span:
    """The span without outer quotation marks, punctuation and a leading "that"; as it is when nothing else is in it."""
    first, last = _stripped(text, start, end)
    after = first + len(_OPENING)
    if text[first:after].casefold() == _OPENING and after < last and not text[after].isalnum():
        first, last = _stripped(text, after, last)
    return (first, last) if first < last else (start, end)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as sorted spans that neither touch nor overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def length(spans: Iterable[Span]) -> int:
    """How many characters are in spans that do not overlap."""
    return sum(end - start for start, end in spans)


def overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """Characters in both over characters in either (Jaccard), between 0 and 1; each side is a `union`."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    whole = length(one) + length(other) - shared
    return shared / whole if whole else 0.0

"""Titles of job postings, reduced to the words that name the position, and how alike two of them are.

The word lists say which words say nothing, which abbreviate others, which tell seniority, and behind which words a
title goes on to tell where or what for. Similarity is rapidfuzz's (https://rapidfuzz.github.io/RapidFuzz/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from ingest.identity.tables import rows, words
from ontology.names import fold

_WORD = re.compile(r"[^\s,;:()]+|,")
_DASH = re.compile(r"\s+[-–—]\s+")
ENOUGH = 2
"""So many words in common name a position; one ("manager") is a trade."""


@dataclass(frozen=True, slots=True)
class Title:
    """The position's own words, those behind that tell where or what for, and its seniority."""

    core: tuple[str, ...]
    rest: tuple[str, ...]
    seniority: frozenset[str]

    @staticmethod
    @lru_cache(4096)
    def read(title: str) -> Title:
        """The parts of a title as printed."""
        plain = fold(_DASH.sub(", ", title))
        found = [word for word in _WORD.findall(_expanded(plain)) if word not in words("title_words", "drop")]
        behind = words("title_words", "behind")
        end = next((place for place, word in enumerate(found) if place and word in behind), len(found))
        core, rest = found[:end], [word for word in found[end:] if word not in behind]
        # The last word of the core is the position's noun, even when it is "lead" or "head".
        senior = {word for word in core[:-1] if word in words("title_words", "seniority")}
        return Title(tuple(word for word in core if word not in senior), tuple(rest), frozenset(senior))

    def alike_in_all(self, other: Title) -> float:
        """How alike the titles are in all their words, from 0 to 1; not at all when they name another trade."""
        if not self._same_trade(other):
            return 0.0
        return fuzz.token_sort_ratio(self._words(), other._words()) / 100

    def alike_in_common(self, other: Title) -> float:
        """How alike they are when one may say more than the other, from 0 to 1."""
        if not self._same_trade(other):
            return 0.0
        if len({*self.core} & {*other.core}) < ENOUGH:
            return fuzz.token_sort_ratio(" ".join(self.core), " ".join(other.core)) / 100
        return fuzz.token_set_ratio(self._words(), other._words()) / 100

    def _same_trade(self, other: Title) -> bool:
        return bool(self.core and other.core) and self.core[-1] == other.core[-1]

    def _words(self) -> str:
        return " ".join((*self.core, *self.rest))


def _expanded(folded: str) -> str:
    for pattern, full in _expansions():
        folded = pattern.sub(full, folded)
    return folded


@cache
def _expansions() -> tuple[tuple[re.Pattern[str], str], ...]:
    given = [(row[1], row[2]) for row in rows("title_words") if row[0] == "expand"]
    given.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"(?<![^\s,;:()]){re.escape(short)}(?![^\s,;:()])"), full) for short, full in given)

"""Headlines in title case, as the model can parse them: "Netflix Rolls Out AI Tool" has one verb and one name.

A word keeps its capital where the text itself writes it with one inside a sentence; every other word gets a small
letter. Lengths stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.language.block import Block, BlockKind

_INSIDE_A_SENTENCE = re.compile(r"(?<=[a-z,;] )[A-ZÀ-ÞŁŚŽ][\w'’-]*")
_WORD = re.compile(r"[A-ZÀ-ÞŁŚŽ][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_LONG = 3
"""Letters up to which a word may be small in title case as well."""

_MOST = 0.6
"""The share of long words with a capital from which on a heading is in title case."""


def is_title_case(heading: str) -> bool:
    """Whether a heading has capitals where a sentence has none, so that they tell nothing."""
    long = [word for word in heading.split() if len(word) > _LONG and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) > _MOST * len(long)


def names_in(text: str, blocks: Iterable[Block]) -> frozenset[str]:
    """The words that stand with a capital inside a sentence of the text, without "'s"."""
    paragraphs = (block for block in blocks if block.kind is BlockKind.PARAGRAPH)
    found = (
        match.group() for block in paragraphs for match in _INSIDE_A_SENTENCE.finditer(text, block.start, block.end)
    )
    return frozenset(_POSSESSIVE.sub("", word) for word in found)


def in_sentence_case(headline: str, names: frozenset[str]) -> str:
    """A headline in title case with small letters, but for its first word, names of the text, and abbreviations."""
    return _WORD.sub(lambda word: _small(word, names), headline)


def _small(word: re.Match[str], names: frozenset[str]) -> str:
    given = word.group()
    low = given.lower()
    abbreviation = len(given) > 1 and any(letter.isupper() for letter in given[1:])
    kept = word.start() == 0 or abbreviation or _POSSESSIVE.sub("", given) in names or len(low) != len(given)
    return given if kept else low

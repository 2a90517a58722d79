"""Groups of words that a rule treats alike, such as verbs of aiming, from `data/word_groups.tsv`."""

from __future__ import annotations

from functools import cache

from ingest.rules.lexicon import rows


def group(name: str) -> frozenset[str]:
    """The words of one group: lemmas, in lower case."""
    return _groups()[name]


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, listed in rows("word_groups.tsv"):
        found[name] = found.get(name, frozenset()) | frozenset(listed.split())
    return found

"""Common nouns that stand for somebody or something named elsewhere, from `data/descriptions.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.facts import NameKind, OrganizationKind

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Description:
    """A common noun of `data/descriptions.tsv`."""

    noun: str
    stands_for: NameKind
    kinds: frozenset[OrganizationKind]


@cache
def descriptions() -> dict[str, Description]:
    """The nouns that stand for somebody or something, by their singular."""
    found: dict[str, Description] = {}
    for line in (DATA / "descriptions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            noun, stands_for, kinds = line.split("\t")
            found.setdefault(
                noun, Description(noun, NameKind(stands_for), frozenset(map(OrganizationKind, kinds.split())))
            )
    return found

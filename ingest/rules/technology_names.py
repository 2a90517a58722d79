"""The technologies that have known names, the nouns for those that have not, and the verbs for their use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


class Sort(StrEnum):
    """Whether the name of a technology can be nothing else."""

    NAME = "name"
    WORD = "word"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Technology:
    """A row of `technologies.tsv`."""

    name: str
    developer: str | None
    sort: Sort

    @property
    def generic(self) -> bool:
        """Whether its word alone says nothing."""
        return self.sort is Sort.GENERIC


def known(words: str) -> Technology | None:
    """The technology of a name as printed."""
    plain = " ".join(words.split())
    return _by_name().get(plain) or _by_name().get(plain.casefold())


@cache
def pattern() -> re.Pattern[str]:
    """All known names, longest first, where no word goes on."""
    names = sorted((name for name in _by_name()), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w@#/-])(?:{'|'.join(re.escape(name) for name in names)})(?![\w-])")


@cache
def technology_nouns() -> frozenset[str]:
    """Nouns for what a technology is."""
    return frozenset(_lines("technology_nouns.txt"))


@cache
def use_verbs() -> dict[str, str]:
    """Verbs for use, with the place of the technology beside them."""
    return dict(line.split("\t") for line in _lines("technology_verbs.tsv"))


@cache
def _by_name() -> dict[str, Technology]:
    found: dict[str, Technology] = {}
    for line in _lines("technologies.tsv"):
        name, developer, others, sort = line.split("\t")
        technology = Technology(name, None if developer == "-" else developer, Sort(sort))
        for each in (name, *filter(None, others.split("|"))):
            found.setdefault(each, technology)
            if each.islower() or " " in each:
                found.setdefault(each[:1].upper() + each[1:], technology)
    return found


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

"""Names of persons and organizations, without what is around them, and when two persons' names may be one person's.

A title before a name and an honour behind it are no part of it, nor is a company's legal form. Given names match when
they are equal, when one is the initial of the other, or when the list of short forms has both in a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.identity.tables import rows, words
from ontology.names import fold

_WORD = re.compile(r"[^\s,]+")
_PARTICLES = frozenset({"van", "von", "de", "del", "della", "di", "da", "dos", "la", "le", "bin", "al"})


def _bare(word: str) -> str:
    return fold(word).replace(" ", "")


def without_affixes(name: str) -> str:
    """A person's name without titles and honours, as long as two words are left; else as it stands.

    >>> without_affixes("Dr. Ada Fenn, Ph.D."), without_affixes("Mr. Beast"), without_affixes("Robert Downey Jr.")
    ('Ada Fenn', 'Mr. Beast', 'Robert Downey Jr.')
    """
    found = list(_WORD.finditer(name))
    first, last = 0, len(found)
    while last - first > 2 and _bare(found[first].group()) in words("affixes", "title"):
        first += 1
    while last - first > 2 and _bare(found[last - 1].group()) in words("affixes", "honour"):
        last -= 1
    if (first, last) == (0, len(found)):
        return name
    return name[found[first].start() : found[last - 1].end()]


def without_legal_form(name: str) -> str:
    """An organization's name without its legal form, as long as a word is left.

    >>> without_legal_form("Netflix, Inc."), without_legal_form("Harbor Lines GmbH & Co. KG"), without_legal_form("Co.")
    ('Netflix', 'Harbor Lines GmbH & Co. KG', 'Co.')
    """
    forms = {row[0] for row in rows("legal_forms")}
    found = list(_WORD.finditer(name))
    last = len(found)
    while last > 1 and _bare(found[last - 1].group()) in forms:
        last -= 1
    return name if last == len(found) else name[: found[last - 1].end()]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its folded parts: given names, surname, and what tells father from son."""

    given: tuple[str, ...]
    surname: str
    generation: str | None

    @staticmethod
    @lru_cache(4096)
    def read(name: str) -> PersonName | None:
        """The parts of a name; None when it has no given name."""
        parts = [word for raw in _WORD.findall(without_affixes(name)) if (word := fold(raw))]
        generation = parts.pop() if len(parts) > 2 and parts[-1] in words("affixes", "generation") else None
        if len(parts) < 2:
            return None
        split = len(parts) - 1
        while split > 1 and parts[split - 1] in _PARTICLES:
            split -= 1
        return PersonName(tuple(parts[:split]), " ".join(parts[split:]), generation)

    def may_be(self, other: PersonName) -> bool:
        """Whether one person may have both names: given names in order match, as far as both give them."""
        if self.surname != other.surname:
            return False
        if None not in (self.generation, other.generation) and self.generation != other.generation:
            return False
        return all(map(_match, self.given, other.given))


def _match(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return not _families()[one].isdisjoint(_families()[other])


@cache
def _families() -> Mapping[str, set[int]]:
    families: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows("given_names")):
        for name in row:
            families[name].add(number)
    return families

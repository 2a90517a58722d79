"""When two persons whom documents name are one: equal surname, given names that match, and an affiliation in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from ingest.identity.likeness import Likeness
from ingest.identity.names import PersonName


@dataclass(frozen=True, slots=True)
class Person:
    """What a release knows of one person: names, and the organizations with which documents name them."""

    iri: str
    names: frozenset[str] = frozenset()
    affiliations: frozenset[str] = frozenset()
    documents: int = 0

    def parsed(self) -> tuple[PersonName, ...]:
        """Those names that have a given name and a surname."""
        return tuple(read for name in sorted(self.names) if (read := PersonName.read(name)) is not None)

    def likeness(self, other: Person, labels: Mapping[str, str]) -> Likeness | None:
        """Why they are one person, or None. `labels` are the names of organizations."""
        common = sorted(self.affiliations & other.affiliations)
        if not common:
            return None
        for mine, its in product(sorted(self.names), sorted(other.names)):
            one, two = PersonName.read(mine), PersonName.read(its)
            if one is not None and two is not None and one.may_be(two):
                name = f"name: “{mine}” and “{its}”, given names that one person may have, and one surname"
                return Likeness((name, f"affiliation: {labels.get(common[0], common[0])} in both"))
        return None

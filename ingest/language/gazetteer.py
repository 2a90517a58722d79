"""The known organizations' names in a text, and the kind that an unknown organization's name tells.

Names come from the authority file; `data/ambiguous_names.txt` lists those that are common words too, which count only
in company that shows what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.facts import OrganizationKind
from ingest.language.lexicon import rows, words
from ingest.language.name_index import NameIndex
from ontology.authority import Actor, Authority
from ontology.names import fold

_BEGINNING = re.compile(r"[A-Z0-9]")
_GOES_ON = re.compile(r"[\w-]|/\w")
_ACRONYM = re.compile(r"[A-Z0-9&+/-]{2,}\Z")
_BEFORE = re.compile(
    r"\b(?:told|tells|by|at|from|of|with|to|per|for|via|in|magazine|outlet|publication|and|studio|union|company|network|"
    r"streamer|site|giant|parent|owner|unit|rival|startup|maker|service|between|against|joined|sued|,)(?:\s+the)?\s*\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:['’]s\b|\s+(?:report(?:ed|s)|magazine|said|says|wrote|announced|told|news|first|executives?|union|members|"
    r"studios?|chief|CEO|president|has|is|was|will|would|plans|agreed|declined|spokes\w+|and)\b|,\s+(?:which|the)\b)"
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A known organization's name at a place of a text; `certain` when it can be nothing else."""

    start: int
    end: int
    actor: Actor
    certain: bool


class Gazetteer:
    """Finds the names of an authority file."""

    def __init__(self, authority: Authority) -> None:
        self._actors: dict[str, Actor] = {}
        self._doubtful: set[str] = set()
        ambiguous = words("ambiguous_names.txt")
        for actor in authority:
            for name in actor.names:
                if len(name) < 2 or "://" in name:
                    continue
                plain = name.replace("’", "'")
                self._actors.setdefault(plain, actor)
                if name in ambiguous or (name in actor.hidden and " " not in name and not _ACRONYM.match(name)):
                    self._doubtful.add(plain)
        self._index = NameIndex(filter(_BEGINNING.match, self._actors), before="@#./-", after=_GOES_ON)
        self._folded = {fold(name): actor for name, actor in reversed(self._actors.items())}

    def find(self, text: str, start: int, end: int) -> Iterator[KnownName]:
        """The names in a span of a text whose apostrophes are straight, longest first where they overlap."""
        for left, right in self._index.find(text, start, end):
            name = text[left:right]
            certain = name not in self._doubtful or self._in_company(text, left, right)
            yield KnownName(left, right, self._actors[name], certain)

    def named(self, name: str) -> Actor | None:
        """The known organization of a name, in any case and typography."""
        return self._folded.get(fold(name))

    @staticmethod
    def _in_company(text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - 24) : start], text[end : end + 24]
        return bool(_BEFORE.search(before) or _AFTER.match(after))


def organization_kind(name: str) -> OrganizationKind:
    """The kind that an organization's own name tells; `other` when it tells none."""
    return next((kind for kind, pattern in _kinds() if pattern.search(name)), OrganizationKind.OTHER)


def titles() -> frozenset[str]:
    """Forms of address, without full stops."""
    return words("titles.txt")


def role_nouns() -> frozenset[str]:
    """Nouns that name what somebody is by occupation or office, singular, in lower case."""
    return words("roles.txt")


def gender(name: str) -> str | None:
    """`f` or `m` when the first word of a person's name is mostly given to one gender, else None."""
    return _given_names().get(name.partition(" ")[0])


@cache
def _given_names() -> dict[str, str]:
    return {name: letter for letter, names in rows("given_names.tsv") for name in names.split()}


@cache
def _kinds() -> tuple[tuple[OrganizationKind, re.Pattern[str]], ...]:
    return tuple(
        (OrganizationKind(kind), re.compile(pattern, re.IGNORECASE))
        for kind, pattern, _ in rows("organization_kinds.tsv")
    )

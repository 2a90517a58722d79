"""The known organizations' names in a text, and the kind that an unknown organization's name tells.

Names come from the authority file; `data/ambiguous_names.txt` lists those that are common words too, which count only
in company that shows what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.facts import NameKind, OrganizationKind
from ontology.authority import Actor, Authority
from ontology.names import fold

DATA = Path(__file__).with_name("data")

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
        ambiguous = set(_lines("ambiguous_names.txt"))
        for actor in authority:
            for name in actor.names:
                if len(name) < 2 or "://" in name:
                    continue
                plain = name.replace("’", "'")
                self._actors.setdefault(plain, actor)
                if name in ambiguous or (name in actor.hidden and " " not in name and not _ACRONYM.match(name)):
                    self._doubtful.add(plain)
        longest_first = sorted(self._actors, key=lambda name: (-len(name), name))
        self._pattern = _alternation(longest_first)
        self._folded = {fold(name): actor for name, actor in reversed(self._actors.items())}

    def find(self, text: str, start: int, end: int) -> Iterator[KnownName]:
        """The names in a span of a text whose apostrophes are straight, longest first where they overlap."""
        for match in self._pattern.finditer(text, start, end):
            name = match.group()
            certain = name not in self._doubtful or self._in_company(text, match.start(), match.end())
            yield KnownName(match.start(), match.end(), self._actors[name], certain)

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


@cache
def titles() -> frozenset[str]:
    """Forms of address, without full stops."""
    return frozenset(_lines("titles.txt"))


@cache
def role_nouns() -> frozenset[str]:
    """Nouns that name what somebody is by occupation or office, singular, in lower case."""
    return frozenset(_lines("roles.txt"))


def gender(name: str) -> str | None:
    """`f` or `m` when the first word of a person's name is mostly given to one gender, else None."""
    return _given_names().get(name.split()[0] if name.split() else "")


@cache
def _given_names() -> dict[str, str]:
    rows = (line.split("\t") for line in _lines("given_names.tsv"))
    return {name: letter for letter, names in rows for name in names.split()}


@cache
def introductions() -> tuple[tuple[re.Pattern[str], NameKind], ...]:
    """Patterns of words that introduce a name, `data/introductions.tsv`, each with a group `name`."""
    parts = {
        "NAME": r"(?P<name>(?:[A-ZÀ-ÞŁŚŽ][\w'-]*\w|[A-Z]\.)(?:[ ](?:(?:of|and|the|&|de|van|von|for)[ ])?"
        r"(?:[A-ZÀ-ÞŁŚŽ][\w'-]*\w|[A-Z]\.))*)",
        "FULL": r"(?P<name>[A-ZÀ-ÞŁŚŽ][\w'-]*[a-zà-þ](?:[ ](?:[A-Z]\.|de|van|von|da|el|al))?"
        r"(?:[ ][A-ZÀ-ÞŁŚŽ][\w'-]*[a-zà-þ]){1,2})",
        "ROLE": "(?:" + "|".join(sorted(map(re.escape, role_nouns()), key=len, reverse=True)) + ")",
    }
    found = []
    for line in _lines("introductions.tsv"):
        kind, pattern, _ = line.split("\t")
        for name, words in parts.items():
            pattern = pattern.replace(f"<{name}>", words)
        found.append((re.compile(pattern), NameKind(kind)))
    return tuple(found)


@cache
def _kinds() -> tuple[tuple[OrganizationKind, re.Pattern[str]], ...]:
    rows = (line.split("\t") for line in _lines("organization_kinds.tsv"))
    return tuple((OrganizationKind(kind), re.compile(pattern, re.IGNORECASE)) for kind, pattern, _ in rows)


def _lines(name: str) -> list[str]:
    """The lines of a data file that are neither empty nor comments."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _alternation(names: list[str]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![\w@#./-])(?=[A-Z0-9])(?:{'|'.join(map(re.escape, names))})(?![\w-]|/\w)")

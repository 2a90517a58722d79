"""From names in an article to its cast: known and new names, surnames, acronyms and short forms put together.

A surname belongs to the person whose full name the document gives, an acronym to the organization that it abbreviates.
A common noun never becomes a name here.
"""

from __future__ import annotations

import re

from ingest.facts import NameKind
from ingest.language.apposition import tell_kinds
from ingest.language.article import Article
from ingest.language.candidate import candidates
from ingest.language.entity import Cast, Mention
from ingest.language.exclusion import Exclusion
from ingest.language.gazetteer import Gazetteer, role_nouns
from ingest.language.later_mention import LaterMentions
from ingest.language.name import Name, plain
from ingest.language.occupied import Occupied
from ingest.language.organizations import Organizations
from ingest.language.persons import Persons

_SPEAKS = re.compile(
    r"\s+(?:said|says|told|tells|wrote|writes|added|adds|argued|argues|explained|noted|recalled|tweeted|posted|asked)\b"
)
_SAID = re.compile(
    r"(?:\b(?:said|says|added|adds|wrote|recalled|noted|argued)|\b(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Sir|Dame)\.?)\s+\Z"
)
_BEFORE = 24


def cast(article: Article, gazetteer: Gazetteer) -> Cast:
    """Everybody whom an article names."""
    return _Casting(article, gazetteer).cast()


class _Casting:
    """Puts the names of one article together."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self._article = article
        self._text = plain(article.text)
        self._exclusion = Exclusion(article, self._text)
        self._names = candidates(article, self._text, gazetteer, self._exclusion)
        self._occupied = Occupied(len(self._text))
        self._persons = Persons()
        self._organizations = Organizations(self._text, gazetteer)

    def cast(self) -> Cast:
        full = [name for name in self._names if name.kind is NameKind.PERSON and " " in self._words(name)]
        short = [name for name in self._names if name.kind is NameKind.PERSON and " " not in self._words(name)]
        for name in full:
            self._persons.add(self._words(name), name.start, name.end)
            self._occupied.take(name.start, name.end)
        self._add_organizations()
        self._add_short(short)
        self._organizations.join_acronyms()
        later = LaterMentions(self._text, self._persons, self._organizations, self._exclusion)
        later.add(self._article.blocks, self._occupied)
        organizations = self._organizations.all()
        tell_kinds(self._text, organizations)
        return Cast([*self._persons.all(), *organizations])

    def _add_organizations(self) -> None:
        """Known ones first, then the longest names, so that short forms find what they are short for."""
        names = [name for name in self._names if name.kind is NameKind.ORGANIZATION]
        for name in sorted(names, key=lambda each: (each.actor is None, each.start - each.end, each.start)):
            words = self._words(name)
            person = self._persons.called(words, name.start) if name.actor is None else None
            if person is not None:
                person.mentions.append(Mention(name.start, name.end, person))
            else:
                self._organizations.add(words, name)
            self._occupied.take(name.start, name.end)

    def _add_short(self, names: list[Name]) -> None:
        """Single names: surnames and first names, short forms of organizations, and those who speak under one name."""
        speaking = {self._words(name) for name in names if self._speaks(name)}
        for name in names:
            words = self._words(name)
            owner = self._persons.called(words, name.start) or self._organizations.shortened(words)
            if owner is not None:
                owner.mentions.append(Mention(name.start, name.end, owner))
            elif words in speaking:
                self._persons.add(words, name.start, name.end)
            else:
                continue
            self._occupied.take(name.start, name.end)

    def _speaks(self, name: Name) -> bool:
        """Whether a single name is addressed or speaks: else it may be a place, a product or a pet."""
        start = max(0, name.start - _BEFORE)
        before = self._text[start : name.start].split()
        has_role = bool(before) and before[-1].casefold() in role_nouns()
        speaks = _SPEAKS.match(self._text, name.end) or _SAID.search(self._text, start, name.start)
        return has_role or speaks is not None

    def _words(self, name: Name) -> str:
        return " ".join(self._text[name.start : name.end].split())

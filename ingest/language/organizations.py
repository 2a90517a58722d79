"""The organizations of an article: known and new ones, with their acronyms and short forms put together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import NameKind
from ingest.language.entity import Entity, Mention
from ingest.language.gazetteer import Gazetteer
from ingest.language.lexicon import words as word_list
from ingest.language.name import Name, organization_key

_ACRONYM_AFTER = re.compile(r"\s?\((?:the\s+|or\s+)?[“\"]?([A-Z][A-Za-z0-9&+/.-]{1,11})[”\"]?\)")
_THE_BEFORE = re.compile(r"\b[Tt]he\s\Z")
_SHORTEST_ALONE = 4
"""Letters of a first word by which an organization may be called alone."""


class Organizations:
    """Organizations by what they are called.

    Args:
        text: the document's text with straight apostrophes.
        gazetteer: the known names.
    """

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._by_key: dict[str, Entity] = {}
        self._by_beginning: dict[str, dict[Entity, None]] = {}
        self._by_end: dict[str, dict[Entity, None]] = {}

    def all(self) -> list[Entity]:
        """Every organization once, in the order in which they were added."""
        return list(dict.fromkeys(self._by_key.values()))

    def add(self, words: str, name: Name) -> Entity:
        """The organization of a name at a place, with the mention added; full names are given before short ones."""
        key = name.actor.iri.value if name.actor is not None else organization_key(words)
        entity = self._by_key.get(key)
        if entity is None and name.actor is None:
            entity = self.shortened(words) or self.ended(words, name.start)
        if entity is None:
            entity = self._by_key[key] = Entity(NameKind.ORGANIZATION, words, name.actor)
        if words != entity.name:
            shorter, longer = sorted((words, entity.name), key=len)
            entity.aliases.add(shorter)
            entity.name = longer
        self._index(words, entity)
        entity.mentions.append(Mention(name.start, name.end, entity))
        return entity

    def shortened(self, words: str) -> Entity | None:
        """The unknown organization whose name begins with these words, when only one does."""
        return _only(self._by_beginning.get(words, {}))

    def ended(self, words: str, place: int) -> Entity | None:
        """The organization whose last word this is, when only one has it: "the Dispatch"."""
        if not _THE_BEFORE.search(self._text, max(0, place - 4), place):
            return None
        return _only(self._by_end.get(words, {}))

    def join_acronyms(self) -> None:
        """Makes an abbreviation in parentheses after a name another name of it, wherever it stands."""
        for entity in self.all():
            for mention in list(entity.mentions):
                match = _ACRONYM_AFTER.match(self._text, mention.end)
                if match is not None and match.group(1) not in word_list("no_names.txt"):
                    self._join(entity, match.group(1))

    def later_names(self) -> Iterator[tuple[str, Entity]]:
        """Names and other names of those that the authority file lacks."""
        for entity in self.all():
            if entity.actor is None and entity.mentions:
                for name in (entity.name, *sorted(entity.aliases)):
                    if name not in word_list("no_names.txt"):
                        yield name, entity

    def first_words(self) -> Iterator[tuple[str, Entity]]:
        """First words by which one of them alone may be called, such as "Corvane" for "Corvane Studios"."""
        for first, entities in self._by_beginning.items():
            entity = _only({each: None for each in entities if each.mentions})
            if entity is None or " " in first or not first.isalpha() or len(first) < _SHORTEST_ALONE:
                continue
            if first not in word_list("common_first_words.txt") and self._gazetteer.named(first) is None:
                yield first, entity

    def last_words(self) -> Iterator[tuple[str, Entity]]:
        """Last words by which one of them alone may be called after "the", such as "the Dispatch"."""
        for last, entities in self._by_end.items():
            entity = _only({each: None for each in entities if each.mentions})
            if entity is not None and last.isalpha() and self._gazetteer.named(last) is None:
                yield last, entity

    def _index(self, words: str, entity: Entity) -> None:
        parts = words.split()
        if len(parts) < 2:
            return
        self._by_end.setdefault(parts[-1], {})[entity] = None
        if entity.actor is None:
            for count in range(1, len(parts)):
                self._by_beginning.setdefault(" ".join(parts[:count]), {})[entity] = None

    def _join(self, entity: Entity, acronym: str) -> None:
        other = self._by_key.get(organization_key(acronym))
        if other is not None and other is not entity and other.actor is None:
            entity.mentions += [Mention(each.start, each.end, entity) for each in other.mentions]
            other.mentions.clear()
        if entity.actor is None or self._gazetteer.named(acronym) is None:
            entity.aliases.add(acronym)
            self._by_key[organization_key(acronym)] = entity


def _only(entities: dict[Entity, None]) -> Entity | None:
    return next(iter(entities)) if len(entities) == 1 else None

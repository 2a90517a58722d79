"""The persons of an article: forms of one name put together, and surnames given to those who bear them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ingest.facts import NameKind
from ingest.language.entity import Entity, Mention
from ingest.language.name import person_key, proper_words


class Persons:
    """Persons, in the order in which they were first added.

    A first name or a surname stands for the person so called; where several share a surname, for the one who was named
    in full last before it.
    """

    def __init__(self) -> None:
        self._all: list[Entity] = []
        self._by_key: dict[str, Entity] = {}
        self._by_surname: dict[str, list[tuple[int, Entity]]] = {}
        self._by_first_name: dict[str, list[Entity]] = {}
        self._words: set[str] = set()

    def all(self) -> list[Entity]:
        """Every person."""
        return self._all

    def add(self, words: str, start: int, end: int) -> Entity:
        """The person of a name at a place, with the mention added; names are given in the order of the text.

        A longer form becomes the person's name, and a shorter one another of it.
        """
        person = self._by_key.get(person_key(words))
        if person is None:
            person = self._by_key[person_key(words)] = Entity(NameKind.PERSON, words)
            self._all.append(person)
        elif words != person.name:
            longer = len(words.split()) > len(person.name.split())
            better = longer or (person.name.isupper() and not words.isupper())
            person.aliases.add(person.name if better else words)
            person.name = words if better else person.name
            person.aliases.discard(person.name)
        person.mentions.append(Mention(start, end, person))
        self._index(words, start, person)
        return person

    def called(self, word: str, place: int) -> Entity | None:
        """The person whose surname a word is, or whose first name, if there is only one so called."""
        bearers = self._by_surname.get(word) or (self._by_surname.get(word.title()) if _is_shouted(word) else None)
        if bearers:
            return self._nearest(bearers, word, place)
        named = self._by_first_name.get(word, ())
        if len(named) != 1:
            return None
        named[0].aliases.add(word)
        return named[0]

    def named(self, name: str, place: int) -> Entity | None:
        """The person of a full name or a surname at a place."""
        return self._by_key.get(person_key(name)) if " " in name else self.called(name, place)

    def has_word(self, word: str) -> bool:
        """Whether somebody's name has a word."""
        return word in self._words

    def later_names(self) -> Iterable[str]:
        """Full names and surnames of those who have both."""
        for person in self._all:
            if " " in person.name:
                yield person.name
                yield person.surname

    def _index(self, words: str, start: int, person: Entity) -> None:
        self._words.update(words.split())
        proper = proper_words(words)
        if len(proper) < 2:
            return
        surname = proper[-1].title() if words.isupper() else proper[-1]
        self._by_surname.setdefault(surname, []).append((start, person))
        named = self._by_first_name.setdefault(proper[0], [])
        if person not in named:
            named.append(person)

    @staticmethod
    def _nearest(bearers: list[tuple[int, Entity]], word: str, place: int) -> Entity:
        index = bisect_right(bearers, place, key=lambda each: each[0]) - 1
        person = bearers[max(0, index)][1]
        if bearers[0][1] is bearers[-1][1]:
            person.aliases.add(word)
        return person


def _is_shouted(word: str) -> bool:
    return word.isupper() and len(word) > 2

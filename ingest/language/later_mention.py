"""Where those whom an article names are named again, as the model passed over: surnames, acronyms, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.language.block import Block, BlockKind
from ingest.language.entity import Entity, Mention
from ingest.language.exclusion import Exclusion
from ingest.language.name_index import NameIndex
from ingest.language.occupied import Occupied
from ingest.language.organizations import Organizations
from ingest.language.persons import Persons

_GOES_ON = re.compile(r"[\w-]")
_THE = ("the ", "The ")


class LaterMentions:
    """Finds the names of persons and organizations again.

    Args:
        text: the document's text with straight apostrophes.
        persons: those whom it names.
        organizations: those that it names.
        exclusion: what is no name in it.
    """

    def __init__(self, text: str, persons: Persons, organizations: Organizations, exclusion: Exclusion) -> None:
        self._text = text
        self._persons = persons
        self._people = frozenset(persons.later_names())
        self._owners: dict[str, Entity] = dict(organizations.later_names())
        for first, entity in organizations.first_words():
            if not exclusion.is_written_small(first) and not persons.has_word(first):
                self._owners.setdefault(first, entity)
        self._ends = {the + last: entity for last, entity in organizations.last_words() for the in _THE}
        names = {*self._people, *self._owners, *self._ends}
        self._index = NameIndex(names, before="@#", after=_GOES_ON)

    def add(self, blocks: Iterable[Block], occupied: Occupied) -> None:
        """Adds a mention wherever a name stands that is not taken yet."""
        for mention in self._found(blocks):
            if not occupied.touches(mention.start, mention.end):
                mention.entity.mentions.append(mention)

    def _found(self, blocks: Iterable[Block]) -> Iterator[Mention]:
        for block in blocks:
            if block.kind is BlockKind.BOILERPLATE:
                continue
            for start, end in self._index.find(self._text, block.start, block.end):
                name = self._text[start:end]
                if name in self._ends:
                    yield Mention(start + len(_THE[0]), end, self._ends[name])
                    continue
                owner = self._persons.named(name, start) if name in self._people else self._owners[name]
                if owner is not None:
                    yield Mention(start, end, owner)

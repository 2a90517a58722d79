"""From names in an article to its cast: known names, the model's names, surnames, acronyms and short forms put together.

Known names come before the model's: the authority file is right more often. A surname belongs to the person whose full
name the document gives, an acronym to the organization that it abbreviates. A common noun never becomes a name here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import NameKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.entity import JUNIOR, Cast, Entity, Mention
from ingest.language.gazetteer import Gazetteer, titles
from ontology.authority import Actor

_PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
_EDGES = " \t\r\n\u00a0“”\"‘'«».,;:!?()[]—–-"
_POSSESSIVE = re.compile(r"'s?\Z")
_THE = re.compile(r"\A[Tt]he\s+")
_ACRONYM_AFTER = re.compile(r"\s?\((?:the\s+|or\s+)?[“\"]?([A-Z][A-Za-z0-9&+/.-]{1,11})[”\"]?\)")
_TICKER = re.compile(r"\s?\((?:(?:NYSE|NASDAQ|Nasdaq|LSE|LON|TSX|AMEX)\s?:\s?)?[A-Z.]{1,5}\)")
_SUFFIX = re.compile(r",?\s+(?:Inc|Corp|Corporation|Co|LLC|Ltd|Limited|plc|PLC|GmbH|LLP|Company)\.?\Z")
_PARTICLES = frozenset("de da del della der den di du el la le van von bin al ibn st ter ten".split())
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "&", "to", "de", "at"})
_CAPITAL_WORD = re.compile(r"(?<![\w'-])[A-ZÀ-ÞŁŚŽ][\w'-]*\w(?:-[A-Z]\w+)*")
_LABELS = {"PERSON": NameKind.PERSON, "ORG": NameKind.ORGANIZATION}
_NO_NAME = frozenset(
    "AI CEO CFO COO CTO US U.S UK U.K EU TV PM AM ET PT GMT API HR IT ML VFX CGI GPU IP PC Q1 Q2 Q3 Q4 FAQ PDF R&D LLM".split()
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of characters that may be a name, with who it is if known."""

    start: int
    end: int
    kind: NameKind
    actor: Actor | None = None


def cast(article: Article, gazetteer: Gazetteer) -> Cast:
    """Everybody whom an article names."""
    return _Casting(article, gazetteer).cast()


class _Casting:
    """Reads the names of one article."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self.article = article
        self.text = article.text.translate(_PLAIN)
        self.gazetteer = gazetteer
        self.persons: list[Entity] = []
        self.organizations: dict[str, Entity] = {}
        self.taken: list[tuple[int, int]] = []

    def cast(self) -> Cast:
        names = self._names()
        full = [name for name in names if name.kind is NameKind.PERSON and " " in self._words(name)]
        short = [name for name in names if name.kind is NameKind.PERSON and " " not in self._words(name)]
        for name in full:
            self._add(self._person(self._words(name)), name)
        known = [name for name in names if name.kind is NameKind.ORGANIZATION]
        for name in sorted(known, key=lambda each: (each.actor is None, -(each.end - each.start), each.start)):
            person = self._surnamed(self._words(name)) if name.actor is None else None
            self._add(person or self._organization(name), name)
        for name in short:
            words = self._words(name)
            owner = self._surnamed(words) or self._shortened(words) or self._person(words)
            self._add(owner, name)
        self._acronyms()
        self._later_names()
        return Cast([*self.persons, *dict.fromkeys(self.organizations.values())])

    def _words(self, name: _Name) -> str:
        return " ".join(self.text[name.start : name.end].split())

    def _names(self) -> list[_Name]:
        """Known names and the model's, without overlap, in order."""
        model = [name for passage in self.article.passages for each in passage.entities if (name := self._model(*each))]
        organizations = {(name.start, name.end) for name in model if name.kind is NameKind.ORGANIZATION}
        known: list[_Name] = []
        for block in self.article.blocks:
            if block.kind is BlockKind.BOILERPLATE:
                continue
            for found in self.gazetteer.find(self.text, block.start, block.end):
                if found.certain or (found.start, found.end) in organizations:
                    known.append(_Name(found.start, found.end, NameKind.ORGANIZATION, found.actor))
        kept: list[_Name] = []
        for name in known:
            if not any(_reaches_over(other, name) for other in model):
                kept.append(name)
        for name in model:
            if not any(other.start < name.end and name.start < other.end for other in kept):
                kept.append(name)
        return sorted(kept, key=lambda name: name.start)

    def _model(self, start: int, end: int, label: str) -> _Name | None:
        """What the model names, trimmed to the name itself; None when it is none."""
        kind = _LABELS.get(label)
        if kind is None:
            return None
        start, end = self._trimmed(start, end)
        the = _THE.match(self.text, start, end)
        if the:
            start = the.end()
        if kind is NameKind.PERSON:
            start, end = self._without_titles(start, end)
        words = self.text[start:end].split()
        if not words or len(words) > 9 or not _is_name(words, kind) or "\n" in self.text[start:end]:
            return None
        actor = self.gazetteer.named(" ".join(words)) if kind is NameKind.ORGANIZATION else None
        return _Name(start, end, kind, actor)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in _EDGES:
            start += 1
        while end > start and self.text[end - 1] in _EDGES:
            if self.text[end - 1] == "." and re.search(
                r"\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|[A-Z])\.\Z", self.text[start:end]
            ):
                break
            end -= 1
        possessive = _POSSESSIVE.search(self.text, start, end)
        return start, possessive.start() if possessive and possessive.start() > start else end

    def _without_titles(self, start: int, end: int) -> tuple[int, int]:
        while True:
            word = re.compile(r"(\w+)\.?\s+").match(self.text, start, end)
            if not word or word.group(1) not in titles():
                return start, end
            start = word.end()

    def _add(self, entity: Entity, name: _Name) -> None:
        entity.mentions.append(Mention(name.start, name.end, entity))
        self.taken.append((name.start, name.end))

    def _person(self, words: str) -> Entity:
        for person in self.persons:
            if person.name == words or _same_person(person.name, words):
                if len(words.split()) > len(person.name.split()):
                    person.aliases.add(person.name)
                    person.name = words
                elif words != person.name:
                    person.aliases.add(words)
                return person
        person = Entity(NameKind.PERSON, words)
        self.persons.append(person)
        return person

    def _surnamed(self, word: str) -> Entity | None:
        """The one person whose surname this is, or whose first name, if the document has no other so called."""
        for position in (-1, 0):
            owners = [p for p in self.persons if " " in p.name and _name_word(p, position) == word]
            if len(owners) == 1 or (owners and position == -1):
                owners[0].aliases.add(word)
                return owners[-1]
        return None

    def _organization(self, name: _Name) -> Entity:
        words = self._words(name)
        key = name.actor.iri.value if name.actor is not None else _key(words)
        known = self.organizations.get(key) or (self._shortened(words) if name.actor is None else None)
        if known is None:
            known = self.organizations[key] = Entity(NameKind.ORGANIZATION, words, name.actor)
        if words != known.name:
            shorter, longer = sorted((words, known.name), key=len)
            known.aliases.add(shorter)
            known.name = longer
        return known

    def _shortened(self, words: str) -> Entity | None:
        """The unknown organization whose name this begins, when only one does."""
        owners = [
            entity
            for entity in dict.fromkeys(self.organizations.values())
            if entity.actor is None and entity.name != words and f"{entity.name} ".startswith(f"{words} ")
        ]
        return owners[0] if len(owners) == 1 else None

    def _acronyms(self) -> None:
        """An abbreviation in parentheses after a name is another name of it, wherever it stands."""
        for entity in list(dict.fromkeys(self.organizations.values())):
            for mention in list(entity.mentions):
                match = _ACRONYM_AFTER.match(self.text, mention.end)
                if match is None or match.group(1) in _NO_NAME:
                    continue
                acronym = match.group(1)
                other = self.organizations.get(_key(acronym))
                if other is not None and other is not entity and other.actor is None:
                    for each in other.mentions:
                        entity.mentions.append(Mention(each.start, each.end, entity))
                    other.mentions.clear()
                if entity.actor is None or self.gazetteer.named(acronym) is None:
                    entity.aliases.add(acronym)
                    self.organizations[_key(acronym)] = entity

    def _later_names(self) -> None:
        """Surnames, acronyms and short names that the model passed over."""
        owners: dict[str, Entity] = {}
        for entity in dict.fromkeys(self.organizations.values()):
            if entity.actor is None and entity.mentions:
                owners |= {name: entity for name in (entity.name, *entity.aliases) if name not in _NO_NAME}
        for person in self.persons:
            if " " in person.name:
                owners[person.surname] = person
                owners[person.name] = person
        if not owners:
            return
        names = sorted(owners, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<![\w@#])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
        taken = sorted(self.taken)
        for block in self.article.blocks:
            if block.kind is BlockKind.BOILERPLATE:
                continue
            for match in pattern.finditer(self.text, block.start, block.end):
                if not _touches(taken, match.start(), match.end()):
                    owner = owners[match.group()]
                    owner.mentions.append(Mention(match.start(), match.end(), owner))


def _reaches_over(other: _Name, name: _Name) -> bool:
    """Whether the model saw a longer name of which the known one is a part, and not merely more words around it."""
    if not (other.start <= name.start and name.end <= other.end and other.end - other.start > name.end - name.start):
        return False
    return other.actor is None or other.actor is not name.actor


def _touches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in taken)


def _is_name(words: list[str], kind: NameKind) -> bool:
    if " ".join(words) in _NO_NAME or not any(character.isalpha() for character in words[0]):
        return False
    if kind is NameKind.PERSON:
        if len(words) > 5 or any(character.isdigit() for word in words for character in word):
            return False
        return all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    return words[0][0].isupper() or words[0][0].isdigit() or any(character.isupper() for character in words[0])


def _same_person(one: str, other: str) -> bool:
    """Whether two full names differ by a middle name, an initial or "Jr." only."""
    first, second = _name_words(one), _name_words(other)
    return len(first) > 1 and len(second) > 1 and first[0] == second[0] and first[-1] == second[-1]


def _name_words(name: str) -> list[str]:
    return [word for word in name.split() if word.strip(".,") not in JUNIOR]


def _name_word(person: Entity, position: int) -> str:
    return _name_words(person.name)[position]


def _key(words: str) -> str:
    return _SUFFIX.sub("", words).casefold()

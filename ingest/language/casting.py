"""From names in an article to its cast: known and new names, surnames, acronyms and short forms put together.

Known names come before the model's: the authority file is right more often. A surname belongs to the person whose full
name the document gives, an acronym to the organization that it abbreviates. A common noun never becomes a name here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.entity import JUNIOR, Cast, Entity, Mention
from ingest.language.gazetteer import Gazetteer, gender, introductions, organization_kind, role_nouns, titles
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
_COMMON_FIRST = frozenset(
    {
        "American",
        "National",
        "International",
        "British",
        "Canadian",
        "European",
        "Federal",
        "United",
        "University",
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "California",
        "Texas",
        "York",
        "London",
        "Hollywood",
        "Global",
        "World",
        "General",
        "Royal",
        "State",
        "City",
        "County",
        "Department",
        "Ministry",
        "Bank",
        "House",
        "Supreme",
        "Board",
        "Center",
        "Institute",
        "College",
        "School",
        "Local",
        "Writers",
        "Actors",
        "Directors",
        "Producers",
        "Screen",
    }
)
_THINGS = frozenset(
    {
        "Platform",
        "Engine",
        "Model",
        "System",
        "Tool",
        "Suite",
        "App",
        "Screen",
        "Act",
        "Bill",
        "Award",
        "Awards",
        "Prize",
        "Agreement",
        "Contract",
        "Day",
        "Week",
        "Street",
        "Avenue",
        "Road",
        "Index",
        "Learning",
        "AI",
        "ML",
        "Edition",
        "Season",
        "Oscars",
        "Emmys",
        "Theorem",
        "Amendment",
        "Rule",
        "Rules",
        "Code",
        "Article",
        "Section",
        "Clause",
    }
)
_CODE = re.compile(r"[A-Z]\d+|(?:AI|ML|VFX|CGI)(?:/(?:AI|ML|VFX|CGI))*")
_ADVERBS = frozenset(
    {"moreover", "however", "meanwhile", "interestingly", "notably", "elsewhere", "still", "instead", "yet"}
)
_LONG_FORM = re.compile(r"((?:[A-Z][\w'-]+ ){1,5}[A-Z][\w'-]+)\s\(\Z")
_DATELINE = re.compile(r"(?<![^\n])[A-Z][A-Z .'-]+(?:,[^—–(\n-]{0,40})?\s*(?:\(|—|–|--|-\s)")
_LINE_START = "(?<![^\\n])"
_SPEAKS = re.compile(
    r"\s+(?:said|says|told|tells|wrote|writes|added|adds|argued|argues|explained|noted|recalled|tweeted|posted|asked)\b"
)
_SAID = re.compile(
    r"(?:\b(?:said|says|added|adds|wrote|recalled|noted|argued)|\b(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Sir|Dame)\.?)\s+\Z"
)
_FIRST_WORD = re.compile(r"([\w-]+)\.?\s+")
_THING_BEFORE = re.compile(
    r"\b(?:tool|system|program|programme|software|app|chatbot|model|assistant|bot|game|film|movie|series|show|sitcom|"
    r"drama|podcast|book|novel|feature|album|song|single|robot|avatar|character|actress|newsreader|voice|track|documentary|"
    r"sequel|thriller|comedy|musical|play|magazine column|agent|product|device|service named)s?,?"
    r"(?:\s+(?:called|named|dubbed|titled|entitled|christened|known\s+\w*\s*as))?,?\s+(?:the\s+)?[“\"']?\Z",
    re.IGNORECASE,
)
_LABELS = {"PERSON": NameKind.PERSON, "ORG": NameKind.ORGANIZATION}
_PLACES = frozenset({"FAC", "GPE", "LOC", "PRODUCT"})
_NO_NAME = frozenset(
    "AI CEO CFO COO CTO US U.S UK U.K EU TV PM AM ET PT GMT API HR IT ML VFX CGI GPU IP PC Q1 Q2 Q3 Q4 FAQ PDF QA R&D LLM".split()
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
        supported = {self._words(name) for name in short if self._speaks(name)}
        for name in short:
            words = self._words(name)
            owner = self._surnamed(words) or self._shortened(words)
            if owner is not None or words in supported:
                self._add(owner or self._person(words), name)
        self._acronyms()
        self._later_names()
        return Cast([*self.persons, *dict.fromkeys(self.organizations.values())])

    def _speaks(self, name: _Name) -> bool:
        """Whether a single name is addressed or speaks: else it may be a place, a product or a pet."""
        before = self.text[max(0, name.start - 24) : name.start]
        words = before.split()
        role = bool(words) and words[-1].casefold() in role_nouns()
        return role or bool(_SPEAKS.match(self.text, name.end)) or bool(_SAID.search(before))

    def _words(self, name: _Name) -> str:
        return " ".join(self.text[name.start : name.end].split())

    def _names(self) -> list[_Name]:
        """Known names and the model's, without overlap, in order."""
        model = [*self._introduced(), *self._from_model()]
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
            if not any(_reaches_over(other, name) and not self._is_list(other) for other in model):
                kept.append(name)
        # Stable: of two names of one length, the introduced one comes first, since its kind is said in words.
        for name in sorted(model, key=lambda each: (each.start - each.end, each.start)):
            if not any(other.start < name.end and name.start < other.end for other in kept):
                kept.append(name)
        return sorted(kept, key=lambda name: name.start)

    def _from_model(self) -> list[_Name]:
        """The model's names; in headings, where every word has a capital, only those that are known."""
        found = []
        for passage in self.article.passages:
            heading = passage.block.kind is BlockKind.HEADING and _is_title_case(self.text[passage.start : passage.end])
            for start, end, label in passage.entities:
                name = self._model(start, end, label)
                if name is not None and (not heading or name.actor is not None) and not self._is_no_name(name):
                    found.append(name)
        return found

    def _introduced(self) -> list[_Name]:
        """Names that the words around them introduce: "a startup called Notara", "said attorney Hyun-woo Garrity"."""
        found = []
        for block in self.article.blocks:
            if block.kind is BlockKind.BOILERPLATE:
                continue
            for pattern, kind in introductions():
                if block.kind is BlockKind.HEADING and not pattern.pattern.startswith(_LINE_START):
                    continue
                for match in pattern.finditer(self.text, block.start, block.end):
                    start, end = self._trimmed(*match.span("name"))
                    if kind is NameKind.PERSON:
                        start, end = self._without_titles(start, end)
                    words = self.text[start:end].split()
                    if kind is NameKind.ORGANIZATION and _corrected(kind, " ".join(words)) is not kind:
                        continue
                    full = kind is not NameKind.PERSON or len(words) > 1
                    if full and start < end and _is_name(words, kind) and not set(words) & _NO_NAME:
                        found.append(_Name(start, end, kind))
        return found

    def _is_list(self, name: _Name) -> bool:
        """Whether the model took several names for one: "MTV, Hulu and Peacock", "Spotify's Gimlet"."""
        words = self.text[name.start : name.end]
        return "," in words or "'s " in words or " and " in words

    def _is_no_name(self, name: _Name) -> bool:
        """Whether it is a product, a work or a common word that the model takes for a name."""
        words = self.text[name.start : name.end]
        if name.actor is not None:
            return False
        if _THING_BEFORE.search(self.text, max(0, name.start - 60), name.start):
            return True
        if words.isupper() and _DATELINE.match(self.text, name.start):
            return True
        quotation = self.article.in_quotation(name.start)
        if quotation is not None and quotation.pieces[0] == (name.start, name.end):
            return True
        last = words.split()[-1].strip("'")
        if last in _THINGS or _CODE.fullmatch(words) or words.casefold() in _ADVERBS:
            return True
        if name.kind is NameKind.ORGANIZATION and self._abbreviates_thing(name):
            return True
        if " " in words or name.kind is NameKind.PERSON:
            return False
        return (
            words.casefold() in role_nouns()
            or re.search(rf"(?<![\w-]){re.escape(words.lower())}(?![\w-])", self.text) is not None
        )

    def _abbreviates_thing(self, name: _Name) -> bool:
        """Whether it is the abbreviation in parentheses of a product: "the Magenta Green Screen (MGS)"."""
        before = self.text[max(0, name.start - 60) : name.start]
        match = _LONG_FORM.search(before)
        return match is not None and match.group(1).split()[-1] in _THINGS

    def _model(self, start: int, end: int, label: str) -> _Name | None:
        """What the model names, trimmed to the name itself; None when it is none."""
        start, end = self._trimmed(start, end)
        kind = _LABELS.get(label)
        if label in _PLACES and len(self.text[start:end].split()) > 1:
            telling = organization_kind(self.text[start:end])
            kind = NameKind.ORGANIZATION if telling is not OrganizationKind.OTHER else None
        if kind is None:
            return None
        the = _THE.match(self.text, start, end)
        if the:
            start = the.end()
        bare = self._without_titles(start, end)
        if bare[0] > start and (kind is NameKind.PERSON or _could_be_person(self.text[bare[0] : bare[1]])):
            kind, (start, end) = NameKind.PERSON, bare
        kind = _corrected(kind, self.text[start:end])
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
        """The name after the last form of address or role that it begins with: "Chief Technology Officer Jane Roe"."""
        begin = start
        for word in _FIRST_WORD.finditer(self.text, start, end):
            if word.group(1) in titles() or word.group(1).casefold() in role_nouns():
                begin = word.end()
        return begin, end

    def _add(self, entity: Entity, name: _Name) -> None:
        entity.mentions.append(Mention(name.start, name.end, entity))
        self.taken.append((name.start, name.end))

    def _person(self, words: str) -> Entity:
        for person in self.persons:
            if person.name == words or person.name.upper() == words or _same_person(person.name, words):
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
        shout = word.isupper() and len(word) > 2
        for position in (-1, 0):
            owners = [
                p
                for p in self.persons
                if " " in p.name
                and (_name_word(p, position) == word or (shout and _name_word(p, position).upper() == word))
            ]
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
        for name, entity in self._short_names().items():
            owners.setdefault(name, entity)
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

    def _short_names(self) -> dict[str, Entity]:
        """First words by which unknown organizations are called later, such as "Corvane" for "Corvane Studios"."""
        found: dict[str, list[Entity]] = {}
        for entity in dict.fromkeys(self.organizations.values()):
            words = entity.name.split()
            first = words[0]
            plain = len(words) < 2 or len(first) < 4 or not first.isalpha() or first in _COMMON_FIRST
            if entity.actor is None and entity.mentions and not plain:
                common = re.search(rf"(?<![\w-]){first.lower()}(?![\w-])", self.text)
                known = self.gazetteer.named(first) is not None or any(first in p.name.split() for p in self.persons)
                if common is None and not known:
                    found.setdefault(first, []).append(entity)
        return {name: owners[0] for name, owners in found.items() if len(owners) == 1}


def _reaches_over(other: _Name, name: _Name) -> bool:
    """Whether the model saw a longer name of which the known one is a part, and not merely more words around it."""
    if not (other.start <= name.start and name.end <= other.end and other.end - other.start > name.end - name.start):
        return False
    return other.actor is None or other.actor is not name.actor


def _corrected(kind: NameKind, words: str) -> NameKind:
    """The kind that a name's own words tell, where the model is wrong: "Maribel Ochoa" is a person, no organization."""
    parts = words.split()
    if not 1 < len(parts) <= 4:
        return kind
    given = gender(words) is not None
    telling = organization_kind(words) is not OrganizationKind.OTHER
    if kind is NameKind.ORGANIZATION and given and not telling and _is_name(parts, NameKind.PERSON):
        return NameKind.PERSON
    return NameKind.ORGANIZATION if kind is NameKind.PERSON and telling and not given else kind


def _is_title_case(words: str) -> bool:
    """Whether a heading has capitals where a sentence has none, so that they tell nothing."""
    long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def _could_be_person(words: str) -> bool:
    parts = words.split()
    return 1 < len(parts) <= 4 and all(part[0].isupper() and part[-1] not in "0123456789" for part in parts)


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

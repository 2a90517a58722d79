"""Invented news, as much of it as is asked for: documents with their facts, the same ones for the same seed.

Only the words are invented. The facts are those of `ingest.facts`, and what becomes of them is what becomes of any
document's: the mapping makes their quads, so that the graph has the shape of every graph of this program. Who speaks
and about what follows Zipf's law, as it does in real news.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.facts import (
    Date,
    DocumentMetadata,
    Event,
    EventKind,
    EventState,
    Fact,
    JobPosting,
    Mode,
    Name,
    NameKind,
    Part,
    Period,
    Person,
    Qualifier,
    Segment,
    Stance,
    StanceReport,
    Statement,
    SurveyFinding,
    TechnologyUse,
)
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

EXTRACTOR = "invented"
PERSONS_A_DOCUMENT = 2.5
"""How many persons there are for each document: most are named once, some again and again."""

_ONSETS = ("b", "br", "c", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea")
_CODAS = ("n", "r", "l", "s", "ck", "nd", "rt", "m")
_GIVEN = (
    *("Ada", "Amir", "Bela", "Carla", "Chen", "Dara", "Elif", "Emil", "Fatou", "Gita", "Hana", "Igor", "Ines", "Jomo"),
    *("Kaya", "Lars", "Lena", "Malik", "Mira", "Nadia", "Omar", "Petra", "Quinn", "Rosa", "Samir", "Tove", "Uma"),
)
_ROLES = ("spokesperson", "chief negotiator", "president", "chief executive", "analyst", "general counsel", "organizer")
_FIELDS = ("machine learning", "generative media", "data platforms", "localization", "ad systems", "content safety")
_JOBS = ("engineer", "product manager", "research scientist", "counsel", "director", "producer", "designer")
_CLAIMS = (
    *("needs clear rules", "will change how we work", "must be paid for", "is a tool and nothing more"),
    *("goes too far", "was never on the table", "helps those who make it", "deserves an open debate"),
)
_EVENTS = {
    EventKind.STRIKE: "walked out over",
    EventKind.NEGOTIATION: "resumed talks about",
    EventKind.AGREEMENT: "reached an agreement on",
    EventKind.LAYOFF: "cut jobs because of",
    EventKind.LAUNCH: "launched a program for",
    EventKind.LAWSUIT: "went to court over",
}
_STATES = (EventState.ONGOING, EventState.ENDED, EventState.STALLED, EventState.PLANNED)
_MONTHS = ("January", "March", "May", "July", "September", "November")


@dataclass(frozen=True, slots=True)
class Invented:
    """A document with its facts, not yet mapped."""

    document: Document
    facts: tuple[Fact, ...]


class Ranked:
    """Names by rank: the one of rank n is drawn about 1/n times as often as the first (Zipf's law)."""

    def __init__(self, things: Sequence[str], exponent: float = 1.0) -> None:
        self._things = things
        self._weights = list(accumulate(1 / rank**exponent for rank in range(1, len(things) + 1)))

    def draw(self, chance: random.Random) -> str:
        """One of them."""
        return chance.choices(self._things, cum_weights=self._weights)[0]


@dataclass(slots=True)
class _Page:
    """A document's text while it grows, and the facts that stand in it."""

    name: str
    text: str = ""
    facts: list[Fact] = field(default_factory=list)

    def write(self, sentence: str, **parts: str) -> tuple[Segment, ...]:
        """Adds a sentence; returns it and its parts, each by its name and its words, as evidence."""
        start = len(self.text)
        self.text += sentence + "\n"
        found = [Segment(start=start, end=start + len(sentence), exact=sentence)]
        for part, exact in parts.items():
            offset = start + sentence.index(exact)
            found.append(Segment(start=offset, end=offset + len(exact), exact=exact, part=Part(part)))
        return tuple(found)

    def add(self, fact: Callable[..., Fact], evidence: tuple[Segment, ...], **values: Any) -> None:
        """Adds a fact."""
        common = {"source": f"{self.name}.txt", "extractor": EXTRACTOR, "confidence": Decimal("0.9")}
        self.facts.append(fact(evidence=evidence, **common, **values))


def invent(documents: int, seed: int = 0) -> Iterator[Invented]:
    """So many documents. What the first ones hold depends on how many there are: there are more persons to be named."""
    writer = _Writer(max(8, round(documents * PERSONS_A_DOCUMENT)), seed)
    for number in range(documents):
        yield writer.document(number)


class _Writer:
    """The cast and the topics, and what is written about them."""

    def __init__(self, persons: int, seed: int) -> None:
        self._chance = random.Random(seed)
        by_kind: dict[str, list[str]] = {}
        for actor in Authority.load():
            by_kind.setdefault(actor.kind, []).append(actor.label)
        self._organizations = Ranked(sorted(label for labels in by_kind.values() for label in labels), 0.7)
        self._firms = Ranked(sorted(by_kind["research_firm"]))
        self._topics = Ranked(list(Topics.load(Base()).slugs()))
        self._persons = Ranked(list(dict.fromkeys(self._name() for _ in range(persons))))
        self._technologies = Ranked([f"{self._word()} {number}" for number in range(2, max(4, persons // 40))])

    def document(self, number: int) -> Invented:
        """One document, of about a dozen facts."""
        page = _Page(f"invented-{number:07}")
        self._head(page)
        for _ in range(7):
            self._statement(page)
        for write in (self._stance, self._membership, self._event, self._event, self._technology):
            write(page)
        if number % 4 == 0:
            self._posting(page)
        if number % 10 == 0:
            self._survey(page, number)
        data = page.text.encode()
        return Invented(Document(page.name, Path(f"{page.name}.txt"), data, page.text), tuple(page.facts))

    def _head(self, page: _Page) -> None:
        title = f"{self._topic_words()} divides {self._organizations.draw(self._chance)}"
        page.add(DocumentMetadata, page.write(title), property="title", value=title)
        day = self._day()
        dated = Date(wording=day[0], edtf=day[1])
        page.add(DocumentMetadata, page.write(day[0]), property="published", value=day[0], date=dated)

    def _statement(self, page: _Page) -> None:
        person, role = self._persons.draw(self._chance), self._chance.choice(_ROLES)
        organization, topic = self._organizations.draw(self._chance), self._topics.draw(self._chance)
        mode = self._chance.choice((Mode.DIRECT, Mode.DIRECT, Mode.INDIRECT))
        content = f"{_words(topic)} {self._chance.choice(_CLAIMS)}, {self._word().lower()} {self._word().lower()}"
        quoted = mode is Mode.DIRECT
        what = f"“{content},”" if quoted else f"That {content},"
        evidence = page.write(
            f"{what} said {person}, {role} of {organization}.",
            **{"quotation" if quoted else "content": content, "source": person, "cue": "said"},
        )
        page.add(
            Statement,
            evidence,
            speaker=Name(name=person, kind=NameKind.PERSON),
            role=role,
            affiliation=organization,
            mode=mode,
            content=content,
            quote=(content,) if quoted else (),
            told_to=self._sometimes(self._organization, 4),
            topics=(topic,),
            stance=self._chance.choice((None, *Stance)),
        )

    def _stance(self, page: _Page) -> None:
        organization, topic = self._organizations.draw(self._chance), self._topics.draw(self._chance)
        content = f"the use of {_words(topic)}"
        evidence = page.write(f"{organization} spoke out against {content}.", source=organization, content=content)
        holder = Name(name=organization, kind=NameKind.ORGANIZATION)
        page.add(StanceReport, evidence, holder=holder, stance=Stance.OPPOSES, content=content, topics=(topic,))

    def _membership(self, page: _Page) -> None:
        person, role = self._persons.draw(self._chance), self._chance.choice(_ROLES)
        organization = self._organizations.draw(self._chance)
        evidence = page.write(f"{person} is {role} of {organization}.", source=person)
        page.add(Person, evidence, name=person, role=role, affiliation=organization)

    def _event(self, page: _Page) -> None:
        kind = self._chance.choice(list(_EVENTS))
        one, other = self._organizations.draw(self._chance), self._organizations.draw(self._chance)
        topic, day = self._topics.draw(self._chance), self._day()
        evidence = page.write(f"{one} and {other} {_EVENTS[kind]} {_words(topic)} on {day[0]}.", source=one)
        page.add(
            Event,
            evidence,
            event_kind=kind,
            label=f"{one} {kind.value} {day[1][:7]}",
            participants=tuple(Name(name=each, kind=NameKind.ORGANIZATION) for each in dict.fromkeys((one, other))),
            date=Date(wording=day[0], edtf=day[1]),
            state=self._chance.choice(_STATES),
            about=_words(topic),
            topics=(topic,),
        )

    def _technology(self, page: _Page) -> None:
        technology, developer = self._technologies.draw(self._chance), self._organizations.draw(self._chance)
        user, topic = self._organization(), self._topics.draw(self._chance)
        evidence = page.write(f"{user.name} uses {technology} by {developer} for {_words(topic)}.", value=technology)
        page.add(
            TechnologyUse,
            evidence,
            technology=technology,
            developer=developer,
            users=(user,),
            purpose=_words(topic),
            topics=(topic,),
        )

    def _posting(self, page: _Page) -> None:
        employer = self._organizations.draw(self._chance)
        title = f"{self._word()} {self._chance.choice(_FIELDS)} {self._chance.choice(_JOBS)}"
        low = self._chance.randrange(60, 600) * 1000
        high = low + self._chance.randrange(20, 300) * 1000
        wording = f"${low:,} to ${high:,}"
        evidence = page.write(f"{employer} seeks a {title} for {wording} a year.", source=employer, value=wording)
        page.add(
            JobPosting,
            evidence,
            employer=employer,
            title=title,
            salary_min=Decimal(low),
            salary_max=Decimal(high),
            currency="USD",
            period=Period.YEAR,
            qualifier=Qualifier.RANGE,
            wording=wording,
        )

    def _survey(self, page: _Page, number: int) -> None:
        firm, topic = self._firms.draw(self._chance), self._topics.draw(self._chance)
        size, share = self._chance.randrange(200, 5000), self._chance.randrange(1, 100)
        finding = f"{share}% fear {_words(topic)}"
        evidence = page.write(f"A survey by {firm} of {size} people found that {finding}.", source=firm, value=finding)
        page.add(
            SurveyFinding,
            evidence,
            survey=f"{firm} survey {number}",
            by=firm,
            sample_size=size,
            finding=finding,
            value=Decimal(share),
            unit="percent",
            wording=f"{share}%",
            topics=(topic,),
        )

    def _organization(self) -> Name:
        return Name(name=self._organizations.draw(self._chance), kind=NameKind.ORGANIZATION)

    def _sometimes(self, draw: Callable[[], Name], one_in: int) -> tuple[Name, ...]:
        return (draw(),) if self._chance.randrange(one_in) == 0 else ()

    def _topic_words(self) -> str:
        return _words(self._topics.draw(self._chance)).capitalize()

    def _day(self) -> tuple[str, str]:
        """A day as printed and in EDTF."""
        month, day = self._chance.randrange(len(_MONTHS)), self._chance.randrange(1, 29)
        return f"{_MONTHS[month]} {day}, 2023", f"2023-{2 * month + 1:02}-{day:02}"

    def _name(self) -> str:
        return f"{self._chance.choice(_GIVEN)} {self._word()}"

    def _word(self) -> str:
        """An invented word of two syllables."""
        pick = self._chance.choice
        return "".join((pick(_ONSETS), pick(_VOWELS), pick(_ONSETS), pick(_VOWELS), pick(_CODAS))).capitalize()


def _words(slug: str) -> str:
    return slug.replace("-", " ")

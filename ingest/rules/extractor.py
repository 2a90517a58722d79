"""The extractor `rules`: one parse of the document, then one rule after another over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.document import Document
from ingest.extraction import Extraction
from ingest.facts import Fact
from ingest.language.article import Article
from ingest.language.casting import cast
from ingest.language.gazetteer import Gazetteer
from ingest.rules.actor import declarations, organizations, persons
from ingest.rules.coreference import References
from ingest.rules.event import events
from ingest.rules.heading import metadata
from ingest.rules.pay import paid
from ingest.rules.reading import EXTRACTOR, Reading
from ingest.rules.role import Roles
from ingest.rules.role_reader import read_roles
from ingest.rules.stance import stances
from ingest.rules.statement import statements
from ingest.rules.survey import findings
from ingest.rules.technology import technologies
from ingest.rules.topics import TopicLabels
from ingest.rules.work import works

if TYPE_CHECKING:
    from spacy.language import Language

    from ontology.authority import Authority
    from ontology.topics import Topics

Rule = Callable[[Reading], Iterable[Fact]]

RULES: tuple[Rule, ...] = (
    statements,
    stances,
    persons,
    organizations,
    events,
    technologies,
    works,
    metadata,
    paid,
    findings,
)
"""All rules, in the order in which they read; statements come first, since pronouns mostly mean who spoke last."""


class RulesExtractor:
    """Reads the facts of any English news text, without a model of its own making."""

    name = EXTRACTOR

    def __init__(self, authority: Authority, topics: Topics, language: Language) -> None:
        self._gazetteer = Gazetteer(authority)
        self._authority = authority
        self._topics = TopicLabels(topics)
        self._language = language

    def extract(self, document: Document) -> Extraction:
        """All facts that the rules find in a document, rule by rule; what does not hold is among the problems."""
        # What the model adds to its vocabulary while it reads is given back: memory stays flat over many documents.
        with self._language.memory_zone():
            reading = self.read(document)
            facts = tuple(_facts(reading))
            names = declarations(reading)
        return Extraction(facts, names, problems=tuple(reading.problems))

    def read(self, document: Document) -> Reading:
        """The parsed article with its cast; to be used inside the language's memory zone."""
        article = Article(document, self._language)
        people = cast(article, self._gazetteer)
        references = References(article, people, Roles())
        read_roles(article, people, references)
        return Reading(article, people, references, self._topics)


def _facts(reading: Reading) -> Iterator[Fact]:
    for rule in RULES:
        try:
            for fact in rule(reading):
                if not any(fact is each for each in reading.rejected):
                    yield fact
        except ValidationError as error:
            # A name or a segment that no fact can have ends this rule, and not the document.
            reading.tell(rule.__name__, error)

"""What an extractor gives back for one document, and what every extractor is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from ingest.annotation import Review
from ingest.declarations import Declarations
from ingest.document import Document
from ingest.facts import Fact
from ingest.problem import Problem


@dataclass(frozen=True, slots=True)
class Extraction:
    """Facts with the names that they need, who has looked at them, and what could not be read.

    `unfinished` says that a part failed for a reason that may pass: the document is to be read again next time.
    """

    facts: tuple[Fact, ...] = ()
    declarations: Declarations = field(default_factory=Declarations)
    review: Review | None = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    unfinished: bool = False


class Extractor(Protocol):
    """Reads the facts of a document."""

    @property
    def name(self) -> str:
        """What users call it (`--extractor NAME`) and what its facts say."""

    def extract(self, document: Document) -> Extraction:
        """The document's facts, in an order that depends on the document alone."""

"""From a candidate to a fact: every word in it stands in the document, every amount is read from there, or it is none.

What a model may decide is which kind of thing something is, out of the kinds there are. What makes a fact what it is
(who, in which role, for whom, how much) ends the fact when its words are not in the document; other details are left
out and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import ValidationError

from ingest.anchor import Span
from ingest.document import Document
from ingest.fact_keys import MODELS
from ingest.facts import FACT, Fact
from ingest.llm.answer import Candidate, kind_of
from ingest.llm.completion import Draft, complete
from ingest.llm.details import Details
from ingest.llm.evidence import Evidence, Rejected, shown
from ingest.llm.words import Words
from ontology.authority import Authority
from ontology.topics import Topics

EXTRACTOR: Final = "llm"
"""What users call it, and what its facts say of their extractor."""

CONFIDENCE: Final = Decimal("0.7")
"""How sure a fact is that a model found and the document holds.

The best of thirteen models find 80 to 84 % of the sourced statements of news articles, and name 80 to 90 % of the
sources rightly (Markkula Center for Applied Ethics, Santa Clara University, March 2026): 0.84 times 0.85. What a model
says of its own sureness is not asked for.
"""

KINDS: Final = tuple(kind for kind in MODELS if kind != "document_metadata")
"""The kinds of fact that are asked for."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A fact that stands in the document, and how many of its details did not."""

    fact: Fact
    left_out: int


class Grounding:
    """Grounds the candidates of one document."""

    def __init__(self, document: Document, authority: Authority, topics: Topics, rule: str) -> None:
        self._document = document
        self._rule = rule
        self._words = Words(document.text)
        self._details = Details(self._words, authority, topics)

    def fact(self, candidate: Candidate, piece: Sequence[Span]) -> Grounded:
        """The fact of a candidate.

        Args:
            candidate: what the model gave.
            piece: the parts of the document that the model was shown.

        Raises:
            Rejected: it does not stand there.
        """
        kind = kind_of(candidate)
        if kind is None or kind not in KINDS:
            raise Rejected(f"there is no kind {shown(str(candidate.get('kind')))}")
        evidence = Evidence(candidate, self._words, piece)
        fields, left_out = self._details.fields(kind, candidate)
        complete(kind, Draft(candidate, evidence, fields, self._document, self._details))
        fields |= {"evidence": evidence.segments(), "kind": kind, "source": self._document.source}
        fields |= {"extractor": EXTRACTOR, "rule": self._rule, "confidence": CONFIDENCE}
        try:
            return Grounded(FACT.validate_python(fields), left_out)
        except ValidationError as error:
            raise Rejected(_told(error)) from error


def _told(error: ValidationError) -> str:
    """The first thing that the fact model finds wrong, in a user's words."""
    detail = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in detail["loc"][1:])
    message = detail["msg"].removeprefix("Value error, ").replace("Field required", "is missing")
    return f"{where}: {message}" if where else message

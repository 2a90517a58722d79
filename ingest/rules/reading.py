"""What every rule is given: the article, who is in it, whom a noun phrase means, and how a fact gets its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from ingest.facts import FactBase, Part, Segment
from ingest.language.article import Article, Sentence, Span
from ingest.language.entity import Cast
from ingest.problem import Problem
from ingest.rules.coreference import References
from ingest.rules.topics import TopicLabels

EXTRACTOR = "rules"
"""What facts from the rules say of their extractor."""

FactModel = TypeVar("FactModel", bound=FactBase)


@dataclass(frozen=True)
class Reading:
    """One article while its facts are read."""

    article: Article
    cast: Cast
    references: References
    topics: TopicLabels
    problems: list[Problem] = field(default_factory=list)
    rejected: list[FactBase] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.article.text

    def segment(self, span: Span, part: Part) -> Segment:
        """A run of the document's characters as evidence."""
        start, end = span
        return Segment(start=start, end=end, exact=self.text[start:end], part=part)

    def evidence(self, sentences: Iterable[Sentence], **parts: Span | Sequence[Span] | None) -> tuple[Segment, ...]:
        """The segments of a fact: its whole sentences, then parts by the name of `Part`, such as `value=(10, 17)`."""
        unique = {(sentence.start, sentence.end) for sentence in sentences}
        segments = [self.segment(span, Part.SENTENCE) for span in sorted(unique)]
        for name, spans in parts.items():
            part = Part(name)
            segments += [self.segment(span, part) for span in _listed(spans) if span[1] > span[0]]
        return tuple(segments)

    def fact(
        self, model: type[FactModel], rule: str, confidence: str, evidence: tuple[Segment, ...], **fields: Any
    ) -> FactModel:
        """A fact of the document, read by one rule.

        One whose fields do not hold is told among `problems` and is in `rejected`, so that its rule goes on.
        """
        whole: dict[str, Any] = {
            "source": self.article.document.source,
            "evidence": evidence,
            "extractor": EXTRACTOR,
            "rule": rule,
            "confidence": Decimal(confidence),
        } | fields
        try:
            return model(**whole)
        except ValidationError as error:
            self.tell(rule, error)
            invalid = model.model_construct(None, **whole)
            self.rejected.append(invalid)
            return invalid

    def tell(self, rule: str, error: ValidationError) -> None:
        """Note what is wrong with a fact that a rule read."""
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        message = f"{rule}: {where}: {first['msg']}" if where else f"{rule}: {first['msg']}"
        self.problems.append(Problem(str(self.article.document.path), message))


def _listed(spans: Span | Sequence[Span] | None) -> list[Span]:
    """One span, several, or none, as a list."""
    if not spans:
        return []
    first, *rest = spans
    if isinstance(first, int):
        return [(first, last) for last in rest if isinstance(last, int)]
    return [first, *(span for span in rest if not isinstance(span, int))]

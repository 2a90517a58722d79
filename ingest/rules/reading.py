"""What every rule is given: the article, who is in it, who is meant by a noun phrase, and how a fact gets its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from ingest.facts import FactBase, Part, Segment
from ingest.language.article import Article, Sentence, Span
from ingest.language.entity import Cast
from ingest.rules.reference import References
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
            if spans is None:
                continue
            listed = [spans] if spans and isinstance(spans[0], int) else spans
            segments += [self.segment(span, Part(name)) for span in listed if span[1] > span[0]]  # type: ignore[index]
        return tuple(segments)

    def fact(
        self, model: type[FactModel], rule: str, confidence: str, evidence: tuple[Segment, ...], **fields: Any
    ) -> FactModel:
        """A fact of the document, read by one rule.

        Raises:
            pydantic.ValidationError: the fields are not those of such a fact.
        """
        return model(
            source=self.article.document.source,
            evidence=evidence,
            extractor=EXTRACTOR,
            rule=rule,
            confidence=Decimal(confidence),
            **fields,
        )

"""A quotation as other programs give it, as a statement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bench.reading.spans import Span, bare
from ingest.document import Document
from ingest.facts import Mode, Name, NameKind, Part, Segment, Statement


@dataclass(frozen=True, slots=True)
class Spoken:
    """Runs of characters of a document: the quotation with its marks, who says it, and the verb."""

    content: Span
    source: Span
    cue: Span | None = None


def statement(document: Document, spoken: Spoken, extractor: str) -> Statement:
    """The direct statement; its speaker is called as the words of the source are, and no name is resolved."""
    text = document.text
    quotation = bare(text, *spoken.content)
    parts = [(Part.CONTENT, quotation), (Part.QUOTATION, quotation), (Part.SOURCE, spoken.source)]
    if spoken.cue is not None:
        parts.append((Part.CUE, spoken.cue))
    around = [spoken.content, *(span for _, span in parts)]
    whole = min(start for start, _ in around), max(end for _, end in around)
    segments = [_segment(text, span, part) for part, span in [(Part.SENTENCE, whole), *parts]]
    return Statement(
        source=document.source,
        evidence=tuple(segments),
        extractor=extractor,
        confidence=Decimal(1),
        speaker=Name(name=text[slice(*spoken.source)], kind=NameKind.PERSON),
        mode=Mode.DIRECT,
        content=text[slice(*quotation)],
        quote=(text[slice(*quotation)],),
    )


def _segment(text: str, span: Span, part: Part) -> Segment:
    return Segment(start=span[0], end=span[1], exact=text[slice(*span)], part=part)

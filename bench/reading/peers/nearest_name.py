"""The lower bound: every quotation is said by the person whose name stands nearest.

A quotation is what stands between curly marks, or between straight ones in one paragraph, when it has at least three
words. Names of persons are those that spaCy's model recognises outside quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bench.reading.peers.spoken import Spoken, statement
from bench.reading.spans import Span
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.language import model

if TYPE_CHECKING:
    from spacy.language import Language

_QUOTATION = re.compile(r"“[^“”]+”|\"[^\"\n]+\"")
_FEWEST_WORDS = 3


class NearestName:
    """A system without any grammar."""

    name = "nearest-name"

    def __init__(self, path: str | None = None) -> None:
        self._language: Language = model.load(path)

    def extract(self, document: Document) -> Extraction:
        """One statement for each quotation, as long as anybody is named at all."""
        quotations = list(found_quotations(document.text))
        persons = [
            (entity.start_char, entity.end_char)
            for entity in self._language(document.text).ents
            if entity.label_ == "PERSON"
        ]
        outside = [span for span in persons if not any(q[0] < span[1] and span[0] < q[1] for q in quotations)]
        return Extraction(tuple(statement(document, each, self.name) for each in attributed(quotations, outside)))


def found_quotations(text: str) -> Iterator[Span]:
    """The quotations with their marks."""
    for match in _QUOTATION.finditer(text):
        if len(match[0].split()) >= _FEWEST_WORDS:
            yield match.span()


def attributed(quotations: Iterable[Span], names: Sequence[Span]) -> Iterator[Spoken]:
    """Each quotation with the name that has the fewest characters between, the earlier of two."""
    for quotation in quotations:
        if names:
            yield Spoken(quotation, min(names, key=lambda name: _between(name, quotation)))


def _between(name: Span, quotation: Span) -> int:
    return max(name[0] - quotation[1], quotation[0] - name[1])

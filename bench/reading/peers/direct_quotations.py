"""textacy's direct quotations (https://textacy.readthedocs.io/en/latest/api_reference/extract.html), on our model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.reading.peers.spoken import Spoken, statement
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.language import model

if TYPE_CHECKING:
    from spacy.language import Language


class TextacyQuotations:
    """spaCy's whole pipeline, then `direct_quotations`. It raises ValueError when quotation marks are odd in number."""

    name = "textacy"

    def __init__(self, path: str | None = None) -> None:
        self._language: Language = model.load(path)

    def extract(self, document: Document) -> Extraction:
        """The quotations of the document.

        Raises:
            ValueError: as textacy does.
        """
        from textacy.extract.triples import direct_quotations

        triples = direct_quotations(self._language(document.text))
        return Extraction(tuple(statement(document, spoken(triple), self.name) for triple in triples))


def spoken(triple: Any) -> Spoken:
    """A triple of textacy, whose speaker and cue are lists of tokens and whose content is a span."""
    return Spoken(
        (triple.content.start_char, triple.content.end_char),
        (triple.speaker[0].idx, triple.speaker[-1].idx + len(triple.speaker[-1])),
        (triple.cue[0].idx, triple.cue[-1].idx + len(triple.cue[-1])),
    )

"""textacy's direct quotations (https://textacy.readthedocs.io/en/latest/api_reference/extract.html), on our model.

Once as everybody has it, with the model as spaCy loads it, and once with its matrices multiplied as ours are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.reading.peers.spoken import Spoken, statement
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.language import model
from ingest.language.arithmetic import on_one_thread

if TYPE_CHECKING:
    from spacy.language import Language


class TextacyQuotations:
    """spaCy's whole pipeline, then `direct_quotations`. It raises ValueError when quotation marks are odd in number."""

    name = "textacy"

    def __init__(self, path: str | None = None) -> None:
        self._language: Language = self._loaded(path)

    def _loaded(self, path: str | None) -> Language:
        return model.as_spacy_loads(path)

    def extract(self, document: Document) -> Extraction:
        """The quotations of the document.

        Raises:
            ValueError: as textacy does.
        """
        from textacy.extract.triples import direct_quotations

        triples = direct_quotations(self._language(document.text))
        return Extraction(tuple(statement(document, spoken(triple), self.name) for triple in triples))


class QuickTextacyQuotations(TextacyQuotations):
    """The same, on the model that the rules read with, on one thread as theirs: what textacy alone would cost."""

    name = "textacy-numpy"

    def _loaded(self, path: str | None) -> Language:
        return model.load(path)

    def extract(self, document: Document) -> Extraction:
        """As `TextacyQuotations.extract`."""
        with on_one_thread():
            return super().extract(document)


def spoken(triple: Any) -> Spoken:
    """A triple of textacy, whose speaker and cue are lists of tokens and whose content is a span."""
    return Spoken(
        (triple.content.start_char, triple.content.end_char),
        (triple.speaker[0].idx, triple.speaker[-1].idx + len(triple.speaker[-1])),
        (triple.cue[0].idx, triple.cue[-1].idx + len(triple.cue[-1])),
    )

"""Where words that a model gives stand in a document, as whole words, in the document's own characters."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.anchor import Anchors, Span, fold_case


class Words:
    """Finds words in one text; typographic variants and white space are taken for one another."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._anchors = Anchors(text)
        self._caseless = Anchors(fold_case(text))
        self._found: dict[str, str | None] = {}

    def places(self, words: str, within: Sequence[Span] | None = None) -> list[Span]:
        """All places of the words as whole words: those in the same case, or else those in any case."""
        if not words.strip():
            return []
        same = self._whole(self._anchors.occurrences(words, within))
        return same or self._whole(self._caseless.occurrences(fold_case(words), within))

    def stand(self, words: str) -> str | None:
        """The document's own characters for the words, on one line, where they first stand; None when nowhere."""
        if words not in self._found:
            places = self.places(words)
            self._found[words] = " ".join(self.text[slice(*places[0])].split()) if places else None
        return self._found[words]

    def _whole(self, spans: Sequence[Span]) -> list[Span]:
        return [span for span in spans if not self._cuts(span[0]) and not self._cuts(span[1])]

    def _cuts(self, place: int) -> bool:
        """Whether a word goes on across this place."""
        return 0 < place < len(self.text) and self.text[place - 1].isalnum() and self.text[place].isalnum()

"""When something was said: the date in the sentence of the attribution, outside of what is said."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.facts import Date
from ingest.language.article import Sentence, Span
from ingest.rules.date import dates
from ingest.rules.reading import Reading
from ingest.rules.utterance import Utterance


class SaidDates:
    """The dates of one article's sentences, each sentence searched once, since several statements may stand in it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[int, list[tuple[int, Date]]] = {}

    def said_on(self, utterance: Utterance, content: Sequence[Span]) -> Date | None:
        """The first date outside the content and all quotations, in the sentence of the cue if there is one."""
        for sentence in utterance.sentences:
            if utterance.cue is not None and not sentence.start <= utterance.cue[0] < sentence.end:
                continue
            for place, date in self._dates(sentence):
                if not any(start <= place < end for start, end in content):
                    return date
        return None

    def _dates(self, sentence: Sentence) -> list[tuple[int, Date]]:
        if sentence.start not in self._found:
            self._found[sentence.start] = [
                (span[0], date)
                for span, date in dates(self._reading, sentence.start, sentence.end)
                if self._reading.article.in_quotation(span[0]) is None
            ]
        return self._found[sentence.start]

"""The utterances of an article: one pass over its sentences, since who speaks depends on who has spoken."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.language.article import Sentence
from ingest.language.block import BlockKind
from ingest.rules.attribution import Attribution
from ingest.rules.detection import attributions
from ingest.rules.elaboration import elaborations
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference
from ingest.rules.reporter import seen_by, without_reporters
from ingest.rules.standing import StandingQuotations
from ingest.rules.transcript import turns
from ingest.rules.utterance import Utterance

_IN_HEADINGS = frozenset({"clause", "floating", "quotation"})
_WRITER_OR_READER = frozenset({"i", "we", "you", "me", "us"})


def utterances(reading: Reading) -> list[Utterance]:
    """All utterances of an article, in the order of its text. Their speakers are noted among its references."""
    return _Discourse(reading).utterances()


class _Discourse:
    """What has been said so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.article = reading.article
        self.standing = StandingQuotations(reading)
        self.attributed: set[int] = set()
        self.quoted: Utterance | None = None
        self.turn: Utterance | None = None

    def utterances(self) -> list[Utterance]:
        found: list[Utterance] = []
        begun = {id(each.sentences[0].block): each for each in turns(self.reading)}
        for index, sentence in enumerate(self.article.sentences):
            turn = begun.pop(id(sentence.block), None)
            if turn is not None:
                self._note(turn)
                found.append(turn)
                self.turn = turn
            own = self._in_sentence(sentence)
            if sentence.block.kind is BlockKind.HEADING:
                own = [each for each in own if each.rule in _IN_HEADINGS]
                found += own
                self._remember(own, turn)
                continue
            found += own
            self._remember(own, turn)
            for each in self._standing(index, bool(own)):
                found.append(each)
                self.quoted = each
        attributes = {sentence.start for each in found for sentence in each.sentences}
        return [*found, *(more for each in found for more in elaborations(self.article, each, attributes))]

    def _in_sentence(self, sentence: Sentence) -> list[Utterance]:
        """What the sentence itself attributes; "I", "we" and "you" outside of quotations are nobody on record."""
        made = [self._made(each) for each in attributions(self.article, sentence)]
        kept = without_reporters([each for each in made if not _is_writer_or_reader(each.reference)])
        outlets = list(seen_by(self.reading, sentence)) if kept else []
        for each in kept:
            each.reported_by += [outlet for outlet in outlets if outlet.name != each.reference.name]
            if self.turn is not None and each.is_inside(self.turn) and each.reference.name != self.turn.reference.name:
                each.reported_by.append(self.turn.reference)
            self._note(each)
        return kept

    def _made(self, attribution: Attribution) -> Utterance:
        sentence = attribution.sentence
        last = max(end for _, end in attribution.content)
        touched = self.article.sentences_in(min(sentence.start, attribution.start), last)
        own = [each for each in touched if each.end > attribution.start or each is sentence]
        return Utterance(
            attribution.rule,
            own or [sentence],
            self.reading.references.of(sentence.passage, attribution.speaker),
            attribution.cue,
            list(attribution.content),
            [piece for quotation in attribution.quotations for piece in quotation.pieces],
            list(attribution.quotations),
            attribution.predicate,
            attribution.speaker,
        )

    def _standing(self, index: int, attributed: bool) -> Iterator[Utterance]:
        """New utterances by quotations that nothing in their sentence attributes."""
        sentence = self.article.sentences[index]
        for quotation in self.article.quoted(sentence.start, sentence.end):
            begins = sentence.start <= quotation.start < sentence.end and quotation.start not in self.attributed
            if not begins or not self.standing.is_utterance(quotation, sentence, attributed):
                continue
            self.attributed.add(quotation.start)
            made = self.standing.attributed(index, quotation, self.quoted)
            if made is not None:
                self._note(made)
                if made is not self.quoted:
                    yield made

    def _note(self, utterance: Utterance) -> None:
        self.reading.references.note_speaker(utterance.end, utterance.reference)
        self.attributed |= {quotation.start for quotation in utterance.quotations}

    def _remember(self, own: list[Utterance], turn: Utterance | None) -> None:
        """The last utterance that is quoted may go on."""
        quoted = [each for each in (turn, *own) if each is not None and each.pieces]
        if quoted:
            self.quoted = quoted[-1]


def _is_writer_or_reader(reference: Reference) -> bool:
    return reference.name.name.casefold() in _WRITER_OR_READER

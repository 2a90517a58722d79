"""The extractor `llm`: facts that a language model finds, each of them grounded in the document or left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.anchor import Span
from ingest.declarations import Declarations, Names
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.facts import Fact
from ingest.llm.asking import Asking, Outcome
from ingest.llm.evidence import Rejected
from ingest.llm.grounding import EXTRACTOR, Grounding
from ingest.llm.introduction import contradiction, declarations, with_full_names
from ingest.llm.overlap import PieceFact, distinct
from ingest.llm.pieces import Piece, pieces
from ingest.llm.prompt import OPENING, Prompt
from ingest.llm.settings import SMALLEST_SHARE, ModelSettings
from ingest.llm.usage import Usage, counted
from ingest.problem import Problem
from ontology.authority import Authority
from ontology.topics import Topics

MOST_FACTS = 500
"""Candidates of one piece that are looked at; a piece of news has a few dozen."""

SHORTEST = 200
"""Characters of the shortest part into which a piece is divided."""


class ModelExtractor:
    """Asks one language model about the pieces of a document, one after the other."""

    name = EXTRACTOR

    def __init__(self, settings: ModelSettings, authority: Authority, topics: Topics) -> None:
        self._settings = settings
        self._authority = authority
        self._topics = topics
        self._prompt = Prompt.load(topics)
        self._asking = Asking(settings)
        self.usage = Usage()

    def extract(self, document: Document) -> Extraction:
        """The facts that the model finds and the document holds; a piece that fails is a problem, others stay."""
        reading = _Reading(document, Grounding(document, self._authority, self._topics, self._rule))
        waiting = deque(pieces(document.text, self._settings.piece, self._settings.overlap))
        try:
            while waiting:
                waiting.extendleft(reversed(self._read(reading, waiting.popleft())))
        finally:
            self._asking.close()
        self.usage += reading.usage
        facts, declared = self._named(reading)
        return Extraction(
            facts,
            declared,
            problems=tuple(reading.problems),
            notices=tuple(self._notices(document, reading, len(facts))),
            unfinished=reading.unfinished,
        )

    @property
    def _rule(self) -> str:
        return f"{self._prompt.id} {self._settings.model}"

    def _read(self, reading: _Reading, piece: Piece) -> Sequence[Piece]:
        """Read one piece; gives its parts, to be read as well, when the model could not answer for all of it."""
        spans = _content(reading.document, piece)
        if not spans:
            return ()
        text = _shown(reading.document, spans)
        opening = _shown(reading.document, _content(reading.document, Piece(0, OPENING))) if piece.start > 0 else ""
        parts = _parts(reading.document.text, piece, self._settings.overlap)
        outcome = self._asking.ask(self._prompt.messages(text, opening), divisible=bool(parts))
        reading.read(piece, spans, replace(outcome, failure=None) if outcome.cut and parts else outcome)
        return parts if outcome.cut else ()

    def _named(self, reading: _Reading) -> tuple[tuple[Fact, ...], Declarations]:
        """The facts, each once and with full names, and the names that they introduce."""
        facts = with_full_names(distinct(reading.found))
        declared = declarations(facts, self._authority)
        names = Names(self._authority, declared)
        wrong = [contradiction(fact, names) for fact in facts]
        for fact, reason in zip(facts, wrong, strict=True):
            if reason is not None:
                reading.reject(fact.kind, reason)
        kept = tuple(fact for fact, reason in zip(facts, wrong, strict=True) if reason is None)
        return kept, declarations(kept, self._authority)

    def _notices(self, document: Document, reading: _Reading, facts: int) -> Iterable[str]:
        place = f"{document.path}: {EXTRACTOR}"
        found = f"{counted(facts, 'fact')} from {counted(reading.pieces, 'piece')}"
        found += f", {reading.rejected} rejected" if reading.rejected else ""
        found += f", {counted(reading.left_out, 'detail')} left out" if reading.left_out else ""
        yield f"{place}: {found}; {reading.usage.line(self._settings)}"
        if self.usage != reading.usage:
            yield f"{place}: in all so far: {self.usage.line(self._settings)}"
        if self._asking.unkept is not None:
            yield f"{place}: {self._asking.unkept}"


class _Reading:
    """What came of one document so far."""

    def __init__(self, document: Document, grounding: Grounding) -> None:
        self.document = document
        self._grounding = grounding
        self.pieces = 0
        self.usage = Usage()
        self.found: list[PieceFact] = []
        self.problems: list[Problem] = []
        self.rejected = 0
        self.left_out = 0
        self.unfinished = False

    def read(self, piece: Piece, spans: Sequence[Span], outcome: Outcome) -> None:
        """Ground what was found in one piece."""
        self.pieces += 1
        self.usage += outcome.usage
        if outcome.failure is not None:
            self.unfinished = True
            self._problem(f"the piece at {piece.start}-{piece.end} is not read in full: {outcome.failure}")
        candidates = outcome.answer.candidates
        for candidate in candidates[:MOST_FACTS]:
            try:
                grounded = self._grounding.fact(candidate, spans)
            except Rejected as rejected:
                self.reject(candidate.get("kind"), str(rejected))
                continue
            self.left_out += grounded.left_out
            self.found.append(PieceFact(grounded.fact, self.pieces))
        if len(candidates) > MOST_FACTS:
            self.rejected += len(candidates) - MOST_FACTS
            self._problem(f"the piece at {piece.start}-{piece.end}: only {MOST_FACTS} facts of an answer are looked at")

    def reject(self, kind: object, reason: str) -> None:
        """Count a fact that is none, and tell why."""
        self.rejected += 1
        self._problem(f"{_word(kind)} rejected: {reason}")

    def _problem(self, message: str) -> None:
        self.problems.append(Problem(str(self.document.path), f"{EXTRACTOR}: {message}"))


def _parts(text: str, piece: Piece, overlap: int) -> tuple[Piece, ...]:
    """A piece in parts of half its length; none when it is too short for that."""
    half = (piece.end - piece.start + 1) // 2
    if half < SHORTEST:
        return ()
    inside = pieces(text[piece.start : piece.end], half, min(overlap, half // SMALLEST_SHARE))
    return tuple(Piece(piece.start + part.start, piece.start + part.end) for part in inside)


def _content(document: Document, piece: Piece) -> tuple[Span, ...]:
    """The parts of a piece that are no boilerplate; none when they are only white space."""
    spans: list[Span] = []
    start = piece.start
    for begin, end in document.boilerplate:
        if end <= start or begin >= piece.end:
            continue
        spans.append((start, begin))
        start = end
    spans.append((start, piece.end))
    spans = [(begin, end) for begin, end in spans if begin < end]
    return tuple(spans) if any(document.text[begin:end].strip() for begin, end in spans) else ()


def _shown(document: Document, spans: Sequence[Span]) -> str:
    return "".join(document.text[start:end] for start, end in spans)


def _word(value: object) -> str:
    word = value if isinstance(value, str) else "fact"
    return word if word.isascii() and word.replace("_", "").isalpha() and len(word) < 20 else "fact"

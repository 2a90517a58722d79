"""The segments of a candidate: each of the words it quotes, found inside the piece that was read.

A part that is not there is the end of its fact. Of several places of the same words, the one that makes sense is taken:
a source outside what it says, a cue next to its source, pieces of a quotation one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.anchor import GAP, Span, inside
from ingest.facts import Mode, Part, Segment
from ingest.llm.answer import Candidate
from ingest.llm.loose_json import Value
from ingest.llm.words import Words
from ingest.segments import QUOTATION_MARKS

LONGEST_SENTENCE: Final = 2000
"""Characters of the longest sentence that is taken for one."""

_LONGEST_PARAGRAPH: Final = 20_000
"""Characters before a quotation in which its opening mark is looked for."""

_OPENING: Final = "“„«"
_MARKS: Final = re.compile(r"[“„«”»\"]")
_CLOSED: Final = re.compile(r"[,.;:!?…]*[”»\"]")
_LABEL: Final = re.compile(r"(?:[A-Z0-9][\w.’'&-]*,? ?){1,8}:\s")
"""What a line of a transcript begins with: who speaks."""

_SINGLE: Final = "‘'"
_SINGLE_CLOSED: Final = re.compile(r"[,.;:!?…]*[’']")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_PERCENT: Final = re.compile(r"\s?(?:%|per ?cent\b)")
_AROUND: Final = QUOTATION_MARKS + " \t\r\n\u00a0"
_AFTER: Final = _AROUND + ","


class Rejected(Exception):
    """Why a candidate is no fact, for people."""


class Evidence:
    """The spans of one candidate, by part.

    Raises:
        Rejected: words that the candidate quotes are not where they should be.
    """

    def __init__(self, candidate: Candidate, words: Words, piece: Sequence[Span]) -> None:
        self._words = words
        self._candidate = candidate
        self._spans: dict[Part, list[Span]] = {part: [] for part in Part}
        self._spans[Part.SENTENCE] = [self._sentence(text, piece) for text in texts(candidate.get("sentence"))]
        if not self._spans[Part.SENTENCE]:
            raise Rejected("has no sentence")
        self._sentences = sorted(self._spans[Part.SENTENCE])
        self._quotation()
        self._content()
        self._value()
        said = self._spans[Part.CONTENT] or self._spans[Part.VALUE]
        self._spans[Part.SOURCE] = [self._apart(text, "source", said, None) for text in texts(candidate.get("source"))]
        beside = self._spans[Part.SOURCE][:1]
        self._spans[Part.CUE] = [self._apart(text, "cue", said, beside) for text in texts(candidate.get("cue"))]

    def exact(self, part: Part) -> tuple[str, ...]:
        """The document's characters of a part."""
        return tuple(self._words.text[start:end] for start, end in self._spans[part])

    def joined(self, part: Part) -> str:
        """The document's characters of a part, with a space between its segments."""
        return " ".join(self.exact(part))

    def spans(self, part: Part) -> tuple[Span, ...]:
        """The places of a part."""
        return tuple(self._spans[part])

    @property
    def mode(self) -> Mode:
        """How the words of a statement are given, as its quotation and its content show.

        Where all that is said is quoted, the model may say that it is a fragment in somebody else's clause.
        """
        if not self._spans[Part.QUOTATION]:
            return Mode.INDIRECT
        same = self._bare(Part.QUOTATION) == self._bare(Part.CONTENT)
        return Mode.DIRECT if same and self._candidate.get("mode") != Mode.MIXED.value else Mode.MIXED

    def segments(self) -> tuple[Segment, ...]:
        """All segments, sentences first, each once."""
        order = (Part.SENTENCE, Part.SOURCE, Part.CUE, Part.CONTENT, Part.QUOTATION, Part.VALUE)
        found = [
            Segment(start=start, end=end, exact=self._words.text[start:end], part=part)
            for part in order
            for start, end in self._spans[part]
        ]
        return tuple(dict.fromkeys(found))

    def _sentence(self, text: str, piece: Sequence[Span]) -> Span:
        places = self._words.places(text, piece) or self._words.places(text.strip(_AROUND), piece)
        if not places:
            raise Rejected(f"{shown(text)} is not in the part of the document that was read")
        start, end = places[0]
        over = GAP.search(text) and _BLANK_LINE.search(self._words.text, start, end)
        if over or end - start > LONGEST_SENTENCE:
            raise Rejected(f"{shown(text)} is no sentence but more")
        return start, end

    def _quotation(self) -> None:
        """The quoted pieces, in their order, without their marks; words that the document does not quote are none."""
        reached = 0
        for text in texts(self._candidate.get("quote")):
            places = self._inside(text.strip(_AFTER), "quote")
            span = next((place for place in places if place[0] >= reached), places[0])
            reached = span[1]
            if self._is_quoted(span):
                self._add(Part.QUOTATION, span)

    def _content(self) -> None:
        given = texts(self._candidate.get("content"))
        quotation = self._spans[Part.QUOTATION]
        for text in given:
            places = self._words.places(text, self._sentences) or self._words.places(
                text.strip(_AFTER), self._sentences
            )
            if not places and quotation:
                # A quotation that its attribution splits stands nowhere in one run; its pieces do.
                self._spans[Part.CONTENT] = []
                break
            if not places:
                raise Rejected(f"content: {shown(text)} is not in its sentence")
            self._add(Part.CONTENT, places[0])
        if not self._spans[Part.CONTENT]:
            unquoted = [] if quotation or given else texts(self._candidate.get("quote"))
            self._spans[Part.CONTENT] = list(quotation)
            for text in unquoted:
                self._add(Part.CONTENT, self._inside(text.strip(_AFTER), "quote")[0])
        if quotation and self._bare(Part.QUOTATION) == self._bare(Part.CONTENT):
            self._spans[Part.CONTENT] = list(quotation)

    def _value(self) -> None:
        for text in texts(self._candidate.get("value")) or texts(self._candidate.get("wording")):
            start, end = self._inside(text, "value")[0]
            percent = _PERCENT.match(self._words.text, end)
            self._add(
                Part.VALUE,
                (start, percent.end() if percent and inside((start, percent.end()), self._sentences) else end),
            )

    def _add(self, part: Part, span: Span) -> None:
        if span not in self._spans[part]:
            self._spans[part].append(span)

    def _inside(self, text: str, key: str) -> list[Span]:
        places = self._words.places(text, self._sentences)
        if not places:
            raise Rejected(f"{key}: {shown(text)} is not in its sentence")
        return places

    def _apart(self, text: str, key: str, said: Sequence[Span], beside: Sequence[Span] | None) -> Span:
        """The place of a source or cue: outside of what is said if there is one, and nearest to its source."""
        places = self._inside(text, key)
        outside = [place for place in places if not inside(place, said)] or places
        if not beside:
            return outside[0]
        start, end = beside[0]
        return min(outside, key=lambda place: max(place[0] - end, start - place[1], 0))

    def _is_quoted(self, span: Span) -> bool:
        """Whether a place is within quotation marks, in a block after a colon, or in what a transcript's line says."""
        text, (start, end) = self._words.text, span
        begin = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_PARAGRAPH)
        opened = False
        for mark in _MARKS.findall(text, begin, start):
            opened = mark in _OPENING or (mark == '"' and not opened)
        if opened or _CLOSED.match(text, end):
            return True
        single = start > 0 and text[start - 1] in _SINGLE and _SINGLE_CLOSED.match(text, end) is not None
        block = not text[begin:start].strip() and text[max(0, begin - 80) : begin].rstrip().endswith(":")
        return single or block or _LABEL.match(text, begin, start) is not None

    def _bare(self, part: Part) -> str:
        return " ".join(" ".join(text.strip(_AROUND + ".,;:!?").split()) for text in self.exact(part))


def texts(value: Value) -> list[str]:
    """The texts of a value that is one, or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def shown(text: str) -> str:
    """The words on one line, shortened, for a message."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"‹{line}›" if len(line) <= 80 else f"‹{line[:60]} … {line[-15:]}›"

"""A document as the rules see it: its blocks parsed one by one, its quotations found, its sentences with offsets.

Quoted words are masked before the parse by a filler of the same length, so that a verb inside a quotation is never
taken for the one that attributes it; names are looked for in the words themselves. Offsets are those of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.language.arithmetic import on_one_thread
from ingest.language.block import Block, BlockKind, blocks
from ingest.language.headline import in_sentence_case, is_title_case, names_in
from ingest.language.quotation import Quotation, quotations

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

Span = tuple[int, int]

MASKED_FROM = 4
"""Words from which on a quotation is masked; shorter ones are part of the sentence around them."""

LONGEST_PARSED = 10_000
"""Characters of a block that are parsed as one; a longer block is cut after a sentence or at white space."""

BATCH = 20_000
"""Characters that go through the model together: its memory grows with them."""

LONGEST_WORD = 400
"""Characters without white space that the parser sees as they are; a longer run is no word, and costs it too much."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'"})
_WHITE = re.compile(r"\s")
_NO_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:,[^—–(\n]{0,40}?)?\s+\([^()\n]{2,40}\)\s*(?:—|–|--|-)\s+(?=\w)")
"""Where and by whom a report is written, which the parser would take for a part of its first sentence."""

_CLAUSE = "It is "
_FINAL = " \t\n\r\u00a0\u202f,.;:!?…—–-"


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence of the document, with the tokens of its masked parse."""

    start: int
    end: int
    tokens: Tokens = field(repr=False)
    passage: Passage = field(repr=False)

    @property
    def block(self) -> Block:
        """The block that it stands in."""
        return self.passage.block


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A block, or a part of a very long one: `parse` has its masked words, whose token at 0 stands at `start`."""

    start: int
    end: int
    block: Block
    parse: Doc = field(repr=False)
    entities: tuple[tuple[int, int, str], ...] = field(repr=False)

    def span(self, first: Token, last: Token) -> Span:
        """The characters of the document from one token to another, both included."""
        return self.start + first.idx, self.start + last.idx + len(last)

    def place(self, token: Token) -> Span:
        """The characters of one token."""
        return self.span(token, token)

    def token_at(self, offset: int) -> Token | None:
        """The token that holds a character of the document."""
        inside = offset - self.start
        found = self.parse.char_span(inside, inside + 1, alignment_mode="expand") if inside >= 0 else None
        return found[0] if found is not None and len(found) else None

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that lie in a span of the document."""
        found = self.parse.char_span(max(0, start - self.start), end - self.start, alignment_mode="contract")
        return list(found) if found is not None else []


class Article:
    """A parsed document. Usable only inside the model's memory zone in which it was made."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document = document
        self.text = document.text
        self.blocks = tuple(blocks(self.text, document.boilerplate))
        content = [block for block in self.blocks if block.kind is not BlockKind.BOILERPLATE]
        self.quotations = tuple(quotations(self.text, [(block.start, block.end) for block in content]))
        self._opening = [quotation.start for quotation in self.quotations]
        self.passages = tuple(self._passages(content, language))
        self.sentences = tuple(sentence for passage in self.passages for sentence in self._sentences(passage))
        self._starts = [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character, or the last one before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def sentences_in(self, start: int, end: int) -> list[Sentence]:
        """The sentences that a span touches, in order."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [sentence for sentence in self.sentences[first:last] if sentence.end > start]

    def quoted(self, start: int, end: int) -> list[Quotation]:
        """The quotations that a span touches."""
        # Quotations do not overlap: those that end after `start` and begin before `end` stand in a row.
        first = max(0, bisect_right(self._opening, start) - 1)
        last = bisect_left(self._opening, end)
        return [each for each in self.quotations[first:last] if start < each.end]

    def in_quotation(self, offset: int) -> Quotation | None:
        """The quotation inside whose marks a character stands."""
        index = bisect_right(self._opening, offset) - 1
        found = self.quotations[index] if index >= 0 else None
        return found if found is not None and offset < found.end else None

    def _passages(self, content: Sequence[Block], language: Language) -> Iterator[Passage]:
        pieces = [(start, end, block) for block in content for start, end in _cut(self.text, block)]
        plain = [_plain(self.text[start:end]) for start, end, _ in pieces]
        capitalized = names_in(self.text, content)
        masked = [
            in_sentence_case(words, capitalized) if block.kind is BlockKind.HEADING and is_title_case(words) else words
            for words, (_, _, block) in zip(plain, pieces, strict=True)
        ]
        masked = [self._masked(start, end, words) for (start, end, _), words in zip(pieces, masked, strict=True)]
        with on_one_thread(), language.select_pipes(disable=["ner"]):
            parses = list(_piped(language, masked))
        # Where nothing is masked, names are looked for in the words that are already parsed.
        named = [parse if mask == words else words for parse, mask, words in zip(parses, masked, plain, strict=True)]
        with on_one_thread(), language.select_pipes(enable=["ner"]):
            recognized = list(_piped(language, named))
        for piece, parse, names in zip(pieces, parses, recognized, strict=True):
            start, end, block = piece
            entities = tuple((start + each.start_char, start + each.end_char, each.label_) for each in names.ents)
            # Nothing asks for the vectors of a parse any more, which are most of it.
            parse.tensor = parse.tensor[:0]
            yield Passage(start, end, block, parse, entities)

    def _masked(self, start: int, end: int, words: str) -> str:
        """The words of a piece with long quotations replaced by fillers of the same length."""
        parts: list[str] = []
        reached = 0
        for quotation in self.quoted(start, end):
            split = len(quotation.pieces) > 1
            if not split and not self._is_long(quotation):
                continue
            for left, right in quotation.pieces:
                begin, stop = max(left, start) - start, min(right, end) - start
                inside = words[begin:stop] if begin < stop else ""
                length = len(inside.rstrip(_FINAL))
                if length > 0:
                    clause = split or (inside.lstrip()[:1].isupper() and length < len(inside))
                    parts += [words[reached:begin], _filler(length, clause)]
                    reached = begin + length
        return "".join([*parts, words[reached:]])

    def _is_long(self, quotation: Quotation) -> bool:
        start, end = quotation.pieces[0]
        words = self.text[start : min(end, start + LONGEST_PARSED)].split(maxsplit=MASKED_FROM)
        return len(words) >= MASKED_FROM

    def _sentences(self, passage: Passage) -> Iterator[Sentence]:
        for start, end in self._mended(passage):
            tokens = passage.parse[start:end]
            first, last = passage.span(tokens[0], tokens[-1])
            words = self.text[first:last]
            first, last = last - len(words.lstrip()), first + len(words.rstrip())
            if first < last:
                yield Sentence(first, last, tokens, passage)

    def _mended(self, passage: Passage) -> Iterator[Span]:
        """Sentences as token spans, where those that the splitter cut inside or right after a quotation are one."""
        pending: Span | None = None
        for sentence in passage.parse.sents:
            if pending is None:
                pending = (sentence.start, sentence.end)
            elif self._goes_on(passage, passage.parse[sentence.start]):
                pending = (pending[0], sentence.end)
            else:
                yield pending
                pending = (sentence.start, sentence.end)
        if pending is not None:
            yield pending

    def _goes_on(self, passage: Passage, token: Token) -> bool:
        """Whether no sentence begins at a token: it is quoted, or goes on in small letters after a quotation."""
        at, _ = passage.place(token)
        index = bisect_left(self._opening, at) - 1
        if index < 0:
            return False
        quotation = self.quotations[index]
        if at < quotation.end:
            return True
        between = self.text[max(quotation.end, passage.start) : at]
        return quotation.end > passage.start and token.text[:1].islower() and not between.strip()


def _piped(language: Language, texts: Sequence[str | Doc]) -> Iterator[Doc]:
    """Texts through the model, in batches of a bounded number of characters."""
    batch: list[str | Doc] = []
    size = 0
    for text in texts:
        length = len(text.text) if not isinstance(text, str) else len(text)
        if batch and size + length > BATCH:
            yield from language.pipe(batch)
            batch, size = [], 0
        batch.append(text)
        size += length
    yield from language.pipe(batch)


def _filler(length: int, clause: bool) -> str:
    """Words of a length that parse as a clause, where an utterance stood, or as one noun, where a phrase did."""
    if clause and length > len(_CLAUSE):
        return _CLAUSE + "x" * (length - len(_CLAUSE))
    return ("X" if clause else "x") + "x" * (length - 1)


def _plain(text: str) -> str:
    """The text with apostrophes and white space as the model learned them, one character for one."""
    words = _NO_WORD.sub(lambda run: "x" * len(run.group()), text)
    return _WHITE.sub(" ", words).translate(_STRAIGHT)


def _cut(text: str, block: Block) -> Iterator[Span]:
    """A block as pieces that are parsed; where it has no white space to be cut at, it is cut anywhere."""
    start = block.start
    dateline = _DATELINE.match(text, block.start, block.end) if block.kind is BlockKind.PARAGRAPH else None
    if dateline is not None:
        yield start, dateline.end()
        start = dateline.end()
    while block.end - start > LONGEST_PARSED:
        limit = start + LONGEST_PARSED
        least = start + LONGEST_PARSED // 2
        cuts = (text.rfind(". ", least, limit) + 1, text.rfind(" ", least, limit), limit)
        stop = next(cut for cut in cuts if cut > least)
        yield start, stop
        start = stop
    yield start, block.end

"""Titles of jobs that no list has: short quotations, and words with capital letters, where a title is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.article import Passage, Sentence, Span
from ingest.rules.title import QUOTES, Title, determined, title_phrase
from ingest.rules.unlisted import PROPER

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_QUOTED = 8
_FEWEST = 2
"""Capitalised words in a row that may be a title."""


def unknown_titles(text: str, sentence: Sentence, quoted: Iterable[Span]) -> list[Title]:
    """What may be a title though its noun is none of the known: short quotations, and capital letters after "a"."""
    tokens = list(sentence.tokens)
    found = [
        title for start, end in quoted if (title := _quoted(text, sentence.passage, tokens, start, end)) is not None
    ]
    for index in range(len(tokens) - 2):
        if tokens[index].text.casefold() not in {"a", "an"}:
            continue
        last = _capitals(tokens, index)
        several = last - index >= _FEWEST and tokens[last].tag_ in PROPER
        if several or (last == index + 1 and _is_of_capitals(tokens, last)):
            found.append(title_phrase(text, sentence.passage, tokens, last, last))
    return found


def unheaded_title(text: str, sentence: Sentence) -> Title | None:
    """The capital letters with which a line begins, as a title whatever its noun is."""
    tokens = list(sentence.tokens)
    first = next((i for i, token in enumerate(tokens) if token.text[:1].isalnum()), None)
    if first is None or tokens[first].tag_ not in PROPER:
        return None
    last = _capitals(tokens, first)
    return title_phrase(text, sentence.passage, tokens, last, last)


def whole(text: str, title: Title, quoted: Iterable[Span]) -> Title:
    """The title with all words of the short quotation that begins with it ("producer, AI")."""
    for start, end in quoted:
        if start == title.start and title.stop < end and len(text[start:end].split()) <= _LONGEST_QUOTED:
            return replace(title, stop=end, end=end + 1, words=" ".join(text[start:end].strip(" ,.").split()))
    return title


def _quoted(text: str, passage: Passage, tokens: Sequence[Token], start: int, end: int) -> Title | None:
    """A quotation, whose words lie between two places, as a title with the determiner and the adjectives before it."""
    index = next((i for i, token in enumerate(tokens) if passage.place(token)[1] > start), None)
    if index is None or not 1 <= len(text[start:end].split()) <= _LONGEST_QUOTED:
        return None
    first = index
    while first > 0 and (tokens[first - 1].text in QUOTES or tokens[first - 1].tag_ in {"JJ", "HYPH", "NN"}):
        first -= 1
    left, determiner, numbered = determined(tokens, first, first)
    return Title(
        start=start,
        stop=end,
        left=passage.place(tokens[left])[0],
        end=end + 1,
        words=" ".join(text[start:end].strip(" ,.").split()),
        head=tokens[index],
        passage=passage,
        determiner=determiner,
        plural=determiner is None,
        numbered=numbered,
        role_noun=None,
    )


def _capitals(tokens: Sequence[Token], index: int) -> int:
    """The last of the capitalised words that follow one another after a token."""
    last = index
    while last + 1 < len(tokens) and (tokens[last + 1].tag_ in PROPER or tokens[last + 1].text in {"&", "-"}):
        last += 1
    return last


def _is_of_capitals(tokens: Sequence[Token], index: int) -> bool:
    """Whether "of" and more capital letters follow a capitalised noun: "Member of Technical Staff"."""
    after = tokens[index + 1 : index + 3]
    return len(after) == 2 and after[0].text == "of" and after[1].tag_ in PROPER

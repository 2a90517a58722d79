"""Tokens made text again, for corpora that come without their text.

The spaces are where English puts them, and the two marks of the Penn Treebank's quotations become curly ones, so that a
system reads what it was made to read. What is scored are the characters of this text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.reading.spans import Span

_MARKS = {
    "``": "“",
    "''": "”",
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
_AFTER_NO_SPACE = frozenset("“‘([{$£€#")
_BEFORE_NO_SPACE = frozenset("”’)]},.:;!?%…")
_CLITICS = frozenset({"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "n’t", "’s", "’re", "’ve", "’ll", "’d", "’m"})


@dataclass(frozen=True, slots=True)
class TokenText:
    """A text with the span of each of its tokens."""

    text: str
    spans: tuple[Span, ...]

    def span(self, first: int, after: int) -> Span:
        """The characters from one token to the one before `after`."""
        return self.spans[first][0], self.spans[after - 1][1]


def join(tokens: Sequence[str], breaks: frozenset[int] = frozenset()) -> TokenText:
    """The text of tokens; a new paragraph begins at each token whose index is in `breaks`."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    opened = False
    previous = ""
    for index, raw in enumerate(tokens):
        token = _MARKS.get(raw, raw)
        closing = token == '"' and opened
        gap = "\n\n" if index in breaks else " "
        if index and (index in breaks or _spaced(previous, token, closing)):
            pieces.append(gap)
            length += len(gap)
        spans.append((length, length + len(token)))
        pieces.append(token)
        length += len(token)
        if token == '"':
            opened = not opened
            token = "“" if opened else "”"
        previous = token
    return TokenText("".join(pieces), tuple(spans))


def _spaced(previous: str, token: str, closing: bool) -> bool:
    if closing or token in _BEFORE_NO_SPACE or token in _CLITICS:
        return False
    return previous not in _AFTER_NO_SPACE

"""How the words of a statement are given, and where exactly its quoted and its own words begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.facts import Mode
from ingest.language.article import Span
from ingest.rules.utterance import AROUND


def mode(text: str, content: Sequence[Span], pieces: Sequence[Span]) -> Mode:
    """Direct when all that is said is quoted, mixed when a part of it is, else indirect."""
    if not pieces:
        return Mode.INDIRECT
    return Mode.DIRECT if _words(text, content) == _words(text, pieces) else Mode.MIXED


def bare(text: str, span: Span) -> Span:
    """A quoted piece without the white space and the comma that belong to the sentence around it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return (start, end) if end > start else span


def whole(text: str, span: Span) -> Span:
    """A content span with the quotation mark that it lost at its edge."""
    start, end = span
    inside = text[start:end]
    straight = inside.count('"')
    opened = inside.count("“") + (straight + 1) // 2
    closed = inside.count("”") + straight // 2
    if opened > closed and end < len(text) and text[end] in '”"':
        return start, end + 1
    if closed > opened and start > 0 and text[start - 1] in '“"':
        return start - 1, end
    return span


def _words(text: str, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(text[start:end].strip(AROUND).split()) for start, end in spans)

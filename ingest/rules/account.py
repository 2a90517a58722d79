"""By whose account a sentence tells what it tells: "according to X", "per X", "a report from X"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.facts import Name
from ingest.language.article import Sentence
from ingest.rules.reading import Reading

_ACCORDING = re.compile(
    r"\b(?:according\s+to|per|as\s+reported\s+by)\s+(?:(?:an?|the|its|their)\s+)?"
    r"(?:(?:[\w-]+\s+){0,2}(?:report|story|article|filing|listing|posting|survey|analysis)\s+(?:from|by|in|on)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def accounts(reading: Reading, sentences: Iterable[Sentence]) -> tuple[Name, ...]:
    """The actors by whose account sentences tell, in their order, each once."""
    found: dict[str, Name] = {}
    for sentence in sentences:
        for match in _ACCORDING.finditer(reading.text, sentence.start, sentence.end):
            mention = reading.cast.mention_at(match.end())
            if mention is not None and mention.start == match.end():
                entity = mention.entity
                found.setdefault(entity.name, Name(name=entity.name, kind=entity.kind))
    return tuple(found.values())

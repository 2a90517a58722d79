"""The turns of a transcript: blocks that begin with a name and a colon, or with a dash behind an utterance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts import Name, NameKind
from ingest.language.article import Span
from ingest.language.block import Block
from ingest.language.entity import Entity
from ingest.rules.reading import Reading
from ingest.rules.reference import Reference
from ingest.rules.utterance import Utterance

_TURN = re.compile(r"([A-ZÀ-Þ][\w.’'-]*(?:[ \u00a0]+[A-ZÀ-Þ][\w.’'-]*){0,3})\s?:\s+(?=\S)")
_NO_NAMES = frozenset({"q", "note", "update", "correction", "editor", "source", "photo", "image", "credit", "related"})
_TWO = 2
_FEWEST = 3
"""Turns of a transcript, of which one speaker has at least two; fewer such blocks are labels."""

Turn = tuple[Block, re.Match[str]]


def turns(reading: Reading) -> Iterator[Utterance]:
    """The turns of a document that is or has a transcript, in order."""
    begun: list[Turn] = [(b, match) for b in reading.article.blocks if (match := turn(reading, b)) is not None]
    references = _all_called(reading, begun) if len(begun) >= _FEWEST else {}
    known = (references.get(match[1].casefold()) for _, match in begun)
    counts = Counter(each.name for each in known if each is not None)
    if max(counts.values(), default=0) < 2:
        return
    named = {each.name: each for each in references.values()}
    for block, match in begun:
        span = match.end(), block.end
        reference = references.get(match[1].casefold())
        sentences = reading.article.sentences_in(*span)
        quoted = any(each.start <= span[0] for each in reading.article.quoted(*span))
        if reference is not None and sentences and not quoted and span[0] < span[1]:
            place = replace(reference, span=match.span(1))
            # In an interview of two, each speaks to the other.
            other = [each for name, each in named.items() if name != place.name] if len(named) == _TWO else []
            yield Utterance("turn", sentences, place, None, [span], [span], told_to=other)


def turn(reading: Reading, block: Block) -> re.Match[str] | None:
    """The name and colon with which a block begins, the name as group 1."""
    match = _TURN.match(reading.text, block.start, block.end)
    return match if match is not None and match[1].casefold().split()[0].strip(".") not in _NO_NAMES else None


def called(reading: Reading, match: re.Match[str]) -> Reference | None:
    """Whom the name before a colon means: somebody who is named elsewhere, in full or by a surname in capitals."""
    span: Span = match.span(1)
    mention = reading.cast.mention_at(span[0])
    entity = mention.entity if mention is not None else _surnamed(reading, match[1].casefold())
    return Reference.to(entity, span) if entity is not None else None


def _all_called(reading: Reading, begun: Sequence[Turn]) -> dict[str, Reference]:
    """Whom the names of a transcript mean; somebody in full who is named nowhere else is a person of that name."""
    found: dict[str, Reference] = {}
    for _, match in begun:
        reference = called(reading, match)
        if reference is None and len(match[1].split()) > 1:
            name = Name(name=" ".join(match[1].split()), kind=NameKind.PERSON)
            reference = Reference(name, match.span(1), human=True)
        if reference is not None:
            found.setdefault(match[1].casefold(), reference)
    by_surname = {words.split()[-1]: reference for words, reference in found.items()}
    return by_surname | found


def _surnamed(reading: Reading, folded: str) -> Entity | None:
    named = (each for each in reading.cast.entities if each.kind is NameKind.PERSON)
    return next((each for each in named if folded in {each.name.casefold(), each.surname.casefold()}), None)

"""Who stands in an article by a name that its cast does not have: mostly organizations, as capitalised words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.facts import Name, NameKind
from ingest.language.article import Passage
from ingest.language.entity import Entity
from ingest.rules.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

PROPER = frozenset({"NNP", "NNPS"})
"""The tags of proper nouns."""

_NO_NAMES = frozenset({"DATE", "TIME", "GPE", "LOC", "NORP"})


def unlisted(reading: Reading, passage: Passage, token: Token) -> Entity | None:
    """The organization of the proper nouns around a token; None for a place, a date, a person, or somebody known."""
    first = last = token
    while first.i > 0 and first.doc[first.i - 1].tag_ in PROPER:
        first = first.doc[first.i - 1]
    while last.i + 1 < len(last.doc) and last.doc[last.i + 1].tag_ in PROPER:
        last = last.doc[last.i + 1]
    start, end = passage.span(first, last)
    other = any(
        s < end and start < e and (label in _NO_NAMES or (label == "PERSON" and s <= start and end <= e))
        for s, e, label in passage.entities
    )
    if other or any(reading.cast.mentions_in(start, end)):
        return None
    name = " ".join(reading.text[start:end].split())
    return enlisted(reading, Name(name=name, kind=NameKind.ORGANIZATION))


def enlisted(reading: Reading, name: Name) -> Entity:
    """Who has this name in the cast, from here on at the latest: the document declares whom its facts name."""
    known = next((each for each in reading.cast.entities if (each.kind, each.name) == (name.kind, name.name)), None)
    if known is not None:
        return known
    found = Entity(name.kind, name.name)
    reading.cast.entities.append(found)
    return found

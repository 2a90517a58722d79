"""All runs of characters in an article that may name somebody: the known names, those introduced, the model's.

Known names come before the model's: the authority file is right more often. Candidates do not overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.exclusion import Exclusion
from ingest.language.gazetteer import Gazetteer, organization_kind
from ingest.language.headline import is_title_case
from ingest.language.introduction import introduced
from ingest.language.name import (
    LONGEST,
    Name,
    corrected,
    could_be_person,
    is_name,
    trimmed,
    without_titles,
)
from ingest.language.occupied import Occupied

_THE = re.compile(r"[Tt]he\s+")
_COURTESY = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame)\b\.?\s+")
_BETWEEN = re.compile(r",\s+(?:and\s+)?|\s+and\s+|'s\s+|\s+at\s+")
_LABELS = {"PERSON": NameKind.PERSON, "ORG": NameKind.ORGANIZATION}
_PLACES = frozenset({"FAC", "GPE", "LOC", "PRODUCT"})


def candidates(article: Article, text: str, gazetteer: Gazetteer, exclusion: Exclusion) -> list[Name]:
    """The names of an article, without overlap, in order.

    Args:
        article: the parsed document.
        text: its text with straight apostrophes.
        gazetteer: the known names.
        exclusion: what is no name in it.
    """
    model = [*introduced(article, text, exclusion), *_from_model(article, text, gazetteer, exclusion)]
    found = _known(article, text, gazetteer, model)
    kept = [name for name, covered in zip(found, _covered(text, found, model), strict=True) if not covered]
    occupied = Occupied(len(text))
    for name in kept:
        occupied.take(name.start, name.end)
    parts = [part for name in model for part in _parts(text, name, kept)]
    # Stable: of two names of one length, the introduced one comes first, since its kind is said in words.
    for name in sorted([*model, *parts], key=lambda each: (each.start - each.end, each.start)):
        if not occupied.touches(name.start, name.end):
            occupied.take(name.start, name.end)
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _known(article: Article, text: str, gazetteer: Gazetteer, model: Iterable[Name]) -> list[Name]:
    """The names of the authority file, the doubtful ones only where the model sees an organization as well."""
    organizations = {(name.start, name.end) for name in model if name.kind is NameKind.ORGANIZATION}
    return [
        Name(found.start, found.end, NameKind.ORGANIZATION, found.actor)
        for block in article.blocks
        if block.kind is not BlockKind.BOILERPLATE
        for found in gazetteer.find(text, block.start, block.end)
        if found.certain or (found.start, found.end) in organizations
    ]


def _covered(text: str, known: list[Name], model: Iterable[Name]) -> list[bool]:
    """For each known name, whether the model saw a longer one of which it is a part: "Apple" in "Apple Valley News"."""
    starts = [name.start for name in known]
    covered = [False] * len(known)
    for name in model:
        if _BETWEEN.search(text, name.start, name.end):
            continue
        for index in range(bisect_left(starts, name.start), bisect_left(starts, name.end)):
            other = known[index]
            longer = other.end <= name.end and other.end - other.start < name.end - name.start
            covered[index] |= longer and (name.actor is None or name.actor is not other.actor)
    return covered


def _parts(text: str, name: Name, known: list[Name]) -> Iterator[Name]:
    """The unknown names in what the model took for one and holds a known one: "Spotify's Gimlet"."""
    if name.kind is NameKind.PERSON or _BETWEEN.search(text, name.start, name.end) is None:
        return
    starts = [each.start for each in known]
    index = bisect_left(starts, name.start)
    if index == len(known) or known[index].end > name.end:
        return
    start = name.start
    for end, following in [*(match.span() for match in _BETWEEN.finditer(text, start, name.end)), (name.end, name.end)]:
        if is_name(text[start:end].split(), NameKind.ORGANIZATION):
            yield Name(start, end, NameKind.ORGANIZATION)
        start = following


def _from_model(article: Article, text: str, gazetteer: Gazetteer, exclusion: Exclusion) -> Iterator[Name]:
    """The model's names; in headings, where every word has a capital, only those that are known."""
    for passage in article.passages:
        heading = passage.block.kind is BlockKind.HEADING and is_title_case(text[passage.start : passage.end])
        for start, end, label in passage.entities:
            name = _modelled(text, start, end, label, gazetteer)
            if name is not None and (not heading or name.actor is not None) and not exclusion.holds(name):
                yield name


def _modelled(text: str, start: int, end: int, label: str, gazetteer: Gazetteer) -> Name | None:
    """What the model names, trimmed to the name itself; None when it is none."""
    colon = text.find(": ", start, end)
    start, end = trimmed(text, start, colon if colon > 0 else end)
    kind = _kind(text[start:end], label)
    if kind is None:
        return None
    the = _THE.match(text, start, end)
    start = the.end() if the else start
    bare = without_titles(text, start, end)
    titled = bare[0] > start and (kind is NameKind.PERSON or could_be_person(text[bare[0] : bare[1]]))
    if titled or _COURTESY.match(text, start, end):
        kind, (start, end) = NameKind.PERSON, bare
    kind = corrected(kind, text[start:end])
    end = start + len(_without_small_end(text[start:end])) if kind is NameKind.ORGANIZATION else end
    printed = text[start:end].split()
    if not is_name(printed, kind) or len(printed) > LONGEST or "\n" in text[start:end]:
        return None
    actor = gazetteer.named(" ".join(printed)) if kind is NameKind.ORGANIZATION else None
    return Name(start, end, kind, actor)


def _kind(printed: str, label: str) -> NameKind | None:
    """The kind that a label of the model stands for; places and products whose names tell so are organizations."""
    if label in _PLACES and " " in printed and organization_kind(printed) is not OrganizationKind.OTHER:
        return NameKind.ORGANIZATION
    return _LABELS.get(label)


def _without_small_end(printed: str) -> str:
    """A name without the common nouns after it: "GAA club"."""
    while " " in printed and printed.rsplit(maxsplit=1)[-1].isalpha() and printed.rsplit(maxsplit=1)[-1].islower():
        printed = printed.rsplit(maxsplit=1)[0]
    return printed

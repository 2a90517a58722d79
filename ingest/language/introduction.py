"""Names that the words around them introduce: "a startup called Notara", "said attorney Hyun-woo Garrity".

The patterns stand in `data/introductions.tsv`. Runs of capitals are bounded in them, so that a search takes time that
grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.facts import NameKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.exclusion import Exclusion
from ingest.language.gazetteer import role_nouns
from ingest.language.lexicon import rows, words
from ingest.language.name import Name, corrected, is_name, trimmed, without_titles

_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŽŠČĐ"
_LINE_START = "(?<![^\\n])"
_PARTS = {
    "NAME": rf"(?P<name>(?:[{_CAPITAL}][\w'&+-]*\w|[A-Z]\.)(?:[ ](?:(?:of|and|the|&|de|van|von|for)[ ])?"
    rf"(?:[{_CAPITAL}][\w'-]*\w|[A-Z]\.)){{0,8}})",
    "FULL": rf"(?P<name>[{_CAPITAL}][\w'-]*[a-zà-þ](?:[ ](?:[A-Z]\.|de|van|von|da|el|al))?"
    rf"(?:[ ][{_CAPITAL}][\w'-]*[a-zà-þ]){{1,2}})",
}


@dataclass(frozen=True, slots=True)
class Introduction:
    """One pattern, with the group `name`; `heading` when it holds in headings too, where capitals tell nothing."""

    kind: NameKind
    pattern: re.Pattern[str]
    heading: bool


@cache
def introductions() -> tuple[Introduction, ...]:
    """All patterns of `data/introductions.tsv`, in its order."""
    roles = "|".join(sorted(map(re.escape, role_nouns()), key=len, reverse=True))
    parts = _PARTS | {"ROLE": f"(?:{roles})"}
    found = []
    for kind, pattern, _ in rows("introductions.tsv"):
        heading = pattern.startswith(_LINE_START)
        whole = re.sub(r"<([A-Z]+)>", lambda part: parts[part.group(1)], pattern)
        found.append(Introduction(NameKind(kind), re.compile(whole), heading))
    return tuple(found)


def introduced(article: Article, text: str, exclusion: Exclusion) -> Iterator[Name]:
    """The names that are introduced in an article.

    Args:
        article: the parsed document.
        text: its text with straight apostrophes.
        exclusion: what is no name in it.
    """
    for block in article.blocks:
        if block.kind is BlockKind.BOILERPLATE:
            continue
        for introduction in introductions():
            if block.kind is BlockKind.HEADING and not introduction.heading:
                continue
            for match in introduction.pattern.finditer(text, block.start, block.end):
                name = _name(text, *match.span("name"), introduction.kind)
                if name is not None and not exclusion.is_common(name):
                    yield name


def _name(text: str, start: int, end: int, kind: NameKind) -> Name | None:
    start, end = trimmed(text, start, end)
    if kind is NameKind.PERSON:
        start, end = without_titles(text, start, end)
    parts = text[start:end].split()
    if not is_name(parts, kind) or words("no_names.txt").intersection(parts):
        return None
    if corrected(kind, " ".join(parts)) is not kind or (
        len(parts) == 1 and parts[0] in words("common_first_words.txt")
    ):
        return None
    if kind is NameKind.PERSON and (len(parts) < 2 or parts[0] in words("function_words.txt")):
        return None
    return Name(start, end, kind)

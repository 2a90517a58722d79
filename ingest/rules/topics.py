"""What a passage is about: the labels of the SKOS topics, found in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.language.article import Span
from ontology.topics import Topics

_PLURALS = ("", "s", "es")


@dataclass(frozen=True)
class TopicLabels:
    """The labels of a topic scheme, to be found in text."""

    topics: Topics

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        labels = sorted(self._slugs, key=lambda label: (-len(label), label))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_written, labels))})(?!\w)", re.IGNORECASE)

    @cached_property
    def _slugs(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for topic in self.topics.by_slug.values():
            for label in (topic.label, *topic.aliases):
                found.setdefault(label.casefold(), topic.slug)
        return found

    def find(self, text: str, start: int, end: int) -> list[tuple[str, Span]]:
        """Topics named between two places, with the first words that name each, in order."""
        found: dict[str, Span] = {}
        for match in self._pattern.finditer(text, start, end):
            slug = self._slug(" ".join(match.group().casefold().split()))
            if slug is not None:
                found.setdefault(slug, match.span())
        return list(found.items())

    def _slug(self, words: str) -> str | None:
        singular = (words.removesuffix(ending) for ending in _PLURALS)
        return next((self._slugs[each] for each in singular if each in self._slugs), None)


def _written(label: str) -> str:
    """The pattern of a label: any white space between its words, and its plural."""
    words = r"\s+".join(map(re.escape, label.split()))
    return rf"{words}(?:s|es)?" if label[-1:].isalpha() else words

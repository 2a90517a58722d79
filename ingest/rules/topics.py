"""What a passage is about: the labels of the SKOS topics, found in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.language.article import Span
from ontology.topics import Topics


@dataclass(frozen=True)
class TopicLabels:
    """The labels of a topic scheme, to be found in text."""

    topics: Topics

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        labels = sorted(self._slugs, key=lambda label: (-len(label), label))
        plural = [re.escape(label) + r"(?:s|es)?" if label[-1:].isalpha() else re.escape(label) for label in labels]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(plural)})(?![\w])", re.IGNORECASE)

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
        for ending in ("", "s", "es"):
            slug = self._slugs.get(words.removesuffix(ending) if ending else words)
            if slug is not None:
                return slug
        return None

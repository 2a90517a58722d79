"""Which organization goes without saying: of "the chief executive", "a spokesperson", "two workers", "the memo".

A document that tells who somebody is leaves out what its reader knows already: of which company, when it has spoken of
one; of which union, when somebody organizes. What such a phrase can stand for is in `data/offices.tsv`; of those that
fit, the one in focus is meant, or else the one that the document is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Article
from ingest.language.block import BlockKind
from ingest.language.entity import Cast, Entity
from ingest.rules import phrase
from ingest.rules.description import description
from ingest.rules.lexicon import rows
from ingest.rules.prominence import AS_SUBJECT, Prominence
from ingest.rules.word_group import group

_VIEW = 4
"""Sentences before a place in which an organization is in focus."""

_MARGIN = 0.6
"""By how much the organization in focus stands out more than any other."""

_MAIN = 1.2
"""What it is worth that the document is about an organization, in sentences of distance."""

_BESIDE = 1.2
"""What it is worth that an organization is a subject of the same sentence, more than of the one before."""

_IN_HEADING, _IN_LEAD, _ELSEWHERE = 3.0, 2.0, 1.0
"""What a mention is worth for what the document is about."""

_LEAD = 2
"""Paragraphs that say what a document is about."""

_FEWEST = 3.0
_CLEARLY = 1.25
_SPOKEN_OF = frozenset({"nsubj", "nsubjpass", "poss"})
_OFTEN, _PER_MENTION = 6, 0.2
_UNIONS = frozenset({OrganizationKind.UNION})
_OUTLETS = frozenset({OrganizationKind.NEWS_OUTLET})
_SPEAKING_FOR_OTHERS = frozenset({OrganizationKind.UNION, OrganizationKind.ALLIANCE, OrganizationKind.NEWS_OUTLET})
_AUTHORITY = group("authority")
_SPEAKING = re.compile(r"(?:spokes\w+|rep|representative|leadership|management)\Z")
_REPORTED_FROM = re.compile(r"\)\s*(?:-|–|—)")


class Side(Enum):
    """What sort of organization something is held at, as in `data/offices.tsv`."""

    ANY = "any"
    UNION = "union"
    OUTLET = "outlet"
    COMPANY = "company"
    WORKER = "worker"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an organization is named, or described by "the company"."""

    start: int
    end: int
    entity: Entity
    subject: bool


class Belonging:
    """Finds the organizations that go without saying, in one article."""

    def __init__(self, article: Article, cast: Cast, prominence: Prominence) -> None:
        self._article = article
        self._cast = cast
        self._prominence = prominence
        paragraphs = [block for block in article.blocks if block.kind is BlockKind.PARAGRAPH]
        self._lead_end = paragraphs[:_LEAD][-1].end if paragraphs else 0
        self._places = sorted([*self._named(), *self._described()], key=lambda each: each.start)
        self._starts = [each.start for each in self._places]
        self._main = {side: self._most(side) for side in Side}

    def of_role(self, words: str, place: int) -> Entity | None:
        """Where a role is held that stands at a place with no organization."""
        side = side_of(words)
        if side is None or side is Side.NOBODY:
            return None
        if side is Side.WORKER:
            return self.of_staff(place)
        return self._focus(side, place) or self._main[side]

    def of_staff(self, place: int) -> Entity | None:
        """Whose people some are that are only called workers, or staff."""
        return self._main[Side.WORKER] or self._focus(Side.WORKER, place)

    def of_somebody(self, noun: str, place: int) -> Entity | None:
        """Of whom somebody without a name is one: who speaks for others always is, and who works for an employer."""
        side = side_of(noun)
        if side is Side.WORKER:
            return self._main[side]
        return self.of_role(noun, place) if _SPEAKING.match(noun) else None

    def in_focus(self, place: int) -> Entity | None:
        """The organization that a passage is about, of any kind but an outlet."""
        return self._focus(Side.ANY, place) or self._main[Side.ANY]

    def _focus(self, side: Side, place: int) -> Entity | None:
        """The organization that stands out most before a place; of two alike the one that the document is about."""
        best: dict[int, tuple[float, Entity]] = {}
        main = self._main[side]
        for index in range(bisect_left(self._starts, place) - 1, -1, -1):
            each = self._places[index]
            distance = self._prominence.distance(each.end, place)
            if distance > _VIEW:
                break
            if each.end > place or not self._fits(each.entity, side):
                continue
            often = min(len(each.entity.mentions), _OFTEN) * _PER_MENTION
            score = AS_SUBJECT * each.subject - distance + often + _MAIN * (each.entity is main)
            score += _BESIDE * (each.subject and distance == 1)
            if id(each.entity) not in best or score > best[id(each.entity)][0]:
                best[id(each.entity)] = score, each.entity
        ranked = sorted(best.values(), key=lambda each: -each[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
            return None
        return ranked[0][1]

    def _fits(self, entity: Entity, side: Side) -> bool:
        """Whether something may be held at an organization; an outlet employs where the document is about it."""
        kind = entity.organization_kind
        if side is Side.UNION or side is Side.OUTLET:
            return kind in (_UNIONS if side is Side.UNION else _OUTLETS)
        if kind is OrganizationKind.NEWS_OUTLET:
            return side is not Side.NOBODY and self._prominence.is_headed(entity)
        if side is Side.ANY:
            return True
        if side is Side.WORKER and kind is OrganizationKind.RESEARCH_FIRM:
            return False
        governs = not _AUTHORITY.isdisjoint(entity.name.casefold().split())
        return side is not Side.NOBODY and kind not in _SPEAKING_FOR_OTHERS and not governs

    def _most(self, side: Side) -> Entity | None:
        """The organization that the document is about, of those that fit a side."""
        weights: dict[Entity, float] = {}
        for each in self._places:
            if self._fits(each.entity, side):
                weights[each.entity] = weights.get(each.entity, 0.0) + self._weight(each)
        ranked = sorted(weights.items(), key=lambda each: -each[1])
        if not ranked or ranked[0][1] < _FEWEST:
            return None
        clear = len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]
        return ranked[0][0] if clear else None

    def _weight(self, place: _Place) -> float:
        sentence = self._article.sentence_at(place.start)
        if sentence is None:
            return _ELSEWHERE
        if sentence.block.kind is BlockKind.HEADING:
            return _IN_HEADING
        return (_IN_LEAD if sentence.start < self._lead_end else _ELSEWHERE) + 0.5 * place.subject

    def _named(self) -> Iterator[_Place]:
        for mention in self._cast.mentions:
            if mention.entity.kind is not NameKind.ORGANIZATION:
                continue
            # "NEW YORK (Metro Wire) —" says who reports.
            if not _REPORTED_FROM.match(self._article.text, mention.end):
                yield _Place(
                    mention.start, mention.end, mention.entity, self._prominence.is_subject(mention, inside=True)
                )

    def _described(self) -> Iterator[_Place]:
        """ "The company", "the union": an organization that is spoken of by what it is."""
        for sentence in self._article.sentences:
            for token in sentence.tokens:
                if token.dep_ not in _SPOKEN_OF or token.tag_ != "NN":
                    continue
                told = description(token)
                if told is None or not told.is_organization or phrase.determiner(token) != "the":
                    continue
                start, end = sentence.passage.place(token)
                found = self._prominence.fitting(start, told)
                if found is not None:
                    yield _Place(start, end, found, token.dep_ != "poss")


def side_of(words: str) -> Side | None:
    """At what sort of organization a role is held, by the last of its words that tell."""
    role = words.casefold().replace("-", " ")
    best: tuple[int, int, Side] | None = None
    for side, pattern in _patterns().items():
        for match in pattern.finditer(role):
            found = (match.end(), match.end() - match.start(), side)
            best = found if best is None or found[:2] > best[:2] else best
    return best[2] if best is not None else None


@cache
def _patterns() -> dict[Side, re.Pattern[str]]:
    """One pattern for each side, which prefers "editor in chief" to "editor"."""
    words: dict[Side, list[str]] = {}
    for side, pattern in rows("offices.tsv"):
        words.setdefault(Side(side), []).extend(pattern.split("|"))
    return {
        side: re.compile(rf"(?<!\w)(?:{'|'.join(sorted(each, key=len, reverse=True))})(?!\w)")
        for side, each in words.items()
    }

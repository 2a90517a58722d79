"""The kind of an organization as the words beside its name tell it: "Notara, a startup", "told WLKF".

What a noun in apposition says goes before what the name itself says; what is done with the organization, such as
telling it something, counts only where neither says anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from ingest.facts import NameKind, OrganizationKind
from ingest.language.entity import Entity
from ingest.language.lexicon import rows

_BEFORE = 60
_AFTER = 120
_MENTIONS = 50
"""Mentions of one organization that are looked at: one that is named more often is told by the first."""

_GOES_ON = (
    r"\s*(?:[,.;:)”\"—–]|\Z|\n)|\s+(?:of|for|that|which|who|whose|where|behind|at|in|on|it|she|he|they|we|to|by|from|with|and|"
    r"representing|based|run|owned|used|made|known|backed|founded|led|called)\b"
)
"""What follows a noun in apposition; a verb follows one that begins a clause of its own."""

_Told = tuple[re.Pattern[str], OrganizationKind]


def tell_kinds(text: str, organizations: Iterable[Entity]) -> None:
    """Sets the kinds that a text tells of organizations which the authority file lacks.

    Args:
        text: the document's text with straight apostrophes.
        organizations: its organizations, with their mentions.
    """
    for entity in organizations:
        if entity.kind is NameKind.ORGANIZATION and entity.actor is None:
            entity.apposed_kind = _first(_apposed(text, entity))
            entity.treated_kind = _first(_treated(text, entity))


def _first(kinds: Iterable[OrganizationKind]) -> OrganizationKind | None:
    """The kind that is told most often, the first of them where several are."""
    counted = Counter(kinds).most_common(1)
    return counted[0][0] if counted else None


def _apposed(text: str, entity: Entity) -> Iterable[OrganizationKind]:
    before, after = _appositions()
    for mention in entity.mentions[:_MENTIONS]:
        match = before.search(text, max(0, mention.start - _BEFORE), mention.start)
        match = match or after.match(text, mention.end, mention.end + _AFTER)
        if match is not None:
            yield _nouns()[match.group("noun").casefold().replace("-", " ")]


def _treated(text: str, entity: Entity) -> Iterable[OrganizationKind]:
    for mention in entity.mentions[:_MENTIONS]:
        start, end = mention.start, mention.end
        yield from (kind for each, kind in _contexts("before") if each.search(text, max(0, start - _BEFORE), start))
        yield from (kind for each, kind in _contexts("after") if each.match(text, end, end + _AFTER))


@cache
def _nouns() -> dict[str, OrganizationKind]:
    """Nouns by which organizations are described, with the kind that each tells."""
    return {noun.replace("-", " "): OrganizationKind(kind) for kind, noun in rows("organization_nouns.tsv")}


@cache
def _appositions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before a name and right after it, each with a group `noun`."""
    longest_first = sorted(_nouns(), key=lambda noun: (-len(noun), noun))
    noun = "(?P<noun>" + "|".join(each.replace(" ", "[ -]") for each in longest_first) + ")"
    before = rf"(?i:\b{noun}(?:,?\s+(?:called|named|known\s+as))?,?\s+(?:the\s+)?)\Z"
    gap = r"(?:(?!of\b|at\b|for\b|from\b|in\b|who\b|and\b|with\b)[\w$&'.-]+,?\s+){0,6}?"
    after = (
        rf"(?:\s+\([^()\n]{{1,20}}\))?(?:,\s+(?:a|an|the|its|their|our|another)|\s+(?:is|was)\s+(?:a|an|the)|"
        rf",\s+which\s+is\s+(?:a|an|the))\s+{gap}{noun}\b(?={_GOES_ON})"
    )
    return re.compile(before), re.compile(after)


@cache
def _contexts(side: str) -> tuple[_Told, ...]:
    return tuple(
        (re.compile(rf"(?:{pattern})\Z" if side == "before" else pattern), OrganizationKind(kind))
        for kind, where, pattern, _ in rows("kind_contexts.tsv")
        if where == side
    )

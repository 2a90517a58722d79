"""Whose a document is: "a memo from Acme", "Acme's filing", the report that it published, the lawsuit that it filed.

A document that is spoken of again ("the memo says") is that of the organization whose it was the first time. Nouns for
documents of one sort are the groups `issued_…` of `data/word_groups.tsv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from ingest.facts import NameKind, OrganizationKind
from ingest.language.article import Article
from ingest.language.entity import Cast, Entity, Mention
from ingest.rules import phrase
from ingest.rules.prominence import Prominence
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

_SORTS = ("issued_research", "issued_suit", "issued_letter", "issued_notice", "issued_paper", "issued_filing")
_APART = frozenset({"issued_paper", "issued_filing"})
_IN = frozenset({"in"})
_BACK = 140
_AHEAD = 90
_MAKING = group("issuing")
_DOING = {"issued_suit": frozenset({"sue"}), "issued_research": frozenset({"survey", "poll"})}
"""Verbs that say as much as "filed a suit" or "conducted a survey"."""

_NOT_BETWEEN = r"(?:the|an?|its|their|that|this|to|in|on|said|says)\b|[\w-]+ed\b"
_NOT_SEEN = "".join(f"(?<!{word} )" for word in sorted(group("seeing")))
_BETWEEN = r"[^.;:\n“”\"]{0,110}?"


class Issuers:
    """Finds whose the documents of one article are."""

    def __init__(self, article: Article, cast: Cast, prominence: Prominence) -> None:
        self._prominence = prominence
        self._text = article.text
        self._nouns = [(match.start(), match.lastgroup) for match in _all().finditer(article.text)]
        self._places = [place for place, _ in self._nouns]
        self._found: dict[str, list[tuple[int, Entity]]] = {sort: [] for sort in _SORTS}
        for mention in cast.mentions:
            # An outlet has seen a document, or tells of it, far more often than it is the one that wrote it.
            outlet = mention.entity.organization_kind is OrganizationKind.NEWS_OUTLET
            if (
                mention.entity.kind is NameKind.ORGANIZATION
                and not outlet
                and article.in_quotation(mention.start) is None
            ):
                self._note(mention)

    def of(self, noun: str, place: int) -> Entity | None:
        """Whose a document is that a noun describes at a place: as said last before it, or first after it."""
        sort = sort_of(noun)
        if sort is None:
            return None
        told = self._found[sort]
        index = bisect_right(told, place, key=lambda each: each[0])
        if index:
            return told[index - 1][1]
        return told[0][1] if told else None

    def _note(self, mention: Mention) -> None:
        back, ahead = max(0, mention.start - _BACK), min(len(self._text), mention.end + _AHEAD)
        near = slice(bisect_left(self._places, back), bisect_right(self._places, ahead))
        sorts = {sort for _, sort in self._nouns[near] if sort is not None}
        verb = self._verb(mention)
        if verb is not None:
            sorts |= {sort for sort, verbs in _DOING.items() if verb.lemma_ in verbs}
        for sort in sorted(sorts):
            before, after = _patterns(sort)
            beside = before.search(self._text, back, mention.start) or after.match(self._text, mention.end, ahead)
            if beside or (verb is not None and _issues(verb, sort)):
                self._found[sort].append((mention.start, mention.entity))

    def _verb(self, mention: Mention) -> Token | None:
        """The verb of which a name is the subject."""
        token = self._prominence.token(mention)
        return token.head if token is not None and token.dep_ == "nsubj" else None


def _issues(verb: Token, sort: str) -> bool:
    """Whether who is the subject of a verb makes a document of a sort, or says something in one."""
    if verb.lemma_ in _DOING.get(sort, ()):
        return True
    nouns = [*phrase.objects(verb, _IN)]
    if verb.lemma_ in _MAKING:
        nouns += [verb.head] if verb.dep_ == "relcl" else [child for child in verb.rights if child.dep_ == "dobj"]
    return not group(sort).isdisjoint(noun.lemma_.casefold() for noun in nouns)


def sort_of(noun: str) -> str | None:
    """The group of documents that a noun belongs to."""
    return next((sort for sort in _SORTS if noun in group(sort)), None)


def alias(noun: str) -> str:
    """What stands for a noun where documents are spoken of again: "the complaint" may be the lawsuit, no noun else."""
    sort = sort_of(noun)
    return noun if sort is None or sort in _APART else sort


@cache
def _all() -> re.Pattern[str]:
    """Any noun for a document, in the group that is named as its sort."""
    sorts = (rf"(?P<{sort}>{'|'.join(sorted(map(re.escape, group(sort))))})" for sort in _SORTS)
    return re.compile(rf"\b(?:{'|'.join(sorts)})s?\b", re.IGNORECASE)


@cache
def _patterns(sort: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before the name of an issuer, and what after it."""
    nouns = "(?:" + "|".join(sorted(map(re.escape, group(sort)))) + ")s?"
    before = rf"\b{nouns}\b{_BETWEEN}\b{_NOT_SEEN}(?:by|from)\s+(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?\Z"
    own = rf"['’]s? (?:[\w-]+ ){{0,3}}?{nouns}"
    compound = rf" (?:(?!{_NOT_BETWEEN})[a-z-]+ ){{0,2}}?{nouns}"
    after = rf"(?:{own}|{compound})\b"
    return re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)

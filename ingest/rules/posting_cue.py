"""Whether the words around a job title say that the job is open.

The words are in `data/posting_cues.tsv` and `data/posting_words.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.facts import NameKind
from ingest.language.article import Sentence
from ingest.language.entity import Cast
from ingest.rules.lexicon import compiled, kinds, rows, words
from ingest.rules.title import Title

WINDOW = 160
"""Characters before a title in which its cue stands."""

DOUBTFUL = frozenset({"posting/wanted", "posting/hiring-verb", "posting/search-for", "posting/offered"})
"""Rules whose verb takes other subjects than employers."""

_TOGETHER = re.compile(
    r"(?:,|;|\)|\band|\bor|\bas\s+well\s+as|\bplus|\balong\s+with)\s*(?:(?:another|one),?\s+)?(?:(?:also|even|for)\s+)?"
    r"(?:per\s+[^\s,]+,\s*)?\Z",
    re.IGNORECASE,
)
_AS = re.compile(r"\s+(?:as\b|(?:who|that)\s+(?:has|had|was|were)\b)", re.IGNORECASE)
_FORMER = re.compile(r"(?:former|ex-|veteran|longtime)", re.IGNORECASE)
_PERSONAL = frozenset({"her", "his", "my", "our", "your"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


_PAID = re.compile(
    r"\b(?:earn\w*|mak(?:es?|ing)|pay\w*|paid|start\w*|offer\w*|carr(?:y|ies|ied|ying)|command\w*|gets?|receives?|"
    r"comes?\s+with|tops?\s+out|rang(?:es?|ing)|salar(?:y|ies)|wages?|compensation|base|can|could|is|are|was|were|at|for|"
    r"from|on|worth)\b|\A[\s(:–—-]{1,4}\Z",
    re.IGNORECASE,
)
"""What stands between a title and what the job pays."""
_ENTRY = re.compile(
    r"\bstart(?:s|ing|ed)?\s+(?:\w+\s+)?(?:at|from|on|pay|salar\w+|wages?|rates?)\b|"
    r"\b(?:starting|entry-level|base)\s+(?:pay|salary|wage)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:by (?:comparison|contrast)|compar(?:ed|able)|in contrast|average|median|typical(?:ly)?|under (?:the|their)|"
    r"contract that|union|strik\w+|walk(?:ed)? (?:out|off)|experienced|veteran|regular)\b",
    re.IGNORECASE,
)
"""What says that pay is told of people who have the job, and not of whoever gets it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table of cues."""

    rule: str
    strength: str
    pattern: re.Pattern[str]


def cue(text: str, sentence: Sentence, title: Title, previous: Title | None, *, paid: bool) -> str | None:
    """The rule by which the words before a title make it a posting; None when they do not.

    Args:
        text: the document's text.
        sentence: the sentence of the title.
        title: the title.
        previous: a title before it in the sentence that is a posting.
        paid: whether the sentence has an amount of money.
    """
    before = text[max(sentence.start, title.left - WINDOW) : title.left]
    # "Hiring engineers" tells of no opening; a number, a pay or the word "openings" does.
    counted = not title.plural or title.numbered or paid
    if previous is not None and _TOGETHER.search(before) and title.head.dep_ not in _SUBJECTS:
        return "posting/together" if counted or title.role_noun else None
    for each in cues():
        if not each.pattern.search(before):
            continue
        if each.strength == "filled" or _AS.match(text, title.end):
            return None
        if title.role_noun is None and each.rule in DOUBTFUL and (title.definite or _is_cast(title, paid=paid)):
            return None
        if each.strength == "opening" or counted or title.role_noun:
            return each.rule
    return None


def _is_cast(title: Title, *, paid: bool) -> bool:
    """Whether somebody is sought for a film or a deal, and not for a job ("seeking a director for the pilot")."""
    return not paid and title.words.casefold().removesuffix("s") in words("cast_for_works.txt")


def is_filled(text: str, sentence: Sentence, title: Title) -> bool:
    """Whether the words before a title say that the job is taken."""
    before = text[max(sentence.start, title.left - WINDOW) : title.left]
    return any(each.strength == "filled" and each.pattern.search(before) is not None for each in cues())


def is_offered_pay(text: str, sentence: Sentence, title: Title, amount: int) -> bool:
    """Whether the pay that begins at `amount` is what an open job pays, where openings are spoken of.

    Of jobs in the plural that is what they start at, or what a sentence says of them that speaks of hiring itself.
    """
    said = text[sentence.start : sentence.end]
    between = text[title.end : amount]
    if _COMPARED.search(said) or ";" in between or _PAID.search(between) is None:
        return False
    return not title.plural or _ENTRY.search(said) is not None or says("drive", said) is not None


def is_hiring(text: str, sentence: Sentence, title: Title) -> bool:
    """Whether any cue of an open job stands before a phrase."""
    before = text[max(sentence.start, title.left - WINDOW) : title.left]
    names = [each for each in cues() if each.strength != "filled" and each.rule != "posting/offered"]
    return any(each.pattern.search(before) for each in names)


def says(kind: str, said: str) -> re.Match[str] | None:
    """Where words of one kind of `data/posting_words.tsv` stand."""
    return kinds("posting_words.tsv")[kind].search(said)


def is_held(text: str, cast: Cast, title: Title) -> bool:
    """Whether the title is somebody's: a name follows it or stands before it in apposition, or it is "her boss"."""
    if title.determiner in _PERSONAL or _FORMER.match(title.words):
        return True
    after = cast.mention_at(title.stop + 1)
    if after is not None and after.entity.kind is NameKind.PERSON:
        return True
    before = text[max(0, title.left - 3) : title.left].rstrip()
    if not before.endswith(","):
        return False
    mention = cast.mention_at(title.left - (len(text[max(0, title.left - 3) : title.left]) - len(before)) - 2)
    return mention is not None and mention.entity.kind is NameKind.PERSON


@cache
def cues() -> tuple[Cue, ...]:
    """The table of cues, in its order."""
    return tuple(
        Cue(rule, strength, compiled(r"(?<![\w-])(?:{})\s*\Z", pattern))
        for rule, strength, pattern in rows("posting_cues.tsv")
    )

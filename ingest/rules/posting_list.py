"""Jobs that stand in a list: "Staff engineer, Halyard: $320,000", one a line, after a sentence that announces them.

A list may be of one employer's jobs, or of several employers' where each line names its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts import NameKind
from ingest.language.article import Sentence
from ingest.language.entity import Entity, Mention
from ingest.rules import posting_cue
from ingest.rules.amount import Amount, amounts
from ingest.rules.employer import Employers
from ingest.rules.reading import Reading
from ingest.rules.title import Title, titles
from ingest.rules.title_guess import unheaded_title

BEFORE = 400
"""Characters before the sentence that ends in a colon in which it may have been said that jobs follow."""

_EDGE = " \t\n\u00a0-–—:(,;.|/"
_OPENS = re.compile(r"\s*(?:,|:|;|[-–—|/]|\(|\bat\b|\bwith\b|\bfor\b)\s*(?:the\s+)?\Z", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:[:;,|)]|\s[-–—]|\Z)")
_LONGEST_BARE = 16


@dataclass(frozen=True, slots=True)
class Listing:
    """An announced list: whose jobs they are, if all are one employer's, and the sentences that announce them."""

    employer: Entity | None
    announced: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    title: Title
    employer: Entity
    amount: Amount | None


def is_bare(text: str, sentence: Sentence) -> bool:
    """Whether a paragraph is a line without the end of a sentence, as those of a list are."""
    words = text[sentence.start : sentence.end]
    return len(words.split()) <= _LONGEST_BARE and words[-1:] not in ".!?:" and sentence.start == sentence.block.start


def announces(text: str, sentence: Sentence, previous: Sentence | None) -> tuple[Sentence, ...]:
    """The sentences that announce a list of jobs: one that ends in a colon, perhaps with the one before it."""
    words = text[sentence.start : sentence.end]
    if not words.endswith(":"):
        return ()
    if posting_cue.says("announces", words):
        return (sentence,)
    if previous is None or sentence.start - previous.end > BEFORE:
        return ()
    said = text[previous.start : previous.end]
    return (previous, sentence) if posting_cue.says("notice", said) else ()


def item(reading: Reading, employers: Employers, sentence: Sentence, listing: Listing) -> Item | None:
    """The job of a line; its words up to its employer and its pay are the title."""
    text = reading.text
    named = next(iter(titles(text, sentence)), None) or unheaded_title(text, sentence)
    if named is None:
        return None
    found = amounts(text, sentence.start, sentence.end)
    stop = found[0].wording[0] if found and found[0].wording[0] >= named.stop else sentence.end
    own = _own(reading, sentence, named, stop)
    if own is not None and own.start >= named.stop:
        stop = min(stop, own.start)
        if (opens := _OPENS.search(text, named.stop, stop)) is not None:
            stop = opens.start()
    employer = own.entity if own is not None else employers.at(sentence, named) or listing.employer
    if employer is None:
        # Each line of a list of several employers' jobs names its own last: "Policy manager, Europe, Halyard".
        comma = text.rfind(",", named.stop, stop)
        last = sentence.passage.token_at(comma + 2) if comma >= 0 else None
        employer = employers.named(sentence.passage, last) if last is not None else None
        stop = comma
    if employer is None:
        return None
    while stop > named.stop and text[stop - 1] in _EDGE:
        stop -= 1
    title = replace(named, words=" ".join(text[named.start : stop].split()), stop=stop, end=stop)
    return Item(title, employer, found[0] if found else None)


def _own(reading: Reading, sentence: Sentence, title: Title, stop: int) -> Mention | None:
    """The organization that a line names as a part of its own: before the title, or between it and the pay."""
    for mention in reading.cast.mentions_in(sentence.start, stop):
        if mention.entity.kind is not NameKind.ORGANIZATION or mention.start < title.stop < mention.end:
            continue
        if mention.end <= title.start and _CLOSES.match(reading.text, mention.end, sentence.end):
            return mention
        after = mention.start >= title.stop and _OPENS.search(reading.text, title.stop, mention.start)
        if after and _CLOSES.match(reading.text, mention.end, sentence.end):
            return mention
    return None

"""Works that a document names: films, series, games, books and songs, with what they are and whose.

A title is a run of capitalised words, in quotation marks or not, that stands with a noun of `data/work_nouns.txt` or
with words such as "creator of". A capitalised phrase without such company is no work here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import NameKind, Work
from ingest.language.article import Passage, Sentence, Span
from ingest.rules.participant import named
from ingest.rules.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")

_OPENING = "“‘\"'"
_CLOSING = "”’\"'"
_SMALL = r"(?:of|the|a|an|in|on|and|for|to|at|from|with|or|de|la|le|is|vs\.?|&)"
_WORD = r"[A-ZÀ-Þ0-9][\w’'.&-]*[\w!?]|[A-ZÀ-Þ0-9]"
_TITLE = rf"(?:{_WORD})(?:(?::)?[ \u00a0](?:(?:{_SMALL})[ \u00a0]){{0,3}}(?:{_WORD})){{0,7}}"
_QUOTED = re.compile(rf"[{_OPENING}](?P<title>{_TITLE})[,.]?[{_CLOSING}](?!\w)")
_PLAIN = re.compile(rf"(?<![\w’'“‘\"-])(?P<title>{_TITLE.replace('|and|', '|')})")
_KNOWN_FOR = re.compile(
    r"\b(?:(?:credits?|hits?|titles?) includ(?:e|es|ing)|(?:stars?|creators?|hosts?|co-hosts?|directors?|showrunners?"
    r"|seasons?|episodes?|casts?|writers?) (?:of|on)|behind|(?:co-)?created|directed|written for|starr(?:ed|ing) in)\s+"
    r"(?:the\s+)?(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}['’]s?\s+)?\Z"
)
_MADE_BY = re.compile(r"\s(?:star|stars|creator|director|showrunner|franchise|actor|actress|writer|producer|cast)\b")
_DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September"
)
_MODIFIERS = frozenset({"compound", "amod", "nmod", "advmod"})
_NO_DESCRIPTION = frozenset({"new", "latest", "last", "own", "first", "next", "upcoming", "recent", "other"})
_BEFORE = 45
_AFTER = 40
_POSSESSIVE = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,4}\Z")


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A title with the noun that says what it is, if any."""

    rule: str
    title: Span
    noun: Token | None


def works(reading: Reading) -> Iterator[Work]:
    """The works of an article, each where it is first named with what it is."""
    seen: set[str] = set()
    for sentence in reading.article.sentences:
        for found in sorted(_found(reading, sentence), key=lambda each: each.title):
            title = " ".join(reading.text[slice(*found.title)].split())
            if title.casefold() not in seen:
                seen.add(title.casefold())
                yield _fact(reading, sentence, found, title)


def _found(reading: Reading, sentence: Sentence) -> Iterator[_Found]:
    passage, text = sentence.passage, reading.text
    taken: list[Span] = []
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        span = match.span("title")
        noun = _noun_before(passage, text, match.start()) or _noun_after(passage, text, match.end())
        if noun is not None or _is_known_for(text, sentence.start, match.start()) or _MADE_BY.match(text, match.end()):
            taken.append(span)
            yield _Found("work/quoted", span, noun)
    for rule, found, token in [*_beside_nouns(reading, sentence), *_unquoted(reading, sentence)]:
        if not any(a < found[1] and found[0] < b for a, b in taken):
            taken.append(found)
            yield _Found(rule, found, token)


def _beside_nouns(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span, Token]]:
    for token in sentence.tokens:
        if token.lemma_.casefold() not in work_nouns() or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        for span in (
            _title_after(reading, sentence.passage, token),
            _title_beside(reading, sentence.passage, token),
        ):
            if span is not None:
                yield "work/named", span, token


def _unquoted(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span, None]]:
    """Capitalised names after words such as "creator of", where nobody is called so."""
    for match in _PLAIN.finditer(reading.text, sentence.start, sentence.end):
        span = match.span("title")
        if " " not in match.group() or reading.cast.mention_at(span[0]) is not None:
            continue
        if _is_known_for(reading.text, sentence.start, span[0]):
            yield "work/known-for", span, None


def _is_known_for(text: str, start: int, place: int) -> bool:
    """Whether the words before a place say that somebody made what is named there, or plays in it."""
    return _KNOWN_FOR.search(text[max(start, place - _BEFORE) : place]) is not None


def _noun_before(passage: Passage, text: str, place: int) -> Token | None:
    """The work noun that stands right before a title, with at most a comma or "called" between."""
    while place > passage.start and not text[place - 1].isalnum():
        place -= 1
    token = passage.token_at(place - 1)
    for _ in range(4):
        if token is None:
            return None
        if token.lemma_.casefold() in work_nouns() and token.pos_ in {"NOUN", "PROPN"}:
            return token
        if token.lower_ not in {"called", "titled", "entitled", "named"} or token.i == 0:
            return None
        token = token.nbor(-1)
    return None


def _noun_after(passage: Passage, text: str, place: int) -> Token | None:
    """The work noun of an apposition after a title: "X," a fantasy drama."""
    after = re.compile(
        r",?\s*(?:(?P<article>an?|the|its|his|her|their)\s+)?(?P<words>(?:[\w’'-]+\s+){0,5}?[\w’'-]+)"
    ).match(text, place)
    if after is None or place >= passage.end:
        return None
    for match in re.finditer(r"[\w’'-]+", text[after.start("words") : min(after.end("words"), place + _AFTER)]):
        token = passage.token_at(after.start("words") + match.start())
        if token is not None and token.lemma_.casefold() in work_nouns() and token.pos_ == "NOUN":
            return token if after["article"] or match.start() == 0 else None
        if after["article"] is None:
            return None
    return None


def _title_after(reading: Reading, passage: Passage, noun: Token) -> Span | None:
    """A capitalised name right after a work noun, or after "called": "the sequel Meridian 2", "a podcast called X"."""
    start = passage.place(noun)[1]
    gap = re.compile(r",?\s+(?:(?:called|titled|entitled|named)\s+)?").match(reading.text, start)
    match = _PLAIN.match(reading.text, gap.end()) if gap else None
    if match is None or gap is None or noun.text[:1].isupper() or match.end() > passage.end or noun.lower_ == "program":
        return None
    called = "ed" in gap.group()
    if not called and "," in gap.group():
        # "The producer of the film, Ada Quill," names the producer.
        of_somebody = noun.dep_ == "pobj" and noun.head.lower_ == "of"
        if of_somebody or not _ends_apposition(reading.text, match.end()):
            return None
    span = match.span("title")
    return None if _is_somebody(reading, span) or _DATED.match(match.group()) else span


def _title_beside(reading: Reading, passage: Passage, noun: Token) -> Span | None:
    """A capitalised name that the work noun is in apposition to: "Mirefall, a fantasy role-playing game"."""
    if noun.dep_ != "appos" or noun.head.pos_ != "PROPN":
        return None
    match = _PLAIN.match(reading.text, passage.span(noun.head.left_edge, noun.head)[0])
    span = match.span("title") if match else None
    return span if span is not None and not _is_somebody(reading, span) else None


def _ends_apposition(text: str, place: int) -> bool:
    return text[place : place + 1] in {",", ".", ";", ")"}


def _is_somebody(reading: Reading, span: Span) -> bool:
    """Whether a capitalised name is a person's or an organization's that the document tells of in other places too."""
    mention = reading.cast.mention_at(span[0])
    if mention is None:
        return False
    entity = mention.entity
    return entity.actor is not None or entity.kind is NameKind.PERSON or mention.end - mention.start < span[1] - span[0]


def _fact(reading: Reading, sentence: Sentence, found: _Found, title: str) -> Work:
    passage = sentence.passage
    description = _description(reading, passage, found.noun)
    return reading.fact(
        Work,
        found.rule,
        "0.8" if found.noun is not None else "0.6",
        reading.evidence([sentence], source=found.title),
        title=title,
        work_kind=description,
        by=_by(reading, passage, found),
        description=description,
    )


def _description(reading: Reading, passage: Passage, noun: Token | None) -> str | None:
    """What the work is: the noun with the adjectives and nouns before it."""
    if noun is None:
        return None
    first = noun
    while first.i > noun.sent.start:
        before = first.nbor(-1)
        if (
            before.pos_ == "PROPN"
            or before.lower_ in _NO_DESCRIPTION
            or not (before.dep_ in _MODIFIERS or before.text == "-")
        ):
            break
        first = before
    return " ".join(reading.text[slice(*passage.span(first, noun))].split())


def _by(reading: Reading, passage: Passage, found: _Found) -> str | None:
    """Whose work it is: the possessor of its noun, or of the title itself."""
    heads = (
        [child for child in found.noun.lefts if child.dep_ in {"poss", "compound", "nmod"}]
        if found.noun is not None
        else []
    )
    if not heads:
        before = _POSSESSIVE.search(reading.text, max(passage.start, found.title[0] - _BEFORE), found.title[0] - 1)
        token = passage.token_at(before.start() - 1) if before else None
        heads = [token] if token is not None else []
    for head in heads:
        mention = reading.cast.mention_at(passage.place(head)[0])
        if mention is not None:
            return mention.entity.name
        for name in named(reading, passage, head) if head.dep_ == "poss" else ():
            if name.kind is not NameKind.GROUP:
                return name.name
    return None


@cache
def work_nouns() -> frozenset[str]:
    """Nouns for works, singular."""
    lines = (DATA / "work_nouns.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))

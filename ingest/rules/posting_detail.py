"""What a sentence says of an open job beside its pay: place, remote work, demands, duties, unit, date of posting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts import Date
from ingest.language.article import Sentence, Span
from ingest.rules.reading import Reading
from ingest.rules.title import Title

OPEN = re.compile(
    r"\b(?:(?:is|are|’s|'s|’re|now|also|currently|actively) (?:\w+ )?"
    r"(?:hiring|seeking|recruiting|looking for|advertising|searching)|"
    r"(?:still|remains?|currently|now) (?:open|online|listed|live|accepting)|(?:available|open) (?:positions?|roles?)|"
    r"(?:positions?|roles?|openings?|jobs?) (?:available|open)|is open at|open right now|accepting applications)\b",
    re.IGNORECASE,
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_BEFORE_PLACE = re.compile(
    r"(?:\b(?:based|located|sit|sits|work|works|headquarter(?:s|ed)|offices?|done|studio|team|performed|relocate)\b[^.;:]{0,30}?\b"
    r"(?:in|from|out of|near|at|to)\s+(?:the\s+)?)\Z",
    re.IGNORECASE,
)
_PLACE_OF_TITLE = re.compile(r"[^.;:,]{0,30}?\s?\b(?:in|from|near)\s+(?:the\s+)?\Z|\s*\(\s*\Z|,\s*\Z", re.IGNORECASE)
_STATE = re.compile(r",\s(?:[A-Z]{2}\b|[A-Z][a-z]+\.?(?:\s[A-Z][a-z]+)?)")
_NOT_REMOTE = re.compile(
    r"\b(?:no remote|not (?:be )?(?:done )?remote(?:ly)?|remote work is (?:not|n’t|n't)|isn[’']t remote|on-?site only|"
    r"in the office (?:five|four|three|\d) days|(?:two|three|four|five) days a week)\b",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:remotely|(?:fully |also |or )?remote(?: within| position| role| work|-first)?|work(?:ing)? from \w+|"
    r"from (?:home|anywhere))\b",
    re.IGNORECASE,
)
_REQUIRES = re.compile(
    r"\b(?:(?:requires?|demands?|calls? for|asks? for)\s+|(?:candidates?|applicants?|hires?|they|who)\s+(?:\w+\s+)?"
    r"(?:must|should|will|needs? to|are expected to|ought to)(?:,\s\w+,)?\s+(?:also\s+)?(?:have|hold|bring|possess)\s+)"
    r"(?P<words>[^.;]{4,300})",
    re.IGNORECASE,
)
_DUTIES = re.compile(
    r"\b(?:will (?:involve|include|(?:also )?be responsible for|oversee|lead)|"
    r"responsibilities (?:of the role )?(?:include|are)|responsible for|duties include|intends to|aims to|"
    r"importance of this role in|tasked with|charged with)\s+"
    r"(?P<words>[^.;]{4,300})",
    re.IGNORECASE,
)
_POSTED = re.compile(r"\b(?:posted|listed|advertised|published|went live|appeared|opened)\b", re.IGNORECASE)
_DURATION = re.compile(r"\b(?:years|months|weeks|days)\b(?! ago)", re.IGNORECASE)
_UNIT = re.compile(
    r"\s+(?:on|in|for|at|of|within)\s+(?P<own>(?:its|their)\s+)?(?P<unit>[\w&/-]+(?:\s+[\w&/-]+){0,5}?)(?=\s*(?:[,.;:(—–-]|\Z)|"
    r"\s+(?:at|with|that|which|who|to|will|would|could|can|earns?|makes?|pays?|is|was|offering|paying|focus\w+)\b)"
)
_NAMED = re.compile(r"\b[A-Z]")
_PARENTHESES = re.compile(r"\([^()]*\)")
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of one opening in one passage."""

    location: str | None = None
    remote: bool | None = None
    requirements: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    posted_on: Date | None = None
    open: bool | None = None
    unit: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is more than that the job is open."""
        return replace(self, open=None, unit=None) != Details()

    def joined(self, other: Details) -> Details:
        """Both together; what was said first stays."""
        return Details(
            location=self.location or other.location,
            remote=self.remote if self.remote is not None else other.remote,
            requirements=tuple(dict.fromkeys(self.requirements + other.requirements)),
            duties=tuple(dict.fromkeys(self.duties + other.duties)),
            posted_on=self.posted_on or other.posted_on,
            open=self.open or other.open,
            unit=self.unit or other.unit,
        )


def of(reading: Reading, sentence: Sentence, title: Title | None, *, opened: bool) -> Details:
    """What a sentence says of the opening whose title it may hold."""
    text = reading.text
    words = text[sentence.start : sentence.end]
    place = _location(reading, sentence, title)
    aside = _aside(text, sentence, title)
    remote = False if _NOT_REMOTE.search(aside) else True if _REMOTE.search(aside) else None
    return Details(
        location=_words(text, place) if place is not None else None,
        remote=remote,
        requirements=_captured(_REQUIRES, words),
        duties=_captured(_DUTIES, words),
        posted_on=_posted_on(reading, sentence),
        open=True if opened else None,
        unit=_unit(reading, sentence, title),
    )


def widened(text: str, sentence: Sentence, title: Title) -> Title:
    """A phrase such as "various positions" with what it says of them ("based on machine learning")."""
    match = re.compile(
        r"\s+(?:based on|in|on|involving|related to)\s+[^.,;:()$]{3,60}?(?=\s+(?:with|at|paying|for|that)\b|[.,;:(])"
    ).match(text, title.stop, sentence.end)
    if match is None:
        return title
    return replace(
        title,
        start=title.left,
        stop=match.end(),
        end=match.end(),
        words=" ".join(text[title.start : match.end()].split()),
    )


def _location(reading: Reading, sentence: Sentence, title: Title | None) -> Span | None:
    text = reading.text
    for start, end, label in sentence.passage.entities:
        if label not in _PLACES or not sentence.start <= start < sentence.end:
            continue
        placed = _BEFORE_PLACE.search(text, max(sentence.start, start - 80), start)
        after_title = (
            title is not None
            and 0 <= start - title.end <= _LONGEST_GAP
            and _PLACE_OF_TITLE.fullmatch(text, title.end, start) is not None
        )
        if placed or after_title:
            state = _STATE.match(text, end, sentence.end)
            return start, state.end() if state is not None else end
    return None


def _posted_on(reading: Reading, sentence: Sentence) -> Date | None:
    text = reading.text
    if not _POSTED.search(text, sentence.start, sentence.end):
        return None
    for start, end, label in sentence.passage.entities:
        if (
            label == "DATE"
            and sentence.start <= start < sentence.end
            and not re.search(r"\d+ (?:years|days) ", text[start:end])
        ):
            return Date(wording=" ".join(text[start:end].split()))
    return None


def _unit(reading: Reading, sentence: Sentence, title: Title | None) -> str | None:
    """The part of the employer that the job is in: "on its Machine Learning Platform", "in member satisfaction ML"."""
    if title is None:
        return None
    match = _UNIT.match(reading.text, title.end, sentence.end)
    if match is None:
        return None
    start, end = match.span("unit")
    placed = any(left < end and start < right for left, right, label in sentence.passage.entities if label in _PLACES)
    mention = reading.cast.mention_at(start)
    if placed or (mention is not None and mention.entity.actor is not None):
        return None
    if match["own"] is None and not _NAMED.search(reading.text, start, end):
        return None
    return _words(reading.text, (start, end))


def _aside(text: str, sentence: Sentence, title: Title | None) -> str:
    """The words of a sentence without what stands in parentheses after another title."""
    kept, position = [], sentence.start
    for match in _PARENTHESES.finditer(text, sentence.start, sentence.end):
        if title is not None and not 0 <= match.start() - title.end <= 2:
            kept.append(text[position : match.start()])
            position = match.end()
    return "".join([*kept, text[position : sentence.end]])


def _captured(pattern: re.Pattern[str], words: str) -> tuple[str, ...]:
    return tuple(" ".join(match["words"].strip(' ,“"').split()) for match in pattern.finditer(words))


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())

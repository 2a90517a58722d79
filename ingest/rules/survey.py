"""Surveys and what they found: who asked whom, how many, when, and each share of the answers.

The words are in `data/survey_words.tsv`. A survey may be named after its first figures, so that all surveys of a
document are found before their figures are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.facts import Date, Event, EventKind, Name, NameKind, SurveyFinding
from ingest.language.article import Sentence, Span
from ingest.language.block import BlockKind
from ingest.language.entity import Entity
from ingest.rules.lexicon import kinds
from ingest.rules.reading import Reading
from ingest.rules.share import Share, shares
from ingest.rules.survey_sample import sample_of
from ingest.rules.surveyor import surveyor
from ingest.rules.title import LONGEST

REACH = 8
"""Sentences after a survey in which its figures may still be told."""

ROUNDED = 5
"""Points by which a share that is told in a word may differ from the figure that it stands for."""

CONFIDENCE = {"survey/asked": "0.95", "survey/named": "0.7", "survey/figure": "0.95", "survey/answers": "0.85"}
"""How often each rule is right."""

_NEXT = re.compile(
    r"[,;]?\s+(?:and|while|but|although|though|whereas|as)\b(?:\s+[\w’'-]+){0,3}?\s*\Z|[;,]\s*\Z", re.IGNORECASE
)
_SOURCE = re.compile(r",?\s+(?:according to|per|an? (?:\w+ ){0,3}(?:survey|poll|study|report)\b)", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:(?:the|all|those|them|these|its|their)\s+)?")
_DEFINITE = re.compile(r"\b(?:the|this|that|its|same)\s+(?:\w+\s+)?\Z", re.IGNORECASE)


@dataclass(eq=False)
class Survey:
    """One survey of a document."""

    by: Entity
    noun: str
    sentence: Sentence
    asked: bool
    sample: int | None = None
    population: Span | None = None
    date: Span | None = None
    sampled: Sentence | None = None
    places: list[int] = field(default_factory=list)
    rounded: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called: after who asked."""
        return f"{self.by.name} {self.noun}"


def findings(reading: Reading) -> Iterator[SurveyFinding | Event]:
    """The surveys that a document tells of, as events, and each figure that they found."""
    found = _surveys(reading)
    for survey in found:
        yield _event(reading, survey)
    yield from _figures(reading, found)


def _surveys(reading: Reading) -> list[Survey]:
    found: list[Survey] = []
    unnamed: list[Sentence] = []
    last = told = -REACH - 1
    for index, sentence in enumerate(reading.article.sentences):
        if sentence.block.kind is BlockKind.HEADING or sentence.end - sentence.start > LONGEST:
            continue
        words = reading.text[sentence.start : sentence.end]
        sample = sample_of(words)
        noun = _search("asks", words) or _search("polls", words) or _search("tells", words)
        noun = noun or (re.search(r"\basked\b", words) if sample is not None else None)
        if noun is None and index - told <= 1:
            noun = _search("made", words)
        if noun is None:
            continue
        asks = _search("asks", words) or _search("polls", words)
        known = found[-1] if found and index - last <= REACH * 2 else None
        again = known is not None and _DEFINITE.search(words[: noun.start()]) is not None
        figures = shares(reading.text, sentence.start, sentence.end)
        told = index
        if asks is None and sample is None and not figures:
            continue
        by = surveyor(reading, sentence, sentence.start + noun.start(), sentence.start + noun.end())
        if again and known is not None and (by is None or by is known.by or known.sample is None):
            _add(known, sentence, sample, reading)
        elif by is not None:
            same = next((each for each in found if each.by is by or each.by.name == by.name), None)
            if same is None:
                asked = asks is not None or _search("asked", words) is not None or _search("made", words) is not None
                same = Survey(by, _name(words), sentence, asked or _is_found_of_people(reading.text, sentence, figures))
                found.append(same)
            # What a survey found may be told before who made it.
            for announced in unnamed:
                _add(same, announced, None, reading)
                same.rounded += _rounded(shares(reading.text, announced.start, announced.end), figures)
            unnamed = []
            _add(same, sentence, sample, reading)
        else:
            unnamed = [sentence] if figures else []
            continue
        unnamed = []
        last = index
    return [survey for survey in found if survey.asked or survey.sample is not None]


def _rounded(announced: list[Share], exact: list[Share]) -> list[int]:
    """Where shares begin that only round those that are told after them ("almost half", and then "47%")."""
    return [one.start for one in announced if any(0 < abs(one.value - each.value) <= ROUNDED for each in exact)]


def _is_found_of_people(text: str, sentence: Sentence, figures: list[Share]) -> bool:
    """Whether a study, by a verb of finding, tells shares of people or things ("finds that 30% of workers …")."""
    if not figures or _search("finds", text[sentence.start : sentence.end]) is None:
        return False
    return any(_OF.match(text, each.end, sentence.end) for each in figures)


def _add(survey: Survey, sentence: Sentence, sample: re.Match[str] | None, reading: Reading) -> None:
    survey.places.append(sentence.start)
    if sample is not None and survey.sample is None:
        survey.sample = int(sample["count"].replace(",", ""))
        survey.sampled = sentence
        start = sentence.start
        survey.population = (start + sample.start("who"), start + sample.end("who")) if sample["who"] else None
    if survey.date is None:
        survey.date = next(
            (
                (s, e)
                for s, e, label in sentence.passage.entities
                if label == "DATE" and sentence.start <= s < sentence.end and not _is_age(reading.text[s:e])
            ),
            None,
        )


def _is_age(words: str) -> bool:
    return re.search(r"\byears?\b.*\b(?:old|two|three)\b|\bdecades?\b|\bpast\b", words) is not None


def _name(words: str) -> str:
    poll = re.search(r"\bpolls?\b|\bpoll(?:ed|ing)\b", words, re.IGNORECASE)
    survey = re.search(r"\bsurvey", words, re.IGNORECASE)
    return "poll" if poll is not None and survey is None else "survey"


def _event(reading: Reading, survey: Survey) -> Event:
    participants = [Name(name=survey.by.name, kind=survey.by.kind)]
    if survey.population is not None:
        participants.append(Name(name=_words(reading, survey.population), kind=NameKind.GROUP))
    sentence = survey.sampled or survey.sentence
    topics = reading.topics.find(reading.text, sentence.start, sentence.end)
    rule = "survey/asked" if survey.sample is not None else "survey/named"
    return reading.fact(
        Event,
        rule,
        CONFIDENCE[rule],
        reading.evidence({survey.sentence, sentence} if survey.sampled else [sentence]),
        event_kind=EventKind.SURVEY,
        label=survey.name,
        participants=tuple(participants),
        date=Date(wording=_words(reading, survey.date)) if survey.date is not None else None,
        count=survey.sample,
        topics=tuple(slug for slug, _ in topics),
    )


def _figures(reading: Reading, found: list[Survey]) -> Iterator[SurveyFinding]:
    if not found:
        return
    places = {place: survey for survey in found for place in survey.places}
    current: Survey | None = None
    since = 0
    for sentence in reading.article.sentences:
        if sentence.block.kind is BlockKind.HEADING or sentence.end - sentence.start > LONGEST:
            continue
        here = places.get(sentence.start)
        current, since = (here, 0) if here is not None else (current, since + 1)
        figures = shares(reading.text, sentence.start, sentence.end)
        if not figures or current is None:
            continue
        for index, share in enumerate(figures):
            if share.start in current.rounded:
                continue
            if here is not None or _answers(reading.text, share, sentence, near=since <= REACH):
                since = 0
                rule = "survey/figure" if here is not None else "survey/answers"
                yield _finding(reading, current, sentence, figures, index, rule)


def _answers(text: str, share: Share, sentence: Sentence, *, near: bool) -> bool:
    """Whether a share is one of those who answered: what they say or do follows it."""
    after = text[share.end : min(sentence.end, share.end + 60)]
    if near and _search("trend", text[max(sentence.start, share.start - 60) : share.start]) is not None:
        return _search("business", text[sentence.start : sentence.end]) is None
    if near:
        return _search("answers", after) is not None or _acts(share, sentence)
    return _OF.match(after) is not None and _search("speaks", after) is not None


def _acts(share: Share, sentence: Sentence) -> bool:
    """Whether a share is the subject of what people do, and of no rise or fall."""
    token = sentence.passage.token_at(share.end - 1)
    if token is None or token.dep_ not in {"nsubj", "nsubjpass"} or token.head.pos_ != "VERB":
        return False
    words = " ".join(each.text for each in sentence.tokens)
    return _search("moves", token.head.text) is None and _search("business", words) is None


def _finding(
    reading: Reading, survey: Survey, sentence: Sentence, figures: list[Share], index: int, rule: str
) -> SurveyFinding:
    share = figures[index]
    start, end = _clause(reading.text, sentence, figures, index)
    introduced = survey.sentence if rule == "survey/answers" else sentence
    return reading.fact(
        SurveyFinding,
        rule,
        CONFIDENCE[rule],
        reading.evidence({introduced, sentence} if rule == "survey/answers" else [sentence], value=share.span),
        survey=survey.name,
        by=survey.by.name,
        sample_size=survey.sample,
        population=_words(reading, survey.population) if survey.population is not None else None,
        finding=" ".join(reading.text[start:end].split()),
        value=share.value,
        unit=share.unit,
        wording=_words(reading, share.span),
        date=Date(wording=_words(reading, survey.date)) if survey.date is not None else None,
        topics=tuple(slug for slug, _ in reading.topics.find(reading.text, start, end)),
    )


def _clause(text: str, sentence: Sentence, figures: list[Share], index: int) -> Span:
    """What was found: what follows the share in its clause; the whole clause where nothing does."""
    share = figures[index]
    stop = figures[index + 1].start if index + 1 < len(figures) else sentence.end
    cut = _NEXT.search(text, share.end, stop) if index + 1 < len(figures) else None
    end = cut.start() if cut is not None else stop
    source = _SOURCE.search(text, share.end, end)
    end = source.start() if source is not None else end
    of = _OF.match(text, share.end, end)
    start = of.end() if of is not None else share.end
    start, end = _trimmed(text, start, end)
    if len(text[start:end].split()) >= 2:
        return start, end
    begin = figures[index - 1].end if index else sentence.start
    return _trimmed(text, max(begin, share.start - 200), max(end, share.end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum() and text[start] not in "“\"'‘(":
        start += 1
    while end > start and text[end - 1] in ' \t\n,.;:—–-”"':
        end -= 1
    return start, end


def _words(reading: Reading, span: Span) -> str:
    return " ".join(reading.text[slice(*span)].split())


def _search(kind: str, words: str) -> re.Match[str] | None:
    return kinds("survey_words.tsv")[kind].search(words)

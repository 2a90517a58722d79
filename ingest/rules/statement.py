"""Statements as facts: who says what to whom, how, when, on what topics, with which stance, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts import Fact, Mode, Statement
from ingest.rules.addressee import told_to
from ingest.rules.affiliation import affiliation, role
from ingest.rules.discourse import utterances
from ingest.rules.mode import bare, mode, whole
from ingest.rules.reading import Reading
from ingest.rules.said_date import SaidDates
from ingest.rules.stance_cue import stance_of
from ingest.rules.utterance import Utterance

CONFIDENCE = {
    "quotation": "0.95",
    "clause": "0.85",
    "floating": "0.85",
    "according-to": "0.85",
    "as-stated-by": "0.9",
    "infinitive": "0.7",
    "object": "0.75",
    "naming": "0.75",
    "passive": "0.7",
    "noun": "0.6",
    "adjective": "0.75",
    "continued": "0.85",
    "colon": "0.85",
    "dash": "0.9",
    "turn": "0.9",
    "evidence": "0.6",
    "elaboration": "0.6",
    "paragraph": "0.6",
}
"""How sure a rule is, by the share of its statements that were right on the development articles."""


def statements(reading: Reading) -> Iterator[Fact]:
    """All statements of an article, in the order of its text."""
    dates = SaidDates(reading)
    for utterance in utterances(reading):
        if any(end > start for start, end in utterance.content):
            yield _fact(reading, utterance, dates)


def _fact(reading: Reading, utterance: Utterance, dates: SaidDates) -> Statement:
    text, reference = reading.text, utterance.reference
    pieces = [bare(text, span) for span in sorted(utterance.pieces)]
    content = [whole(text, span) for span in sorted(utterance.content)]
    given = mode(text, content, pieces)
    if given is Mode.DIRECT:
        content = pieces
    topics = {slug: span for start, end in content for slug, span in reading.topics.find(text, start, end)}
    stance = stance_of(text, content)
    first, last = utterance.sentences[0].start, utterance.end
    evidence = reading.evidence(
        utterance.sentences,
        source=[reference.span] if first <= reference.span[0] < last else [],
        cue=[utterance.cue] if utterance.cue is not None else [],
        content=content,
        quotation=pieces,
        topic=list(topics.values()),
        stance=stance[1] if stance is not None else [],
    )
    return reading.fact(
        Statement,
        f"statement/{utterance.rule}",
        CONFIDENCE[utterance.rule],
        evidence,
        speaker=reference.name,
        role=role(reading, utterance),
        affiliation=affiliation(reading, utterance),
        mode=given,
        content=" ".join(text[start:end] for start, end in content),
        quote=tuple(text[start:end] for start, end in pieces),
        told_to=told_to(reading, utterance),
        reported_by=tuple(dict.fromkeys(each.name for each in utterance.reported_by)),
        said_on=dates.said_on(utterance, content),
        topics=tuple(topics),
        stance=stance[0] if stance is not None else None,
    )

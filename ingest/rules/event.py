"""Events: what happens between people and companies, as a sentence tells it.

One fact for an event and a sentence that says something of it: who takes part, how far it has come, when and where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.facts import Date, Event, EventKind, EventState
from ingest.language.article import Passage, Sentence, Span
from ingest.language.block import BlockKind
from ingest.rules import verb as verbs
from ingest.rules.date import dates
from ingest.rules.event_cue import Cue, aspect_of, cues, measured
from ingest.rules.event_detail import belongs, counted, location, subject_matter
from ingest.rules.event_lexicon import adjectives
from ingest.rules.event_name import EventNames, topic_of
from ingest.rules.event_party import is_fitting, is_vote
from ingest.rules.event_state import Reality, reality
from ingest.rules.participant import Sides, beside, participants
from ingest.rules.reading import Reading
from ingest.rules.verb import LONGEST_SENTENCE

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONFIDENCE = {
    "event/agreement-verb": "0.9",
    "event/hiring-verb": "0.75",
    "event/layoff-verb": "0.95",
    "event/negotiation-noun": "0.9",
    "event/proposal-verb": "0.65",
    "event/strike-noun": "0.9",
    "event/strike-verb": "0.8",
    "event/vote-verb": "0.9",
}
"""Shares of right events as measured on annotated articles, of the rules that read enough of them to be measured."""

_UNMEASURED = "0.75"
_DURATION = re.compile(r"\b(?:\w+)-(?:hour|day|week|month|year)s?\b")
_TOWARDS = frozenset({"on", "for", "about", "over", "toward", "towards"})
_STANDING = frozenset({"on", "to", "in", "under", "after", "amid", "during"})
_HOLLYWOOD = re.compile(r"\bHollywood(?:['’]s)?\s+(?:\w+\s+){0,3}strikes?\b")
_SHORTEST_HEADING = 4
_PROTESTS = frozenset({"protest", "rally"})
_LAST = 3
"""Sentences after an event's noun in which "they" or "it" may still mean it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """One event as one sentence tells it."""

    cue: Cue
    state: EventState | None
    who: Sides
    date: tuple[Span, Date] | None
    place: Span | None
    about: Span | None
    count: int | None


def events(reading: Reading) -> Iterator[Event]:
    """The events of an article, in the order of its sentences."""
    names = EventNames(reading.article.document.name)
    negotiated: int | None = None
    for number, sentence in enumerate(reading.article.sentences):
        shortest = _SHORTEST_HEADING if sentence.block.kind is BlockKind.HEADING else 1
        if not shortest <= len(sentence.tokens) <= LONGEST_SENTENCE:
            continue
        found = list(cues(sentence))
        if any(cue.kind is EventKind.NEGOTIATION for cue in found):
            negotiated = number
        elif negotiated is not None and number - negotiated <= _LAST:
            found += _pronouns(sentence)
        said = dates(reading, sentence.start, sentence.end, vague=True) if found else []
        for told in _together([told for cue in found if (told := _told(reading, sentence, cue, said)) is not None]):
            yield _fact(reading, sentence, told, names)


def _told(reading: Reading, sentence: Sentence, cue: Cue, said: list[tuple[Span, Date]]) -> _Told | None:
    """What the sentence tells of a cue's event, or None when it tells no event."""
    passage = sentence.passage
    real = reality(cue)
    if real is Reality.UNREAL:
        return None
    printed = [each for each in said if belongs(passage, each[0], cue)]
    if cue.bare and not _stands_alone(reading, passage, cue, printed):
        return None
    if cue.verb is None and not cue.bare:
        return None
    who = participants(reading, sentence, cue)
    if cue.verb is not None and not is_fitting(cue, who.names):
        return None
    if is_vote(cue, who.names):
        # Many who reject or accept an offer do so by voting.
        cue = replace(cue, kind=EventKind.VOTE)
    state = EventState.PLANNED if real is Reality.PLANNED and cue.state is not EventState.ENDED else cue.state
    count = counted(cue) if cue.kind is EventKind.LAYOFF else None
    return _Told(
        cue,
        state,
        who,
        printed[0] if printed else None,
        location(passage, cue),
        subject_matter(passage, cue, [span for span, _ in said]),
        count,
    )


def _stands_alone(reading: Reading, passage: Passage, cue: Cue, printed: list[tuple[Span, Date]]) -> bool:
    """Whether a noun without a telling verb is said of an event: by whom, when, or of what sort."""
    if "who" in cue.bare and beside(reading, passage, cue):
        return True
    if "when" in cue.bare and printed:
        return True
    if "always" in cue.bare or ("how" in cue.bare and _is_qualified(reading, passage, cue.token)):
        return True
    standing = measured(cue.token)
    if standing.dep_ == "pobj" and standing.head.lower_ in cue.bare & _STANDING:
        return True
    if "against" in cue.bare and verbs.after(cue.token, "against"):
        return True
    wanted = {each.removeprefix("of:") for each in cue.bare if each.startswith("of:")}
    nouns = verbs.after(cue.token, "of")
    return any(noun.lemma_.casefold() in wanted or ("@name" in wanted and noun.text[:1].isupper()) for noun in nouns)


def _is_qualified(reading: Reading, passage: Passage, noun: Token) -> bool:
    """Whether an adjective or a length of time before a noun says that its event is more than a word."""
    if noun.dep_ == "pobj" and noun.head.lower_ in _TOWARDS:
        return False
    if any(child.lower_ in adjectives() for child in noun.lefts):
        return True
    before = reading.text[passage.place(noun.left_edge)[0] : passage.place(noun)[0]]
    return _DURATION.search(before) is not None


def _pronouns(sentence: Sentence) -> Iterator[Cue]:
    """Negotiations that a pronoun means: "They resumed nine days later"."""
    for token in sentence.tokens:
        if verbs.is_verb(token):
            subjects = verbs.subjects(token)
            aspect = aspect_of(token, EventKind.NEGOTIATION)
            if (
                aspect is not None
                and aspect.subject_state is not None
                and any(s.lower_ in {"they", "it"} for s in subjects)
            ):
                yield Cue(
                    "event/negotiation-pronoun", EventKind.NEGOTIATION, aspect.subject_state, token, token, None, ()
                )


def _together(told: list[_Told]) -> list[_Told]:
    """One event for all that a sentence tells of the same one; a vote to strike is no strike."""
    kept: list[_Told] = []
    for each in told:
        if any(_inside(each.cue, other.cue) for other in told if other is not each):
            continue
        same = next((i for i, other in enumerate(kept) if _same(other, each)), None)
        if same is None:
            kept.append(each)
        else:
            kept[same] = _merged(kept[same], each)
    return kept


def _inside(cue: Cue, other: Cue) -> bool:
    """Whether a cue is a part of what another one tells."""
    if cue.called in _PROTESTS and other.kind is EventKind.STRIKE:
        # "Staged a walkout to protest the plan" tells of one event.
        return other.verb is not None and any(cue.token.i == token.i for token in other.verb.subtree)
    if other.kind not in {EventKind.VOTE, EventKind.LAWSUIT, EventKind.AGREEMENT} or cue.kind is other.kind:
        return False
    if other.kind is not EventKind.VOTE and cue.kind is not EventKind.NEGOTIATION:
        return False
    above = {other.token.i} | ({other.verb.i} if other.verb is not None else set())
    current = cue.token
    for _ in range(5):
        if current.i in above and current.i != cue.token.i:
            return True
        # What somebody votes to do may hang on the vote as on any verb: "voted by 93% to walk out".
        purpose = current.dep_ == "advcl" and current.head.i in above and _is_infinitive(current)
        if current.head.i == current.i or (current.dep_ in {"advcl", "relcl", "conj"} and not purpose):
            return False
        current = current.head
    return current.i in above


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _same(one: _Told, other: _Told) -> bool:
    if one.cue.kind is not other.cue.kind:
        return False
    if one.cue.called is not None and one.cue.called == other.cue.called:
        return True
    a, b = one.who.folded, other.who.folded
    return bool(a & b) or ((not a or not b) and not _is_of_others(one.cue, other.cue))


def _is_of_others(one: Cue, other: Cue) -> bool:
    """Whether two verbs have subjects of their own, of which the later is no pronoun for the earlier."""
    first, second = (_own_subject(cue) for cue in sorted((one, other), key=lambda cue: cue.token.i))
    if first is None or second is None or second.pos_ == "PRON":
        return False
    return first.lemma_ != second.lemma_


def _own_subject(cue: Cue) -> Token | None:
    if cue.verb is None or (cue.noun is not None and cue.noun.dep_ in {"nsubj", "nsubjpass"}):
        return None
    return next((child for child in cue.verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)


def _merged(one: _Told, other: _Told) -> _Told:
    return _Told(
        one.cue,
        one.state or other.state,
        one.who.joined(other.who),
        one.date or other.date,
        one.place or other.place,
        one.about or other.about,
        one.count if one.count is not None else other.count,
    )


def _fact(reading: Reading, sentence: Sentence, told: _Told, names: EventNames) -> Event:
    passage, cue = sentence.passage, told.cue
    first, last = cue.words
    span = passage.span(first, last) if last.i - first.i <= 8 else passage.place(cue.token)
    words = reading.text[slice(*passage.place(cue.token))]
    hollywood = _HOLLYWOOD.search(reading.text, sentence.start, sentence.end) is not None
    date = told.date[1] if told.date is not None else None
    year = date.edtf if date is not None and date.edtf is not None and len(date.edtf) == 4 else None
    who = told.who
    if cue.kind is EventKind.NEGOTIATION and not who.names:
        # "The talks" have the parties that the document has given them before.
        who = names.parties(cue.kind)
    about = " ".join(reading.text[slice(*told.about)].split()) if told.about else None
    key, label = names.of(cue.kind, who, words, year, hollywood=hollywood, what=_what(cue, about, words))
    topics = [topic_of(cue.kind)] if topic_of(cue.kind) else []
    if told.about:
        topics += [topic for topic, _ in reading.topics.find(reading.text, *told.about) if topic not in topics]
    return reading.fact(
        Event,
        cue.rule,
        _CONFIDENCE.get(cue.rule, _UNMEASURED),
        reading.evidence([sentence], cue=span, value=told.date[0] if told.date else None),
        event=key,
        event_kind=cue.kind,
        label=label,
        participants=who.names,
        date=date,
        state=told.state,
        about=about,
        location=" ".join(reading.text[slice(*told.place)].split()) if told.place else None,
        count=told.count,
        topics=tuple(topics),
    )


def _what(cue: Cue, about: str | None, words: str) -> str | None:
    """What tells this event from others of its kind: what is launched, or what sort of thing it is."""
    if cue.kind is EventKind.LAUNCH:
        return about or (words if cue.token.pos_ in {"NOUN", "PROPN"} else None)
    if cue.kind is EventKind.OTHER:
        return cue.called or words
    return None

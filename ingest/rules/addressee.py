"""To whom something was said: "told Variety", "told reporters", "in an interview with Deadline", "said to the BBC"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.facts import Name
from ingest.rules import phrase
from ingest.rules.byline import author
from ingest.rules.reading import Reading
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.language.article import Passage

_TELLING = group("telling")
_URGING = group("urging")
_ADDRESSING = group("addressing")
_OCCASIONS = group("occasion")
_EXCHANGES = group("exchange")
_OBJECTS = frozenset({"dobj", "dative", "iobj", "nsubj", "npadvmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_WRITER = frozenset({"me", "us"})
_TO = frozenset({"to"})
_ON = frozenset({"on", "upon"})
_WITH = frozenset({"with", "to"})
_MOST = 2


def told_to(reading: Reading, utterance: Utterance) -> tuple[Name, ...]:
    """Those to whom an utterance was said, as far as its sentence, or the transcript that it stands in, says."""
    found = [each.name for each in utterance.told_to]
    verb = utterance.predicate
    passage = utterance.passage(verb) if verb is not None else None
    if verb is not None and passage is not None and utterance.rule != "adjective":
        found += _named(reading, utterance, passage, verb)
    return tuple(dict.fromkeys(found))[:_MOST]


def _named(reading: Reading, utterance: Utterance, passage: Passage, verb: Token) -> Iterator[Name]:
    """The names of those whom the sentence says to be told; "me" is its writer."""
    for noun in _addressees(reading, utterance, passage, verb):
        if noun.pos_ in _NOUNS and noun.lemma_.casefold() not in _OCCASIONS:
            name = reading.references.of(passage, noun).name
            if not name.unresolved:
                yield name
        elif noun.text.casefold() in _WRITER:
            writer = author(reading)
            if writer is not None:
                yield writer


def _addressees(reading: Reading, utterance: Utterance, passage: Passage, verb: Token) -> Iterator[Token]:
    told = [child for child in verb.rights if child.dep_ in _OBJECTS and _is_outside(reading, passage, child)]
    if verb.lemma_ in _TELLING:
        yield from told[:1]
    if verb.lemma_ in _URGING and utterance.rule == "infinitive":
        yield from (each for each in [*told, *phrase.objects(verb, _ON)][:1])
    if verb.lemma_ in _ADDRESSING:
        yield from phrase.objects(verb, _TO)
    for token in verb.subtree:
        exchange = token.text.casefold() in _EXCHANGES
        speaking = token.tag_ == "VBG" and token.i != verb.i and token.lemma_ in _ADDRESSING
        if (exchange or speaking) and not _is_said(utterance, passage, token):
            yield from phrase.objects(token, _WITH)


def _is_outside(reading: Reading, passage: Passage, token: Token) -> bool:
    return reading.article.in_quotation(passage.place(token)[0]) is None


def _is_said(utterance: Utterance, passage: Passage, token: Token) -> bool:
    """Whether a token is a part of what is said."""
    place = passage.place(token)[0]
    return any(start <= place < end for start, end in utterance.content)

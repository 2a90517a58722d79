"""To whom something was said: "told Variety", "told reporters", "in an interview with Deadline", "said to the BBC"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.facts import Name
from ingest.rules import phrase
from ingest.rules.reading import Reading
from ingest.rules.utterance import Utterance
from ingest.rules.word_group import group

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.language.article import Passage

_TELLING = group("telling")
_ADDRESSING = group("addressing")
_EXCHANGES = group("exchange")
_OBJECTS = frozenset({"dobj", "dative", "iobj", "nsubj", "npadvmod"})
_TO = frozenset({"to"})
_WITH = frozenset({"with", "to"})
_MOST = 2


def told_to(reading: Reading, utterance: Utterance) -> tuple[Name, ...]:
    """Those to whom an utterance was said, as far as its sentence says."""
    verb = utterance.predicate
    passage = utterance.passage(verb) if verb is not None else None
    if verb is None or passage is None or utterance.rule == "adjective":
        return ()
    found = (reading.references.of(passage, noun).name for noun in _addressees(reading, passage, verb))
    return tuple(dict.fromkeys(name for name in found if not name.unresolved))[:_MOST]


def _addressees(reading: Reading, passage: Passage, verb: Token) -> Iterator[Token]:
    if verb.lemma_ in _TELLING:
        told = (
            child
            for child in verb.rights
            if child.dep_ in _OBJECTS
            and child.pos_ in {"NOUN", "PROPN"}
            and reading.article.in_quotation(passage.place(child)[0]) is None
        )
        yield from list(told)[:1]
    for token in verb.subtree:
        if token.text.casefold() in _EXCHANGES:
            yield from (noun for noun in phrase.objects(token, _WITH) if noun.pos_ == "PROPN")
    if verb.lemma_ in _ADDRESSING:
        yield from phrase.objects(verb, _TO)

"""Which keys a fact may have in an annotation, read off the fact model, and how the value of each is to be read."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final, get_args

from ingest.facts import Date, Fact, FactBase, Name, Part

MODELS: Final[dict[str, type[FactBase]]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(Fact)[0])
}
"""The model of each kind of fact."""

PARTS: Final[dict[str, Part]] = {
    "sentence": Part.SENTENCE,
    "source": Part.SOURCE,
    "cue": Part.CUE,
    "content": Part.CONTENT,
    "quote": Part.QUOTATION,
    "value": Part.VALUE,
    "topic_words": Part.TOPIC,
    "stance_words": Part.STANCE,
}
"""Keys whose value is quoted from the document, in the order of their segments."""


class Reading(Enum):
    """How a key's value is read."""

    ANCHOR = "words of the document, found inside the sentences"
    NAME = "a name with its kind"
    NAMES = "names with their kinds"
    ACTOR = "the name of an actor"
    TOPICS = "topics"
    DATE = "a date as printed"
    WORDS = "words of the document"
    ALL_WORDS = "several words of the document"
    THING = "a declared name or words of the document"
    TEXT = "text or a number"


_SET_BY_READER = frozenset({"kind", "source", "evidence", "extractor", "rule", "origins"})
_ACTORS = frozenset({"employer", "affiliation", "unit_of", "by", "developer"})
_WORDS = frozenset(
    {"role", "title", "location", "purpose", "about", "population", "finding", "description", "wording", "name"}
)
_THINGS = frozenset({"technology", "survey"})
_ALONE: Final[dict[tuple[str, str], Reading]] = {("job_posting", "unit"): Reading.THING}
FIGURE: Final = ("survey_finding", "amount", "value")
"""The figure of a finding is written as `amount`, since `value` quotes the words that give it."""


def readings(kind: str) -> dict[str, Reading]:
    """Every key that a fact of this kind may have, with its reading."""
    keys = dict.fromkeys(PARTS, Reading.ANCHOR)
    if kind != "statement":
        keys.pop("quote")
        if kind != "stance":
            keys.pop("content")
    for key, of in (("topic_words", "topics"), ("stance_words", "stance")):
        if of not in MODELS[kind].model_fields:
            keys.pop(key)
    for key, field in MODELS[kind].model_fields.items():
        if key not in _SET_BY_READER and key not in keys:
            keys[key] = _ALONE.get((kind, key)) or _reading(key, field.annotation)
    if kind == FIGURE[0]:
        keys[FIGURE[1]] = Reading.TEXT
    return keys


def _reading(key: str, annotation: Any) -> Reading:
    if annotation is Name:
        return Reading.NAME
    if annotation == tuple[Name, ...]:
        return Reading.NAMES
    if annotation == Date | None:
        return Reading.DATE
    if key == "topics":
        return Reading.TOPICS
    if annotation == tuple[str, ...]:
        return Reading.ALL_WORDS
    if key in _ACTORS:
        return Reading.ACTOR
    if key in _THINGS:
        return Reading.THING
    return Reading.WORDS if key in _WORDS else Reading.TEXT

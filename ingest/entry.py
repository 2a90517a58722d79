"""One fact as an entry of an annotation: its words quoted, its names and values written as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from ingest.anchor import Anchors, Span
from ingest.anchoring import anchor
from ingest.annotation import EXTRACTOR as REVIEWED
from ingest.declarations import ThingKind
from ingest.fact_keys import FIGURE, PARTS, Reading, readings
from ingest.facts import Date, Fact, Name, Part, Segment
from ingest.segments import passages
from ingest.wording import mapping, scalar, sequence

SHORTENED = frozenset({Part.SENTENCE})
"""Parts whose words in the middle may be left out; the others are what a person reads first."""

NOT_WRITTEN = frozenset({"confidence"})
"""Keys of an annotation that a draft leaves out: a person is sure."""


class Unwritable(ValueError):
    """A fact that an annotation cannot give, with the reason."""


def as_reviewed(fact: Fact, source: str) -> Fact:
    """What an annotation says of a fact: the fact, vouched for by a person, its evidence part by part."""
    order = list(PARTS.values())
    evidence = sorted((*fact.evidence, *_value_of_metadata(fact)), key=lambda segment: order.index(segment.part))
    return fact.model_copy(
        update={
            "source": source,
            "evidence": tuple(dict.fromkeys(evidence)),
            "extractor": REVIEWED,
            "rule": None,
            "confidence": Decimal(1),
            "origins": (),
        }
    )


def _value_of_metadata(fact: Fact) -> tuple[Segment, ...]:
    """What gives the value of a document's own data when the fact has nothing but its sentence."""
    if fact.kind != "document_metadata" or fact.parts(Part.VALUE):
        return ()
    sentences = fact.parts(Part.SENTENCE)
    if fact.value != " ".join(segment.exact for segment in sentences):
        return ()
    return tuple(segment.model_copy(update={"part": Part.VALUE}) for segment in sentences)


def names_of(fact: Fact, anchors: Anchors) -> Iterator[tuple[str, str | None]]:
    """Every name that an annotation of the fact has to know, with its kind where the fact gives it."""
    for key, reading in readings(fact.kind).items():
        value = getattr(fact, key, None)
        match reading:
            case Reading.THING if key in list(ThingKind) and isinstance(value, str) and not anchors.contains(value):
                yield value, key
            case Reading.NAME | Reading.NAMES:
                names = (value,) if isinstance(value, Name) else value or ()
                yield from ((name.name, name.kind.value) for name in names if not name.unresolved)
            case Reading.ACTOR if isinstance(value, str):
                yield value, None


def written(fact: Fact, anchors: Anchors) -> tuple[str, ...]:
    """The lines of the entry, indented as in the list of facts.

    Raises:
        Unwritable: some words of the fact cannot be quoted.
    """
    fact = fact.model_copy(update={"evidence": (*fact.evidence, *_value_of_metadata(fact))})
    lines = [f"  - {fact.kind}:"]
    for key, values in _values(fact, anchors):
        if len(values) == 1:
            lines.append(f"      {key}: {values[0]}")
        else:
            lines += [f"      {key}:", *(f"        - {value}" for value in values)]
    return tuple(lines)


def _values(fact: Fact, anchors: Anchors) -> Iterator[tuple[str, list[str]]]:
    keys = readings(fact.kind)
    spans = passages(anchors.text, [(s.start, s.end) for s in fact.parts(Part.SENTENCE)])
    for key, part in PARTS.items():
        segments = fact.parts(part)
        if key in keys and segments and not _follows(fact, part):
            yield key, [_quoted(each, anchors, None if part is Part.SENTENCE else spans) for each in segments]
    for key, reading in keys.items():
        name = FIGURE[2] if (fact.kind, key) == FIGURE[:2] else key
        value = getattr(fact, name, None)
        if reading is Reading.ANCHOR or key in NOT_WRITTEN or value in (None, ()) or key == name == FIGURE[2]:
            continue
        if key == "wording" and value == " ".join(segment.exact for segment in fact.parts(Part.VALUE)):
            continue
        yield key, _written_value(value, reading)


def _follows(fact: Fact, part: Part) -> bool:
    """Whether the reader makes these segments of others, so that they need not be written."""

    def spans(of: Part) -> list[Span]:
        return [(segment.start, segment.end) for segment in fact.parts(of)]

    if fact.kind == "statement" and part is Part.CONTENT:
        return spans(Part.CONTENT) == spans(Part.QUOTATION)
    if fact.kind == "document_metadata" and part is Part.SENTENCE:
        return spans(Part.SENTENCE) == spans(Part.VALUE)
    return False


def _quoted(segment: Segment, anchors: Anchors, within: Sequence[Span] | None) -> str:
    span = segment.start, segment.end
    if within == []:
        within = None
    found = anchor(anchors, span, within, shorten=segment.part in SHORTENED)
    if found is None:
        raise Unwritable(f"the characters {span[0]} to {span[1]} cannot be quoted inside the sentence")
    parts = {"nth": found.nth, "start": found.start, "end": found.end}
    numbers = {key: str(number) for key, number in parts.items() if number is not None}
    return mapping({"exact": scalar(found.exact), **numbers}) if numbers else scalar(found.exact, inline=False)


def _written_value(value: Any, reading: Reading) -> list[str]:
    match value:
        case tuple() if reading is Reading.TOPICS:
            return [sequence(scalar(topic) for topic in value)]
        case tuple():
            return [_one(item) for item in value]
        case _:
            return [_one(value)]


def _one(value: Any) -> str:
    match value:
        case Name(unresolved=True):
            return mapping({"name": scalar(value.name), "kind": value.kind.value, "unresolved": "true"})
        case Name():
            return scalar(value.name, inline=False)
        case Date():
            dated = {"edtf": scalar(value.edtf)} if value.edtf is not None else {}
            return mapping({"wording": scalar(value.wording), **dated})
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case int():
            return str(value)
        case Enum():
            return str(value.value)
        case _:
            return scalar(str(value), inline=False)

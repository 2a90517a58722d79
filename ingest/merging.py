"""Facts of several extractors on the same words: one fact with several origins, or several when they disagree.

What makes two facts speak of the same, and on which values they may disagree, is a table by kind. Facts of one
extractor are never merged with each other. The result does not depend on the order of the facts, and merging it again
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import Any, Final

from ingest import jsonl
from ingest.fact_keys import PARTS
from ingest.facts import Date, Fact, Name, Origin, Part, Segment
from ontology.names import fold

OVERLAP: Final = 0.5
"""The least intersection over union of two contents that are the same words."""

PAY: Final = ("salary_min", "salary_max", "currency", "qualifier", "wording")
"""Fields that are taken together: an amount of one extractor with the currency of another would be nobody's."""

Key = Callable[[str], str]
"""What a name stands for: two names with one key are one name."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """When two facts of a kind are on the same words, and what they must then agree on.

    `natural` are the fields that must be equal for two facts to speak of the same, `shared` those with several names of
    which they must have one in common; `values` may differ, which is a disagreement. A value that one of them lacks, or
    a name that it leaves unresolved, disagrees with nothing.
    """

    part: Part
    natural: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


SAMENESS: Final[Mapping[str, Sameness]] = {
    "statement": Sameness(Part.CONTENT, (), ("speaker", "mode", "stance", "affiliation")),
    "stance": Sameness(Part.CONTENT, (), ("holder", "stance")),
    "job_posting": Sameness(
        Part.SENTENCE, ("employer", "title"), ("salary_min", "salary_max", "currency", "period", "location")
    ),
    "pay_report": Sameness(
        Part.SENTENCE, ("who",), ("salary_min", "salary_max", "currency", "period", "pay_kind", "employer")
    ),
    "event": Sameness(Part.SENTENCE, ("event_kind",), ("state", "date", "count"), ("participants",)),
    "person": Sameness(Part.SENTENCE, ("name",), ("role", "affiliation")),
    "organization": Sameness(Part.SENTENCE, ("name",), ("organization_kind", "unit_of")),
    "survey_finding": Sameness(Part.SENTENCE, ("finding",), ("value", "unit", "sample_size", "by")),
    "technology_use": Sameness(Part.SENTENCE, ("technology",), ("developer", "purpose")),
    "work": Sameness(Part.SENTENCE, ("title",), ("work_kind", "by")),
    "document_metadata": Sameness(Part.VALUE, ("property",), ("value", "date")),
}
"""One row for each kind of fact."""


def merged(facts: Iterable[Fact], key: Key = fold) -> tuple[Fact, ...]:
    """The facts, with those that say the same on the same words as one."""
    found = _ordered(facts)
    while True:
        once = _once(found, key)
        if len(once) == len(found):
            return once
        found = once


def disputes(facts: Sequence[Fact], key: Key = fold) -> tuple[tuple[Fact, Fact], ...]:
    """Pairs of facts of different extractors that are on the same words and disagree on a value."""
    ordered = _ordered(facts)
    pairs = ((one, other) for index, one in enumerate(ordered) for other in _near(one, ordered[index + 1 :]))
    return tuple(pair for pair in pairs if _same_words(*pair, key) and not _agree(*pair, key))


def _ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(dict.fromkeys(facts), key=lambda fact: (fact.span, jsonl.line(fact))))


def _once(ordered: Sequence[Fact], key: Key) -> tuple[Fact, ...]:
    """One pass: each fact joins the first group before it with all of whose members it says the same."""
    groups: list[list[Fact]] = []
    near: list[list[Fact]] = []
    for fact in ordered:
        # Facts come in the order of their starts: a group that ends before this one can take no more.
        near = [group for group in near if max(member.span[1] for member in group) > fact.span[0]]
        group = next((each for each in near if all(_one_fact(member, fact, key) for member in each)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
        group.append(fact)
    return _ordered(group[0] if len(group) == 1 else _joined(group) for group in groups)


def _near(fact: Fact, later: Iterable[Fact]) -> Iterable[Fact]:
    return takewhile(lambda other: other.span[0] < fact.span[1], later)


def _one_fact(one: Fact, other: Fact, key: Key) -> bool:
    return _same_words(one, other, key) and _agree(one, other, key)


def _same_words(one: Fact, other: Fact, key: Key) -> bool:
    sameness = SAMENESS[one.kind]
    if one.kind != other.kind or not _extractors(one).isdisjoint(_extractors(other)):
        return False
    if any(_plain(getattr(one, name), key) != _plain(getattr(other, name), key) for name in sameness.natural):
        return False
    for name in sameness.shared:
        mine, its = ({_plain(each, key) for each in getattr(fact, name)} for fact in (one, other))
        if mine and its and mine.isdisjoint(its):
            return False
    shared = _characters(one, sameness.part) & _characters(other, sameness.part)
    if sameness.part is Part.SENTENCE:
        return bool(shared)
    union = _characters(one, sameness.part) | _characters(other, sameness.part)
    return bool(union) and len(shared) >= OVERLAP * len(union)


def _agree(one: Fact, other: Fact, key: Key) -> bool:
    for name in SAMENESS[one.kind].values:
        mine, its = getattr(one, name), getattr(other, name)
        if not _lacking(mine) and not _lacking(its) and _plain(mine, key) != _plain(its, key):
            return False
    return True


def _lacking(value: Any) -> bool:
    return value in (None, ()) or (isinstance(value, Name) and value.unresolved)


def _plain(value: Any, key: Key) -> Any:
    """A value in the form in which values are compared."""
    if isinstance(value, Name):
        return key(value.name)
    if isinstance(value, Date):
        return value.edtf or fold(value.wording)
    return key(value) if isinstance(value, str) and not isinstance(value, Enum) else value


def _extractors(fact: Fact) -> set[str]:
    return {fact.extractor, *(origin.extractor for origin in fact.origins)}


def _characters(fact: Fact, part: Part) -> set[int]:
    return {place for segment in fact.parts(part) for place in range(segment.start, segment.end)}


def _joined(group: Sequence[Fact]) -> Fact:
    """The surest of the facts, with what it lacks from the others, and all of them as its origins."""
    first, *others = sorted(group, key=lambda fact: (-fact.confidence, fact.extractor, jsonl.line(fact)))
    changes: dict[str, Any] = {"evidence": _evidence([first, *others]), "origins": _origins(first, others)}
    for name in type(first).model_fields:
        if name in changes or name in ("rule", *PAY):
            continue
        if name == "topics":
            changes[name] = tuple(dict.fromkeys(topic for fact in (first, *others) for topic in fact.topics))  # type: ignore[union-attr]
        elif _lacking(own := getattr(first, name)):
            given = (value for fact in others if not _lacking(value := getattr(fact, name)))
            changes[name] = next(given, own)
    paid = next((fact for fact in (first, *others) if getattr(fact, "has_pay", False)), None)
    if paid is not None:
        changes |= {name: getattr(paid, name) for name in PAY}
    return first.model_copy(update=changes)


def _origins(first: Fact, others: Sequence[Fact]) -> tuple[Origin, ...]:
    further = [*first.origins]
    for fact in others:
        further += [Origin(extractor=fact.extractor, rule=fact.rule, confidence=fact.confidence), *fact.origins]
    return tuple(sorted(set(further), key=lambda origin: (origin.extractor, origin.rule or "", origin.confidence)))


def _evidence(facts: Sequence[Fact]) -> tuple[Segment, ...]:
    """All sentences, overlapping ones as one; of each other part the first fact's that has it; topics of all."""
    segments: list[Segment] = list(_sentences([s for fact in facts for s in fact.parts(Part.SENTENCE)]))
    for part in dict.fromkeys((*PARTS.values(), *Part)):
        if part is Part.SENTENCE:
            continue
        having = [found for fact in facts if (found := fact.parts(part))]
        taken = having if part is Part.TOPIC else having[:1]
        segments += dict.fromkeys(segment for found in taken for segment in found)
    return tuple(segments)


def _sentences(segments: Sequence[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for segment in sorted(set(segments), key=lambda each: (each.start, -each.end)):
        last = joined[-1] if joined else None
        if last is None or segment.start >= last.end:
            joined.append(segment)
        elif segment.end > last.end:
            exact = last.exact + segment.exact[last.end - segment.start :]
            joined[-1] = Segment(start=last.start, end=segment.end, exact=exact)
    return joined

"""Facts that were read twice, in the part that two pieces share, are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest import jsonl
from ingest.anchor import Span
from ingest.facts import (
    Event,
    Fact,
    JobPosting,
    Organization,
    Part,
    PayReport,
    Person,
    StanceReport,
    Statement,
    SurveyFinding,
    TechnologyUse,
    Work,
)
from ontology.names import fold


@dataclass(frozen=True, slots=True)
class PieceFact:
    """A fact and the number of the piece in which it was read."""

    fact: Fact
    piece: int


def distinct(found: Iterable[PieceFact]) -> tuple[Fact, ...]:
    """Each fact once, in the order of the document; of two that are one, the one that says more."""
    ordered = sorted(found, key=lambda each: (each.fact.span, each.fact.kind, each.piece, jsonl.line(each.fact)))
    kept: list[PieceFact] = []
    near: list[int] = []
    for each in ordered:
        near = [number for number in near if kept[number].fact.span[1] > each.fact.span[0]]
        same = next((number for number in near if _same(kept[number], each)), None)
        if same is None:
            near.append(len(kept))
            kept.append(each)
        elif _said(each.fact) > _said(kept[same].fact):
            kept[same] = each
    facts = {jsonl.line(each.fact): each.fact for each in kept}
    return tuple(sorted(facts.values(), key=lambda fact: (fact.span, fact.kind, jsonl.line(fact))))


def _same(one: PieceFact, other: PieceFact) -> bool:
    if one.fact.kind != other.fact.kind or _shared(_core(one.fact), _core(other.fact)) < 0.5:
        return False
    ours, theirs = set(fold(_head(one.fact)).split()), set(fold(_head(other.fact)).split())
    # Where a surname is all that a later piece has, it stands for the full name of an earlier one.
    return ours == theirs or (one.piece != other.piece and bool(ours) and (ours <= theirs or theirs <= ours))


def _core(fact: Fact) -> list[Span]:
    """The places that tell a fact from its neighbours."""
    segments = fact.parts(Part.CONTENT) or fact.parts(Part.VALUE) or fact.sentences()
    return [(segment.start, segment.end) for segment in segments]


def _shared(ours: Sequence[Span], theirs: Sequence[Span]) -> float:
    """The characters that both have, as a share of those that either has."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in ours for b in theirs)
    either = sum(end - start for start, end in (*ours, *theirs)) - both
    return both / either if either > 0 else 1.0


def _head(fact: Fact) -> str:
    """Whom or what a fact is about."""
    match fact:
        case Statement():
            return fact.speaker.name
        case StanceReport():
            return fact.holder.name
        case JobPosting():
            return f"{fact.employer} {fact.title}"
        case PayReport():
            return fact.who.name
        case Event():
            return fact.label
        case SurveyFinding():
            return fact.survey
        case TechnologyUse():
            return fact.technology
        case Person() | Organization():
            return fact.name
        case Work():
            return fact.title
    return fact.property


def _said(fact: Fact) -> tuple[int, int]:
    """How much a fact says: fields that it has, then characters of whom it names."""
    values = fact.model_dump(exclude={"evidence"}).values()
    return sum(value not in (None, ()) for value in values), len(_head(fact))

"""Statements and stances: found when the words are, then judged by speaker, mode, role and the rest.

A statement of the system is the one of the gold when at least half of the characters of either's content are shared
(`spans.overlap`, over all pieces of content and quotation together). The speaker is judged apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.reading.finding import Finding, cue, missed, shown, wrong
from bench.reading.gold import Reading
from bench.reading.identity import Identity, alike
from bench.reading.matching import pair
from bench.reading.measure import Measure
from bench.reading.spans import Span, bare, overlap, union
from ingest.facts import Date, Mode, Name, NameKind, Part, StanceReport, Statement
from ontology.names import fold

ENOUGH = 0.5
"""Overlap from which on two contents are the same."""

T = TypeVar("T")

_TIE = 1e-6
_QUOTED = (Mode.DIRECT, Mode.MIXED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The measures of one document, and what is to be told about it."""

    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...] = ()


def content(text: str, fact: Statement | StanceReport) -> tuple[Span, ...]:
    """The characters of what was said, bare; of the sentences when no content is marked."""
    parts = fact.parts(Part.CONTENT) + fact.parts(Part.QUOTATION) or fact.sentences()
    return union(bare(text, segment.start, segment.end) for segment in parts)


def statements(reading: Reading, identity: Identity) -> Outcome:
    """Statements found, with the right speaker, by mode; what is known about those found."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, Statement)]
    system = [fact for fact in reading.facts if isinstance(fact, Statement)]
    spans = {id(fact): content(reading.gold.document.text, fact) for fact in [*gold, *system]}

    def weight(wanted: Statement, found: Statement) -> float:
        shared = overlap(spans[id(wanted)], spans[id(found)])
        # Of two statements with the same words (who said it, who reported it), the one with the same speaker.
        return 0.0 if shared < ENOUGH else shared + _TIE * identity.same(wanted.speaker, found.speaker)

    found = pair(gold, system, weight)
    measures = [*_by_mode("found", found.pairs, gold, system)]
    right = [(a, b) for a, b in found.pairs if identity.same(a.speaker, b.speaker)]
    measures += _by_mode("with the right speaker", right, gold, system)
    measures += _attributes(found.pairs, identity)
    near = _Nearest(spans)
    name = reading.gold.document.name
    findings = [missed("statement missed", name, a, f"{_told(a)}{near.of(a, system)}") for a in found.missed]
    findings += [wrong("statement spurious", name, b, f"{_told(b)}{near.of(b, gold)}") for b in found.spurious]
    findings += [
        wrong("speaker wrong", name, b, f"is {_speaker(a.speaker)}, read as {_told(b)}")
        for a, b in found.pairs
        if (a, b) not in right
    ]
    findings += list(_wrong_attributes(name, right, identity))
    return Outcome(tuple(measures), tuple(findings))


def stances(reading: Reading, identity: Identity) -> Outcome:
    """Stances found with the right holder, and those of them whose direction is right."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, StanceReport)]
    system = [fact for fact in reading.facts if isinstance(fact, StanceReport)]
    spans = {id(fact): content(reading.gold.document.text, fact) for fact in [*gold, *system]}

    def weight(wanted: StanceReport, found: StanceReport) -> float:
        shared = overlap(spans[id(wanted)], spans[id(found)])
        return shared if shared >= ENOUGH and identity.same(wanted.holder, found.holder) else 0.0

    found = pair(gold, system, weight)
    directed = sum(a.stance == b.stance for a, b in found.pairs)
    name = reading.gold.document.name
    findings = [missed("stance missed", name, a, _held(a)) for a in found.missed]
    findings += [wrong("stance spurious", name, b, _held(b)) for b in found.spurious]
    return Outcome(
        (
            Measure.of("stances: with the right holder", len(found.pairs), len(system), len(gold)),
            Measure.of("stances: and the right direction", directed, len(system), len(gold)),
        ),
        tuple(findings),
    )


def _by_mode(
    what: str, pairs: Sequence[tuple[Statement, Statement]], gold: Sequence[Statement], system: Sequence[Statement]
) -> Iterator[Measure]:
    groups: tuple[tuple[str, tuple[Mode, ...]], ...] = (
        ("all", tuple(Mode)),
        ("direct and mixed", _QUOTED),
        *((mode.value, (mode,)) for mode in Mode),
    )
    for label, modes in groups:
        yield Measure(
            f"statements, {label}: {what}",
            right_found=sum(b.mode in modes for _, b in pairs),
            found=sum(fact.mode in modes for fact in system),
            right_wanted=sum(a.mode in modes for a, _ in pairs),
            wanted=sum(fact.mode in modes for fact in gold),
        )


def _attributes(pairs: Sequence[tuple[Statement, Statement]], identity: Identity) -> Iterator[Measure]:
    """What is known about the statements found; where neither side has a value, nothing is counted."""
    total = len(pairs)
    yield Measure.of("of those found: mode", sum(a.mode == b.mode for a, b in pairs), total, total)
    yield from _values("role", [(a.role, b.role) for a, b in pairs], alike)
    yield from _values(
        "affiliation",
        [(a.affiliation, b.affiliation) for a, b in pairs],
        lambda a, b: identity.same_words(a, b, NameKind.ORGANIZATION),
    )
    yield from _values("date said", [(a.said_on, b.said_on) for a, b in pairs], _same_date)
    yield from _values("stance", [(a.stance, b.stance) for a, b in pairs], lambda a, b: a == b)
    yield _names("told to", [(a.told_to, b.told_to) for a, b in pairs], identity)
    yield _names("reported by", [(a.reported_by, b.reported_by) for a, b in pairs], identity)
    topics = [(set(a.topics), set(b.topics)) for a, b in pairs]
    shared = sum(len(a & b) for a, b in topics)
    yield Measure.of("of those found: topics", shared, sum(len(b) for _, b in topics), sum(len(a) for a, _ in topics))


def _values(name: str, values: Sequence[tuple[T | None, T | None]], same: Callable[[T, T], bool]) -> Iterator[Measure]:
    right = sum(a is not None and b is not None and same(a, b) for a, b in values)
    found = sum(b is not None for _, b in values)
    wanted = sum(a is not None for a, _ in values)
    either = sum(a is not None or b is not None for a, b in values)
    yield Measure.of(f"of those found: {name}", right, found, wanted)
    yield Measure.of(f"of those found: {name}, share right where either has one", right, either, either)


def _names(name: str, values: Sequence[tuple[tuple[Name, ...], tuple[Name, ...]]], identity: Identity) -> Measure:
    right = sum(len(pair(a, b, lambda x, y: float(identity.same(x, y))).pairs) for a, b in values)
    return Measure.of(f"of those found: {name}", right, sum(len(b) for _, b in values), sum(len(a) for a, _ in values))


def _same_date(gold: Date, found: Date) -> bool:
    return (gold.edtf is not None and gold.edtf == found.edtf) or alike(gold.wording, found.wording)


def _wrong_attributes(
    document: str, pairs: Sequence[tuple[Statement, Statement]], identity: Identity
) -> Iterator[Finding]:
    for a, b in pairs:
        faults = []
        if a.mode != b.mode:
            faults.append(f"mode {a.mode} not {b.mode}")
        if (a.role or b.role) and not (a.role and b.role and alike(a.role, b.role)):
            faults.append(f"role {a.role!r} not {b.role!r}")
        same = a.affiliation and b.affiliation and _same_organization(identity, a.affiliation, b.affiliation)
        if (a.affiliation or b.affiliation) and not same:
            faults.append(f"affiliation {a.affiliation!r} not {b.affiliation!r}")
        for key, wanted, found in (("told to", a.told_to, b.told_to), ("reported by", a.reported_by, b.reported_by)):
            if len(wanted) != len(found) or not all(identity.among(wanted, name) for name in found):
                faults.append(f"{key} {_listed(wanted)} not {_listed(found)}")
        if faults:
            yield wrong("attribute wrong", document, b, f"{_speaker(b.speaker)}: {'; '.join(faults)}")


def _same_organization(identity: Identity, gold: str, found: str) -> bool:
    return identity.same_words(gold, found, NameKind.ORGANIZATION)


class _Nearest:
    """Tells of the statement on the other side that comes nearest, when one overlaps at all."""

    def __init__(self, spans: dict[int, tuple[Span, ...]]) -> None:
        self._spans = spans

    def of(self, fact: Statement, others: Sequence[Statement]) -> str:
        shared, index = max(
            ((overlap(self._spans[id(fact)], self._spans[id(other)]), -i) for i, other in enumerate(others)),
            default=(0.0, 0),
        )
        if not shared:
            return ""
        other = others[-index]
        rule = f" {{{other.rule}}}" if other.rule else ""
        return f" (overlaps {shared:.2f} with {_speaker(other.speaker)}: {shown(other.content)}{rule})"


def _told(fact: Statement) -> str:
    return f"[{fact.mode}] {_speaker(fact.speaker)} <{cue(fact)}> {shown(fact.content)}"


def _held(fact: StanceReport) -> str:
    return f"[{fact.stance}] {_speaker(fact.holder)} <{cue(fact)}> {shown(fact.content)}"


def _speaker(name: Name) -> str:
    return f"“{fold(name.name)}”?" if name.unresolved else f"“{name.name}”"


def _listed(names: Sequence[Name]) -> str:
    return ", ".join(name.name for name in names) or "nobody"

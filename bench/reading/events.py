"""Events, findings of surveys, and technologies: found when kind or value agree in the same sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bench.reading.finding import missed, shown, wrong
from bench.reading.gold import Reading
from bench.reading.identity import Identity, alike
from bench.reading.matching import pair
from bench.reading.measure import Measure
from bench.reading.spans import Span, overlap, union
from bench.reading.statements import Outcome
from ingest.facts import Event, EventKind, FactBase, SurveyFinding, TechnologyUse
from ontology.names import fold

Happening = tuple[EventKind, tuple[Span, ...]]
"""A kind of event, and all sentences that tell of one event of that kind."""


def events(reading: Reading, identity: Identity) -> Outcome:
    """Events of the right kind in the right sentence, and the participants of those found."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, Event)]
    system = [fact for fact in reading.facts if isinstance(fact, Event)]

    def shared(wanted: Event, found: Event) -> int:
        return len(pair(wanted.participants, found.participants, lambda a, b: float(identity.same(a, b))).pairs)

    def weight(wanted: Event, found: Event) -> float:
        if wanted.event_kind != found.event_kind:
            return 0.0
        # Two events of one kind may stand in one sentence: their participants tell them apart.
        together = overlap(_sentences(wanted), _sentences(found))
        return together + 0.1 * shared(wanted, found) if together else 0.0

    found = pair(gold, system, weight)
    name = reading.gold.document.name
    findings = [missed("event missed", name, a, _event(a)) for a in found.missed]
    findings += [wrong("event spurious", name, b, _event(b)) for b in found.spurious]
    findings += [
        wrong("participants wrong", name, b, f"{_event(a)} not {_event(b)}")
        for a, b in found.pairs
        if not shared(a, b) == len(a.participants) == len(b.participants)
    ]
    return Outcome(
        (
            Measure.of("events", len(found.pairs), len(system), len(gold)),
            _each_once(gold, system),
            Measure.of(
                "events: participants of those found",
                sum(shared(a, b) for a, b in found.pairs),
                sum(len(b.participants) for _, b in found.pairs),
                sum(len(a.participants) for a, _ in found.pairs),
            ),
        ),
        tuple(findings),
    )


def _each_once(gold: Sequence[Event], system: Sequence[Event]) -> Measure:
    """An event that is told of in several sentences counts once, and is found in any of them."""
    wanted, found = _happenings(gold), _happenings(system)

    def weight(a: Happening, b: Happening) -> float:
        return overlap(a[1], b[1]) if a[0] is b[0] else 0.0

    return Measure.of("events: each once", len(pair(wanted, found, weight).pairs), len(found), len(wanted))


def _happenings(events: Sequence[Event]) -> list[Happening]:
    groups: dict[tuple[EventKind, str], list[Span]] = {}
    for event in events:
        groups.setdefault((event.event_kind, event.event or fold(event.label)), []).extend(_sentences(event))
    return [(kind, union(spans)) for (kind, _), spans in groups.items()]


def findings_of_surveys(reading: Reading, identity: Identity) -> Outcome:  # noqa: ARG001 - as all scorers are called
    """Figures of surveys: the value and the sentence."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, SurveyFinding)]
    system = [fact for fact in reading.facts if isinstance(fact, SurveyFinding)]

    def weight(wanted: SurveyFinding, found: SurveyFinding) -> float:
        return overlap(_sentences(wanted), _sentences(found)) if wanted.value == found.value else 0.0

    found = pair(gold, system, weight)
    name = reading.gold.document.name
    told = [missed("survey finding missed", name, a, _figure(a)) for a in found.missed]
    told += [wrong("survey finding spurious", name, b, _figure(b)) for b in found.spurious]
    return Outcome((Measure.of("survey findings", len(found.pairs), len(system), len(gold)),), tuple(told))


def technologies(reading: Reading, identity: Identity) -> Outcome:
    """Uses of technologies: the technology and the sentence, and the users of those found."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, TechnologyUse)]
    system = [fact for fact in reading.facts if isinstance(fact, TechnologyUse)]

    def weight(wanted: TechnologyUse, found: TechnologyUse) -> float:
        same = alike(wanted.technology, found.technology)
        return overlap(_sentences(wanted), _sentences(found)) if same else 0.0

    found = pair(gold, system, weight)
    name = reading.gold.document.name
    told = [missed("technology missed", name, a, _use(a)) for a in found.missed]
    told += [wrong("technology spurious", name, b, _use(b)) for b in found.spurious]
    users = [pair(a.users, b.users, lambda x, y: float(identity.same(x, y))) for a, b in found.pairs]
    return Outcome(
        (
            Measure.of("technologies", len(found.pairs), len(system), len(gold)),
            Measure.of(
                "technologies: users of those found",
                sum(len(each.pairs) for each in users),
                sum(len(b.users) for _, b in found.pairs),
                sum(len(a.users) for a, _ in found.pairs),
            ),
        ),
        tuple(told),
    )


def _sentences(fact: FactBase) -> tuple[Span, ...]:
    return union((segment.start, segment.end) for segment in fact.sentences() or fact.evidence)


def _event(fact: Event) -> str:
    return f"{fact.event_kind} “{fact.label}” ({', '.join(name.name for name in fact.participants) or 'nobody'})"


def _figure(fact: SurveyFinding) -> str:
    return f"{fact.value} {fact.unit}: {shown(fact.finding)}"


def _use(fact: TechnologyUse) -> str:
    return f"{fact.technology} by {', '.join(name.name for name in fact.users) or 'nobody'}"

"""All scores of one system on one gold set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.reading.actors import organizations, people, roles
from bench.reading.events import events, findings_of_surveys, technologies
from bench.reading.finding import Finding
from bench.reading.gold import Reading
from bench.reading.identity import Identity
from bench.reading.measure import Measure, totals
from bench.reading.postings import pay_reports, postings
from bench.reading.statements import Outcome, stances, statements
from ontology.authority import Authority

SCORERS: tuple[Callable[[Reading, Identity], Outcome], ...] = (
    statements,
    stances,
    events,
    postings,
    pay_reports,
    people,
    roles,
    organizations,
    findings_of_surveys,
    technologies,
)
"""In the order of the table."""


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How many facts of one kind a rule reads, and how many of them each type of finding says something about."""

    kind: str
    rule: str
    facts: int
    findings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The sums over all documents. `lost` are the documents on which the system failed, with the reason."""

    documents: int
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    rules: tuple[RuleScore, ...]
    lost: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> Measure:
        """The measure of this name.

        Raises:
            KeyError: there is none.
        """
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(name)


def score(readings: Iterable[Reading], authority: Authority) -> Scores:
    """Compare what was read with what was wanted, document by document."""
    outcomes: list[Outcome] = []
    lost: list[tuple[str, str]] = []
    read: Counter[tuple[str, str]] = Counter()
    documents = 0
    for reading in readings:
        documents += 1
        if reading.lost is not None:
            lost.append((reading.gold.document.name, reading.lost))
        identity = Identity(authority, reading.gold.declarations)
        outcomes += [scorer(reading, identity) for scorer in SCORERS]
        outcomes.append(grounded(reading))
        read.update((fact.kind, fact.rule or fact.extractor) for fact in reading.facts)
    findings = tuple(found for outcome in outcomes for found in outcome.findings)
    return Scores(
        documents,
        totals(measure for outcome in outcomes for measure in outcome.measures),
        findings,
        tuple(_rules(read, findings)),
        tuple(lost),
    )


def _rules(read: Counter[tuple[str, str]], findings: Iterable[Finding]) -> Iterator[RuleScore]:
    told = Counter((each.kind, each.rule, each.type) for each in findings if each.rule is not None)
    for (kind, rule), number in sorted(read.items()):
        types = sorted((type_, times) for (of, by, type_), times in told.items() if (of, by) == (kind, rule))
        yield RuleScore(kind, rule, number, tuple(types))


def grounded(reading: Reading) -> Outcome:
    """The share of all segments of evidence that are the document's characters at their place."""
    document = reading.gold.document
    segments = [segment for fact in reading.facts for segment in fact.evidence]
    holding = sum(document.holds(segment.start, segment.end, segment.exact) for segment in segments)
    return Outcome((Measure.of("segments grounded", holding, len(segments), len(segments)),))

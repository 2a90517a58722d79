"""Job postings and amounts of pay.

A document may tell of one posting in several sentences; it counts once, by its key, or else by employer and title,
which may be those of a posting that has a key. A range of pay is right when both bounds, the currency and the period
are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bench.reading.finding import Finding, missed, wrong
from bench.reading.gold import Reading
from bench.reading.identity import Identity, words
from bench.reading.matching import pair
from bench.reading.measure import Measure
from bench.reading.statements import Outcome
from ingest.facts import JobPosting, NameKind, PayFields, PayReport, Period
from ontology.names import fold

Range = tuple[Decimal | None, Decimal | None, str | None, Period | None]


@dataclass(frozen=True, slots=True)
class Posting:
    """All that one document says about one posting; `reports` are in the order of the document."""

    employer: str
    title: str
    reports: tuple[JobPosting, ...]

    @property
    def ranges(self) -> dict[Range, JobPosting]:
        """The different ranges of pay, each with the report that first gives it."""
        found: dict[Range, JobPosting] = {}
        for report in self.reports:
            if report.has_pay:
                found.setdefault(pay_range(report), report)
        return found


def pay_range(fields: PayFields) -> Range:
    """What must be equal for two amounts to be the same."""
    return fields.salary_min, fields.salary_max, fields.currency, fields.period


def postings(reading: Reading, identity: Identity) -> Outcome:
    """Postings by employer and title, and their ranges of pay."""
    gold = _grouped([fact for fact in reading.gold.facts if isinstance(fact, JobPosting)])
    system = _grouped([fact for fact in reading.facts if isinstance(fact, JobPosting)])

    def weight(wanted: Posting, found: Posting) -> float:
        if not identity.same_words(wanted.employer, found.employer, NameKind.ORGANIZATION):
            return 0.0
        alike = similar_titles(wanted.title, found.title)
        if alike < 0.5:
            return 0.0
        # A title may be shared by two postings, which their pay tells apart.
        return alike + 0.1 * bool(wanted.ranges.keys() & found.ranges.keys())

    found = pair(gold, system, weight)
    name = reading.gold.document.name
    right = 0
    findings: list[Finding] = []
    for wanted, given in found.pairs:
        right += len(wanted.ranges.keys() & given.ranges.keys())
        findings += _wrong_pay(name, wanted, given)
    findings += [missed("posting missed", name, a.reports[0], _told(a)) for a in found.missed]
    findings += [wrong("posting spurious", name, b.reports[0], _told(b)) for b in found.spurious]
    return Outcome(
        (
            Measure.of("postings", len(found.pairs), len(system), len(gold)),
            Measure.of(
                "pay of postings, exact",
                right,
                sum(len(posting.ranges) for posting in system),
                sum(len(posting.ranges) for posting in gold),
            ),
        ),
        tuple(findings),
    )


def pay_reports(reading: Reading, identity: Identity) -> Outcome:
    """Pay of others than postings: the amounts exact, and for the right people."""
    gold = [fact for fact in reading.gold.facts if isinstance(fact, PayReport)]
    system = [fact for fact in reading.facts if isinstance(fact, PayReport)]

    def weight(wanted: PayReport, found: PayReport) -> float:
        return (pay_range(wanted) == pay_range(found)) * (1.0 + identity.same(wanted.who, found.who))

    found = pair(gold, system, weight)
    whose = sum(identity.same(a.who, b.who) for a, b in found.pairs)
    name = reading.gold.document.name
    findings = [missed("pay missed", name, a, f"{a.who.name}: {_pay(pay_range(a))}") for a in found.missed]
    findings += [wrong("pay spurious", name, b, f"{b.who.name}: {_pay(pay_range(b))}") for b in found.spurious]
    return Outcome(
        (
            Measure.of("other pay, exact", len(found.pairs), len(system), len(gold)),
            Measure.of("other pay, exact and whose", whose, len(system), len(gold)),
        ),
        tuple(findings),
    )


def similar_titles(one: str, other: str) -> float:
    """Words shared over words of the longer title, 1 for the same title; at least one half for a title within it."""
    a, b = set(words(one)), set(words(other))
    if fold(one) == fold(other):
        return 1.0
    if not a or not b:
        return 0.0
    shared = len(a & b)
    within = 0.5 if shared == min(len(a), len(b)) else 0.0
    return max(shared / max(len(a), len(b)), within)


def _grouped(reports: Sequence[JobPosting]) -> list[Posting]:
    groups: dict[str, list[JobPosting]] = {}
    named: dict[tuple[str, str], str] = {}
    for report in reports:
        if report.posting is not None:
            groups.setdefault(report.posting, []).append(report)
            named.setdefault((fold(report.employer), fold(report.title)), report.posting)
    for report in reports:
        if report.posting is None:
            name = fold(report.employer), fold(report.title)
            groups.setdefault(named.get(name, "/".join(name)), []).append(report)
    return [Posting(group[0].employer, group[0].title, tuple(group)) for group in groups.values()]


def _wrong_pay(document: str, wanted: Posting, given: Posting) -> list[Finding]:
    lacking = [each for each in wanted.ranges if each not in given.ranges]
    excess = [each for each in given.ranges if each not in wanted.ranges]
    told = [
        missed("pay missed", document, wanted.ranges[each], f"{wanted.employer}, {wanted.title}: {_pay(each)}")
        for each in lacking
    ]
    told += [
        wrong(
            "pay spurious",
            document,
            given.ranges[each],
            f"{given.employer}, {given.title}: {_pay(each)}",
        )
        for each in excess
    ]
    return told


def _told(posting: Posting) -> str:
    ranges = ", ".join(_pay(each) for each in posting.ranges) or "no pay"
    return f"{posting.employer}, {posting.title}: {ranges}"


def _pay(each: Range) -> str:
    low, high, currency, period = each
    return f"{low or '…'} to {high or '…'} {currency} a {period or '?'}"

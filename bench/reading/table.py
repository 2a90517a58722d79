"""Scores in print: tables for people, JSON for programs, and the list of what went wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from bench.reading.finding import Finding
from bench.reading.measure import Measure
from bench.reading.scores import RuleScore, Scores

_ORDER = (
    "statement",
    "speaker",
    "attribute",
    "stance",
    "event",
    "participants",
    "posting",
    "pay",
    "person",
    "role",
    "organization",
    "kind",
    "survey",
    "technology",
)


def rate(value: float | None) -> str:
    """A share with three digits, or a dash when there was nothing to take a share of."""
    return "–" if value is None else f"{value:.3f}"


def markdown(scores: Scores) -> str:
    """One table."""
    lines = [
        f"{scores.documents} documents, {len(scores.lost)} lost",
        "",
        "| what | precision | recall | F1 | right | found | wanted |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(measure) for measure in scores.measures if measure.found or measure.wanted]
    return "\n".join(lines)


def _row(measure: Measure) -> str:
    right = str(measure.right_wanted)
    if measure.right_found != measure.right_wanted:
        right = f"{measure.right_found} / {measure.right_wanted}"
    rates = " | ".join(rate(value) for value in (measure.precision, measure.recall, measure.f1))
    return f"| {measure.name} | {rates} | {right} | {measure.found} | {measure.wanted} |"


def as_json(scores: Scores) -> str:
    """One object: documents, those lost, and a list of measures."""
    measures = [
        {
            "name": measure.name,
            "precision": measure.precision,
            "recall": measure.recall,
            "f1": measure.f1,
            "right_found": measure.right_found,
            "found": measure.found,
            "right_wanted": measure.right_wanted,
            "wanted": measure.wanted,
        }
        for measure in scores.measures
    ]
    lost = [{"document": document, "reason": reason} for document, reason in scores.lost]
    return json.dumps({"documents": scores.documents, "lost": lost, "measures": measures}, indent=2)


def errors(scores: Scores) -> str:
    """What went wrong, grouped by type, within a type in the order of the documents; then every rule's account."""
    lines: list[str] = []
    for document, reason in scores.lost:
        lines.append(f"LOST {document}: {reason}")
    for type_, group in _grouped(scores.findings):
        lines += ["", f"== {type_} ({len(group)})", *(finding.line for finding in group)]
    lines += ["", f"== rules ({len(scores.rules)})", *map(_rule, scores.rules)]
    return "\n".join(lines).strip() + "\n"


def _rule(rule: RuleScore) -> str:
    told = ", ".join(f"{times} {type_}" for type_, times in rule.findings)
    return f"{rule.kind} {{{rule.rule}}}: {rule.facts}" + (f", of which {told}" if told else "")


def _grouped(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    ranked = sorted(findings, key=lambda each: (_place(each.type), each.type, each.document, each.start))
    for type_, group in groupby(ranked, key=lambda finding: finding.type):
        yield type_, list(group)


def _place(type_: str) -> int:
    return _ORDER.index(type_.split(maxsplit=1)[0])

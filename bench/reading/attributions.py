"""End-to-end scores on a corpus of attributions: the content found, and its source right.

Contents are the same from an overlap of one half on, as for statements. A source is right when it shares a word with
the gold's: these corpora do not resolve names, so words stand against words as they are printed. An attribution to
which the gold gives no source is right when the system gives none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.reading.corpora.attribution import Attribution, CorpusDocument
from bench.reading.finding import Finding, shown
from bench.reading.gold import NOWHERE
from bench.reading.identity import words
from bench.reading.limit import extracted
from bench.reading.matching import pair
from bench.reading.measure import Measure, totals
from bench.reading.scores import Scores
from bench.reading.spans import Span, bare, overlap, union
from bench.reading.statements import ENOUGH, Outcome
from ingest.document import Document
from ingest.extraction import Extractor
from ingest.facts import Fact, Part, StanceReport, Statement


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution with its words; `rule` is who read it, None in the gold."""

    content: tuple[Span, ...]
    source: str
    cue: str
    said: str
    rule: str | None = None

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.content[0][0]


def score(documents: Iterable[CorpusDocument], system: Extractor) -> Scores:
    """What a system reads in each document beside what the corpus has. A document on which it fails is lost."""
    outcomes: list[Outcome] = []
    lost: list[tuple[str, str]] = []
    number = 0
    for document in documents:
        number += 1
        facts, reason = extracted(system, as_document(document))
        if reason is not None:
            lost.append((document.name, reason))
        outcomes.append(compare(document, claims(document.text, facts)))
    return Scores(
        number,
        totals(measure for outcome in outcomes for measure in outcome.measures),
        tuple(found for outcome in outcomes for found in outcome.findings),
        (),
        tuple(lost),
    )


def as_document(document: CorpusDocument) -> Document:
    """The text as a document that comes from nowhere."""
    return Document(document.name, NOWHERE / Path(f"{document.name}.txt"), document.text.encode(), document.text)


def claims(text: str, facts: Iterable[Fact]) -> list[Claim]:
    """What a system says is attributed: its statements and stances, each once."""
    found: dict[tuple[tuple[Span, ...], str], Claim] = {}
    for fact in facts:
        if not isinstance(fact, Statement | StanceReport):
            continue
        segments = fact.parts(Part.CONTENT) + fact.parts(Part.QUOTATION) or fact.sentences()
        content = union(bare(text, segment.start, segment.end) for segment in segments)
        name = fact.speaker.name if isinstance(fact, Statement) else fact.holder.name
        source = " ".join(segment.exact for segment in fact.parts(Part.SOURCE)) or name
        cue = " ".join(segment.exact for segment in fact.parts(Part.CUE))
        found.setdefault((content, source), Claim(content, source, cue, fact.content, fact.rule or fact.extractor))
    return list(found.values())


def compare(document: CorpusDocument, found: list[Claim]) -> Outcome:
    """The measures of one document, and what was missed, in excess, or attributed to another."""
    gold = [_claim(document.text, attribution) for attribution in document.attributions]

    def weight(wanted: Claim, claim: Claim) -> float:
        shared = overlap(wanted.content, claim.content)
        return shared + 1e-6 * same_source(wanted.source, claim.source) if shared >= ENOUGH else 0.0

    pairing = pair(gold, found, weight)
    right = [(a, b) for a, b in pairing.pairs if same_source(a.source, b.source)]
    exact = sum(a.content == b.content for a, b in pairing.pairs)
    findings = [_finding("statement missed", document, a, a) for a in pairing.missed]
    findings += [_finding("statement spurious", document, b, b) for b in pairing.spurious]
    findings += [_finding("speaker wrong", document, b, a) for a, b in pairing.pairs if (a, b) not in right]
    return Outcome(
        (
            Measure.of("attributions: content found", len(pairing.pairs), len(found), len(gold)),
            Measure.of("attributions: content exact", exact, len(found), len(gold)),
            Measure.of("attributions: content found, source right", len(right), len(found), len(gold)),
            Measure.of("of those found: source", len(right), len(pairing.pairs), len(pairing.pairs)),
        ),
        tuple(findings),
    )


def same_source(gold: str, found: str) -> bool:
    """Whether two sources share a word; pronouns and articles count only where there is nothing else."""
    if not gold or not found:
        return gold == found
    a, b = set(words(gold)), set(words(found))
    if not a or not b:
        return bool(set(gold.casefold().split()) & set(found.casefold().split()))
    return bool(a & b)


def _claim(text: str, attribution: Attribution) -> Claim:
    content = union(bare(text, *span) for span in attribution.content)
    return Claim(
        content, _words(text, attribution.source), _words(text, attribution.cue), _words(text, attribution.content)
    )


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _finding(type_: str, document: CorpusDocument, claim: Claim, wanted: Claim) -> Finding:
    read = f", read as “{shown(claim.source, 60)}”" if claim is not wanted else ""
    said = f"“{shown(wanted.source, 60)}”{read} <{shown(claim.cue, 60)}> {shown(claim.said, 200)}"
    start, end = max(0, claim.content[0][0] - 150), claim.content[-1][1] + 150
    around = shown(document.text[start:end], 500)
    return Finding(type_, document.name, claim.start, said, around, "statement", claim.rule)

"""What a check found, a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), in all its forms.

A result also knows which facts it concerns and which sentences those stand on, so that a curator finds the place in the
document. The Turtle form has no blank nodes: a result's IRI is made of its content, so that the same report has
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from textwrap import fill

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from ontology.errors import InputError
from ontology.namespaces import CANONICAL_BASE, DCTERMS, RDF, RDFS, SH, XSD
from shapes.conversion import Term

REPORT = NamedNode(CANONICAL_BASE + "report")
"""The IRI of a report that is given no other."""

SENTENCE_LINE = re.compile(r"(?P<document>\S+), characters (?P<start>\d+) to (?P<end>\d+): (?P<exact>.*)", re.DOTALL)


class Severity(StrEnum):
    """How grave a result is: a violation keeps a fact out of the release, the others do not."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """Where a sentence of a document stands (code points, end exclusive), and its words."""

    document: str
    start: int
    end: int
    exact: str

    def __str__(self) -> str:
        return f"{self.document}, characters {self.start} to {self.end}: {self.exact}"


@dataclass(frozen=True, slots=True)
class Result:
    """One place where a graph breaks one constraint of one shape. `facts` are those that the place belongs to."""

    severity: Severity
    focus: NamedNode | BlankNode
    path: NamedNode | None
    value: Term | None
    message: str
    shape: NamedNode | None
    component: NamedNode
    facts: tuple[NamedNode, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @property
    def key(self) -> tuple[int, str, str, str, str, str, str]:
        """What a report is sorted by, and what tells two results apart."""
        return (
            self.severity.rank,
            str(self.focus),
            str(self.path or ""),
            str(self.shape or ""),
            self.component.value,
            str(self.value or ""),
            self.message,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on a graph: `conforms` is SHACL's own, true only without any result; `violations` keep facts out."""

    conforms: bool
    results: tuple[Result, ...] = ()

    @classmethod
    def of(cls, results: Iterable[Result]) -> Report:
        """A report of these results, sorted, each once."""
        once = {result.key: result for result in results}
        return cls(not once, tuple(once[key] for key in sorted(once)))

    @classmethod
    def merge(cls, reports: Iterable[Report]) -> Report:
        """One report on all that the reports are about."""
        return cls.of(result for report in reports for result in report.results)

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results of severity Violation."""
        return tuple(result for result in self.results if result.severity is Severity.VIOLATION)

    @property
    def withheld(self) -> tuple[NamedNode, ...]:
        """The facts that a violation concerns, sorted."""
        facts = {fact for result in self.violations for fact in result.facts}
        return tuple(sorted(facts, key=lambda fact: fact.value))

    def to_text(self) -> str:
        """A block for each result, gravest first, and a line that counts them."""
        return "\n".join([*map(_block, self.results), self.summary + "\n"])

    @property
    def summary(self) -> str:
        """The verdict in one line."""
        if self.conforms:
            return "conforms"
        counts = {severity: sum(result.severity is severity for result in self.results) for severity in Severity}
        listed = ", ".join(
            f"{count} {severity.lower()}{'s' * (count > 1)}" for severity, count in counts.items() if count
        )
        return listed if self.violations else f"no violations; {listed}"

    def to_json(self) -> str:
        """One object with `conforms` and `results`; IRIs and literals are plain strings, absent values null."""
        results = [
            {
                "severity": result.severity.value,
                "focus": _plain(result.focus),
                "path": _plain(result.path),
                "value": _plain(result.value),
                "message": result.message,
                "shape": _plain(result.shape),
                "component": _plain(result.component),
                "facts": [fact.value for fact in result.facts],
                "sentences": [
                    {"document": place.document, "start": place.start, "end": place.end, "exact": place.exact}
                    for place in result.sentences
                ],
            }
            for result in self.results
        ]
        return json.dumps({"conforms": self.conforms, "results": results}, ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self, iri: NamedNode = REPORT) -> str:
        """A `sh:ValidationReport` named `iri`, always the same bytes for the same results."""
        triples = [Triple(iri, RDF.type, SH.ValidationReport), Triple(iri, SH.conforms, _boolean(self.conforms))]
        names = [_name(result, iri) for result in self.results]
        triples += [Triple(iri, SH.result, name) for name in names]
        for name, result in zip(names, self.results, strict=True):
            triples += [Triple(name, predicate, value) for predicate, value in _properties(result, iri)]
        prefixes = {"sh": str(SH), "dcterms": str(DCTERMS), "rdfs": str(RDFS), "xsd": str(XSD)}
        return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    @classmethod
    def from_turtle(cls, text: str) -> Report:
        """The report that `to_turtle` wrote.

        Raises:
            InputError: the text is not Turtle, or holds no validation report.
        """
        try:
            triples = list(parse(text, format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise InputError(f"the report is not Turtle: {error}") from error
        if not any(triple.predicate == SH.conforms for triple in triples):
            raise InputError("the text holds no SHACL validation report")
        described: dict[NamedNode | BlankNode | Triple, list[Quad]] = {}
        for triple in triples:
            described.setdefault(triple.subject, []).append(triple)
        results = [described.get(triple.object, []) for triple in triples if triple.predicate == SH.result]
        return cls.of(map(_read, results))


def _block(result: Result) -> str:
    lines = [f"{result.severity}: {result.message}", f"  at       {_plain(result.focus)}"]
    if result.path is not None:
        lines.append(f"  property {_plain(result.path)}")
    if result.value is not None and result.value != result.focus:
        lines.append(f"  value    {_plain(result.value)}")
    for place in result.sentences:
        lines.append(f"  sentence {place.document}, characters {place.start} to {place.end}:")
        lines.append(fill(place.exact, 110, initial_indent="           ", subsequent_indent="           "))
    if result.shape is not None:
        lines.append(f"  shape    {_plain(result.shape)}")
    return "\n".join(lines) + "\n"


def _plain(term: Term | None) -> str | None:
    if isinstance(term, BlankNode):
        return str(term)
    return None if term is None else term.value


def _name(result: Result, report: NamedNode) -> NamedNode:
    digest = hashlib.sha256("\x00".join(map(str, result.key)).encode()).hexdigest()
    return NamedNode(f"{report.value}#result-{digest[:16]}")


def _properties(result: Result, report: NamedNode) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[result.severity.value]
    yield SH.focusNode, _named(result.focus, report)
    if result.path is not None:
        yield SH.resultPath, result.path
    if result.value is not None:
        yield SH.value, _named(result.value, report)
    yield SH.resultMessage, Literal(result.message)
    yield SH.sourceConstraintComponent, result.component
    if result.shape is not None:
        yield SH.sourceShape, result.shape
    for fact in result.facts:
        yield DCTERMS.references, fact
    for place in result.sentences:
        yield RDFS.comment, Literal(str(place))


def _named(term: Term, report: NamedNode) -> NamedNode | Literal:
    return NamedNode(f"{report.value}#node-{term.value}") if isinstance(term, BlankNode) else term


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD.boolean)


def _read(triples: list[Quad]) -> Result:
    values: dict[NamedNode, list[object]] = {}
    for triple in triples:
        values.setdefault(triple.predicate, []).append(triple.object)

    def one(predicate: NamedNode) -> object | None:
        return values.get(predicate, [None])[0]

    places = [SENTENCE_LINE.fullmatch(line.value) for line in values.get(RDFS.comment, []) if isinstance(line, Literal)]
    facts = [fact for fact in values.get(DCTERMS.references, []) if isinstance(fact, NamedNode)]
    focus, severity, component = one(SH.focusNode), one(SH.resultSeverity), one(SH.sourceConstraintComponent)
    message, path, shape, value = one(SH.resultMessage), one(SH.resultPath), one(SH.sourceShape), one(SH.value)
    if not (isinstance(focus, NamedNode) and isinstance(severity, NamedNode) and isinstance(component, NamedNode)):
        raise InputError("a result of the report lacks its focus node, severity or constraint component")
    return Result(
        Severity(severity.value.removeprefix(str(SH))),
        focus,
        path if isinstance(path, NamedNode) else None,
        value if isinstance(value, NamedNode | Literal) else None,
        message.value if isinstance(message, Literal) else "",
        shape if isinstance(shape, NamedNode) else None,
        component,
        tuple(sorted(facts, key=lambda fact: fact.value)),
        tuple(sorted(Sentence(m["document"], int(m["start"]), int(m["end"]), m["exact"]) for m in places if m)),
    )

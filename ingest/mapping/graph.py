"""The graph of one document while it is written, and the node of one fact in it.

Evidence follows the Web Annotation model: a specific resource with a position and a quotation selector
(https://www.w3.org/TR/annotation-model/#selectors).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from ingest.annotation import EXTRACTOR as REVIEWED
from ingest.annotation import Review
from ingest.dates import precision
from ingest.document import Document
from ingest.facts import Date, Fact, Name, Origin, Part, Segment
from ingest.mapping import literals
from ingest.resolution import Scope, Thing
from ingest.slug import slug
from ontology.namespaces import OA, ONR, RDF, SKOS
from ontology.vocabulary import individual

Value = NamedNode | Literal

CONTEXT = 32
"""Characters of prefix and suffix in a quotation selector."""


def passage(text: str, sentences: Sequence[Segment]) -> str:
    """Sentences in the order of the text, joined as it joins them, or by an ellipsis where others stand between."""
    joined, reached = "", None
    for sentence in sentences:
        if reached is not None:
            between = text[reached : sentence.start]
            joined += between if not between.strip() else " […] "
        joined += sentence.exact
        reached = sentence.end
    return joined


class GraphWriter:
    """Collects the quads of one document's graph."""

    def __init__(self, document: Document, scope: Scope, review: Review | None) -> None:
        self.document = document
        self.scope = scope
        self.node = scope.document()
        self.review = self.child("review") if review is not None else None
        self._quads: set[Quad] = set()
        self._things: dict[NamedNode, set[Thing]] = defaultdict(set)
        if self.review is not None and review is not None:
            self.add(self.review, RDF.type, ONR.Review)
            self.add(self.review, ONR.reviewer, literals.text(review.by))
            self.add(self.review, ONR.reviewedOn, literals.day(review.on))

    def add(self, subject: NamedNode, predicate: NamedNode, value: Value) -> None:
        """Add one triple to the document's graph."""
        self._quads.add(Quad(subject, predicate, value, self.node))

    def child(self, *path: str) -> NamedNode:
        """A node under the document."""
        return NamedNode("/".join([self.node.value, *path]))

    def thing(self, thing: Thing) -> NamedNode:
        """The IRI of a thing, which the graph will describe if the authority file does not."""
        if not thing.known:
            self._things[thing.iri].add(thing)
        return thing.iri

    def extractor(self, name: str) -> NamedNode:
        """The node of an extractor."""
        node = self.scope.base.id("extractor", slug(name))
        self.add(node, RDF.type, ONR.Extractor)
        self.add(node, ONR.name, literals.text(name))
        return node

    def assertion(self, kind: str, key: Iterable[Value | str | None], name: str) -> NamedNode:
        """The node of what several documents may say alike, named by its key alone, under any base."""
        parts = [kind, *("" if part is None else self._relative(part) for part in key)]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        node = self.scope.base.id("assertion", digest)
        self.add(node, RDF.type, ONR.Assertion)
        self.add(node, ONR.name, literals.text(name))
        return node

    def selectors(self, segment: Segment) -> tuple[NamedNode, NamedNode]:
        """The position and the quotation selector of a segment."""
        text, span = self.document.text, f"{segment.start}-{segment.end}"
        position, quote = self.child(f"position-{span}"), self.child(f"quote-{span}")
        self.add(position, RDF.type, OA.TextPositionSelector)
        self.add(position, OA.start, literals.integer(segment.start))
        self.add(position, OA.end, literals.integer(segment.end))
        self.add(quote, RDF.type, OA.TextQuoteSelector)
        self.add(quote, OA.exact, literals.text(segment.exact))
        self.add(quote, OA.prefix, literals.text(text[max(0, segment.start - CONTEXT) : segment.start]))
        self.add(quote, OA.suffix, literals.text(text[segment.end : segment.end + CONTEXT]))
        return position, quote

    def quads(self) -> list[Quad]:
        """Everything written, with the things it names, sorted as N-Quads."""
        for iri, named in self._things.items():
            strong = {thing for thing in named if not thing.weak} or named
            for thing in named:
                self.add(iri, RDF.type, thing.cls)
                if thing.also is not None:
                    self.add(iri, RDF.type, thing.also)
                if thing.key is not None:
                    self.add(iri, ONR.key, literals.text(thing.key))
                if thing.employer is not None:
                    self.add(iri, ONR.employer, thing.employer)
                for alias in thing.aliases:
                    self.add(iri, SKOS.altLabel, Literal(alias, language="en"))
            for thing in strong:
                self.add(iri, ONR.name, literals.text(thing.name))
        return sorted(self._quads, key=str)

    def _relative(self, part: Value | str) -> str:
        if isinstance(part, NamedNode):
            return part.value.removeprefix(self.scope.base.iri)
        return part.value if isinstance(part, Literal) else part


class FactNode:
    """The node of one fact; what every fact has is written when it is made."""

    def __init__(self, writer: GraphWriter, fact: Fact, kind: str, number: int) -> None:
        start, end = fact.span
        self.writer = writer
        self.scope = writer.scope
        self.fact = fact
        self.iri = writer.child(f"{kind}-{start}-{end}" + (f"-{number}" if number > 1 else ""))
        self.set(ONR.inDocument, writer.node)
        self.set(ONR.extractor, writer.extractor(fact.extractor))
        self.text(ONR.rule, fact.rule)
        self.set(ONR.confidence, literals.decimal(fact.confidence))
        for order, origin in enumerate(fact.origins, start=1):
            self._origin(order, origin)
        if writer.review is not None and fact.extractor == REVIEWED:
            self.set(ONR.review, writer.review)
        for name in fact.according_to:
            self.set(ONR.accordingTo, self.named(name))
        for order, segment in enumerate(fact.evidence, start=1):
            self._evidence(order, segment)
        self.text(ONR.passage, passage(writer.document.text, fact.sentences()))

    def set(self, predicate: NamedNode, value: Value | None) -> None:
        """Add a value of the fact, if there is one."""
        if value is not None:
            self.writer.add(self.iri, predicate, value)

    def text(self, predicate: NamedNode, *values: str | None) -> None:
        """Add strings of the fact, those that there are."""
        for value in values:
            if value is not None:
                self.set(predicate, literals.text(value))

    def choice(self, predicate: NamedNode, cls: str, notation: str | None) -> None:
        """Add a controlled value by its notation, if there is one."""
        if notation is not None:
            self.set(predicate, individual(cls, notation))

    def child(self, name: str) -> NamedNode:
        """A node under the fact."""
        return NamedNode(f"{self.iri.value}/{name}")

    def thing(self, thing: Thing) -> NamedNode:
        """The IRI of a thing that the fact names."""
        return self.writer.thing(thing)

    def meant(self, name: Name) -> Thing:
        """The actor or document that the fact means by a name."""
        source = self.fact.parts(Part.SOURCE)
        return self.scope.named(name, source[0].start if source else self.fact.span[0])

    def named(self, name: Name) -> NamedNode:
        """The IRI of an actor or document that the fact names."""
        return self.thing(self.meant(name))

    def actor(self, name: str | None) -> NamedNode | None:
        """The IRI of an actor whose kind the fact does not give; None for no name."""
        return self.thing(self.scope.actor(name)) if name is not None else None

    def topics(self, slugs: Iterable[str]) -> None:
        """Add what the fact is about."""
        for name in slugs:
            self.set(ONR.topic, self.scope.topic(name))

    def date(self, predicate: NamedNode, date: Date | None) -> None:
        """Add a date with its wording, its precision, and its value if the document gives one."""
        if date is None:
            return
        node = self.child("date")
        self.set(predicate, node)
        self.writer.add(node, RDF.type, ONR.DateReference)
        self.writer.add(node, ONR.wording, literals.text(date.wording))
        self.writer.add(node, ONR.precision, individual("DatePrecision", precision(date.edtf)))
        if date.edtf is not None:
            self.writer.add(node, ONR.resolved, literals.edtf(date.edtf))

    def summary(self, *parts: str | None, between: str = ", ") -> None:
        """Add the one line by which people know the fact."""
        line = between.join(part for part in parts if part)
        self.text(ONR.summary, " ".join(line.split()))

    def asserts(self, kind: str, key: Iterable[Value | str | None], name: str) -> None:
        """Add what the fact says in the form in which others may say it too."""
        self.set(ONR.asserts, self.writer.assertion(kind, key, name))

    def _origin(self, order: int, origin: Origin) -> None:
        node = self.child(f"origin-{order}")
        self.set(ONR.origin, node)
        self.writer.add(node, RDF.type, ONR.Origin)
        self.writer.add(node, ONR.extractor, self.writer.extractor(origin.extractor))
        if origin.rule is not None:
            self.writer.add(node, ONR.rule, literals.text(origin.rule))
        self.writer.add(node, ONR.confidence, literals.decimal(origin.confidence))

    def _evidence(self, order: int, segment: Segment) -> None:
        node = self.child(f"evidence-{order}")
        self.set(ONR.evidence, node)
        add = self.writer.add
        add(node, RDF.type, ONR.Evidence)
        add(node, RDF.type, OA.SpecificResource)
        add(node, OA.hasSource, self.writer.node)
        add(node, ONR.part, individual("EvidencePart", segment.part.value))
        add(node, ONR.order, literals.integer(order))
        for selector in self.writer.selectors(segment):
            add(node, OA.hasSelector, selector)

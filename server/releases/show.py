"""Everything on record about one thing: what it is called and what it is, and every fact with its sentences.

A fact is about a thing when it, or a part of it (a link in a chain of reporters), names the thing. Things that the
release takes for one are shown as one, with the reasons. Only the store is read; no name is looked up here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology.errors import NotFound
from ontology.namespaces import DCTERMS, OA, ONR, RDF, RDFS, SKOS
from server.releases.store import DEFAULT

SENTENCE = "sentence"
HIDDEN = frozenset({RDFS.label, RDF.type, ONR.canonical})


@dataclass(frozen=True)
class Segment:
    """Characters of a document: where they start and end (code points, end exclusive), what they are, and the words."""

    start: int
    end: int
    part: str
    exact: str


@dataclass(frozen=True)
class FactRecord:
    """One fact: how it names the thing (`ties`, property names), its kind, its summary, and what it stands on."""

    iri: str
    kind: str
    ties: tuple[str, ...]
    summary: str
    document: str
    start: int
    end: int
    evidence: tuple[Segment, ...]
    confidence: str | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole sentences, in the order of the document."""
        return tuple(each.exact for each in self.evidence if each.part == SENTENCE)


@dataclass(frozen=True)
class Identification:
    """That two things are taken for one: which, in one line, why, and how alike their names or titles are."""

    things: tuple[str, ...]
    summary: str
    reasons: tuple[str, ...]
    similarity: str | None
    threshold: str | None


@dataclass(frozen=True)
class Record:
    """One thing, its classes and properties as printable values, and its facts by document and place.

    `identifications` are the decisions by which other things are taken for it, whose facts are then here, too.
    """

    iri: str
    label: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]
    facts: tuple[FactRecord, ...] = field(default=())
    identifications: tuple[Identification, ...] = ()


def show(store: Store, thing: NamedNode) -> Record:
    """Gathers what a release holds about a thing, a document, a topic or a fact.

    Raises:
        NotFound: nothing is on record about it.
    """
    reader = _Reader(store)
    asked = thing
    thing = reader.canonical(asked)
    members = reader.members(thing)
    about = list(reader.quads(thing))
    ties = reader.ties(members)
    if not about and not ties:
        raise NotFound("nothing is on record about it", asked.value)
    facts = sorted(
        (reader.fact(fact, names) for fact, names in ties.items()), key=lambda f: (f.document, f.start, f.iri)
    )
    types = sorted({reader.name(quad.object) for quad in about if quad.predicate == RDF.type})
    properties = sorted(
        (reader.name(quad.predicate), reader.name(quad.object)) for quad in about if quad.predicate not in HIDDEN
    )
    decisions = {node.value: each for member in members for node, each in reader.identifications(member)}
    return Record(
        thing.value,
        reader.name(thing),
        tuple(types),
        tuple(properties),
        tuple(facts),
        tuple(decisions[node] for node in sorted(decisions)),
    )


class _Reader:
    """Reads the merge of one store and remembers the names it has given."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names: dict[NamedNode, str] = {}

    def quads(
        self, subject: NamedNode | None = None, predicate: NamedNode | None = None, value: NamedNode | None = None
    ) -> Iterator[Quad]:
        return self.store.quads_for_pattern(subject, predicate, value, DEFAULT)

    def canonical(self, thing: NamedNode) -> NamedNode:
        """The thing as which this one is counted."""
        return next(iter(self.values(thing, ONR.canonical)), thing)

    def members(self, canonical: NamedNode) -> list[NamedNode]:
        """The thing and all that are counted as it."""
        found = {quad.subject for quad in self.quads(None, ONR.canonical, canonical)} - {canonical}
        return [
            canonical,
            *sorted((each for each in found if isinstance(each, NamedNode)), key=lambda node: node.value),
        ]

    def identifications(self, thing: NamedNode) -> Iterator[tuple[NamedNode, Identification]]:
        """The decisions that have to do with a thing."""
        for quad in self.quads(None, ONR.identifies, thing):
            node = quad.subject
            if isinstance(node, NamedNode):
                yield (
                    node,
                    Identification(
                        tuple(sorted(each.value for each in self.values(node, ONR.identifies))),
                        self.text(node, ONR.summary) or "",
                        tuple(
                            sorted(
                                q.object.value for q in self.quads(node, ONR.reason) if isinstance(q.object, Literal)
                            )
                        ),
                        self.text(node, ONR.similarity),
                        self.text(node, ONR.threshold),
                    ),
                )

    def ties(self, things: Iterable[NamedNode]) -> dict[NamedNode, tuple[str, ...]]:
        """Every fact that names one of the things, with the properties by which it does; a fact is tied to itself."""
        found: dict[NamedNode, set[str]] = defaultdict(set)
        for thing in things:
            if self.is_fact(thing):
                found[thing] = set()
            for quad in self.quads(value=thing):
                if isinstance(quad.subject, NamedNode):
                    for fact in self.owners(quad.subject):
                        found[fact].add(self.name(quad.predicate))
        return {fact: tuple(sorted(names)) for fact, names in found.items()}

    def owners(self, node: NamedNode) -> Iterator[NamedNode]:
        if self.is_fact(node):
            yield node
            return
        for quad in self.quads(value=node):
            whole = quad.subject
            if isinstance(whole, NamedNode) and node.value.startswith(whole.value + "/") and self.is_fact(whole):
                yield whole

    def is_fact(self, node: NamedNode) -> bool:
        return any(True for _ in self.quads(node, ONR.inDocument))

    def fact(self, fact: NamedNode, ties: tuple[str, ...]) -> FactRecord:
        evidence = tuple(self.segments(fact))
        return FactRecord(
            fact.value,
            self.kind(fact),
            ties,
            self.text(fact, ONR.summary) or "",
            next((self.short_name(document) for document in self.values(fact, ONR.inDocument)), ""),
            min((each.start for each in evidence), default=0),
            max((each.end for each in evidence), default=0),
            evidence,
            self.text(fact, ONR.confidence),
        )

    def kind(self, fact: NamedNode) -> str:
        """The label of the class that the document states; its superclasses are inferred in a graph of their own."""
        stated = {
            q.object
            for d in self.values(fact, ONR.inDocument)
            for q in self.store.quads_for_pattern(fact, RDF.type, None, d)
        }
        return min((self.name(each) for each in stated), default="fact")

    def segments(self, fact: NamedNode) -> Iterator[Segment]:
        ordered = sorted((int(self.text(node, ONR.order) or 0), node.value) for node in self.values(fact, ONR.evidence))
        for _, iri in ordered:
            node = NamedNode(iri)
            part = next(
                (self.text(part, SKOS.notation) or self.name(part) for part in self.values(node, ONR.part)), SENTENCE
            )
            start = end = 0
            exact = ""
            for selector in self.values(node, OA.hasSelector):
                start = int(self.text(selector, OA.start) or start)
                end = int(self.text(selector, OA.end) or end)
                exact = self.text(selector, OA.exact) or exact
            yield Segment(start, end, part, exact)

    def values(self, subject: NamedNode, predicate: NamedNode) -> Iterable[NamedNode]:
        return [quad.object for quad in self.quads(subject, predicate) if isinstance(quad.object, NamedNode)]

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        return min(
            (quad.object.value for quad in self.quads(subject, predicate) if isinstance(quad.object, Literal)),
            default=None,
        )

    def short_name(self, document: NamedNode) -> str:
        return self.text(document, DCTERMS.identifier) or document.value.rsplit("/", 1)[-1]

    def name(self, term: object) -> str:
        """A literal's characters; a resource's label, else its summary, else its IRI."""
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return str(term)
        if term not in self.names:
            self.names[term] = self.text(term, RDFS.label) or self.text(term, ONR.summary) or term.value
        return self.names[term]

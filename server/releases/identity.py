"""Which postings and persons of a release are one, in a graph of their own: `{base}graph/identities`.

It is made anew from what all documents say together, so that no document's graph depends on another's, and a release
is the same however it came about. Each thing gets the canonical one by which it is counted, mostly itself, and each
that is another's an identification with the reasons. The file of identities goes before every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, Store

from ingest.anchor import fold_case
from ingest.identity.clusters import Pair, blocks, clusters
from ingest.identity.likeness import Likeness
from ingest.identity.persons import Person
from ingest.identity.postings import Pay, Posting
from ontology.namespaces import ONR, RDF, SKOS, XSD, Base
from server.releases.inference import Schema, chosen_label
from server.releases.store import DEFAULT

DIGITS = 16
"""Characters of the digest that names an identification."""

SAYING: dict[NamedNode, tuple[NamedNode, ...]] = {
    ONR.posting: (),
    ONR.recipient: (ONR.amountMin, ONR.amountMax, ONR.currency, ONR.period, ONR.qualifier),
    ONR.member: (ONR.organization,),
    ONR.speaker: (ONR.quotation,),
}
"""How a fact names a posting or person, and what else makes its assertion."""

BY_HAND = "decided by a person, in the file of identities"


@dataclass(frozen=True, slots=True)
class Decided:
    """What persons have decided: pairs that are one, and pairs that are not."""

    joined: frozenset[Pair]
    apart: frozenset[Pair]


def identities(store: Store, base: Base, schema: Schema) -> set[Quad]:
    """The quads of the graph of identities, from what all other graphs of the store say."""
    graph = base.graph("identities")
    reader = _Reader(store, frozenset((DEFAULT, graph, base.graph("inferences"))))
    decided = reader.decided()
    rows = {*_postings(reader, decided, base), *_persons(reader, decided, base)}
    grouped = {subject for subject, _, _ in rows}
    rest = {thing.value for thing in reader.things(schema) if thing not in grouped}
    rows |= {*_others(rest, reader, decided, base)}
    return {Quad(*row, graph) for row in rows}


Row = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _postings(reader: _Reader, decided: Decided, base: Base) -> Iterator[Row]:
    known = {posting.iri: posting for posting in reader.postings()}

    def likeness(one: str, other: str) -> Likeness | None:
        found = known[one].likeness(known[other])
        if found is None:
            return None
        employer = reader.label(known[one].employer or "")
        return Likeness((f"employer: {employer} in both", *found.reasons), found.similarity, found.threshold)

    def rank(iri: str) -> tuple[object, ...]:
        return not known[iri].keys, -known[iri].documents, len(iri), iri

    keys = {iri: sorted(each.trades()) for iri, each in known.items()}
    grouped = _grouped(keys, decided, likeness, lambda one, other: known[one].kept_apart(known[other]))
    yield from _rows(grouped, rank, likeness, reader, decided, base)


def _persons(reader: _Reader, decided: Decided, base: Base) -> Iterator[Row]:
    named = {person.iri: person for person in reader.persons()}
    keys = {iri: [name.surname for name in person.parsed()] for iri, person in named.items()}
    shared = blocks(keys, decided.joined)
    # Only where a surname is shared do affiliations matter; most persons need no second look.
    known = {iri: reader.affiliated(named[iri]) for block in shared if len(block) > 1 for iri in block}
    labels = {place: reader.label(place) for person in known.values() for place in person.affiliations}

    def likeness(one: str, other: str) -> Likeness | None:
        return known[one].likeness(known[other], labels)

    def rank(iri: str) -> tuple[object, ...]:
        return -named[iri].documents, -max(map(len, named[iri].names), default=0), iri

    grouped = _grouped(keys, decided, likeness, lambda *_: False)
    yield from _rows(grouped, rank, likeness, reader, decided, base)


def _others(things: set[str], reader: _Reader, decided: Decided, base: Base) -> Iterator[Row]:
    """Things that no rule joins: each is its own but where a person has decided otherwise."""

    def rank(iri: str) -> tuple[object, ...]:
        return not reader.known(iri), iri

    grouped = _grouped(dict.fromkeys(things, ()), decided, lambda *_: None, lambda *_: False)
    yield from _rows(grouped, rank, lambda *_: None, reader, decided, base)


Liken = Callable[[str, str], Likeness | None]


def _grouped(
    keys: Mapping[str, Iterable[str]], decided: Decided, likeness: Liken, forbidden: Callable[[str, str], bool]
) -> Iterator[tuple[str, ...]]:
    for block in blocks(keys, decided.joined):
        if len(block) == 1:
            yield block
        else:
            alike = partial(_alike, likeness)
            yield from clusters(block, alike, forbidden, decided.joined, decided.apart)


def _alike(likeness: Liken, one: str, other: str) -> bool:
    return likeness(one, other) is not None


def _rows(
    groups: Iterable[tuple[str, ...]],
    rank: Callable[[str], tuple[object, ...]],
    likeness: Liken,
    reader: _Reader,
    decided: Decided,
    base: Base,
) -> Iterator[Row]:
    for group in groups:
        ranked = sorted(group, key=rank)
        for iri in ranked:
            yield NamedNode(iri), ONR.canonical, NamedNode(ranked[0])
        for place, iri in enumerate(ranked[1:], start=1):
            yield from _identification(iri, ranked[:place], likeness, reader, decided, base)
        if len(ranked) > 1:
            yield from _assertions(ranked, reader)


def _assertions(ranked: Iterable[str], reader: _Reader) -> Iterator[Row]:
    """What facts of several of these things assert alike but for the thing, as one: the first one's assertion."""
    first: dict[tuple[object, ...], str] = {}
    for iri in ranked:
        for key, assertion in reader.asserted(NamedNode(iri)):
            canonical = first.setdefault(key, assertion)
            if canonical != assertion:
                yield NamedNode(assertion), ONR.canonical, NamedNode(canonical)


def _identification(
    iri: str, before: list[str], likeness: Liken, reader: _Reader, decided: Decided, base: Base
) -> Iterator[Row]:
    """Why a thing is one with those before it: with the first of them that a person or a rule joins it to."""
    other = next((each for each in before if frozenset((iri, each)) in decided.joined), None)
    found: Likeness | None = Likeness((BY_HAND,))
    if other is None:
        other, found = next(((each, why) for each in before if (why := likeness(each, iri)) is not None), (None, None))
    if other is None or found is None:
        return
    relative = sorted(each.removeprefix(base.iri) for each in (iri, other))
    node = base.id("identification", sha256("\n".join(relative).encode()).hexdigest()[:DIGITS])
    yield node, RDF.type, ONR.Identification
    yield node, ONR.identifies, NamedNode(other)
    yield node, ONR.identifies, NamedNode(iri)
    yield node, ONR.summary, Literal(f"“{reader.label(iri)}” is taken for “{reader.label(other)}”")
    for reason in found.reasons:
        yield node, ONR.reason, Literal(reason)
    for predicate, number in ((ONR.similarity, found.similarity), (ONR.threshold, found.threshold)):
        if number is not None:
            yield node, predicate, Literal(str(number), datatype=XSD.decimal)


class _Reader:
    """Reads what documents say of postings and persons from the merge of a store."""

    def __init__(self, store: Store, derived: frozenset[object]) -> None:
        self.store = store
        self._derived = derived
        self._labels: dict[str, str] = {}

    def decided(self) -> Decided:
        def pairs(predicate: NamedNode) -> frozenset[Pair]:
            quads = self.store.quads_for_pattern(None, predicate, None, DEFAULT)
            return frozenset(frozenset((_iri(quad.subject), _iri(quad.object))) for quad in quads)

        return Decided(pairs(ONR.identifiedWith), pairs(ONR.distinctFrom))

    def things(self, schema: Schema) -> set[NamedNode]:
        """Whatever facts can be about."""
        classes = [cls for cls, above in schema.superclasses.items() if ONR.Thing in above]
        return {node for cls in classes for node in self._instances(cls)}

    def postings(self) -> Iterator[Posting]:
        for node in self._instances(ONR.JobPosting):
            reports = self._subjects(ONR.posting, node)
            titles = self._texts(reports, ONR.title) or self._texts([node], ONR.name)
            yield Posting(
                node.value,
                min(self._objects(node, ONR.employer), default=None),
                frozenset(titles),
                frozenset(self._texts([node], ONR.key)),
                frozenset(self._pay(node)),
                frozenset(self._texts(reports, ONR.location)),
                len({place for report in reports for place in self._objects(report, ONR.inDocument)}),
            )

    def persons(self) -> Iterator[Person]:
        for node in self._instances(ONR.Person):
            stated = self.store.quads_for_pattern(node, RDF.type, ONR.Person, None)
            graphs = {str(quad.graph_name) for quad in stated if quad.graph_name not in self._derived}
            yield Person(node.value, frozenset(self._texts([node], ONR.name)), documents=len(graphs))

    def affiliated(self, person: Person) -> Person:
        """The person with the organizations that memberships and statements give."""
        node = NamedNode(person.iri)
        found = [
            organization
            for names, gives in ((ONR.member, ONR.organization), (ONR.speaker, ONR.affiliation))
            for fact in self._subjects(names, node)
            for organization in self._objects(fact, gives)
        ]
        return Person(person.iri, person.names, frozenset(found), person.documents)

    def asserted(self, thing: NamedNode) -> Iterator[tuple[tuple[object, ...], str]]:
        """What facts about a thing assert, each with all that it says but the thing."""
        for names, values in SAYING.items():
            for fact in self._subjects(names, thing):
                said = tuple(tuple(self._said(fact, value)) for value in values)
                for assertion in self._objects(fact, ONR.asserts):
                    yield (names, said), assertion

    def _said(self, fact: NamedNode, predicate: NamedNode) -> list[str]:
        if predicate == ONR.qualifier and self._texts([fact], ONR.amountMin) and self._texts([fact], ONR.amountMax):
            return []  # with both bounds given, a qualifier changes nothing
        words = (" ".join(fold_case(text).split()) for text in self._texts([fact], predicate))
        return sorted((*words, *self._objects(fact, predicate)))

    def known(self, iri: str) -> bool:
        """Whether the authority file has the thing."""
        return next(self.store.quads_for_pattern(NamedNode(iri), SKOS.prefLabel, None, DEFAULT), None) is not None

    def label(self, iri: str) -> str:
        """What a thing is called, by what is stated of it; the last piece of its IRI when nothing names it."""
        if iri not in self._labels:
            quads = [
                quad
                for predicate in (SKOS.prefLabel, ONR.name)
                for quad in self.store.quads_for_pattern(NamedNode(iri), predicate, None, None)
                if quad.graph_name != DEFAULT
            ]
            label = chosen_label(quads)
            self._labels[iri] = label.value if label is not None else iri.rpartition("/")[2]
        return self._labels[iri]

    def _pay(self, posting: NamedNode) -> Iterator[Pay]:
        for report in self._subjects(ONR.recipient, posting):
            period = min((iri.rpartition("#")[2] for iri in self._objects(report, ONR.period)), default=None)
            for currency in self._texts([report], ONR.currency):
                low, high = (self._number(report, predicate) for predicate in (ONR.amountMin, ONR.amountMax))
                yield Pay(currency, low, high, period)

    def _number(self, report: NamedNode, predicate: NamedNode) -> Decimal | None:
        return min(map(Decimal, self._texts([report], predicate)), default=None)

    def _instances(self, cls: NamedNode) -> list[NamedNode]:
        """What is stated to be of a class; what a parent release has inferred may hold no longer."""
        quads = self.store.quads_for_pattern(None, RDF.type, cls, None)
        found = {q.subject for q in quads if isinstance(q.subject, NamedNode) and q.graph_name not in self._derived}
        return sorted(found, key=lambda node: node.value)

    def _subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        quads = self.store.quads_for_pattern(None, predicate, value, DEFAULT)
        return sorted((q.subject for q in quads if isinstance(q.subject, NamedNode)), key=lambda node: node.value)

    def _objects(self, subject: NamedNode | str, predicate: NamedNode) -> list[str]:
        node = subject if isinstance(subject, NamedNode) else NamedNode(subject)
        quads = self.store.quads_for_pattern(node, predicate, None, DEFAULT)
        return sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode))

    def _texts(self, subjects: Iterable[NamedNode], predicate: NamedNode) -> list[str]:
        return sorted(
            quad.object.value
            for subject in subjects
            for quad in self.store.quads_for_pattern(subject, predicate, None, DEFAULT)
            if isinstance(quad.object, Literal)
        )


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)

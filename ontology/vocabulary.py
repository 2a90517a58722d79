"""The terms of the ontology as Python sees them, read from `onrecord.ttl` when first asked for.

What users type and see is the `skos:notation` of a term; this module is the only bridge between the two, so that no
notation is written down in Python (https://www.w3.org/TR/skos-reference/#notations).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.errors import NotFound
from ontology.namespaces import DCTERMS, ONR, OWL, RDF, RDFS, SKOS

PATH = Path(__file__).with_name("onrecord.ttl")
"""The ontology's own file, which is also what is published."""

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)

Hierarchy = dict[NamedNode, tuple[NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual of the ontology.

    `kind` is its OWL type; `parents` are the classes or properties right above it, or the classes of an individual.
    """

    iri: NamedNode
    kind: NamedNode
    parents: tuple[NamedNode, ...]
    label: str
    definition: str
    example: str
    source: str
    notation: str | None
    domain: NamedNode | None
    range: NamedNode | None
    single_valued: bool

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return self.iri.value.removeprefix(ONR)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that the functions below answer from."""

    quads: tuple[Quad, ...]
    terms: dict[NamedNode, Term]
    members: dict[NamedNode, dict[str, NamedNode]]
    superclasses: Hierarchy
    superproperties: Hierarchy


def individual(cls: str, notation: str) -> NamedNode:
    """The individual of a class, such as `Mode`, that users know by a notation, such as `mixed`.

    Raises:
        NotFound: the class has no such individual.
    """
    return _member(ONR[cls], notation)


def notations(cls: str) -> tuple[str, ...]:
    """The notations of a class's individuals, or of the kinds under `Actor` or `Event`, in the file's order."""
    return tuple(_vocabulary().members.get(ONR[cls], ()))


def individuals(cls: NamedNode) -> tuple[Term, ...]:
    """The individuals of a class, in the file's order; none for a class that has no fixed ones."""
    return tuple(term for term in terms() if term.kind == OWL.NamedIndividual and cls in term.parents)


def notation(node: NamedNode) -> str:
    """What users see for an individual or for a class of actors or events.

    Raises:
        NotFound: the term has no notation.
    """
    term = _vocabulary().terms.get(node)
    if term is None or term.notation is None:
        raise NotFound(f"{node} has no notation in the ontology")
    return term.notation


def actor_class(kind: str) -> NamedNode:
    """The class of a kind of actor, such as `union`; `other` is any organization.

    Raises:
        NotFound: there is no such kind.
    """
    return _member(ONR.Actor, kind)


def event_class(kind: str) -> NamedNode:
    """The class of a kind of event, such as `strike`; `other` is any event.

    Raises:
        NotFound: there is no such kind.
    """
    return _member(ONR.Event, kind)


def superclasses(node: NamedNode) -> tuple[NamedNode, ...]:
    """All classes above a class, ours and others', sorted; empty for an unknown one."""
    return _vocabulary().superclasses.get(node, ())


def superproperties(node: NamedNode) -> tuple[NamedNode, ...]:
    """All properties above a property, ours and others', sorted; empty for an unknown one."""
    return _vocabulary().superproperties.get(node, ())


def single_valued() -> tuple[NamedNode, ...]:
    """The properties that have one value for one thing, sorted."""
    return tuple(sorted((term.iri for term in terms() if term.single_valued), key=str))


def terms() -> tuple[Term, ...]:
    """All terms of the ontology, in the file's order."""
    return tuple(_vocabulary().terms.values())


def quads(graph: NamedNode) -> list[Quad]:
    """The ontology, to be published in a graph."""
    return [Quad(q.subject, q.predicate, q.object, graph) for q in _vocabulary().quads]


def _member(cls: NamedNode, notation: str) -> NamedNode:
    members = _vocabulary().members.get(cls, {})
    try:
        return members[notation]
    except KeyError:
        name = cls.value.removeprefix(ONR)
        nearest = get_close_matches(notation, members, n=3) or tuple(members)
        raise NotFound(f"{notation!r} is not one of the ontology's {name} values", nearest=nearest) from None


@cache
def _vocabulary() -> Vocabulary:
    """The parsed file. Cached: it is a part of the program and does not change while it runs."""
    quads = tuple(parse(path=str(PATH), format=RdfFormat.TURTLE))
    values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values[quad.subject][quad.predicate].append(quad.object)

    terms = {node: _term(node, row) for node, row in values.items() if node.value.startswith(ONR)}
    classes = {node: term.parents for node, term in terms.items() if term.kind == OWL.Class}
    properties = {node: term.parents for node, term in terms.items() if term.kind in PROPERTIES}
    superclasses = _closure(classes)
    members: dict[NamedNode, dict[str, NamedNode]] = defaultdict(dict)
    for node, term in terms.items():
        if term.notation is not None:
            for kind in (node, *superclasses[node]) if term.kind == OWL.Class else term.parents:
                members[kind].setdefault(term.notation, node)
    return Vocabulary(quads, terms, dict(members), superclasses, _closure(properties))


def _term(node: NamedNode, row: dict[NamedNode, list[NamedNode | Literal]]) -> Term:
    def text(predicate: NamedNode) -> str | None:
        return next((value.value for value in row[predicate]), None)

    def iri(predicate: NamedNode) -> NamedNode | None:
        return next(iter(_nodes(row[predicate])), None)

    types = _nodes(row[RDF.type])
    return Term(
        iri=node,
        kind=next(kind for kind in types if kind.value.startswith(OWL)),
        parents=(
            *(kind for kind in types if not kind.value.startswith(OWL)),
            *_nodes(row[RDFS.subClassOf]),
            *_nodes(row[RDFS.subPropertyOf]),
        ),
        label=text(RDFS.label) or "",
        definition=text(SKOS.definition) or "",
        example=text(SKOS.example) or "",
        source=text(DCTERMS.source) or "",
        notation=text(SKOS.notation),
        domain=iri(RDFS.domain),
        range=iri(RDFS.range),
        single_valued=text(ONR.singleValued) == "true",
    )


def _nodes(values: Iterable[NamedNode | Literal]) -> tuple[NamedNode, ...]:
    return tuple(value for value in values if isinstance(value, NamedNode))


def _closure(direct: Hierarchy) -> Hierarchy:
    """All that is above each node, transitively and without the node itself."""

    def above(node: NamedNode, seen: set[NamedNode]) -> set[NamedNode]:
        for parent in direct.get(node, ()):
            if parent not in seen:
                seen.add(parent)
                above(parent, seen)
        return seen

    return {node: tuple(sorted(above(node, set()) - {node}, key=str)) for node in direct}

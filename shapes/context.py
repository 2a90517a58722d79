"""What a check adds to one document's graph: the class hierarchy, and descriptions of the things that the graph names.

Shapes ask for the classes of authority actors and topics, which are described elsewhere. Only what is named is added,
so that the cost of a check follows the document and not the authority file. A subclass counts as SHACL says
(https://www.w3.org/TR/shacl/#dfn-shacl-subclass), and nothing else is inferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from ontology import vocabulary
from ontology.authority import Authority
from ontology.identities import DECISIONS
from ontology.namespaces import OWL, RDFS, Base
from ontology.topics import Topics

Subject = NamedNode | BlankNode | Triple


@dataclass(frozen=True)
class Descriptions:
    """Quads by subject, read once and asked for each document."""

    by_subject: Mapping[Subject, tuple[Quad, ...]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Descriptions:
        """An index of these quads."""
        index: dict[Subject, list[Quad]] = defaultdict(list)
        for quad in quads:
            index[quad.subject].append(quad)
        return cls({subject: tuple(described) for subject, described in index.items()})

    @classmethod
    def load(cls, base: Base | None = None) -> Descriptions:
        """The actors, those of the user's own files too, and the topics, under the base.

        Raises:
            InputError: one of the user's files is not as it should be.
        """
        base = base or Base()
        actors = Authority.load(base).quads(base.graph("authority"))
        topics = Topics.load(base).quads(base.graph("ontology"))
        # Decisions on identities are left out: what they name need not be described at all.
        return cls.of(
            Quad(quad.subject, quad.predicate, quad.object)
            for quad in (*actors, *topics)
            if quad.predicate not in DECISIONS
        )

    def named_in(self, quads: Iterable[Quad]) -> list[Quad]:
        """The descriptions of what the quads name as an object and, one step on, of what those name."""
        named = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
        near = [quad for node in named for quad in self.by_subject.get(node, ())]
        further = {quad.object for quad in near if isinstance(quad.object, NamedNode)} - named
        return near + [quad for node in further for quad in self.by_subject.get(node, ())]


@cache
def subclasses() -> tuple[Quad, ...]:
    """The `rdfs:subClassOf` triples of the ontology."""
    classes = (term for term in vocabulary.terms() if term.kind == OWL.Class)
    return tuple(Quad(term.iri, RDFS.subClassOf, above) for term in classes for above in term.parents)


def without_inferred(quads: Iterable[Quad]) -> list[Quad]:
    """The quads without those that follow from another by a superproperty: a closed shape is about what was written."""
    given = list(quads)
    inferred = {
        (quad.subject, above, quad.object) for quad in given for above in vocabulary.superproperties(quad.predicate)
    }
    return [quad for quad in given if (quad.subject, quad.predicate, quad.object) not in inferred]

"""What a user types for a parameter, found in a release and turned into RDF terms.

A thing is known by its IRI, its CURIE (`id:organization/netflix`, `topic:ai`, `doc:…`), its slug, its short name or
notation, its label and its other names, as `ontology.names` folds them. Everything is read from the release's default
graph, so what is found is what the release holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ontology.errors import NotFound
from ontology.names import fold
from ontology.namespaces import DCTERMS, ONR, RDF, RDFS, SKOS, Base
from server.canned.catalogue import CannedQuery, Term
from server.canned.parameters import Parameter

DEFAULT = DefaultGraph()

CLASSES = {
    "actor": (ONR.Actor,),
    "topic": (ONR.Topic,),
    "document": (ONR.Document,),
    "fact": (ONR.Fact,),
    "thing": (ONR.Thing, ONR.Topic),
}
"""The classes whose instances a parameter of each type can name."""

NAMES = (
    (DCTERMS.identifier, 0),
    (SKOS.notation, 0),
    (RDFS.label, 0),
    (SKOS.prefLabel, 0),
    (SKOS.altLabel, 1),
    (SKOS.hiddenLabel, 1),
    (ONR.name, 1),
    (DCTERMS.title, 1),
    (ONR.sourceFile, 1),
)
"""Properties that name a thing, and their rank: a better one wins over a lesser one."""
SLUG_RANK = 2


class Lookup:
    """Finds things in one release. Names are read when they are first needed, class by class, and kept."""

    def __init__(self, store: Store, base: Base | None = None) -> None:
        self._store = store
        self._base = base or Base()
        self._names: dict[str, dict[str, dict[NamedNode, int]]] = {}

    def bindings(self, query: CannedQuery, given: Mapping[str, Sequence[str]]) -> dict[str, list[Term]]:
        """The terms for `CannedQuery.bind` from what a user typed for each parameter.

        Raises:
            NotFound: the query has no such parameter, or a value names nothing in the release.
            InputError: a value is not of its parameter's type.
        """
        return {
            (parameter := query.parameter(name)).name: [term for text in texts for term in self.terms(parameter, text)]
            for name, texts in given.items()
        }

    def terms(self, parameter: Parameter, text: str) -> list[Term]:
        """The term that a value stands for; several when several things have that very name.

        Raises:
            NotFound: nothing in the release has the name; the nearest names are given.
            InputError: the value is not of the parameter's type.
        """
        if not parameter.names_thing:
            return [parameter.literal(text)]
        found = self.find(parameter.type, text)
        if not found:
            nearest = self.nearest(parameter.type, text)
            raise NotFound(f"there is no {parameter.type} {text!r} on record", parameter.name, nearest=nearest)
        return list(found)

    def things(self, text: str) -> list[NamedNode]:
        """Whatever has this name, IRI, CURIE or slug: an actor, posting, event, document, topic, fact.

        Raises:
            NotFound: nothing in the release has it; the nearest names are given.
        """
        found = self.find("thing", text) or self.find("fact", text)
        if not found:
            raise NotFound(f"nothing on record is called {text!r}", nearest=self.nearest("thing", text))
        return found

    def find(self, kind: str, text: str) -> list[NamedNode]:
        """The things of a kind (a key of CLASSES) that have this name, IRI, CURIE or slug; empty when none has."""
        return self._exact(kind, text) or self._folded(kind, text)

    def nearest(self, kind: str, text: str, n: int = 3) -> tuple[str, ...]:
        """The labels of the things of a kind whose names come closest, best first."""
        from rapidfuzz import fuzz, process

        names = self._index(kind)
        matches = process.extract(fold(text), names.keys(), scorer=fuzz.WRatio, limit=4 * n, score_cutoff=50)
        things = (min(names[name], key=lambda thing: (names[name][thing], thing.value)) for name, _, _ in matches)
        return tuple(dict.fromkeys(self.label(thing) for thing in things))[:n]

    def label(self, thing: NamedNode) -> str:
        """What the thing is called: for a topic or document what a user types, for another its label."""
        for predicate in (SKOS.notation, DCTERMS.identifier, RDFS.label):
            for quad in self._store.quads_for_pattern(thing, predicate, None, DEFAULT):
                if isinstance(quad.object, Literal):
                    return quad.object.value
        return thing.value.removeprefix(self._base.iri)

    def _exact(self, kind: str, text: str) -> list[NamedNode]:
        """By IRI or CURIE as typed, or else by a best-ranked name as typed; needs no index."""
        wanted = text.strip()
        iris = [wanted.removeprefix("<").removesuffix(">")]
        prefix, colon, local = wanted.partition(":")
        namespace = self._base.prefixes().get(prefix.casefold())
        if colon and namespace:
            iris.append(namespace + local)
        things = [node for iri in iris for node in self._node(iri) if self._is(kind, node)]
        if things:
            return things
        named: set[NamedNode] = set()
        for literal in _literals(wanted):
            for predicate, rank in NAMES:
                if rank == 0:
                    for quad in self._store.quads_for_pattern(None, predicate, literal, DEFAULT):
                        if isinstance(quad.subject, NamedNode) and self._is(kind, quad.subject):
                            named.add(quad.subject)
        return sorted(named, key=lambda node: node.value)

    def _folded(self, kind: str, text: str) -> list[NamedNode]:
        ranked = self._index(kind).get(fold(text), {})
        best = min(ranked.values(), default=0)
        return sorted((node for node, rank in ranked.items() if rank == best), key=lambda node: node.value)

    def _node(self, iri: str) -> Iterator[NamedNode]:
        if re.match(r"https?://", iri):
            try:
                yield self._base.rebase(NamedNode(iri))
            except (ValueError, UnicodeEncodeError):
                return

    def _is(self, kind: str, node: NamedNode) -> bool:
        return any(
            next(self._store.quads_for_pattern(node, RDF.type, cls, DEFAULT), None) is not None for cls in CLASSES[kind]
        )

    def _index(self, kind: str) -> dict[str, dict[NamedNode, int]]:
        """Folded name → the things of the kind that have it, with the rank of the name."""
        if kind not in self._names:
            index: dict[str, dict[NamedNode, int]] = {}
            for thing in self._instances(kind):
                for name, rank in self._names_of(thing):
                    ranks = index.setdefault(fold(name), {})
                    ranks[thing] = min(rank, ranks.get(thing, rank))
            self._names[kind] = index
        return self._names[kind]

    def _instances(self, kind: str) -> Iterable[NamedNode]:
        quads = (quad for cls in CLASSES[kind] for quad in self._store.quads_for_pattern(None, RDF.type, cls, DEFAULT))
        return dict.fromkeys(quad.subject for quad in quads if isinstance(quad.subject, NamedNode))

    def _names_of(self, thing: NamedNode) -> Iterator[tuple[str, int]]:
        for predicate, rank in NAMES:
            for quad in self._store.quads_for_pattern(thing, predicate, None, DEFAULT):
                if isinstance(quad.object, Literal):
                    yield quad.object.value, rank
        yield thing.value, SLUG_RANK
        path = thing.value.removeprefix(self._base.iri)
        family, _, local = path.partition("/")
        if path != thing.value and local:
            yield path, SLUG_RANK
            yield f"{family}:{local}", SLUG_RANK
            yield local.rpartition("/")[2], SLUG_RANK


def _literals(text: str) -> list[Literal]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return []
    return [Literal(text), Literal(text, language="en")]

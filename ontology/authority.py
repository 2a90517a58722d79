"""The authority file `actors.ttl`: which organizations are known, what kind they are, and every name they go by.

Names are SKOS labels (https://www.w3.org/TR/skos-reference/#labels): preferred, alternative, and hidden ones, which
are for lookup only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology import identities, vocabulary
from ontology.errors import InputError
from ontology.names import fold
from ontology.namespaces import CANONICAL_BASE, ONR, ORG, RDF, SKOS, Base

PATH = Path(__file__).with_name("actors.ttl")
"""The file, under the canonical base."""

_ORGANIZATION = f"{CANONICAL_BASE}id/organization/"


@dataclass(frozen=True, slots=True)
class Actor:
    """One organization; `kind` is what users see, `kinds` the classes, and `hidden` its names for lookup only."""

    iri: NamedNode
    slug: str
    kind: str
    kinds: tuple[NamedNode, ...]
    label: str
    aliases: tuple[str, ...]
    hidden: tuple[str, ...]
    definition: str
    parent: NamedNode | None
    matches: tuple[NamedNode, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred name, then the aliases, then the names for lookup only."""
        return (self.label, *self.aliases, *self.hidden)


@dataclass(frozen=True, slots=True)
class Authority:
    """The actors under one base, by IRI and by folded name."""

    base: Base
    actors: dict[NamedNode, Actor]
    by_name: dict[str, Actor]

    @staticmethod
    def load(base: Base | None = None) -> Authority:
        """The file's actors, read once for each base.

        Raises:
            InputError: a name stands for two actors.
        """
        return _load(base or Base())

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors.values())

    def __len__(self) -> int:
        return len(self.actors)

    def find(self, name: str) -> Actor | None:
        """The actor with this name, alias, slug, CURIE (`id:organization/netflix`) or IRI; case makes no difference."""
        folded = fold(name)
        return self.by_name.get(folded) if folded else None

    def nearest(self, name: str, n: int = 3) -> list[str]:
        """The preferred names of the actors that have the names most like this one, best first; none too unlike it."""
        # A wrong name is rare, and loading the library would cost every other command its start-up time.
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        names = [folded for folded in self.by_name if not folded.startswith(("http", "id:"))]
        similar = process.extract(
            fold(name), names, scorer=DamerauLevenshtein.normalized_similarity, limit=4 * n, score_cutoff=0.5
        )
        return list(dict.fromkeys(self.by_name[folded].label for folded, _, _ in similar))[:n]

    def quads(self, graph: NamedNode) -> list[Quad]:
        """The file and that of identities, to be published in a graph."""
        triples = (self.base.rebase(quad) for quad in (*_parsed(), *identities.parsed()))
        return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


@cache
def _load(base: Base) -> Authority:
    actors = {actor.iri: actor for actor in _read(base)}
    by_name: dict[str, Actor] = {}
    for actor in actors.values():
        curie = f"id:organization/{actor.slug}"
        canonical = _ORGANIZATION + actor.slug
        for name in {*map(fold, (*actor.names, actor.slug, curie, canonical, actor.iri.value))}:
            other = by_name.setdefault(name, actor)
            if other is not actor:
                raise InputError(f"the name {name!r} stands for both {other.label} and {actor.label}", str(PATH))
    return Authority(base, actors, by_name)


@cache
def _parsed() -> tuple[Quad, ...]:
    return tuple(parse(path=str(PATH), format=RdfFormat.TURTLE))


def _read(base: Base) -> Iterator[Actor]:
    texts: dict[NamedNode, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    nodes: dict[NamedNode, dict[NamedNode, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for quad in _parsed():
        if isinstance(quad.subject, NamedNode):
            if isinstance(quad.object, Literal):
                texts[quad.subject][quad.predicate].append(quad.object.value)
            elif isinstance(quad.object, NamedNode):
                nodes[quad.subject][quad.predicate].append(quad.object)
    for node, labels in texts.items():
        kinds = tuple(nodes[node][RDF.type])
        if not kinds:  # the description of the file itself
            continue
        parents = nodes[node][ONR.unitOf] + nodes[node][ORG.subOrganizationOf]
        yield Actor(
            iri=base.rebase(node),
            slug=node.value.removeprefix(_ORGANIZATION),
            kind=vocabulary.notation(kinds[0]),
            kinds=kinds,
            label=labels[SKOS.prefLabel][0],
            aliases=tuple(labels[SKOS.altLabel]),
            hidden=tuple(labels[SKOS.hiddenLabel]),
            definition=labels[SKOS.definition][0],
            parent=base.rebase(parents[0]) if parents else None,
            matches=tuple(nodes[node][SKOS.exactMatch]),
        )

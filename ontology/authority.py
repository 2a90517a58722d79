"""The authority file `actors.ttl`: which organizations are known, what kind they are, and every name they go by.

A user's own files (`ontology.additions`) add actors to it, and names to those that it has. Names are SKOS labels
(https://www.w3.org/TR/skos-reference/#labels): preferred, alternative, and hidden ones, which are for lookup only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ontology import additions, identities, vocabulary
from ontology.errors import InputError
from ontology.names import fold
from ontology.namespaces import CANONICAL_BASE, ONR, ORG, RDF, SKOS, Base

PATH = Path(__file__).with_name("actors.ttl")
"""The file, under the canonical base."""

_ORGANIZATION = f"{CANONICAL_BASE}id/organization/"
_ONCE = (RDF.type, SKOS.prefLabel, SKOS.definition)
_SAID = frozenset({*_ONCE, SKOS.altLabel, SKOS.hiddenLabel, ONR.unitOf, ORG.subOrganizationOf})
"""What a user's file may say of an actor; what of it every actor has once. A match would ask for its source."""


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
    own: tuple[Path, ...] = ()

    @staticmethod
    def load(base: Base | None = None) -> Authority:
        """The actors of the file and of the user's own, read once for each base.

        Raises:
            InputError: a name stands for two actors, or one of the user's files is not as it should be.
        """
        return _load(base or Base(), additions.files())

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
        """The file, that of identities and the user's own, to be published in a graph."""
        triples = (self.base.rebase(quad) for quad in (*_parsed(self.own), *identities.parsed(self.own)))
        return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


@cache
def _load(base: Base, own: tuple[Path, ...]) -> Authority:
    _check(own)
    actors = {actor.iri: actor for actor in _read(base, own)}
    places = ", ".join(map(str, (PATH, *own)))
    by_name: dict[str, Actor] = {}
    for actor in actors.values():
        curie = f"id:organization/{actor.slug}"
        canonical = _ORGANIZATION + actor.slug
        for name in {*map(fold, (*actor.names, actor.slug, curie, canonical, actor.iri.value))}:
            other = by_name.setdefault(name, actor)
            if other is not actor:
                raise InputError(f"the name {name!r} stands for both {other.label} and {actor.label}", places)
    return Authority(base, actors, by_name, own)


def _parsed(own: tuple[Path, ...]) -> tuple[Quad, ...]:
    return (*additions.parsed(PATH), *(quad for path in own for quad in _own(path)))


def _own(path: Path) -> Iterator[Quad]:
    """What a user's file says of actors; decisions on identities stand in it beside that."""
    kinds = {vocabulary.actor_class(kind) for kind in vocabulary.notations("Actor")}
    for quad in additions.parsed(path):
        if quad.predicate in identities.DECISIONS:
            continue
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(_ORGANIZATION):
            raise InputError(f"{quad.subject} is not an organization under {_ORGANIZATION}", str(path))
        if quad.predicate not in _SAID:
            known = ", ".join(term.value for term in sorted(_SAID, key=str))
            raise InputError(f"{quad.predicate} is not said of an actor here, but {known}", str(path))
        if quad.predicate in _ONCE and quad.subject in _packaged():
            raise InputError(f"{quad.subject} has its {quad.predicate} in the authority file", str(path))
        if quad.predicate == RDF.type and quad.object not in kinds:
            raise InputError(f"{quad.object} is no kind of actor", str(path))
        yield quad


def _check(own: tuple[Path, ...]) -> None:
    """Whether each actor that the user's files add has once what every actor has."""
    counts = Counter((quad.subject, quad.predicate) for path in own for quad in _own(path))
    for path in own:
        for actor in {quad.subject for quad in _own(path)} - _packaged():
            for predicate in _ONCE:
                if counts[actor, predicate] != 1:
                    raise InputError(f"{actor} has {predicate} {counts[actor, predicate]} times, not once", str(path))


@cache
def _packaged() -> frozenset[object]:
    return frozenset(quad.subject for quad in additions.parsed(PATH))


def _read(base: Base, own: tuple[Path, ...]) -> Iterator[Actor]:
    texts: dict[NamedNode, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    nodes: dict[NamedNode, dict[NamedNode, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for quad in _parsed(own):
        if isinstance(quad.subject, NamedNode):
            if isinstance(quad.object, Literal):
                texts[quad.subject][quad.predicate].append(quad.object.value)
            elif isinstance(quad.object, NamedNode):
                nodes[quad.subject][quad.predicate].append(quad.object)
    for node, labels in texts.items():
        kinds = tuple(nodes[node][RDF.type])
        if not node.value.startswith(_ORGANIZATION):  # the description of the file itself
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

"""The topics, a SKOS concept scheme read from `topics.ttl` (https://www.w3.org/TR/skos-reference/).

A topic is known by its slug, its preferred label or any alternative label, in any case.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.errors import NotFound
from ontology.namespaces import RDF, SKOS, Base

PATH = Path(__file__).with_name("topics.ttl")
"""The file of the scheme, under the canonical base."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One concept; `broader` and `narrower` are slugs, one step up and down."""

    slug: str
    iri: NamedNode
    label: str
    aliases: tuple[str, ...]
    definition: str
    broader: tuple[str, ...]
    narrower: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """The scheme under one base."""

    base: Base
    by_slug: dict[str, Topic]
    by_name: dict[str, str]

    @staticmethod
    @cache
    def load(base: Base) -> Topics:
        """The scheme, read once for each base."""
        by_slug = _read(base)
        by_name = {_folded(name): slug for slug, topic in by_slug.items() for name in (*topic.aliases, topic.label)}
        by_name |= {slug: slug for slug in by_slug} | {_folded(slug): slug for slug in by_slug}
        return Topics(base, by_slug, by_name)

    def slugs(self) -> tuple[str, ...]:
        """All slugs, in the file's order."""
        return tuple(self.by_slug)

    def resolve(self, name: str) -> str | None:
        """The slug of the topic that has this slug or label, in any case; None when there is none."""
        return self.by_name.get(_folded(name))

    def narrower_or_self(self, slug: str) -> tuple[str, ...]:
        """The topic and everything below it, each once, the topic first.

        Raises:
            NotFound: there is no such topic.
        """
        if slug not in self.by_slug:
            raise NotFound(f"there is no topic {slug!r}", nearest=self.nearest(slug))
        found = [slug]
        for each in found:
            found.extend(below for below in self.by_slug[each].narrower if below not in found)
        return tuple(found)

    def nearest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """The slugs of the topics whose slugs or labels come closest to a name, best first."""
        matches = get_close_matches(_folded(name), self.by_name, n=3 * n, cutoff=0.5)
        return tuple(dict.fromkeys(self.by_name[match] for match in matches))[:n]

    def quads(self, graph: NamedNode) -> list[Quad]:
        """The scheme, to be published in a graph."""
        triples = (self.base.rebase(quad) for quad in _parsed())
        return [Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def _folded(name: str) -> str:
    """A name without case, outer space, and differences of hyphen and space."""
    return " ".join(name.casefold().replace("-", " ").replace("‑", " ").split())


@cache
def _parsed() -> tuple[Quad, ...]:
    return tuple(parse(path=str(PATH), format=RdfFormat.TURTLE))


def _read(base: Base) -> dict[str, Topic]:
    values: dict[NamedNode, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in _parsed():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values[quad.subject][quad.predicate].append(quad.object.value)
    slugs = {node.value: row[SKOS.notation][0] for node, row in values.items() if SKOS.Concept.value in row[RDF.type]}
    concepts = {node: row for node, row in values.items() if node.value in slugs}
    narrower: dict[str, list[str]] = defaultdict(list)
    for node, row in concepts.items():
        for broader in row[SKOS.broader]:
            narrower[slugs[broader]].append(slugs[node.value])
    return {
        slugs[node.value]: Topic(
            slug=slugs[node.value],
            iri=base.rebase(node),
            label=row[SKOS.prefLabel][0],
            aliases=tuple(row[SKOS.altLabel]),
            definition=row[SKOS.definition][0],
            broader=tuple(slugs[broader] for broader in row[SKOS.broader]),
            narrower=tuple(narrower[slugs[node.value]]),
        )
        for node, row in concepts.items()
    }

"""What is asked: one kind of load after the other, each an endless-enough list of questions drawn from a release.

A question has the form in which a peer is asked (SPARQL) and, for the canned queries, the one in which onrecord is
asked (the query's name with its parameters). Answers are alike: `SPARQL Results in JSON` from everyone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice
from urllib.parse import quote, urlencode

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Store

from ontology.namespaces import DCTERMS, OA, ONR, RDF, RDFS, SKOS
from server.canned.catalogue import Catalogue
from server.canned.lookup import Lookup
from server.releases.release import Release

KINDS = 400
"""Different questions that the mix of canned queries is drawn from, at most."""

PREFIXES = f"PREFIX onr: <{ONR}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}> PREFIX dcterms: <{DCTERMS}> "


@dataclass(frozen=True, slots=True)
class Question:
    """SPARQL, and where onrecord has a path of its own for it, that path with its parameters."""

    sparql: str
    canned: str | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """A kind of load. `goal` is how much of the throughput of `oxigraph serve` is wanted."""

    name: str
    about: str
    goal: float
    questions: Callable[[Release, int], Iterator[Question]]


def lookups(release: Release, seed: int) -> Iterator[Question]:
    """What is said of one node: every node of every document in random order, and then all again with other words."""
    nodes = [
        quad.subject.value
        for kind in (ONR.Statement, ONR.Evidence, ONR.EventReport, ONR.Person, ONR.Membership, OA.TextQuoteSelector)
        for quad in release.open().quads_for_pattern(None, RDF.type, kind, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
    ]
    random.Random(seed).shuffle(nodes)
    for limit in count(1000):
        for node in nodes:
            yield Question(f"SELECT ?p ?o WHERE {{ <{node}> ?p ?o }} LIMIT {limit}")


def joins(release: Release, seed: int) -> Iterator[Question]:
    """Who speaks about a topic in which words and where: fifty rows over four joins."""
    store = release.open()
    size = {topic: _size(store, topic) for topic in _topics(store)}
    cases = [
        (topic, offset, limit)
        for topic, number in size.items()
        for offset in range(max(1, min(400, number - 50)))
        for limit in (range(50, 60) if number else ())
    ]
    random.Random(seed).shuffle(cases)
    for topic, offset, limit in cycle(cases):
        yield Question(
            f"{PREFIXES}SELECT ?name ?passage ?document WHERE {{ ?statement onr:topic <{topic}> ; onr:speaker ?who ; "
            f"onr:passage ?passage ; onr:inDocument ?in . ?who rdfs:label ?name . ?in dcterms:identifier ?document "
            f"}} LIMIT {limit} OFFSET {offset}"
        )


def aggregates(_: Release, seed: int) -> Iterator[Question]:
    """Counts and means over everything, each query written otherwise than the ones before it."""
    shapes = (
        "?who (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a onr:Statement ; onr:affiliation ?who } GROUP BY ?who",
        "?topic (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s onr:topic ?topic ; onr:speaker ?who } GROUP BY ?topic",
        "?t ?m (COUNT(?s) AS ?n) WHERE { ?s a onr:Statement ; onr:topic ?t ; onr:mode ?m } GROUP BY ?t ?m",
        "?in (COUNT(?s) AS ?n) WHERE { ?s a onr:Fact ; onr:inDocument ?in } GROUP BY ?in",
    )
    first = random.Random(seed).randrange(10, 20)
    for limit in count(first):
        for shape in shapes:
            yield Question(f"{PREFIXES}SELECT {shape} ORDER BY DESC(?n) LIMIT {limit}")


def canned(release: Release, seed: int) -> Iterator[Question]:
    """The canned queries with their parameters, some far more often than others (Zipf's law)."""
    chance = random.Random(seed)
    store = release.open()
    given = list(_given(store))
    chance.shuffle(given)
    given = given[:KINDS]
    lookup = Lookup(store, release.base)
    asked = [_canned(lookup, name, values) for name, values in given]
    weights = [1 / rank for rank in range(1, len(asked) + 1)]
    while True:
        yield from chance.choices(asked, weights, k=1000)


LOADS = (
    Load("lookups", "what is said of one node, never the same twice", 0.4, lookups),
    Load("joins", "fifty statements about a topic with speaker, words and document", 0.85, joins),
    Load("aggregates", "counts over all statements, topics, facts", 0.95, aggregates),
    Load("canned", "the canned queries with their parameters, by Zipf's law", 5.0, canned),
)


def _given(store: Store) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each canned query with values for one of its parameters, or as it is when it has none."""
    values: Mapping[str, Sequence[str]] = {
        "topic": _topics(store),
        "actor": _most_named(store, "?s a onr:Statement ; onr:affiliation ?thing", 60),
        "document": _most_named(store, "?s a onr:Statement ; onr:inDocument ?thing", 60),
        "thing": _most_named(store, "?s a onr:EventReport ; onr:topic ?thing", 20),
    }
    speakers = _most_named(store, "?s a onr:Statement ; onr:speaker ?thing", 100)
    for query in Catalogue.load():
        if not query.parameters:
            yield query.name, {}
        for parameter in query.parameters:
            people = speakers if parameter.name in {"speaker", "person"} else ()
            for value in (*people, *values.get(parameter.type, ()), *parameter.choices):
                yield query.name, {parameter.name: value}


def _canned(lookup: Lookup, name: str, values: Mapping[str, str]) -> Question:
    query = Catalogue.load()[name]
    bound = query.bind(lookup.bindings(query, {name: [value] for name, value in values.items()}))
    # The header is for us; no engine need read it.
    text = "\n".join(line for line in bound.splitlines() if not line.startswith("#"))
    return Question(text, f"/queries/{name}?{urlencode(values, quote_via=quote)}".removesuffix("?"))


def _topics(store: Store) -> list[str]:
    return sorted(
        quad.subject.value
        for quad in store.quads_for_pattern(None, RDF.type, ONR.Topic, DefaultGraph())
        if isinstance(quad.subject, NamedNode)
    )


def _size(store: Store, topic: str) -> int:
    """How many facts are about a topic, of those that join."""
    return sum(1 for _ in store.quads_for_pattern(None, ONR.topic, NamedNode(topic), DefaultGraph()))


def _most_named(store: Store, pattern: str, most: int) -> list[str]:
    found = store.query(
        f"{PREFIXES}SELECT ?thing WHERE {{ {pattern} }} GROUP BY ?thing ORDER BY DESC(COUNT(*)) ?thing LIMIT {most}"
    )
    assert isinstance(found, QuerySolutions)
    return [node.value for row in found if isinstance(node := row["thing"], NamedNode)]


def first(questions: Iterator[Question], number: int) -> list[Question]:
    """The first of them."""
    return list(islice(questions, number))

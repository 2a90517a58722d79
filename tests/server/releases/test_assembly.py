from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ontology.errors import ReleaseError
from ontology.namespaces import ONR, RDF, RDFS, SKOS, VOID
from server.releases.assembly import Contribution
from server.releases.manifest import Problem
from server.releases.release import Release
from server.releases.store import canonical, lines

if TYPE_CHECKING:
    from tests.server.conftest import Record

DEFAULT = DefaultGraph()
WRITERS = NamedNode("https://example.org/record/id/organization/writers")
THINGS = [NamedNode(f"https://example.org/record/id/thing/{name}") for name in "abc"]

statements = st.one_of(
    st.builds(
        Quad, st.sampled_from([*THINGS, WRITERS]), st.just(RDF.type), st.sampled_from([ONR.Union, ONR.Organization])
    ),
    st.builds(Quad, st.sampled_from(THINGS), st.sampled_from([ONR.speaker, ONR.concerns]), st.sampled_from(THINGS)),
    st.builds(Quad, st.sampled_from(THINGS), st.just(ONR.name), st.sampled_from([Literal("x"), Literal("y")])),
    st.just(Quad(THINGS[0], SKOS.prefLabel, Literal("preferred", language="en"))),
)
corpora = st.dictionaries(st.sampled_from(["one", "two", "three"]), st.frozensets(statements, min_size=1, max_size=6))


@settings(max_examples=25, deadline=None)
@given(history=st.lists(corpora, min_size=2, max_size=4))
def test_a_release_built_upon_others_equals_one_built_from_nothing(
    history: list[dict[str, frozenset[Quad]]], record_in: Callable[[Path], Record]
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        record = record_in(Path(directory, "stepwise"))
        release = None
        for corpus in history:
            documents = [record.contribution(name, quads) for name, quads in corpus.items()]
            same = unchanged(release, documents)
            changed = [each for each in documents if each.entry.name not in same]
            release = record.release(*changed, parent=release, kept=same)
        afresh = record_in(Path(directory, "afresh")).release(*documents)
        assert release is not None
        assert lines(release.open()) == lines(afresh.open())
        assert release.id == afresh.id
        assert release.manifest.graphs == afresh.manifest.graphs
        assert release.manifest.counts == afresh.manifest.counts


def unchanged(release: Release | None, documents: Iterable[Contribution]) -> set[str]:
    if release is None:
        return set()
    known = {entry.name: entry.fingerprint for entry in release.manifest.documents}
    return {each.entry.name for each in documents if known.get(each.entry.name) == each.entry.fingerprint}


def two_documents(record: Record) -> list[Contribution]:
    return [
        record.contribution(name, record.statement(name, 0, WRITERS, spelling, "No."))
        for name, spelling in (("one", "Writers"), ("two", "The writers"))
    ]


def test_the_default_graph_is_the_merge_of_the_named_graphs(record: Record) -> None:
    store = record.release(*two_documents(record)).open()
    merged = {quad.triple for quad in store if quad.graph_name != DEFAULT}
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)} == merged


def test_what_two_documents_name_counts_once_in_a_plain_query(record: Record) -> None:
    store = record.release(*two_documents(record)).open()
    query = "SELECT (COUNT(*) AS ?n) { ?actor a <https://w3id.org/onrecord/ontology#Union> }"
    assert [solution["n"].value for solution in store.query(query)] == ["1"]


def test_every_thing_has_at_most_one_label(record: Record) -> None:
    store = record.release(*two_documents(record)).open()
    labels = Counter(quad.subject for quad in store.quads_for_pattern(None, RDFS.label, None, DEFAULT))
    assert labels[WRITERS] == 1
    assert set(labels.values()) == {1}


def test_the_counts_are_those_of_the_store(record: Record) -> None:
    release = record.release(*two_documents(record))
    store, counts = release.open(), release.manifest.counts
    described = record.base.graph("release")
    content = [quad for quad in store if quad.graph_name not in (DEFAULT, described)]
    merge = {quad.triple for quad in content}
    assert (counts.quads, counts.triples) == (len(content), len(merge))
    assert counts.classes == Counter(triple.object.value for triple in merge if triple.predicate == RDF.type)
    assert counts.properties == Counter(triple.predicate.value for triple in merge)


def test_counts_follow_a_document_that_goes(record: Record) -> None:
    documents = two_documents(record)
    both = record.release(*documents)
    one = record.release(parent=both, kept=["one"])
    assert one.manifest.counts == record.release(documents[0]).manifest.counts
    assert not list(one.open().quads_for_pattern(None, None, None, record.base.doc("two")))
    assert not (one.path / "documents/two.txt").exists()


def test_the_same_input_in_another_order_gives_the_same_release(
    record_in: Callable[[Path], Record], tmp_path: Path
) -> None:
    first, second = record_in(tmp_path / "first"), record_in(tmp_path / "second")
    documents = two_documents(first)
    one, other = first.release(*documents), second.release(*reversed(documents))
    assert one.id == other.id
    for name in ("description.ttl", "report.ttl", "report.json"):
        assert (one.path / name).read_bytes() == (other.path / name).read_bytes()


def test_only_the_manifest_knows_the_time_and_the_parent(record: Record) -> None:
    documents = two_documents(record)
    one = json.loads((record.release(*documents).path / "manifest.json").read_text())
    other = json.loads((record.release(*documents).path / "manifest.json").read_text())
    assert {key for key in one if one[key] != other[key]} == {"built"}


def test_the_release_describes_itself(record: Record) -> None:
    release = record.release(*two_documents(record))
    node = NamedNode(f"{record.base.iri}releases/{release.id}")
    described = set(release.open().quads_for_pattern(None, None, None, record.base.graph("release")))
    values = {(quad.predicate, quad.object) for quad in described if quad.subject == node}
    assert (RDF.type, ONR.Release) in values
    assert (VOID.triples, Literal(release.manifest.counts.triples)) in values
    assert {(VOID.subset, NamedNode(entry.iri)) for entry in release.manifest.graphs} <= values


def test_texts_are_kept_character_by_character(record: Record) -> None:
    text = "﻿one\r\ntwo\rthree\u2028four\u00a0“five”\n"
    release = record.release(record.contribution("one", record.statement("one", 0, WRITERS, "W", "No."), text))
    assert release.text("one") == text
    assert (release.path / "documents/one.txt").read_bytes() == text.encode()


def test_problems_of_documents_that_stay_are_kept(record: Record) -> None:
    one, two = two_documents(record)
    problem = Problem("not good", "one.txt:3", "one", violation=True)
    flawed = Contribution(one.entry, one.text, one.quads, (problem,))
    both = record.release(flawed, two)
    assert record.release(parent=both, kept=["one"]).manifest.problems == (problem,)
    assert record.release(parent=both, kept=["two"]).manifest.problems == ()


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(ReleaseError, match="blank node"):
        canonical([Quad(BlankNode(), RDF.type, ONR.Actor, NamedNode("https://example.org/graph"))])


def test_a_quad_of_the_default_graph_is_refused() -> None:
    with pytest.raises(ReleaseError, match="named graph"):
        canonical([Quad(THINGS[0], RDF.type, ONR.Actor)])


def test_literals_are_kept_as_the_engine_returns_them() -> None:
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    graph = NamedNode("https://example.org/graph")
    given_quad = Quad(THINGS[0], ONR.confidence, Literal("1.50", datatype=decimal), graph)
    assert [quad.object.value for quad in canonical([given_quad])] == ["1.5"]


def test_a_release_holds_no_logs_of_how_it_was_made(record: Record) -> None:
    release = record.release(*two_documents(record))
    assert not [path for path in release.store_path.glob("*.log") if path.stat().st_size]

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ontology.namespaces import ONR
from server.releases.difference import Change, difference

if TYPE_CHECKING:
    from tests.server.conftest import Record

ANN, BOB = (NamedNode(f"https://example.org/record/id/person/{name}") for name in ("ann", "bob"))


def test_a_release_does_not_differ_from_itself(record: Record) -> None:
    release = record.release(record.contribution("one", record.statement("one", 0, ANN, "Ann", "Yes.")))
    found = difference(release, release)
    assert (found.graphs, found.removed, found.added) == ((), 0, 0)
    assert (found.documents, found.classes) == ({}, {})


def test_a_new_document_adds_its_quads_and_what_follows_from_them(record: Record) -> None:
    one = record.contribution("one", record.statement("one", 0, ANN, "Ann", "Yes."))
    two = record.contribution("two", record.statement("two", 0, ANN, "Ann", "No."))
    before = record.release(one)
    after = record.release(two, parent=before, kept=["one"])
    found = difference(before, after)
    assert {each.graph for each in found.graphs} == {
        record.base.doc("two").value,
        record.base.graph("inferences").value,
    }
    assert found.documents == {"two": Change(0, len(two.quads))}
    # Ann was an actor before, and is not counted again.
    assert found.classes == {name.value: Change(0, 1) for name in (ONR.Document, ONR.Fact, ONR.Statement)}


def test_the_way_back_is_the_opposite(record: Record) -> None:
    before = record.release(record.contribution("one", record.statement("one", 0, ANN, "Ann", "Yes.")))
    after = record.release(record.contribution("one", record.statement("one", 3, BOB, "Bob", "Yes.")), parent=before)
    there, back = difference(before, after), difference(after, before)
    assert (there.removed, there.added) == (back.added, back.removed)
    assert [(each.graph, each.removed) for each in there.graphs] == [(each.graph, each.added) for each in back.graphs]


def test_lines_are_a_sorted_patch(record: Record) -> None:
    before = record.release(record.contribution("one", record.statement("one", 0, ANN, "Ann", "Yes.")))
    after = record.release(record.contribution("one", record.statement("one", 0, ANN, "Anne", "Yes.")), parent=before)
    lines = [line for line in difference(before, after).lines() if "ontology#name" in line]
    name, graph = f"{ANN} {ONR.name}", record.base.doc("one")
    assert lines == [f'- {name} "Ann" {graph} .', f'+ {name} "Anne" {graph} .']

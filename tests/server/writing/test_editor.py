"""A change becomes the next release, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Store

from ontology.errors import NotFound, QueryError
from ontology.namespaces import Base
from server.cli.serving import first_release
from server.problems import PreconditionFailed, ReportedViolation, WriteConflict
from server.releases.release import Home
from server.releases.store import lines
from server.settings import DefaultGraphKind, Settings
from server.writing.request import Action, Conditions
from server.writing.state import state
from tests.server.writing.conftest import change

G, H = "http://example.org/g", "http://example.org/h"
DEFAULT = DefaultGraph()
ONR = "PREFIX onr: <https://w3id.org/onrecord/ontology#> "

graphs = st.sampled_from(["", f"GRAPH <{G}>", f"GRAPH <{H}>"])
objects = st.sampled_from(["1", "2", '"x"', "<a:c>"])
templates = st.builds(
    lambda graph, value: f"{graph} {{ <a:a> <a:b> {value} }}" if graph else f"<a:a> <a:b> {value}", graphs, objects
)
operations = st.one_of(
    st.builds("INSERT DATA {{ {} }}".format, templates),
    st.builds("DELETE DATA {{ {} }}".format, templates),
    st.builds("DELETE WHERE {{ {} }}".format, templates),
    st.builds("INSERT {{ {} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}".format, templates),
    st.builds(
        "WITH <{}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 9 }} WHERE {{ ?s ?p ?o }}".format, st.sampled_from([G, H])
    ),
    st.sampled_from(
        [
            "CLEAR ALL",
            "DROP NAMED",
            "CLEAR DEFAULT",
            f"COPY DEFAULT TO <{G}>",
            f"ADD SILENT <{G}> TO <{H}>",
            "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        ]
    ),
)


def text(store: Store) -> list[bytes]:
    return lines(store)


def copied(home: Home, path: Path) -> Home:
    shutil.copytree(home.path, path, symlinks=True)
    return Home(path)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(updates=st.lists(st.lists(operations, min_size=1, max_size=3).map("; ".join), min_size=1, max_size=3))
def test_updates_of_a_plain_store_do_what_they_do_to_the_engines_own(
    updates: list[str], plain: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = copied(plain, tmp_path_factory.mktemp("plain") / "home")
    expected = Store()
    for update in updates:
        expected.update(update)
        change(home, Action.UPDATE, update, plain=True)
    release = home.current()
    assert release is not None
    assert text(release.open()) == text(expected)
    assert release.manifest.counts.quads == len(expected)
    assert {entry.iri for entry in release.manifest.graphs} >= {
        name.value for name in expected.named_graphs() if isinstance(name, NamedNode)
    }


def test_the_merge_follows_every_change_of_a_named_graph(built: Home, tmp_path: Path) -> None:
    home = copied(built, tmp_path / "home")
    for update in (
        f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1, 2 }} GRAPH <{H}> {{ <a:a> <a:b> 2, 3 }} }}",
        f"DELETE DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 2 }} }}",
        f"DELETE WHERE {{ GRAPH <{H}> {{ <a:a> <a:b> 3 }} }}",
    ):
        change(home, Action.UPDATE, update)
    release = home.current()
    assert release is not None
    store = release.open()
    merged = {quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)}
    assert merged == {quad.triple for quad in store if quad.graph_name != DEFAULT}
    described = Base().graph("release")
    content = {quad.triple for quad in store if quad.graph_name not in (DEFAULT, described)}
    assert release.manifest.counts.triples == len(content)
    assert release.manifest.written == (G, H)


def test_patterns_see_the_merge_where_it_is_the_default_graph(built: Home, tmp_path: Path) -> None:
    home = copied(built, tmp_path / "home")
    change(home, Action.PUT, "<a:a> <a:b> 1 .", graph=G)
    change(home, Action.UPDATE, f"INSERT {{ GRAPH <{H}> {{ ?s <a:c> ?o }} }} WHERE {{ ?s <a:b> ?o }}")
    release = home.current()
    assert release is not None
    assert len(list(release.open().quads_for_pattern(NamedNode("a:a"), NamedNode("a:c"), None, NamedNode(H)))) == 1


def test_an_operation_sees_in_the_merge_what_those_before_it_did(built: Home, tmp_path: Path) -> None:
    home = copied(built, tmp_path / "home")
    change(home, Action.PUT, "<a:a> <a:b> 1, 2 .", graph=G)
    change(home, Action.PUT, "<a:a> <a:b> 2 .", graph=H)
    update = f"""DELETE DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1, 2 }} }};
        PREFIX a: <a:> INSERT DATA {{ GRAPH <{G}> {{ a:a a:b 3 }} }};
        INSERT {{ GRAPH <{G}> {{ ?s a:seen ?o }} }} WHERE {{ ?s a:b ?o }}"""
    change(home, Action.UPDATE, update)
    release = home.current()
    assert release is not None
    seen = release.open().quads_for_pattern(None, NamedNode("a:seen"), None, NamedNode(G))
    assert sorted(str(quad.object)[1] for quad in seen) == ["2", "3"]


@pytest.mark.parametrize(
    ("update", "line", "column"),
    [
        ("INSERT DATA { <a:a> <a:b> }", 1, 27),
        ("CLEAR ALL;\n  PREFIX a: <a:>\n  CLEAR ALL; INSERT DATA { a:a a:b }", 3, 36),
        ("CLEAR ALL;\nPREFIX a: <a:>\nINSERT DATA\n{ a:a a:b }", 4, 11),
        ("INSERT DATA { b:a <a:b> 1 }", 1, 15),
    ],
)
def test_what_is_not_sparql_is_told_by_line_and_column(plain: Home, update: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as refused:
        change(plain, Action.UPDATE, update, plain=True)
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "CLEAR ALL",
        "INSERT DATA { GRAPH <https://w3id.org/onrecord/graph/inferences> { <a:a> <a:b> 1 } }",
        "DROP GRAPH <https://w3id.org/onrecord/graph/authority>",
        "INSERT DATA { GRAPH <https://w3id.org/onrecord/doc/unheard-of> { <a:a> <a:b> 1 } }",
    ],
)
def test_what_is_derived_or_comes_with_a_document_is_not_written_to(built: Home, update: str) -> None:
    before = built.current()
    with pytest.raises(WriteConflict):
        change(built, Action.UPDATE, update)
    assert built.current() == before


def test_a_refused_change_leaves_nothing_of_its_first_half(built: Home) -> None:
    before = built.current()
    half = f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }}; "
    statement = "GRAPH <http://example.org/h> { <https://w3id.org/onrecord/doc/x/s> a onr:Statement }"
    with pytest.raises(ReportedViolation, match="violation") as refused:
        change(built, Action.UPDATE, f"{ONR} {half} INSERT DATA {{ {statement} }}")
    assert refused.value.report["conforms"] is False
    with pytest.raises(QueryError, match="does not exist"):
        change(built, Action.UPDATE, f"{half} DROP GRAPH <{H}>")
    assert built.current() == before


def test_a_plain_store_is_checked_only_where_the_ontology_is_used(plain: Home) -> None:
    change(plain, Action.PUT, "<a:a> a <a:Statement> .", plain=True, graph=G)
    before = plain.current()
    with pytest.raises(ReportedViolation):
        change(plain, Action.PUT, f"@{ONR.lower().strip()} . <a:a> a onr:Statement .", plain=True, graph=G)
    assert plain.current() == before


def test_the_report_of_the_shapes_comes_in_the_rdf_that_is_asked_for(built: Home) -> None:
    wrong = f"@{ONR.lower().strip()} . <https://w3id.org/onrecord/doc/x/s> a onr:Statement ."
    for media_type, holds in (("text/turtle", b"sh:ValidationReport"), ("application/n-triples", b"shacl#conforms>")):
        with pytest.raises(ReportedViolation) as refused:
            change(built, Action.PUT, wrong, graph=G, report=media_type)
        assert holds in refused.value.body


def test_the_same_content_is_the_same_release_and_a_way_back(plain: Home) -> None:
    empty = plain.current()
    assert empty is not None
    first = change(plain, Action.PUT, "<a:a> <a:b> 1 .", plain=True, graph=G)
    again = change(plain, Action.PUT, "<a:a> <a:b> 01 .", plain=True, graph=G)
    back = change(plain, Action.DELETE, plain=True, graph=G)
    assert (first.created, first.changed) == (True, True)
    assert (again.release, again.created, again.changed) == (first.release, False, False)
    assert back.release == empty.id


def test_conditions_are_held_against_the_graph(plain: Home) -> None:
    absent = Conditions(if_none_match="*")
    change(plain, Action.PUT, "<a:a> <a:b> 1 .", plain=True, graph=G, conditions=absent)
    with pytest.raises(PreconditionFailed, match="there already"):
        change(plain, Action.PUT, "<a:a> <a:b> 2 .", plain=True, graph=G, conditions=absent)
    release = plain.current()
    assert release is not None
    seen = state(release.manifest, G)
    change(plain, Action.PUT, "<a:a> <a:b> 5 .", plain=True, graph=H)
    held = Conditions(if_match=f'"other", "{seen}-of-some-format"')
    change(plain, Action.PUT, "<a:a> <a:b> 3 .", plain=True, graph=G, conditions=held)
    with pytest.raises(PreconditionFailed, match="has changed"):
        change(plain, Action.PUT, "<a:a> <a:b> 4 .", plain=True, graph=G, conditions=held)
    with pytest.raises(PreconditionFailed):
        change(plain, Action.PUT, "", plain=True, graph="http://example.org/none", conditions=Conditions(if_match="*"))


def test_what_is_not_there_cannot_be_deleted_or_patched(plain: Home) -> None:
    for action, body in ((Action.DELETE, ""), (Action.PATCH, "INSERT DATA { <a:a> <a:b> 1 }")):
        with pytest.raises(NotFound):
            change(plain, action, body, plain=True, graph=G)


def test_a_patch_sees_its_graph_and_nothing_else(plain: Home) -> None:
    change(plain, Action.PUT, "<a:a> <a:b> 1 .", plain=True, graph=G)
    change(plain, Action.PUT, "<a:a> <a:b> 7 .", plain=True, graph=H)
    change(plain, Action.PATCH, "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }", plain=True, graph=G)
    release = plain.current()
    assert release is not None
    assert [line.split(b" ", 2)[2] for line in text(release.open())] == [
        f'"2"^^<http://www.w3.org/2001/XMLSchema#integer> <{G}> .\n'.encode(),
        f'"7"^^<http://www.w3.org/2001/XMLSchema#integer> <{H}> .\n'.encode(),
    ]


def test_blank_nodes_get_the_same_names_each_time_a_graph_is_put(built: Home, tmp_path: Path) -> None:
    home = copied(built, tmp_path / "home")
    first = change(home, Action.PUT, "<a:a> <a:b> [ <a:c> [ <a:d> 1 ] ] .", graph=G)
    again = change(home, Action.PUT, "<a:a> <a:b> _:x . _:x <a:c> _:y . _:y <a:d> 1 .", graph=G)
    added = change(home, Action.POST, "<a:a> <a:b> [ <a:c> [ <a:d> 1 ] ] .", graph=G)
    assert again.release == first.release
    release = home.current()
    assert release is not None
    assert release.id == added.release
    quads = list(release.open().quads_for_pattern(None, None, None, NamedNode(G)))
    assert len(quads) == 6
    made = {quad.object for quad in quads if quad.predicate in {NamedNode("a:b"), NamedNode("a:c")}}
    assert all(
        isinstance(node, NamedNode) and node.value.startswith(f"{Base().iri}.well-known/genid/") for node in made
    )


def test_a_server_that_begins_plain_and_empty_begins_with_nothing_at_all(tmp_path: Path) -> None:
    release = first_release(Home(tmp_path / "home"), Settings(default_graph=DefaultGraphKind.PLAIN), empty=True)
    assert release.manifest.plain
    assert text(release.open()) == []
    assert Home(tmp_path / "home").current() == release


def test_a_release_of_a_build_becomes_a_plain_store_by_its_first_change(built: Home, tmp_path: Path) -> None:
    home = copied(built, tmp_path / "home")
    change(home, Action.UPDATE, "INSERT DATA { <a:a> <a:b> 1 }", plain=True)
    release = home.current()
    assert release is not None
    assert release.manifest.plain
    assert len(list(release.open().quads_for_pattern(None, None, None, DEFAULT))) == 1
    with pytest.raises(WriteConflict, match="default graph of its own"):
        change(home, Action.PUT, "<a:a> <a:b> 1 .", graph=G)

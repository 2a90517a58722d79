"""What was written by hand outlives builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.errors import ReleaseError
from ontology.namespaces import ONR, Base
from server.problems import ReportedViolation
from server.releases import build as building
from server.releases.build import SEEDS, BuildResult, build
from server.releases.release import Home, Release
from server.releases.store import lines
from server.writing.request import Action
from tests.server.writing.conftest import change

G = "http://example.org/g"
BASE = Base()
SUBJECT = "https://w3id.org/onrecord/id/thing/a"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Home]:
    """Two documents, and a home in which they are built."""
    directory = tmp_path_factory.mktemp("carrying")
    documents = directory / "documents"
    documents.mkdir()
    for path in sorted(SEEDS.glob("*.txt"))[1:3]:
        shutil.copy(path, documents)
        shutil.copy(path.with_suffix(".yaml"), documents)
    build([documents], Home(directory / "home"))
    return documents, Home(directory / "home")


@pytest.fixture
def documents(once: tuple[Path, Home], tmp_path: Path) -> Path:
    return Path(shutil.copytree(once[0], tmp_path / "documents"))


@pytest.fixture
def home(once: tuple[Path, Home], documents: Path, tmp_path: Path) -> Home:
    """A home in which a graph of its own, and that of the first document, were written to by hand."""
    shutil.copytree(once[1].path, tmp_path / "home", symlinks=True)
    home = Home(tmp_path / "home")
    build([documents], home)
    change(home, Action.PUT, f"<{SUBJECT}> <http://example.org/p> 1 .", graph=G)
    title = f'<{first(home).value}> <{ONR.authorName.value}> "By hand"'
    change(home, Action.UPDATE, f"INSERT DATA {{ GRAPH <{first(home).value}> {{ {title} }} }}")
    return home


def current(home: Home) -> Release:
    release = home.current()
    assert release is not None
    return release


def first(home: Home) -> NamedNode:
    return BASE.doc(current(home).manifest.documents[0].name)


def assert_carried(home: Home, result: BuildResult) -> None:
    release = current(home)
    store = release.open()
    assert len(list(store.quads_for_pattern(NamedNode(SUBJECT), None, None, NamedNode(G)))) == 1
    assert len(list(store.quads_for_pattern(NamedNode(SUBJECT), None, None, DefaultGraph()))) == 1
    by_hand = store.quads_for_pattern(None, ONR.authorName, Literal("By hand"), first(home))
    assert len(list(by_hand)) == 1
    assert release.manifest.written == tuple(sorted([G, first(home).value]))
    assert any("written by hand" in problem.message for problem in result.problems)


def test_an_unchanged_build_publishes_nothing(home: Home, documents: Path) -> None:
    before = current(home).id
    result = build([documents], home)
    assert not result.published
    assert current(home).id == before
    assert_carried(home, result)


def test_a_build_of_other_documents_keeps_what_was_written(home: Home, documents: Path) -> None:
    last = max(documents.glob("*.txt"))
    for path in (last, last.with_suffix(".yaml")):
        path.unlink()
    result = build([documents], home)
    assert result.published
    assert result.documents == 1
    assert_carried(home, result)


def test_a_document_that_was_written_to_is_not_read_again(home: Home, documents: Path) -> None:
    path = min(documents.glob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    before = current(home).id
    result = build([documents], home)
    assert result.release_id == before
    assert_carried(home, result)


def test_a_build_from_nothing_keeps_what_was_written(
    home: Home, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lines(current(home).open())
    monkeypatch.setattr(building, "recipe", lambda *_: "another")
    result = build([documents], home)
    assert current(home).manifest.recipe == "another"
    assert_carried(home, result)
    assert lines(current(home).open()) == before


def test_a_document_is_read_again_when_its_graph_was_deleted(
    home: Home, documents: Path, once: tuple[Path, Home]
) -> None:
    change(home, Action.DELETE, graph=first(home).value)
    change(home, Action.DELETE, graph=G)
    assert len(current(home).manifest.documents) == 1
    result = build([documents], home)
    assert result.documents == 2
    assert current(home).id == current(once[1]).id
    assert current(home).manifest.written == ()
    assert not any("written by hand" in problem.message for problem in result.problems)


def test_a_build_does_not_lose_a_default_graph_of_its_own(home: Home, documents: Path) -> None:
    change(home, Action.UPDATE, "INSERT DATA { <a:a> <a:b> 1 }", plain=True)
    before = current(home).id
    with pytest.raises(ReleaseError, match="1 triples in a default graph of its own"):
        build([documents], home)
    assert current(home).id == before
    change(home, Action.UPDATE, "CLEAR DEFAULT", plain=True)
    assert_carried(home, build([documents], home))


def test_a_build_under_another_base_does_not_lose_what_was_written(home: Home, documents: Path) -> None:
    with pytest.raises(ReleaseError, match="written by hand under the base"):
        build([documents], home, base=Base("https://example.org/record/"))


def test_evidence_written_by_hand_must_stand_in_its_document(home: Home) -> None:
    release = current(home)
    moved = (
        "PREFIX oa: <http://www.w3.org/ns/oa#> WITH <{0}> DELETE {{ ?s oa:exact ?words }} INSERT {{ ?s oa:exact {1} }} "
        "WHERE {{ {{ SELECT * {{ ?s oa:exact ?words }} ORDER BY ?s LIMIT 1 }} }}"
    )
    with pytest.raises(ReportedViolation, match="do not stand there"):
        change(home, Action.UPDATE, moved.format(first(home).value, '"never said"'))
    assert current(home) == release
    change(home, Action.UPDATE, moved.format(first(home).value, "?words"))
    evidence = "<https://w3id.org/onrecord/doc/unheard-of/evidence> a <https://w3id.org/onrecord/ontology#Evidence> ;"
    source = "<http://www.w3.org/ns/oa#hasSource> <https://w3id.org/onrecord/doc/unheard-of> ;"
    with pytest.raises(ReportedViolation) as refused:
        change(home, Action.PUT, f"{evidence} {source} <http://www.w3.org/ns/oa#hasSelector> <urn:x> .", graph=G)
    assert refused.value.report is not None
    assert "not on record" in str(refused.value.report)

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.errors import InputError, NotFound, ReleaseError
from ontology.namespaces import OA, ONR, Base
from server.releases.build import SEEDS, BuildResult, build
from server.releases.progress import Progress, Stage
from server.releases.publication import drop, lock, rewrite
from server.releases.release import MANIFEST, Home, Release
from server.releases.store import lines

STEMS = sorted(path.stem for path in SEEDS.glob("*.txt"))


@pytest.fixture(scope="module")
def seeds_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home directory with one release of the seeds. Tests that build in it work on a copy."""
    home = Home(tmp_path_factory.mktemp("seeds") / "home")
    build(None, home)
    return home


@pytest.fixture
def home(seeds_home: Home, tmp_path: Path) -> Home:
    shutil.copytree(seeds_home.path, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may change."""
    return Path(shutil.copytree(SEEDS, tmp_path / "documents"))


def current(home: Home) -> Release:
    release = home.current()
    assert release is not None
    return release


def watched(paths: list[Path] | None, home: Home) -> tuple[BuildResult, list[str | None]]:
    """A build, and the documents that it read."""
    events: list[Progress] = []
    result = build(paths, home, on_progress=events.append)
    return result, [event.document for event in events if event.stage is Stage.READ]


def test_the_seeds_conform_and_become_a_release(seeds_home: Home) -> None:
    manifest = current(seeds_home).manifest
    assert [entry.name for entry in manifest.documents] == STEMS
    assert manifest.violations == 0
    assert manifest.problems == ()
    assert manifest.counts.facts > 150


def test_every_fact_stands_in_its_document_word_for_word(seeds_home: Home) -> None:
    release = current(seeds_home)
    query = f"""
        PREFIX onr: <{ONR}> PREFIX oa: <{OA}> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?fact ?name ?start ?end ?exact {{
          ?fact onr:inDocument/dcterms:identifier ?name ; onr:evidence ?evidence .
          ?evidence oa:hasSelector/oa:start ?start ; oa:hasSelector/oa:end ?end ; oa:hasSelector/oa:exact ?exact .
        }}"""
    rows = [
        [row[name].value for name in ("fact", "name", "start", "end", "exact")] for row in release.open().query(query)
    ]
    texts = {name: release.text(name) for name in STEMS}
    assert [row for row in rows if texts[row[1]][int(row[2]) : int(row[3])] != row[4]] == []
    assert len({row[0] for row in rows}) == release.manifest.counts.facts


def test_every_thing_has_exactly_one_label(seeds_home: Home) -> None:
    query = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?thing (COUNT(?label) AS ?labels) {{
          ?thing a <{ONR.Thing.value}> OPTIONAL {{ ?thing rdfs:label ?label }}
        }} GROUP BY ?thing HAVING (COUNT(?label) != 1)"""
    assert [row["thing"].value for row in current(seeds_home).open().query(query)] == []


def test_an_unchanged_build_reads_nothing_and_publishes_nothing(home: Home) -> None:
    before = current(home)
    result, read = watched(None, home)
    assert (read, result.unchanged, result.published) == ([], len(STEMS), False)
    assert result.release_id == before.id
    assert [release.id for release in home.releases()] == [before.id]


def test_only_a_changed_document_is_read_again(home: Home, documents: Path) -> None:
    assert watched([documents], home)[1] == []
    file = documents / f"{STEMS[1]}.txt"
    (documents / f"{STEMS[1]}.yaml").unlink()
    file.write_text(file.read_text() + "More.\n")
    result, read = watched([documents], home)
    assert (read, result.unchanged, result.published) == ([STEMS[1]], len(STEMS) - 1, True)


def test_a_changed_and_a_removed_document_leave_what_a_fresh_build_makes(
    home: Home, documents: Path, tmp_path: Path
) -> None:
    (documents / f"{STEMS[0]}.txt").unlink()
    (documents / f"{STEMS[2]}.yaml").unlink()
    (documents / "new.txt").write_text("Nothing on record.\n")
    build([documents], home)
    build([documents], Home(tmp_path / "afresh"))
    upon, afresh = current(home), current(Home(tmp_path / "afresh"))
    assert upon.id == afresh.id
    assert lines(upon.open()) == lines(afresh.open())
    assert upon.manifest.parent is not None
    assert afresh.manifest.parent is None


def test_several_processes_make_the_same_release(home: Home, tmp_path: Path) -> None:
    build(None, Home(tmp_path / "other"), jobs=2)
    assert current(Home(tmp_path / "other")).id == current(home).id


def test_the_way_back_to_earlier_documents_finds_the_earlier_release(home: Home, documents: Path) -> None:
    first = current(home).id
    (documents / f"{STEMS[0]}.txt").unlink()
    second = build([documents], home).release_id
    assert build(None, home).release_id == first
    assert {release.id for release in home.releases()} == {first, second}
    assert current(home).id == first


def test_an_annotation_that_changes_nothing_is_read_once(home: Home, documents: Path) -> None:
    annotation = documents / f"{STEMS[0]}.yaml"
    annotation.write_text("# A remark.\n" + annotation.read_text())
    result, read = watched([documents], home)
    assert (read, result.published) == ([STEMS[0]], False)
    assert watched([documents], home)[1] == []


def test_moved_documents_are_not_read_again_and_the_manifest_follows(home: Home, documents: Path) -> None:
    assert watched([documents], home)[1] == []
    assert current(home).manifest.documents[0].source == str(documents / f"{STEMS[0]}.txt")


def test_no_documents_make_a_release_of_what_is_known_beforehand(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    result = build([], home)
    assert (result.documents, result.facts) == (0, 0)
    assert len(current(home).open()) > 0


def test_another_base_rebases_all_but_the_ontology(documents: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for stem in STEMS[1:]:
        (documents / f"{stem}.txt").unlink()
    build([documents], home, base=Base("https://example.org/record/"))
    for quad in current(home).open().quads_for_pattern(None, None, None, DefaultGraph()):
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith("https://w3id.org/onrecord/"):
                assert term.value.startswith("https://w3id.org/onrecord/ontology")


@pytest.mark.parametrize("keep", [1, 2])
def test_old_releases_are_removed_beyond_the_number_to_keep(home: Home, documents: Path, keep: int) -> None:
    for stem in STEMS[:2]:
        (documents / f"{stem}.txt").unlink()
        result = build([documents], home, keep=keep)
    assert len(home.releases()) == keep
    assert home.releases()[0].id == result.release_id


@pytest.mark.parametrize(("days", "left"), [(7, 2), (9, 3), (10**12, 3), (None, 3)])
def test_releases_older_than_the_days_to_keep_are_removed(
    home: Home, documents: Path, days: int | None, left: int
) -> None:
    first = current(home)
    rewrite(
        first.path / MANIFEST,
        replace(first.manifest, built=(datetime.now(UTC) - timedelta(days=8)).isoformat()).to_json().encode(),
    )
    for stem in STEMS[:2]:
        (documents / f"{stem}.txt").unlink()
        build([documents], home, keep_days=days)
    assert len(home.releases()) == left
    assert (first.id in {release.id for release in home.releases()}) == (left == 3)


BROKEN_DOCUMENTS = {
    "empty.txt": (b"", "the file is empty"),
    "binary.txt": (b"caf\0 society\n", "a NUL character at offset 3"),
    "page.html": (b"<html><body></body></html>", "there is no text on this page"),
    "pages.pdf": (b"%PDF-1.7", "not a PDF that can be read"),
    "web.warc": (b"nothing", "not a whole WARC file"),
    "articles.jsonl": (b"{}\n", "no article"),
    "text.txt.gz": (b"\x1f\x8b\x08\0", "not a whole gzip file"),
}


@pytest.mark.parametrize("name", BROKEN_DOCUMENTS)
def test_where_no_document_can_be_read_the_current_release_stays_as_it_is(
    home: Home, tmp_path: Path, name: str
) -> None:
    before = current(home).id
    data, message = BROKEN_DOCUMENTS[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message) as error:
        build([tmp_path / name], home)
    assert str(tmp_path / name) in str(error.value.place)
    assert current(home).id == before
    assert [path.name for path in home.directory.iterdir()] == [before]


def test_documents_that_cannot_be_read_are_told_and_the_others_are_released(home: Home, documents: Path) -> None:
    before = current(home).id
    for name, (data, _) in BROKEN_DOCUMENTS.items():
        (documents / name).write_bytes(data)
    for _ in range(2):
        result = build([documents], home)
        assert (result.release_id, result.documents, result.unchanged, result.skipped) == (before, 5, 5, 7)
        told = [problem for problem in result.problems if problem.document is None]
        assert all(str(documents) in str(problem.place) for problem in told)
        assert [problem.violation for problem in told] == [False] * 7
    for name in BROKEN_DOCUMENTS:
        (documents / name).unlink()
    result = build([documents], home)
    assert (result.release_id, result.skipped, result.problems) == (before, 0, ())


def test_only_a_changed_article_of_a_file_of_many_is_read_again(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    articles = [f'{{"id": "{name}", "title": "{name}", "text": "Nothing on record."}}\n' for name in "abc"]
    file.write_text("".join(articles))
    assert watched([file], home)[1] == ["articles-a", "articles-b", "articles-c"]
    file.write_text("".join(["\n", articles[2], articles[0], articles[1].replace("Nothing", "Little")]))
    result, read = watched([file], home)
    assert (read, result.unchanged) == (["articles-b"], 2)
    entries = current(home).manifest.documents
    assert [(entry.name, entry.member, entry.source) for entry in entries] == [
        (f"articles-{name}", name, str(file)) for name in "abc"
    ]
    assert current(home).text("articles-b") == "Little on record."


def test_an_annotation_with_words_that_are_not_in_the_document_leaves_the_current_release(
    home: Home, documents: Path
) -> None:
    before = current(home).id
    annotation = documents / f"{STEMS[0]}.yaml"
    entry = "  - statement: {sentence: Nobody ever wrote this here., speaker: Netflix, content: this, mode: indirect}\n"
    annotation.write_text(annotation.read_text() + entry)
    with pytest.raises(InputError, match=rf"{annotation.name}:\d+"):
        build([documents], home)
    assert current(home).id == before


def test_a_directory_without_documents_is_an_input_error(home: Home, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError, match="no documents"):
        build([tmp_path / "nothing"], home)


def test_an_unknown_extractor_is_not_found(home: Home) -> None:
    with pytest.raises(NotFound, match="extractor"):
        build(None, home, extractors=["guess"])


def test_no_jobs_are_an_input_error(home: Home) -> None:
    with pytest.raises(InputError, match="at least one job"):
        build(None, home, jobs=0)


def test_two_builds_at_once_are_refused(home: Home) -> None:
    with lock(home.path), pytest.raises(ReleaseError, match="another build"):
        build(None, home)


def test_a_current_release_that_is_gone_is_built_again(home: Home) -> None:
    before = current(home)
    drop(before.path)
    assert build(None, home).release_id == before.id
    assert len(current(home).open()) > 0


@pytest.mark.parametrize("damage", ["manifest.json", "store/CURRENT", "description.ttl"])
def test_a_half_release_is_replaced(home: Home, damage: str) -> None:
    before = current(home)
    (before.path / damage).unlink()
    if damage == "description.ttl":
        (before.path / "manifest.json").write_text("{}")
    result = build(None, home)
    assert (result.release_id, result.unchanged) == (before.id, 0)
    assert (current(home).path / damage).exists()
    assert len(current(home).open()) > 0


def test_a_store_with_damaged_data_does_not_stop_the_next_build(home: Home, documents: Path, tmp_path: Path) -> None:
    for file in (current(home).store_path).glob("*.sst"):
        file.write_bytes(b"\0" * file.stat().st_size)
    (documents / "new.txt").write_text("Nothing on record.\n")
    result = build([documents], home)
    build([documents], Home(tmp_path / "afresh"))
    assert lines(current(home).open()) == lines(current(Home(tmp_path / "afresh")).open())
    assert result.documents == len(STEMS) + 1


def test_what_violates_a_shape_stays_out_is_reported_and_the_rest_gets_in(home: Home) -> None:
    from pyoxigraph import Quad

    from ingest.engine import run
    from ingest.plan import Plan
    from server.releases.checking import verdict

    base = Base()
    (graph,) = run({SEEDS / f"{STEMS[0]}.txt": STEMS[0]}, Plan())
    document = base.doc(STEMS[0])
    fact = next(q.subject for q in graph.quads if q.predicate == ONR.mode)
    broken = [q for q in graph.quads if (q.subject, q.predicate) != (fact, ONR.mode)]
    broken.append(Quad(fact, ONR.mode, Literal("shouted"), document))
    quads, report = verdict(broken, document, base)
    assert report.withheld == (fact,)
    assert all(q.subject != fact and not str(q.subject).startswith(f"{str(fact)[:-1]}/") for q in quads)
    others = {q for q in graph.quads if q.predicate == ONR.inDocument and q.subject != fact}
    assert others <= quads

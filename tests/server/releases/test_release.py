from __future__ import annotations

import multiprocessing
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from ontology.errors import InputError, NotFound, ReleaseError
from server.releases.manifest import Manifest, release_id
from server.releases.publication import drop, lock, publish, staging, sweep
from server.releases.release import Home, Release

if TYPE_CHECKING:
    from tests.server.conftest import Record

SPEAKER = NamedNode("https://example.org/record/id/person/ann")


def releases(record: Record, number: int) -> list[Release]:
    """Releases that differ, each built upon the one before."""
    made: list[Release] = []
    for index in range(number):
        document = record.contribution("one", record.statement("one", index, SPEAKER, "Ann", "Yes."))
        made.append(record.release(document, parent=made[-1] if made else None))
    return made


def size(path: Path) -> int:
    return len(Release(path).open())


def test_the_id_is_a_hash_over_names_and_hashes_of_graphs_in_order() -> None:
    graphs = {"https://example.org/b": "22", "https://example.org/a": "11"}
    assert release_id(graphs) == release_id(dict(reversed(graphs.items()))) == "523dcd3bf211c071"


def test_a_new_home_has_no_current_release(record: Record) -> None:
    assert record.home.current() is None
    assert record.home.releases() == []


def test_the_last_release_is_current(record: Record) -> None:
    first, second = releases(record, 2)
    current = record.home.current()
    assert current is not None
    assert current.id == second.id != first.id
    assert current.manifest.parent == first.id


def test_releases_are_listed_the_newest_first(record: Record) -> None:
    made = releases(record, 3)
    assert [release.id for release in record.home.releases()] == [release.id for release in reversed(made)]


def test_switching_back_needs_only_the_beginning_of_the_id(record: Record) -> None:
    first, second = releases(record, 2)
    beginning = next(first.id[:length] for length in range(1, 17) if not second.id.startswith(first.id[:length]))
    assert record.home.switch(beginning.upper()).id == first.id
    current = record.home.current()
    assert current is not None
    assert current.id == first.id


def test_an_unknown_release_is_not_found_and_the_nearest_is_named(record: Record) -> None:
    (release,) = releases(record, 1)
    wrong = release.id[:-1] + ("0" if release.id[-1] != "0" else "1")
    with pytest.raises(NotFound) as caught:
        record.home.switch(wrong)
    assert caught.value.nearest == (release.id,)


def test_an_ambiguous_beginning_is_not_found_and_the_candidates_are_named(record: Record) -> None:
    for release, digit in zip(releases(record, 2), "01", strict=True):
        manifest = release.manifest.to_json().replace(release.id, f"a{digit * 15}")
        (release.path / "manifest.json").write_text(manifest)
    with pytest.raises(NotFound, match="beginning of several") as caught:
        record.home.find("a")
    assert caught.value.nearest == ("a000000000000000", "a111111111111111")


def test_no_name_is_the_beginning_of_no_release(record: Record) -> None:
    releases(record, 1)
    with pytest.raises(NotFound, match="no release ''"):
        record.home.find("")


def test_a_release_opens_in_several_processes_at_once(record: Record) -> None:
    (release,) = releases(record, 1)
    here = release.open()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(size, [release.path] * 4) == [len(here)] * 4


def test_a_release_stays_open_while_the_next_one_is_published(record: Record) -> None:
    first = releases(record, 1)[0]
    store = first.open()
    before = len(store)
    document = record.contribution("two", record.statement("two", 0, SPEAKER, "Ann", "No."))
    record.release(document, parent=first, kept=["one"])
    assert len(store) == before


def test_a_manifest_reads_as_it_was_written(record: Record) -> None:
    manifest = releases(record, 1)[0].manifest
    assert Manifest.from_json(manifest.to_json()) == manifest


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 99}', "null"])
def test_a_damaged_manifest_is_a_release_error_that_names_the_file(record: Record, text: str) -> None:
    (release,) = releases(record, 1)
    (release.path / "manifest.json").write_text(text)
    with pytest.raises(ReleaseError, match=r"manifest\.json: the release cannot be read"):
        _ = Release(release.path).manifest


def test_a_missing_store_is_a_release_error(record: Record) -> None:
    (release,) = releases(record, 1)
    release.store_path.rename(release.path / "elsewhere")
    with pytest.raises(ReleaseError, match="store cannot be opened"):
        release.open()


def test_a_current_link_that_leads_nowhere_is_a_release_error(record: Record) -> None:
    (release,) = releases(record, 1)
    drop(release.path)
    with pytest.raises(ReleaseError, match="missing or damaged"):
        record.home.current()


def test_an_unknown_document_is_not_found_and_the_nearest_is_named(record: Record) -> None:
    (release,) = releases(record, 1)
    with pytest.raises(NotFound) as caught:
        release.text("onw")
    assert caught.value.nearest == ("one",)


def test_surplus_spares_the_newest_the_current_and_the_pinned(record: Record) -> None:
    made = releases(record, 5)
    record.home.switch(made[0].id)
    record.home.pin(made[1].id)
    assert [release.id for release in record.home.surplus(keep=2)] == [made[2].id]


def test_surplus_are_also_those_that_are_too_old_however_few(record: Record) -> None:
    made = releases(record, 5)
    record.home.pin(made[1].id)
    since = datetime.fromisoformat(made[3].manifest.built)
    assert [release.id for release in record.home.surplus(10, since)] == [made[2].id, made[0].id]
    assert [release.id for release in record.home.surplus(4, since)] == [made[2].id, made[0].id]
    assert [release.id for release in record.home.surplus(1, since)] == [made[3].id, made[2].id, made[0].id]
    elsewhere = since.astimezone(timezone(timedelta(hours=5)))
    assert record.home.surplus(10, elsewhere) == record.home.surplus(10, since)
    assert record.home.surplus(10, since - timedelta(days=1)) == []


def test_the_current_release_is_never_too_old(record: Record) -> None:
    made = releases(record, 2)
    record.home.switch(made[0].id)
    later = datetime.now(UTC) + timedelta(days=1)
    assert [release.id for release in record.home.surplus(1, later)] == [made[1].id]


def test_at_least_one_release_is_kept(record: Record) -> None:
    with pytest.raises(InputError, match="at least one"):
        record.home.surplus(keep=0)


def test_a_pin_is_kept_once_and_may_carry_a_comment(record: Record) -> None:
    (release,) = releases(record, 1)
    record.home.pin(release.id)
    record.home.pin(release.id)
    record.home.pins.write_text(record.home.pins.read_text() + "abc # cited somewhere\n")
    assert record.home.pinned() == {release.id, "abc"}
    assert record.home.pins.read_text().count(release.id) == 1


def test_a_release_that_is_unpinned_is_surplus_again_and_other_pins_stay_as_they_are(record: Record) -> None:
    made = releases(record, 3)
    record.home.pins.write_text(f"{made[0].id.upper()} # cited in a paper\n\n# others\n{made[1].id}")
    assert record.home.surplus(keep=1) == []
    assert record.home.unpin(made[1].id[:9]) == made[1].id
    assert record.home.surplus(keep=1) == [made[1]]
    assert record.home.pins.read_text() == f"{made[0].id.upper()} # cited in a paper\n\n# others\n"
    assert record.home.unpin(made[1].id) == made[1].id
    assert record.home.unpin(made[0].id) == made[0].id
    assert record.home.pinned() == frozenset()


def test_a_pin_goes_even_when_its_release_is_gone(record: Record) -> None:
    made = releases(record, 2)
    record.home.pin(made[0].id)
    drop(made[0].path)
    assert record.home.unpin(made[0].id) == made[0].id
    assert record.home.pinned() == frozenset()
    with pytest.raises(NotFound):
        record.home.unpin(made[0].id)


def test_a_release_that_a_running_build_may_remove_is_not_pinned(record: Record) -> None:
    (release,) = releases(record, 1)
    with lock(record.home.path), pytest.raises(ReleaseError, match="another build"):
        record.home.pin(release.id)
    assert record.home.pinned() == frozenset()


def test_a_second_builder_gives_up_with_a_line_that_names_the_lock(tmp_path: Path) -> None:
    message = f"build.lock: another build holds the lock .*{os.getpid()}"
    with lock(tmp_path), pytest.raises(ReleaseError, match=message), lock(tmp_path, wait=0.1):
        pass


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), lock(tmp_path):
        raise ValueError("broken")
    with lock(tmp_path, wait=0):
        assert (tmp_path / "releases").is_dir()


def test_a_home_that_cannot_be_a_directory_is_a_release_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReleaseError, match="cannot be written"), lock(tmp_path / "file"):
        pass


def test_what_a_crash_left_behind_is_swept(record: Record) -> None:
    (release,) = releases(record, 1)
    left = staging(record.home.directory)
    (left / "store").mkdir()
    (record.home.directory / ".dropped-0123").mkdir()
    (record.home.path / ".current-0123").symlink_to("nowhere")
    sweep(record.home.path)
    assert [path.name for path in record.home.directory.iterdir()] == [release.id]
    assert {path.name for path in record.home.path.iterdir()} == {"releases", "current", "build.lock"}


def test_a_crash_while_a_release_is_replaced_leaves_it_answering(record: Record) -> None:
    (release,) = releases(record, 1)
    release.path.rename(record.home.directory / f".replaced-{release.id}")
    current = record.home.current()
    assert current is not None
    assert len(current.open()) > 0
    sweep(record.home.path)
    assert release.path.is_dir()


def test_publishing_replaces_a_directory_of_the_same_name(record: Record) -> None:
    (release,) = releases(record, 1)
    prepared = staging(record.home.directory)
    (prepared / "new").write_text("new")
    publish(prepared, release.path)
    assert [path.name for path in release.path.iterdir()] == ["new"]


def test_a_relative_home_works_from_any_directory(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    releases(record, 1)
    monkeypatch.chdir(record.home.path.parent)
    current = Home("home").current()
    assert current is not None
    assert len(current.open()) > 0

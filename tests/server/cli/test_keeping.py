"""`onrecord releases`, `diff`, `rollback` and `export`: releases once they are built."""

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.server.cli.conftest import Run

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.fixture
def two(onrecord: Run, tmp_path: Path) -> tuple[Path, str, str]:
    """A home with a release of one document and a later one of two, and their ids."""
    ids = []
    for documents in (SEEDS[3:4], SEEDS[3:5]):
        built = onrecord("build", *documents, home=tmp_path)
        assert built.status == 0
        ids.append(built.out.split("release")[1].split()[0])
    return tmp_path, ids[0], ids[1]


def test_releases_are_listed_compared_and_switched(onrecord: Run, two: tuple[Path, str, str]) -> None:
    home, first, second = two
    listed = json.loads(onrecord("releases", "--format", "json", home=home).out)
    assert [(row["release"], row["documents"], row["current"]) for row in listed] == [
        (second, 2, True),
        (first, 1, False),
    ]

    changes = onrecord("diff", first, second, home=home)
    assert changes.status == 0
    assert SEEDS[4].stem in changes.out
    assert {line[:2] for line in changes.out.splitlines()} <= {"+ ", "- "}
    assert f"{first} to {second}" in changes.err
    assert onrecord("diff", second, second, home=home).out == ""
    assert f" {SEEDS[4].stem}\n" in onrecord("diff", first, second, "--summary", home=home).out

    assert onrecord("rollback", first[:8], home=home).out == first + "\n"
    [answers] = [
        row["release"] for row in json.loads(onrecord("releases", "--format", "json", home=home).out) if row["current"]
    ]
    assert answers == first
    assert len(json.loads(onrecord("ask", "documents", "--format", "json", home=home).out)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "zz", "zz"],
        ["rollback", "zz"],
        ["rollback", ""],
        ["releases", "--pin", "zz"],
        ["releases", "--unpin", "zz"],
    ],
)
def test_an_unknown_release_is_named(onrecord: Run, arguments: list[str]) -> None:
    assert onrecord(*arguments).status == 2
    assert "no release" in onrecord(*arguments).error


def test_a_release_is_pinned_and_outlives_builds(
    onrecord: Run, two: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, first, second = two
    pinned = onrecord("releases", "--pin", first[:8], "--format", "json", home=home)
    assert pinned.err == f"release {first} is pinned\n"
    assert {row["release"]: row["pinned"] for row in json.loads(pinned.out)} == {first: True, second: False}

    monkeypatch.setenv("ONRECORD_KEEP", "1")
    assert onrecord("build", SEEDS[4], home=home).status == 0
    listed = json.loads(onrecord("releases", "--format", "json", home=home).out)
    assert [(row["release"] == first, row["current"], row["pinned"]) for row in listed] == [
        (False, True, False),
        (True, False, True),
    ]

    unpinned = onrecord("releases", "--unpin", first, home=home)
    assert unpinned.err == f"release {first} is not pinned now\n"
    assert onrecord("build", SEEDS[4], home=home).status == 0
    assert len(json.loads(onrecord("releases", "--format", "json", home=home).out)) == 1


def test_the_list_shows_which_release_answers_and_which_are_pinned(onrecord: Run, two: tuple[Path, str, str]) -> None:
    home, first, second = two
    shown = onrecord("releases", "--pin", first, "--format", "csv", home=home).out.splitlines()
    assert shown[0].split(",")[-2:] == ["current", "pinned"]
    assert [line.split(",")[0::5] for line in shown[1:]] == [[second, "true"], [first, "false"]]
    assert [line.split(",")[-1] for line in shown[1:]] == ["false", "true"]


@pytest.mark.parametrize(("name", "value"), [("ONRECORD_KEEP", "0"), ("ONRECORD_KEEP_DAYS", "old")])
def test_how_long_to_keep_is_read_before_anything_is_built(
    onrecord: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in onrecord("build", SEEDS[4], home=tmp_path / "home").error
    assert not (tmp_path / "home").exists()


def test_without_releases_the_list_is_empty(onrecord: Run, tmp_path: Path) -> None:
    assert onrecord("releases", "--format", "json", home=tmp_path).out == "[]\n"


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "nq.gz"])
def test_a_release_is_exported_by_suffix(onrecord: Run, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"graph.{suffix}"
    exported = onrecord("export", file)
    assert (exported.status, exported.out) == (0, "")
    data = gzip.decompress(file.read_bytes()) if suffix.endswith("gz") else file.read_bytes()
    count = sum(1 for _ in parse(data, format=RdfFormat.from_extension(suffix.removesuffix(".gz"))))
    assert exported.err == f"{count} statements written to {file}\n"


@pytest.mark.parametrize(
    ("name", "says"), [("graph.docx", ".ttl"), ("graph", ".ttl"), ("no/where.ttl", "No such file")]
)
def test_a_file_that_cannot_be_written_is_named(onrecord: Run, tmp_path: Path, name: str, says: str) -> None:
    failed = onrecord("export", tmp_path / name)
    assert failed.status == 2
    assert str(tmp_path / name) in failed.error
    assert says in failed.error

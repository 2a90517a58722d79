"""`onrecord build`, `extract` and `check`: what they print, and how they fail without touching the release."""

import json
from pathlib import Path

import pytest

from ingest import plan
from ingest.document import Document
from ingest.engine import EXTRACTORS
from ingest.extraction import Extraction
from ingest.problem import Problem
from server.releases.release import Home
from tests.server.cli.conftest import Run

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds"
SEED = SEEDS / "003_e68b2806083c4c95.txt"


def lines(out: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in out.splitlines())


def test_a_build_prints_what_it_made(onrecord: Run, tmp_path: Path) -> None:
    printed = lines(onrecord("build", SEED, home=tmp_path).out)
    assert list(printed) == ["documents", "facts", "quads", "violations", "release", "seconds"]
    assert printed["documents"] == "1"
    assert printed["violations"] == "0"
    current = Home(tmp_path).current()
    assert current is not None
    assert printed["release"] == current.id


def test_what_has_not_changed_is_not_read_again(onrecord: Run, seeds_home: Path) -> None:
    printed = lines(onrecord("build").out)
    assert printed["documents"] == "5 (5 unchanged)"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("binary.txt", b"caf\xe9\0", "a NUL byte at offset 4"),
        ("empty.txt", b"", "empty"),
        ("missing.txt", None, "no such file"),
        ("nothing", None, "no such file"),
    ],
)
def test_bad_input_is_named_and_the_release_stays(
    onrecord: Run, seeds_home: Path, tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    before = Home(seeds_home).current()
    if data is not None:
        (tmp_path / name).write_bytes(data)
    for command in ("build", "extract"):
        failed = onrecord(command, tmp_path / name)
        assert failed.status == 2
        assert name in failed.error
        assert says in failed.error
    assert Home(seeds_home).current() == before


def test_a_directory_without_documents_is_an_error(onrecord: Run, tmp_path: Path) -> None:
    failed = onrecord("build", tmp_path)
    assert failed.status == 2
    assert str(tmp_path) in failed.error


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("sentence: Duncan", "sentence: Dunkan"), "000_c8ac9c711004a68b.yaml:"),
        (("speaker: Duncan Crabtree-Ireland", "speaker: Duncan Crabtre"), "Duncan Crabtree-Ireland"),
    ],
)
def test_a_wrong_annotation_is_named_at_its_line(
    onrecord: Run, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    for source in SEEDS.glob("000_*"):
        text = source.read_text(encoding="utf-8")
        (tmp_path / source.name).write_text(
            text.replace(*change) if source.suffix == ".yaml" else text, encoding="utf-8"
        )
    failed = onrecord("build", tmp_path)
    assert failed.status == 2
    assert says in failed.error


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build", "--extractor", "revewed"], "reviewed"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--engine", "ray"], "local"),
        (["build", "--engine", "tractor"], "--engine"),
        (["extract"], "PATH"),
    ],
)
def test_wrong_usage_is_named(onrecord: Run, arguments: list[str], says: str) -> None:
    failed = onrecord(*arguments)
    assert failed.status == 2
    assert says in failed.error


def test_facts_are_printed_one_a_line_and_stand_in_the_text(onrecord: Run, tmp_path: Path) -> None:
    extracted = onrecord("extract", SEED, "--format", "jsonl", home=tmp_path / "none")
    facts = [json.loads(line) for line in extracted.out.splitlines()]
    text = SEED.read_bytes().decode("utf-8")
    assert extracted.status == 0
    assert {"statement", "job_posting", "event"} <= {fact["kind"] for fact in facts}
    for fact in facts:
        assert {"kind", "source", "evidence", "extractor", "confidence"} <= set(fact)
        assert fact["evidence"]
        assert all(text[part["start"] : part["end"]] == part["exact"] for part in fact["evidence"])
    assert not (tmp_path / "none").exists()


class Doubtful:
    """Has a problem and something to say; not named as a real one is, for extractors are made once in a process."""

    name = "doubtful"

    def __init__(self, *_: object) -> None:
        pass

    def extract(self, document: Document) -> Extraction:
        place = f"{document.path}:1"
        return Extraction(problems=(Problem(place, "nobody says this"),), notices=(f"{document.path}: hard to read",))


def test_problems_and_notices_are_told_one_a_line_and_are_no_failure(
    onrecord: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EXTRACTORS, Doubtful.name, Doubtful)
    monkeypatch.setattr(plan, "NAMES", (*plan.NAMES, Doubtful.name))
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("a", "b"):
        (documents / f"{name}.txt").write_text("Nothing on record.\n")
    says = (".txt:1: nobody says this", ".txt: hard to read")
    told = [f"{documents / name}{what}" for name in ("a", "b") for what in says]
    extractors = ("--extractor", "reviewed", "--extractor", Doubtful.name)
    extracted = onrecord("extract", documents, *extractors)
    assert (extracted.status, extracted.out) == (0, "")
    assert extracted.err.splitlines() == told
    home = tmp_path / "home"
    for unchanged in ("", " (2 unchanged)"):
        built = onrecord("build", documents, *extractors, home=home)
        assert built.status == 0
        assert sorted(built.err.splitlines()) == sorted(told)
        printed = lines(built.out)
        assert (printed["documents"], printed["violations"]) == ("2" + unchanged, "0")


def test_the_seeds_conform(onrecord: Run) -> None:
    checked = onrecord("check")
    assert (checked.status, checked.out) == (0, "conforms\n")
    assert json.loads(onrecord("check", "--format", "json").out) == {"conforms": True, "results": []}
    assert "sh:conforms true" in onrecord("check", "--format", "ttl").out


def test_an_exported_release_conforms_as_a_file(onrecord: Run, tmp_path: Path) -> None:
    assert onrecord("build", SEED, home=tmp_path / "home").status == 0
    file = tmp_path / "one.nq.gz"
    assert onrecord("export", file, home=tmp_path / "home").status == 0
    assert onrecord("check", file).status == 0


def test_a_file_that_breaks_a_shape_is_a_no(onrecord: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("<http://example.org/doc/d/statement-1-2> a <https://w3id.org/onrecord/ontology#Statement> .")
    checked = onrecord("check", file)
    assert checked.status == 1
    assert "Violation" in checked.out
    assert checked.err == ""


@pytest.mark.parametrize(("name", "text"), [("broken.ttl", "<a> <b>"), ("unknown.txt", ""), ("none.ttl", None)])
def test_a_file_that_is_no_rdf_is_named(onrecord: Run, tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    failed = onrecord("check", tmp_path / name)
    assert failed.status == 2
    assert name in failed.error

"""`onrecord review`: writes what is read in a document, never over a file, and builds take it from there."""

import json
from hashlib import sha256
from pathlib import Path
from shutil import copy

import pytest

from ingest import annotation, engine, plan
from ingest.document import Document
from ingest.extraction import Extraction
from ingest.facts import Name, NameKind, Part, Segment, StanceReport
from tests.server.cli.conftest import Run

TEXT = "The strikers: rally against [AI] adoption.\n\nThe end is near.\n"
WORDS = "The strikers: rally against [AI] adoption."


class Fixed:
    """An extractor that knows one fact of one document, and is as sure of it in every other."""

    name = "fixed"

    def __init__(self, stance: str = "opposes") -> None:
        self.stance = stance

    def extract(self, document: Document) -> Extraction:
        fact = StanceReport(
            source=document.source,
            evidence=(
                Segment(start=0, end=len(WORDS), exact=WORDS),
                Segment(start=28, end=41, exact="[AI] adoption", part=Part.CONTENT),
            ),
            extractor=self.name,
            rule="against",
            confidence="0.6",
            holder=Name(name="The strikers", kind=NameKind.GROUP),
            stance=self.stance,
            content="[AI] adoption",
            topics=("ai",),
        )
        return Extraction((fact,))


@pytest.fixture(autouse=True)
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    extractors = {**engine.EXTRACTORS, "fixed": lambda _: Fixed(), "against": lambda _: Fixed("supports")}
    monkeypatch.setattr(engine, "EXTRACTORS", extractors)
    monkeypatch.setattr(plan, "NAMES", tuple(extractors))


@pytest.fixture
def strike(tmp_path: Path) -> Path:
    path = tmp_path / "strike.txt"
    path.write_text(TEXT)
    return path


def test_the_review_is_written_beside_the_document_and_accepted(onrecord: Run, strike: Path) -> None:
    done = onrecord("review", strike, "--extractor", "fixed", "--by", "Ada: Reader")
    assert done.status == 0
    assert done.out == ""
    path = strike.with_suffix(".yaml")
    assert f"{path}: 1 facts to review" in done.err
    assert "# fixed, rule against, confidence 0.6" in path.read_text()
    assert annotation.main([str(path)]) == 0


def test_a_file_that_is_there_is_not_replaced_unless_told(onrecord: Run, strike: Path) -> None:
    path = strike.with_suffix(".yaml")
    path.write_text("document: mine\n")
    refused = onrecord("review", strike, "--extractor", "fixed")
    assert refused.status == 2
    assert str(path) in refused.error
    assert "--force" in refused.error
    assert path.read_text() == "document: mine\n"
    assert onrecord("review", strike, "--extractor", "fixed", "--force").status == 0
    assert "fixed, rule against" in path.read_text()


def test_it_can_be_written_elsewhere_or_printed(onrecord: Run, strike: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    assert onrecord("review", strike, "--extractor", "fixed", "--by", "Ada", "--output", other).status == 0
    printed = onrecord("review", strike, "--extractor", "fixed", "--by", "Ada", "--output", "-")
    assert printed.out == other.read_text()
    assert not strike.with_suffix(".yaml").exists()


def test_a_review_wins_over_every_later_reading(onrecord: Run, strike: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert onrecord("review", strike, "--extractor", "fixed", "--by", "Ada").status == 0
    path = strike.with_suffix(".yaml")
    path.write_text(path.read_text().replace("stance: opposes", "stance: regulate"))
    for extractors in (["--extractor", "against"], ["--extractor", "fixed", "--extractor", "against"]):
        assert onrecord("build", strike, *extractors, home=home).status == 0
        rows = json.loads(onrecord("ask", "stances", "--format", "json", home=home).out)
        assert [(row["actor"], row["stance"]) for row in rows] == [("The strikers", "regulate")]
    assert "regulate" in path.read_text()


def test_without_a_review_a_build_takes_what_the_extractor_reads(onrecord: Run, strike: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert onrecord("build", strike, "--extractor", "against", home=home).status == 0
    rows = json.loads(onrecord("ask", "stances", "--format", "json", home=home).out)
    assert [(row["actor"], row["stance"]) for row in rows] == [("The strikers", "supports")]


def test_the_seeds_written_back_make_the_same_release(onrecord: Run, tmp_path: Path) -> None:
    seeds = Path(__file__).parents[3] / "seeds"
    stem = "000_c8ac9c711004a68b"
    for suffix in (".txt", ".yaml"):
        copy(seeds / f"{stem}{suffix}", tmp_path)
    document, path = tmp_path / f"{stem}.txt", tmp_path / f"{stem}.yaml"
    assert onrecord("build", document, home=tmp_path / "home").status == 0
    before = onrecord("sparql", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", home=tmp_path / "home").out
    done = onrecord("review", document, "--extractor", "reviewed", "--by", "onrecord", "--force")
    assert (done.status, done.err) == (0, f"{path}: 54 facts to review\n")
    today = path.read_text().partition("on: ")[2][:10]
    path.write_text(path.read_text().replace(today, "2026-11-23", 1))
    assert onrecord("build", document, home=tmp_path / "home").status == 0
    assert onrecord("sparql", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", home=tmp_path / "home").out == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.txt"], "no such file"),
        (["strike.txt", "--extractor", "fixd"], "nearest: fixed"),
        (["strike.txt", "--extractor", "fixed", "--by", " "], "--by"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(
    onrecord: Run, strike: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(strike.parent)
    failed = onrecord("review", *arguments)
    assert failed.status == 2
    assert says in failed.error
    assert not strike.with_suffix(".yaml").exists()


def test_one_of_several_documents_in_a_file_has_a_review_of_its_own(onrecord: Run, tmp_path: Path) -> None:
    path, home = tmp_path / "articles.jsonl", tmp_path / "home"
    path.write_text("".join(json.dumps({"id": name, "text": TEXT}) + "\n" for name in ("a", "b")))
    refused = onrecord("review", path, "--extractor", "fixed")
    assert refused.status == 2
    assert f"{path}#a, {path}#b" in refused.error
    assert "no document 'c'" in onrecord("review", f"{path}#c", "--extractor", "fixed").error
    assert onrecord("review", f"{path}#b", "--extractor", "fixed", "--by", "Ada").status == 0
    review = tmp_path / "articles-b.yaml"
    review.write_text(review.read_text().replace("stance: opposes", "stance: regulate"))
    assert onrecord("build", path, "--extractor", "against", home=home).status == 0
    rows = json.loads(onrecord("ask", "stances", "--format", "json", home=home).out)
    assert sorted(row["stance"] for row in rows) == ["regulate", "supports"]


def test_a_page_is_reviewed_in_its_text(onrecord: Run, tmp_path: Path) -> None:
    path, home = tmp_path / "page.html", tmp_path / "home"
    path.write_text(f"<html><head><title>x</title></head><body><article><p>{WORDS}</p></article></body></html>")
    text = json.loads(onrecord("extract", path, "--extractor", "fixed").out.splitlines()[0])["evidence"][0]["exact"]
    assert text == WORDS
    assert onrecord("review", path, "--extractor", "fixed", "--by", "Ada").status == 0
    assert sha256(path.read_bytes()).hexdigest() in (tmp_path / "page.yaml").read_text()
    assert onrecord("build", path, home=home).status == 0
    rows = json.loads(onrecord("ask", "stances", "--format", "json", home=home).out)
    assert [(row["actor"], row["stance"]) for row in rows] == [("The strikers", "opposes")]

import json
from pathlib import Path

import pytest

from bench.reading import page
from bench.reading.__main__ import main
from bench.reading.comparison import Results, Scored, Settings
from bench.reading.cost import Cost
from bench.reading.gold import GoldDocument, Reading
from bench.reading.growth import Growth
from bench.reading.scores import score
from bench.reading.table import errors
from ingest.engine import Tools

SAMPLE = Path(__file__).parents[1] / "ingest" / "harbor.txt"


def run(system: str, jobs: int, seconds: float) -> Cost:
    return Cost(
        system,
        jobs,
        100,
        300_000,
        2,
        1.5,
        seconds,
        seconds / 2,
        100,
        400_000_000,
        ((50, 390_000_000), (100, 400_000_000)),
    )


@pytest.fixture
def results(given: Tools, harbor: GoldDocument) -> Results:
    scores = score([Reading(harbor, harbor.facts)], given.authority)
    return Results(
        sets=(Scored("seeds", "rules", scores), Scored("seeds", "textacy", scores)),
        corpora=(),
        costs=(run("rules", 0, 4), run("textacy", 0, 8), run("rules", 1, 5), run("rules", 2, 2.5)),
        long_run=run("rules", 0, 4),
        growths=(Growth("rules", "articles", ((10_000, 0.1), (100_000, 1.0))), Growth("rules", "one", (), "it died")),
        machine_scaling=1.9,
    )


def test_the_page_holds_every_table(results: Results) -> None:
    written = page.render(Settings((Path("seeds"),)), results, "a machine")
    assert "    make bench-reading\n\non a machine." in written
    assert "| seeds (1) | rules | 0 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in written
    assert "No public corpus was at hand" in written
    assert "| rules | to quads, 2 processes | 40.0 | 120 | 12 | 2 of 100 | – | 400 |" in written
    assert "`rules` reads 2.00 times as many documents a second as `textacy`,\nand takes 0.50 times" in written
    assert "Two processes read 2.00 times as many" in written
    assert "two do 1.90 times as much as one on this machine" in written
    assert "| resident, MB | 390 | 400 |" in written
    assert "| articles | 0.10 | 1.00 | 1.00 |" in written
    assert "| one | – | – | it died |" in written
    assert "### seeds, rules" in written
    assert "$" not in written
    assert all(len(line) <= 120 or line.startswith("|") for line in written.splitlines())


def test_what_people_wrote_is_kept(results: Results, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    assert page.kept(file).startswith(page.KEPT)
    first = page.render(Settings(()), results, "a machine", page.kept(file))
    file.write_text(first + "Pronouns stop it.\n", encoding="utf-8")
    second = page.render(Settings(()), results, "another machine", page.kept(file))
    assert second.endswith("Pronouns stop it.\n")
    assert second.count(page.KEPT) == 1


def test_the_page_says_how_it_was_made_without_saying_where_a_corpus_is() -> None:
    settings = Settings((), (("polnear", Path("elsewhere")),), long_run=10_000)
    assert page.command(settings) == 'make bench-reading READING="--corpus polnear=DIR --long-run 10000"'


def test_a_corpus_is_given_as_name_and_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        page.main([str(tmp_path / "page.md"), "--gold", "seeds", "--corpus", "polnear"])
    assert stopped.value.code == 2
    assert "NAME=DIR" in capsys.readouterr().err


def test_the_list_of_what_went_wrong_is_grouped_and_ends_with_the_rules(given: Tools, harbor: GoldDocument) -> None:
    listed = errors(score([Reading(harbor, (), "it died")], given.authority))
    groups = [line.split(" (")[0] for line in listed.splitlines() if line.startswith("==")]
    assert groups[:3] == ["== statement missed", "== stance missed", "== event missed"]
    assert groups[-1] == "== rules"
    assert listed.startswith("LOST harbor: it died\n")


def test_the_command_prints_the_scores_and_writes_what_went_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "errors.txt"
    assert main(["--gold", str(SAMPLE), "--extractor", "reviewed", "--errors", str(listed)]) == 0
    assert "| statements, all: found | 1.000 | 1.000 | 1.000 | 2 | 2 | 2 |" in capsys.readouterr().out
    assert listed.read_text(encoding="utf-8").startswith("== rules")


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--gold", str(SAMPLE), "--extractor", "reviewed", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["documents"] == 1
    assert {measure["f1"] for measure in printed["measures"] if measure["wanted"]} == {1.0}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--gold", str(SAMPLE), "--extractor", "nobody"], "no extractor 'nobody'"),
        (["--extractor", "reviewed"], "--gold DIR or --corpus NAME"),
        (["--corpus", "polnear", "--extractor", "reviewed"], "--path: where is the corpus?"),
        (["--gold", "nowhere", "--extractor", "reviewed"], "nowhere"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1

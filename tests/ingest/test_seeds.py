from pathlib import Path

import pytest

from ingest.annotation import main
from ingest.document import discover, read
from ingest.reviewed import ReviewedExtractor

SEEDS = discover([Path(__file__).parents[2] / "seeds"])


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_fact_of_a_seed_is_grounded(path: Path, reviewed: ReviewedExtractor) -> None:
    document = read(path)
    extraction = reviewed.extract(document)
    assert extraction.facts
    assert all(document.holds(s.start, s.end, s.exact) for fact in extraction.facts for s in fact.evidence)


def test_the_check_prints_every_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SEEDS[0].with_suffix(".yaml"))]) == 0
    assert "statement 1767-1977\n  sentence 1767-1977: Duncan Crabtree-Ireland" in capsys.readouterr().out


def test_the_check_prints_every_error_and_goes_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("Words.")
    bad.with_suffix(".yaml").write_text("document: bad.txt\n")
    assert main([str(tmp_path / "none.yaml"), str(bad), str(SEEDS[0])]) == 2
    printed = capsys.readouterr()
    assert "none.txt: there is no such file" in printed.err
    assert "sha256: is missing" in printed.err
    assert "reviewed: must be" in printed.err
    assert "statement 1767-1977" in printed.out

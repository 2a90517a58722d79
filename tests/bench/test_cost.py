from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reading import cost, growth
from bench.reading.growth import SHAPES, Growth, text_of
from bench.reading.systems import PEERS
from bench.reading.varied import documents, renamed
from ingest.document import Document
from ingest.extraction import Extraction
from ontology.errors import InputError

TEXTS = ["“No crew,” Mara Quill said. Quill left.\n\n“Sail,” Tom Tide said.", "Nobody is named."]


def test_documents_come_in_turn_and_with_other_names_from_the_second_round_on() -> None:
    made = list(documents(TEXTS, 5))
    assert made[:2] == TEXTS
    assert made[3] == TEXTS[1]
    assert len({made[0], made[2], made[4]}) == 3


def test_a_name_is_another_one_and_the_same_throughout() -> None:
    text = renamed(TEXTS[0], 7)
    assert "Quill" not in text
    surname = text.split("Mara ")[1].split()[0]
    assert text.count(surname) == 2
    assert renamed(TEXTS[0], 7) == text


def test_reading_is_timed_and_memory_watched() -> None:
    found = cost.extraction("nearest-name", TEXTS, 20)
    assert (found.documents, found.timed, found.lost) == (20, 20, 0)
    assert found.rate == pytest.approx(20 / found.seconds)
    assert [number for number, _ in found.resident] == list(range(2, 21, 2))
    assert found.processor > 0
    assert 0 < found.resident[0][1] < 1.1 * found.peak


class Careful:
    """Reads nothing that has a quotation."""

    name = "careful"

    def extract(self, document: Document) -> Extraction:
        if "“" in document.text:
            raise ValueError("a quotation")
        return Extraction()


def test_documents_on_which_a_system_fails_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEERS, "careful", lambda tools: Careful())
    assert cost.extraction("careful", TEXTS, 4).lost == 2
    grown = growth.grow("careful", "articles", TEXTS, 50_000)
    assert (grown.seconds, grown.failed) == ((), "ValueError at 10,000 characters")


def test_a_system_that_cannot_be_loaded_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    with pytest.raises(InputError, match="nobody cannot be measured"):
        cost.measured("nobody", [tmp_path], 3)
    assert "no extractor 'nobody'" in capfd.readouterr().err


def test_the_whole_way_is_timed_from_the_first_results_on(tmp_path: Path) -> None:
    found = cost.pipeline("reviewed", TEXTS, 12, jobs=1)
    assert (found.documents, found.timed) == (12, 6)
    assert found.rate > 0


def test_a_measurement_is_made_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    found = cost.measured("reviewed", [tmp_path], 3)
    assert (found.system, found.documents, found.lost) == ("reviewed", 3, 0)
    assert len(found.resident) == 3


@given(st.sampled_from(list(SHAPES)), st.integers(1, 5_000))
def test_a_text_has_the_length_that_is_asked_for(shape: str, length: int) -> None:
    assert len(text_of(shape, TEXTS, length)) == length


def test_shapes_are_what_they_say() -> None:
    assert "\n" not in text_of("articles on one line", TEXTS, 500)
    assert set(text_of("only quotation marks", TEXTS, 500)) == set('“” "')
    assert text_of("quotations left open", TEXTS, 3_000).count("“") > text_of(
        "quotations left open", TEXTS, 3_000
    ).count("”")
    paragraphs = text_of("only quotations", TEXTS, 3_000).split("\n\n")[:-1]
    assert len(paragraphs) > 10
    assert all(paragraph.startswith("“") and paragraph.endswith("”") for paragraph in paragraphs)


@pytest.mark.parametrize(("power", "slowest"), [(1, 10.0), (2, 100.0)])
def test_the_power_by_which_time_grows(power: int, slowest: float) -> None:
    grown = Growth("rules", "articles", ((10_000, 0.01), (100_000, 1.0), (1_000_000, slowest)))
    assert grown.exponent == pytest.approx(power)


def test_one_length_says_nothing_about_growth() -> None:
    assert Growth("rules", "articles", ((10_000, 1.0),)).exponent is None


def test_growth_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    grown = growth.measured("reviewed", "articles", [tmp_path], 50_000)
    assert [length for length, _ in grown.seconds] == [10_000, 50_000]
    assert grown.failed is None


def test_a_system_that_cannot_be_run_is_told_in_the_result(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    assert growth.measured("nobody", "articles", [tmp_path], 10_000).failed == "the process ended with 1"
    capfd.readouterr()

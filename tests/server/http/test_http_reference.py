"""The reference page of HTTP is what the code says today."""

from pathlib import Path

from server.formats import FORMATS
from server.http import reference
from server.problems import PROBLEMS
from server.settings import table

PAGE = Path(__file__).parents[3] / "docs" / "http.md"


def test_the_page_is_made_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page()


def test_every_setting_problem_and_format_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| `")]
    first = [row.split("`")[1] for row in rows]
    assert {name for name, _, _ in table()} <= set(first)
    assert {problem.slug for problem in PROBLEMS} <= set(first)
    assert {format.name for format in FORMATS} <= set(first)
    assert {"/sparql", "/queries", "/queries/{name}", "/metrics"} <= set(first)

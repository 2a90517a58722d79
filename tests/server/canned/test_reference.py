"""The reference page lists every query and is what their headers say today."""

from pathlib import Path

from server.canned import reference
from server.canned.catalogue import Catalogue

PAGE = Path(__file__).parents[3] / "docs" / "queries.md"


def test_the_page_is_made_from_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page()


def test_every_query_has_its_parameters_and_columns_there() -> None:
    sections = dict(part.split("\n", 1) for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:])
    assert list(sections) == [*Catalogue.load().names(), "Adding a query"]
    for query in Catalogue.load():
        for parameter in query.parameters:
            assert f"| `--{parameter.name}` |" in sections[query.name]
        for column in query.columns:
            assert f"| `{column}` |" in sections[query.name]

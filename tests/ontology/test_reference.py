"""The reference page lists every term and is what the ontology says today."""

from pathlib import Path

from ontology import reference, vocabulary

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_is_made_from_the_ontology() -> None:
    assert PAGE.read_text() == reference.page()


def test_every_term_has_an_entry() -> None:
    lines = PAGE.read_text().splitlines()
    entries = {line.split("`")[1] for line in lines if line.startswith(("- `", "- **`"))}
    assert entries == {f"onr:{term.name}" for term in vocabulary.terms()}

"""`onrecord show`: everything on record about a thing, each fact with its sentence and document."""

import json
import re
from pathlib import Path

import pytest

from tests.server.cli.conftest import Run

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.mark.parametrize(
    "name",
    ["Casey Bloys", "casey bloys", "Bloys", "id:person/casey-bloys", "https://w3id.org/onrecord/id/person/casey-bloys"],
)
def test_a_person_is_found_under_any_name(onrecord: Run, name: str) -> None:
    shown = onrecord("show", name)
    assert shown.status == 0
    assert shown.out.startswith("Casey Bloys\n")
    assert "told Variety in June" in " ".join(shown.out.split())
    assert "000_c8ac9c711004a68b, characters " in shown.out


@pytest.mark.parametrize("name", ["ai", "topic:ai", "000_c8ac9c711004a68b", "doc:000_c8ac9c711004a68b", "Netflix"])
def test_topics_documents_and_organizations_can_be_shown(onrecord: Run, name: str) -> None:
    [record, *_] = json.loads(onrecord("show", name, "--format", "json").out)
    assert record["facts"]
    assert all(fact["evidence"] and fact["document"] for fact in record["facts"])


def test_a_fact_can_be_shown(onrecord: Run) -> None:
    [person] = json.loads(onrecord("show", "Casey Bloys", "--format", "json").out)
    iri = person["facts"][0]["iri"]
    [fact] = json.loads(onrecord("show", iri, "--format", "json").out)
    assert fact["iri"] == iri


def test_an_unknown_name_gives_the_nearest(onrecord: Run) -> None:
    failed = onrecord("show", "Casey Blois")
    assert failed.status == 2
    assert "Casey Bloys" in failed.error


def test_postings_that_documents_name_differently_are_one_with_the_reasons(onrecord: Run, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for stem in ("000_c8ac9c711004a68b", "002_cfb221b2a758a226"):
        for source in SEEDS.glob(f"{stem}.*"):
            text = source.read_text(encoding="utf-8")
            (documents / source.name).write_text(re.sub(r"\n      posting: .*", "", text), encoding="utf-8")
    home = tmp_path / "home"
    assert onrecord("build", documents, home=home).status == 0
    rows = json.loads(onrecord("ask", "job-postings", "--employer", "Netflix", "--format", "json", home=home).out)
    assert [(row["title"].casefold(), row["salary_max"], row["sources"]) for row in rows] == [
        ("product manager", 900_000, 2),
        ("technical director", 650_000, 2),
    ]
    shown = [
        onrecord("show", name, home=home).out for name in ("technical director", "technical director for generative AI")
    ]
    assert shown[0] == shown[1]
    assert "title: “technical director” and “technical director for generative AI”, 1.00 alike" in shown[0]
    assert "pay: from 650,000 USD a year and up to 650,000 USD a year" in shown[0]
    assert "(similarity 1, threshold 0.85)" in shown[0]
    assert all(stem in shown[0] for stem in ("000_c8ac9c711004a68b", "002_cfb221b2a758a226"))

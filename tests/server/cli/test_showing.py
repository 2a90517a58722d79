"""`onrecord show`: everything on record about a thing, each fact with its sentence and document."""

import json

import pytest

from tests.server.cli.conftest import Run


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

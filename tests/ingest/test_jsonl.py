import json
from decimal import Decimal

import pytest

from ingest import jsonl
from ingest.document import Document
from ingest.facts import Date, Fact
from ingest.reviewed import ReviewedExtractor


@pytest.fixture
def facts(sample: Document, reviewed: ReviewedExtractor) -> tuple[Fact, ...]:
    return reviewed.extract(sample).facts


def test_a_line_is_read_back_as_the_same_fact(facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        assert jsonl.parse(jsonl.line(fact)) == fact


def test_every_key_is_there_and_null_when_the_document_gives_nothing(facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        record = json.loads(jsonl.line(fact))
        assert set(type(fact).model_fields) <= set(record)
        assert {"start", "end", "exact"} <= set(record["evidence"][0])
        assert list(record)[:2] == ["kind", "source"]
    posting = next(json.loads(jsonl.line(fact)) for fact in facts if fact.kind == "job_posting")
    assert posting["salary_min"] is None
    assert posting["salary_max"] == 90000
    assert posting["confidence"] == 1


def test_numbers_keep_their_digits(facts: tuple[Fact, ...]) -> None:
    line = next(jsonl.line(fact) for fact in facts if fact.kind == "survey_finding")
    assert '"value": 12.50,' in line
    exact = facts[0].model_copy(update={"confidence": Decimal("0.1") + Decimal("0.2")})
    assert '"confidence": 0.3,' in jsonl.line(exact)


def test_a_proposal_is_an_other_event_with_its_class(facts: tuple[Fact, ...]) -> None:
    events = [json.loads(jsonl.line(fact)) for fact in facts if fact.kind == "event"]
    assert [(event["event_kind"], event["event_class"]) for event in events] == [
        ("strike", "strike"),
        ("other", "proposal"),
    ]


def test_other_names_are_plain_and_their_kinds_beside_them(facts: tuple[Fact, ...]) -> None:
    event = next(json.loads(jsonl.line(fact)) for fact in facts if fact.kind == "event")
    assert event["participants"]
    assert all(isinstance(name, str) for name in event["participants"])
    assert event["kinds"].keys() >= set(event["participants"])


@pytest.mark.parametrize(("edtf", "value"), [(None, "in June"), ("2023-06", "2023-06")])
def test_a_date_is_its_value_or_else_its_wording(facts: tuple[Fact, ...], edtf: str | None, value: str) -> None:
    statement = next(fact for fact in facts if fact.kind == "statement")
    dated = statement.model_copy(update={"said_on": Date(wording="in June", edtf=edtf)})
    record = json.loads(jsonl.line(dated))
    assert (record["said_on"], record["said_on_wording"], record["said_on_edtf"]) == (value, "in June", edtf)
    assert jsonl.parse(jsonl.line(dated)) == dated


def test_a_line_is_one_line(facts: tuple[Fact, ...]) -> None:
    assert all("\n" not in jsonl.line(fact) for fact in facts)


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"kind": "event"}', '{"kind": ["event"]}', "1"])
def test_what_is_no_fact_is_an_error(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic's and json's errors have nothing else in common
        jsonl.parse(line)

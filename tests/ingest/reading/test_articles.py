"""Articles in JSON: lines, lists and single objects; each a document; a broken one does not take the others along."""

import json
from pathlib import Path

import pytest

from ingest.document import Metadata
from ingest.reading.articles import read, records
from ingest.reading.kind import Kind
from ingest.reading.records import Record
from ingest.reading.stream import Source
from ontology.errors import InputError

ONE = {
    "id": "a/1",
    "headline": "One",
    "articleBody": "Jo Reed said so.",
    "datePublished": "2024-05-03",
    "byline": "By Al Poe",
}
TWO = {
    "title": "Two",
    "maintext": "No.",
    "source_domain": "post.example",
    "authors": ["Jo"],
    "date_publish": "2024-05-04 10:00",
}
THREE = {"id": "a/1", "content": {"rendered": "<p>One.</p><p>Two.</p>"}, "title": {"rendered": "Three"}}


def _records(data: bytes | str) -> list[Record | InputError]:
    return list(records(Source(Path("a.jsonl"), Kind.JSON, data.encode() if isinstance(data, str) else data)))


def _members(data: bytes | str) -> list[str | None]:
    return [record.member if isinstance(record, Record) else str(record) for record in _records(data)]


LINES = "".join(json.dumps(each) + "\n" for each in (ONE, TWO, THREE))
LIST = json.dumps([ONE, TWO, THREE], indent=2)


@pytest.mark.parametrize(
    "data",
    [
        LINES,
        "\n\n" + LINES.replace("\n", "\r\n\r\n"),
        LIST,
        json.dumps({"status": "ok", "articles": [ONE, TWO, THREE]}),
        "\n".join(json.dumps(each, indent=1) for each in (ONE, TWO, THREE)),
        b"\xef\xbb\xbf" + LINES.encode(),
        LIST.encode("utf-16"),
        LINES.encode("utf-16"),
    ],
)
def test_articles_are_found_in_lines_lists_and_objects(data: bytes | str) -> None:
    found = [record for record in _records(data) if isinstance(record, Record)]
    assert [record.member for record in found] == ["a-1", "2", "a-1-3"]
    readings = [read(record.data, record.place) for record in found]
    assert [reading.text for reading in readings] == ["Jo Reed said so.", "No.", "One.\n\nTwo."]
    assert readings[0].metadata == Metadata("One", ("Al Poe",), published="2024-05-03")
    assert readings[1].metadata == Metadata("Two", ("Jo",), "post.example", "2024-05-04")
    assert readings[2].metadata == Metadata("Three")


def test_one_object_is_the_one_document_of_its_file() -> None:
    assert _members(json.dumps(ONE, indent=2)) == [None]
    assert _members(json.dumps(ONE)) == ["a-1"]


def test_a_record_has_the_bytes_of_its_line() -> None:
    assert [record.data for record in _records(LINES) if isinstance(record, Record)] == LINES.encode().splitlines()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "unclosed', "a.jsonl:2: not JSON: Unterminated string starting at column 10"),
        ("[1, 2]", "a.jsonl:2: not an article: a JSON value, but no object"),
        ('{"title": "no words"}', "a.jsonl:2: no article: no words under any of its keys"),
        ('{"text": " "}', "a.jsonl:2: no article"),
        ("[" * 100_000, "a.jsonl:2: not read: its values are nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "a.jsonl:2: not JSON: Exceeds the limit"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_read(line: str, says: str) -> None:
    found = _members(f"{json.dumps(ONE)}\n{line}\n{json.dumps(TWO)}\n")
    assert (found[0], found[2]) == ("a-1", "2")
    assert str(found[1]).startswith(says)


def test_a_broken_first_line_does_not_take_the_others_along() -> None:
    found = _members('{"text": "unclosed\n' + LINES)
    assert str(found[0]).startswith("a.jsonl:1: not JSON")
    assert found[1:] == ["a-1", "2", "a-1-3"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("words", "not JSON"),
        ("7", "no articles"),
        ('{"name": "a package", "version": "1"}\n{', "not JSON|no article"),
        (json.dumps({"name": "a package", "items": {}}, indent=1), "no articles"),
        ("[" * 100_000, "nested too deeply"),
        (b"{\0}", "NUL|not JSON"),
    ],
)
def test_a_file_without_articles_is_refused_or_told(data: bytes | str, says: str) -> None:
    import re

    try:
        found = _records(data)
    except InputError as error:
        found = [error]
    assert found
    assert all(isinstance(each, InputError) and re.search(says, str(each)) for each in found)


def test_halves_of_pairs_and_nul_in_a_string_do_no_harm() -> None:
    (record,) = _records('{"text": "a \\ud800 b"}\n')
    assert isinstance(record, Record)
    assert read(record.data, "a").text == "a \ud800 b"

"""All documents of a corpus by file, member and name: unique, in a fixed order, each read when it is asked for."""

import json
from pathlib import Path

import pytest

from ingest.reading.inventory import Entry, inventory, read_again
from ingest.reading.reader import document, read_single
from ontology.errors import InputError
from tests.ingest.reading.made import page, pdf, warc


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = [{"text": "One."}, {"text": "Two.", "id": "b"}, {"words": "none"}, {"text": "Three."}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (tmp_path / "a-1.txt").write_text("A text whose name a member might have.")
    (tmp_path / "page.html").write_text(page())
    (tmp_path / "print.pdf").write_bytes(pdf([["Printed."]]))
    (tmp_path / "web.warc.gz").write_bytes(warc([("https://a.example/", "text/html", page().encode())]))
    (tmp_path / "broken.json").write_text("{")
    return tmp_path


def _inventory(*paths: object, **given: object) -> tuple[list[Entry], list[str]]:
    faults: list[InputError] = []
    found = inventory([str(path) for path in paths], faults.append, **given)  # type: ignore[arg-type]
    return list(found), [str(fault) for fault in faults]


def test_every_document_has_a_name_of_its_own_and_broken_ones_are_told(corpus: Path) -> None:
    entries, faults = _inventory(corpus)
    assert [(entry.path.name, entry.member, entry.name) for entry in entries] == [
        ("a-1.txt", None, "a-1"),
        ("a.jsonl", "1", "a-1-2"),
        ("a.jsonl", "b", "a-b"),
        ("a.jsonl", "3", "a-3"),
        ("page.html", None, "page"),
        ("print.pdf", None, "print"),
        ("web.warc.gz", "1", "web-1"),
    ]
    assert [fault.partition(": ")[0] for fault in faults] == [f"{corpus}/a.jsonl:3", f"{corpus}/broken.json"]
    assert _inventory(corpus / "*.*")[0] == entries


def test_entries_are_read_again_one_by_one(corpus: Path) -> None:
    entries, _ = _inventory(corpus)
    faults: list[InputError] = []
    wanted = [entry for entry in entries if entry.name in ("a-b", "page", "web-1")]
    documents = [document(record, entry.name) for entry, record in read_again(wanted, faults.append)]
    assert [(each.name, each.member, each.media_type) for each in documents] == [
        ("a-b", "b", "application/json"),
        ("page", None, "text/html"),
        ("web-1", "1", "text/html"),
    ]
    assert documents[0].source == "a.jsonl#b"
    assert documents[1].text == documents[2].text
    assert not faults


def test_what_has_gone_in_between_is_told(corpus: Path) -> None:
    entries, _ = _inventory(corpus)
    (corpus / "a.jsonl").write_text('{"text": "One."}\n')
    (corpus / "page.html").unlink()
    faults: list[InputError] = []
    again = [entry.name for entry, _ in read_again(entries, faults.append)]
    assert again == ["a-1", "a-1-2", "print", "web-1"]
    assert [str(fault) for fault in faults] == [
        f"{corpus}/a.jsonl#b: is no longer there",
        f"{corpus}/a.jsonl#3: is no longer there",
        f"{corpus}/page.html: there is no such file",
    ]


@pytest.mark.parametrize(
    ("data", "names"),
    [(page().encode(), ["stdin"]), (b"Words.", ["stdin"]), (b'{"text": "a"}\n{"text": "b"}', ["stdin-1", "stdin-2"])],
)
def test_standard_input_is_of_the_kind_that_it_looks_like(data: bytes, names: list[str]) -> None:
    entries, faults = _inventory("-", standard_input=lambda: data)
    assert ([entry.name for entry in entries], faults) == (names, [])
    documents = [document(record, entry.name) for entry, record in read_again(entries, pytest.fail)]
    assert {each.source.partition("#")[0] for each in documents} == {"stdin"}


def test_standard_input_must_be_there_to_be_read() -> None:
    assert _inventory("-") == ([], ["-: there is no standard input to read"])


def test_a_single_document_is_not_one_of_several(corpus: Path) -> None:
    with pytest.raises(InputError, match="holds several documents"):
        read_single(corpus / "a.jsonl", "a")
    assert read_single(corpus / "page.html", "page").name == "page"

"""Whatever bytes a file of any kind holds: a document whose spans lie in its text, or an error with its place."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading.kind import Kind
from ingest.reading.reader import document
from ingest.reading.records import Record, records
from ingest.reading.stream import Source, of_bytes
from ontology.errors import InputError
from tests.ingest.reading.made import LINKED, TAGS, page, warc

WHOLE = {
    Kind.TEXT: "Title: A\nDate: 2024-05-03\n\nWords.\nAdvertisement\n“More”\u00a0words.".encode(),
    Kind.MARKDOWN: b"---\ntitle: A\ndate: 2024-05-03\n---\n# A\n\nWords.",
    Kind.HTML: page(LINKED + TAGS).encode(),
    Kind.JSON: b'{"title": "A", "text": "<p>Words.</p>", "date": "2024-05-03"}\n[{"text": "a"}]\n{"content": "b"}',
    Kind.WARC: warc([("https://a.example/", "text/html", page(TAGS).encode())], packed=False),
}
"""A whole file of each kind that is read in this process, to be damaged."""


def _check(source: Source) -> None:
    with suppress(InputError):
        for number, record in enumerate(records(source)):
            if isinstance(record, InputError):
                assert record.place is not None
                continue
            with suppress(InputError):
                found = document(record, f"a-{number}")
                assert found.text.strip()
                assert found.text.encode()
                edges = [edge for span in found.boilerplate for edge in span]
                assert edges == sorted(set(edges))
                assert all(0 <= edge <= len(found.text) for edge in edges)
                assert len(found.sha256) == 64


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_a_document(kind: Kind) -> None:
    first = next(iter(records(Source(Path("a"), kind, WHOLE[kind]))))
    assert isinstance(first, Record)
    found = document(first, "a")
    assert "ords" in found.text or "Harbor" in found.text
    assert found.metadata.published in ("2024-05-03", None)


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(kind: Kind, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged)))
        damaged[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=12))
    _check(Source(Path("a"), kind, bytes(damaged)))


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None)
@given(data=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(kind: Kind, data: bytes) -> None:
    _check(Source(Path("a"), kind, data))


@settings(max_examples=100, deadline=None)
@given(data=st.binary() | st.text().map(str.encode))
def test_any_standard_input_is_read_or_refused(data: bytes) -> None:
    with suppress(InputError):
        source = of_bytes(data)
        if source.kind is not Kind.PDF:
            _check(source)


def test_boilerplate_is_marked_and_stays() -> None:
    data = b"top of page\nWords.\nShare this article\n\n3 comments\nMore."
    found = document(Record(Path("a.txt"), None, Kind.TEXT, data), "a")
    assert found.text.encode() == data
    assert [found.text[start:end] for start, end in found.boilerplate] == [
        "top of page",
        "Share this article\n\n3 comments",
    ]

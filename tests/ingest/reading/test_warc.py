"""Web archives: each page is a document with its address; what is no page is passed over; traps are bounded."""

import gzip
from pathlib import Path

import pytest

from ingest.reading.kind import Kind
from ingest.reading.records import Record
from ingest.reading.stream import Source
from ingest.reading.warc import records
from ontology.errors import InputError
from tests.ingest.reading.made import page, warc

RESPONSES = [
    ("https://post.example/a", "text/html; charset=windows-1252", "<p>The café said no.</p>".encode("cp1252")),
    ("https://post.example/a.png", "image/png", b"\x89PNG"),
    ("https://post.example/b", "application/xhtml+xml", page().encode()),
]


def _records(data: bytes) -> list[Record | InputError]:
    return list(records(Source(Path("a.warc.gz"), Kind.WARC, data)))


@pytest.mark.parametrize(
    "data", [warc(RESPONSES), warc(RESPONSES, packed=False), gzip.compress(warc(RESPONSES, False), mtime=0)]
)
def test_each_page_is_a_record_with_its_address(data: bytes) -> None:
    first, second = _records(data)
    assert isinstance(first, Record)
    assert (first.member, first.url, first.charset) == ("1", "https://post.example/a", "windows-1252")
    assert first.data == RESPONSES[0][2]
    assert isinstance(second, Record)
    assert (second.member, second.kind, second.charset) == ("2", Kind.HTML, None)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no pages"),
        (b"words\r\n\r\n", "not a whole WARC file"),
        (warc([RESPONSES[1]]), "no pages"),
        (warc(RESPONSES)[:-200], "not a whole"),
    ],
)
def test_what_is_no_archive_of_pages_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        _records(data)
    assert error.value.place == "a.warc.gz"


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_not_read_on() -> None:
    bomb = gzip.compress(warc([("https://post.example/", "text/html", bytes(150 * 2**20))], packed=False), mtime=0)
    with pytest.raises(InputError, match="far more than its size") as error:
        _records(bomb)
    assert error.value.place == "a.warc.gz"


def test_a_page_that_is_too_large_is_told_and_the_next_is_read() -> None:
    large = ("https://post.example/", "text/html", b"x" * (65 * 2**20))
    first, second = _records(warc([large, RESPONSES[0]], packed=False))
    assert "larger than what is read as one" in str(first)
    assert isinstance(second, Record)
    assert second.member == "2"

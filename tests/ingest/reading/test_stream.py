"""Files as streams: packed or not, bounded, of a kind by their name or by their first bytes."""

import gzip
import io
from pathlib import Path

import pytest

from ingest.reading import stream as streams
from ingest.reading.kind import SUFFIXES, Kind, kind_of, sniff, stem, suffix
from ingest.reading.stream import STANDARD_INPUT, Source, bounded, of_bytes, of_file
from ontology.errors import InputError
from tests.ingest.reading.made import page, pdf, warc


@pytest.mark.parametrize("ending", SUFFIXES)
def test_every_suffix_says_its_kind_in_any_case(ending: str) -> None:
    for path in (Path(f"a.b{ending}"), Path(f"A.B{ending.upper()}")):
        assert kind_of(path) is SUFFIXES[ending]
        assert suffix(path) == ending
        assert stem(path).lower() == "a.b"


@pytest.mark.parametrize("name", ["a", "a.gz", "a.pdf.gz", "a.yaml", "a.docx", ".txt", "stdin"])
def test_other_names_are_of_no_kind(name: str) -> None:
    assert kind_of(Path(name)) is None
    with pytest.raises(InputError, match="not a kind of file"):
        of_file(Path(name))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Words.", Kind.TEXT),
        (b"", Kind.TEXT),
        (b"The tag <p> means a paragraph. <html>", Kind.TEXT),
        (b"[Music plays] Jo: Hello.", Kind.TEXT),
        (b"{curly} words", Kind.TEXT),
        (page().encode(), Kind.HTML),
        (b"\xef\xbb\xbf\n" + page().encode(), Kind.HTML),
        (page().encode("utf-16"), Kind.HTML),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", Kind.HTML),
        (b'\n{"text": "a"}\n', Kind.JSON),
        (b'[\n {"text": "a"}]', Kind.JSON),
        (pdf([["a"]]), Kind.PDF),
        (warc([], packed=False), Kind.WARC),
        (warc([]), Kind.WARC),
        (gzip.compress(b"Words.", mtime=0), Kind.TEXT),
    ],
)
def test_bytes_without_a_name_are_of_the_kind_that_they_look_like(data: bytes, kind: Kind) -> None:
    source = of_bytes(data)
    assert (source.kind, source.path) == (kind, STANDARD_INPUT)
    assert kind is sniff(source.read())


def test_packed_files_are_unpacked_whatever_they_are_called(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "a.txt"):
        (tmp_path / name).write_bytes(gzip.compress(b"Words.", mtime=0) + gzip.compress(b" More.", mtime=0))
        assert of_file(tmp_path / name).read() == b"Words. More."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(b"Words." * 99, mtime=0)[:-9], "not a whole gzip file"),
        (gzip.compress(b"Words.", mtime=0) + b"more", "not a whole gzip file"),
        (b"\x1f\x8b" + bytes(20), "not a whole gzip file"),
        (gzip.compress(bytes(100 * 2**20), mtime=0), "larger than what is read as one|far more than its size"),
    ],
)
def test_packed_files_that_are_broken_or_bombs_are_refused(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as error:
        of_file(path).read()
    assert error.value.place == str(path)


def test_what_unpacks_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SMALLEST_BOUND", 1000)
    source = Source(Path("a.jsonl.gz"), Kind.JSON, gzip.compress(bytes(2**20), mtime=0))
    with source.open() as stream, pytest.raises(InputError, match="far more than its size"):
        stream.read()


def test_a_stream_that_is_larger_than_its_bound_is_refused() -> None:
    assert bounded(io.BytesIO(b"12345"), "a.txt", 5) == b"12345"
    with pytest.raises(InputError, match="larger than what is read as one"):
        bounded(io.BytesIO(b"123456"), "a.txt", 5)

from pathlib import Path

import pytest

from ingest.document import annotation_path, discover, read, short_name, short_names
from ontology.errors import InputError


def _write(path: Path, data: bytes = b"words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_the_text_is_what_the_bytes_decode_to(tmp_path: Path) -> None:
    data = "\ufeffone\r\ntwo\u00a0three 🎬\n".encode()
    document = read(_write(tmp_path / "a.txt", data))
    assert document.text.encode() == data
    assert (document.name, document.source, document.encoding) == ("a", "a.txt", "utf-8")
    assert document.holds(6, 9, "two")
    assert not document.holds(6, 9, "one")
    assert not document.holds(0, 999, "")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "there is only white space"),
        (
            bytes(range(1, 256)),
            "not text in UTF-8 or any other encoding that can be recognised: byte 0x80 at offset 127",
        ),
        (b"%PDF\0\0", "a NUL character at offset 4"),
        (b"%PDF\xff\0", "a NUL byte at offset 5"),
        (b"a\x01\x02b\x03\x04", "4 control characters, the first at 1"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_its_fault(tmp_path: Path, data: bytes, message: str) -> None:
    path = _write(tmp_path / "bad.txt", data)
    with pytest.raises(InputError) as error:
        read(path)
    assert message in error.value.message
    assert error.value.place == str(path)


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")
    (tmp_path / "directory.txt").mkdir()
    with pytest.raises(InputError, match="a directory"):
        read(tmp_path / "directory.txt")


def test_directories_files_and_patterns_are_found_once_and_sorted(tmp_path: Path) -> None:
    b, a, deep = (_write(tmp_path / name) for name in ("b.txt", "a.md", "deep/c.txt"))
    _write(tmp_path / "a.yaml")
    _write(tmp_path / "README")
    _write(tmp_path / ".hidden" / "d.txt")
    assert discover([tmp_path]) == [a, b, deep]
    assert discover([b, str(tmp_path / "*.txt"), a]) == [a, b]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty", "no documents"),
        ("none.txt", "no such file or directory"),
        ("*.txt", "no such"),
        ("a.yaml", "not a kind"),
    ],
)
def test_what_holds_no_document_is_an_error(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    _write(tmp_path / "a.yaml")
    with pytest.raises(InputError, match=message):
        discover([tmp_path / name])


def test_short_names_are_the_stem_or_its_slug() -> None:
    assert short_name(Path("x/000_c8ac.txt")) == "000_c8ac"
    assert short_name(Path("Ünder the sea.txt")) == "under-the-sea"


def test_directories_tell_documents_of_one_name_apart() -> None:
    paths = [Path("/n/a/x.txt"), Path("/n/b/x.txt"), Path("/m/a/x.txt"), Path("/m/y.txt")]
    assert list(short_names(paths).values()) == ["n-a-x", "b-x", "m-a-x", "y"]


def test_the_suffix_tells_documents_of_one_name_and_directory_apart() -> None:
    paths = [Path("/a/x.txt"), Path("/a/x.md"), Path("/b/x.html.gz"), Path("/a/y.pdf")]
    assert list(short_names(paths).values()) == ["x-txt", "x-md", "x", "y"]


def test_documents_that_nothing_tells_apart_are_an_error() -> None:
    with pytest.raises(InputError, match="short name"):
        short_names([Path("/a/x.txt"), Path("/a/x.TXT")])


def test_the_parts_that_a_browser_saves_beside_a_page_are_no_documents(tmp_path: Path) -> None:
    page, apart = _write(tmp_path / "page.html"), _write(tmp_path / "case_files" / "brief.html")
    _write(tmp_path / "page_files" / "frame" / "advertisement.html")
    assert discover([tmp_path]) == [apart, page]


def test_an_annotation_has_the_name_of_its_document_or_of_its_file(tmp_path: Path) -> None:
    assert annotation_path(tmp_path / "page.html.gz") == tmp_path / "page.yaml"
    assert annotation_path(tmp_path / "articles.jsonl", "3") == tmp_path / "articles-3.yaml"
    whole = _write(tmp_path / "page.html.yaml")
    assert annotation_path(tmp_path / "page.html") == whole
    assert annotation_path(tmp_path / "page.pdf") == tmp_path / "page.yaml"

from pathlib import Path

import pytest

from ingest.document import discover, read, short_name, short_names
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
        (b" \n\t", "only white space"),
        (b"caf\xe9 au lait", "not UTF-8 text: byte 0xe9 at offset 3"),
        (b"%PDF\0\0", "a NUL character at offset 4"),
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
    with pytest.raises(InputError, match="a directory"):
        read(tmp_path)


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


def test_documents_that_only_the_suffix_tells_apart_are_an_error() -> None:
    with pytest.raises(InputError, match="short name"):
        short_names([Path("/a/x.txt"), Path("/a/x.md")])

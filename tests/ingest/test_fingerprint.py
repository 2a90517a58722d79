from pathlib import Path

import pytest

from ingest.fingerprint import fingerprint, program_digest
from ingest.reading.inventory import Entry
from ingest.reading.stream import of_file
from ontology.errors import InputError


def _key(
    path: Path,
    name: str = "a",
    extractors: tuple[str, ...] = ("reviewed",),
    base: str = "https://x/",
    member: str | None = None,
    digest: str | None = None,
) -> str:
    return fingerprint(Entry(of_file(path), member, name, digest), extractors=extractors, base=base)


def test_the_key_follows_everything_that_a_graph_is_made_from(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    keys = [
        _key(path),
        _key(path, name="b"),
        _key(path, extractors=("reviewed", "rules")),
        _key(path, base="https://y/"),
    ]
    path.with_suffix(".yaml").write_text("")
    keys.append(_key(path))
    path.with_suffix(".yaml").write_text("facts: []")
    keys.append(_key(path))
    path.write_text("two")
    keys.append(_key(path))
    assert len(set(keys)) == len(keys)
    assert _key(path) == keys[-1]


def test_the_key_of_a_member_follows_its_own_bytes_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("one")
    before = _key(path, member="1", digest="0" * 64)
    path.write_text("two")
    assert _key(path, member="1", digest="0" * 64) == before
    assert len({before, _key(path, member="1", digest="1" * 64), _key(path, member="2", digest="0" * 64)}) == 3


def test_the_program_is_part_of_the_key() -> None:
    assert len(program_digest()) == 64


def test_a_missing_document_has_no_key(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        _key(tmp_path / "none.txt")

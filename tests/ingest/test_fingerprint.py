from pathlib import Path

import pytest

from ingest.fingerprint import fingerprint, program_digest
from ontology.errors import InputError


def _key(path: Path, name: str = "a", extractors: tuple[str, ...] = ("reviewed",), base: str = "https://x/") -> str:
    return fingerprint(path, name=name, extractors=extractors, base=base)


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


def test_the_program_is_part_of_the_key() -> None:
    assert len(program_digest()) == 64


def test_a_missing_document_has_no_key(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        _key(tmp_path / "none.txt")

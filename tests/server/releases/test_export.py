from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from ontology.errors import InputError
from server.releases.export import FORMATS, MERGED, export
from server.releases.release import Release

if TYPE_CHECKING:
    from tests.server.conftest import Record

DEFAULT = DefaultGraph()
SPEAKER = NamedNode("https://example.org/record/id/person/ann")
SENTENCE = "“Two lines,\r\n\tone\rquotation” & <more>"


@pytest.fixture
def release(record: Record) -> Release:
    documents = (record.contribution(name, record.statement(name, 0, SPEAKER, "Ann", SENTENCE)) for name in ("a", "b"))
    return record.release(*documents)


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_was_exported_reads_back_as_what_the_store_holds(release: Release, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"record.{suffix}"
    size = export(release, file)
    read = list(parse(path=str(file), format=FORMATS[suffix]))
    store = release.open()
    if FORMATS[suffix] in MERGED:
        assert {quad.triple for quad in read} == {
            quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)
        }
    else:
        assert set(read) == {quad for quad in store if quad.graph_name != DEFAULT}
    assert size == len(read)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_compressed_file_holds_the_same_and_is_the_same_every_time(
    release: Release, tmp_path: Path, suffix: str
) -> None:
    names = [f"one.{suffix}", f"one.{suffix}.gz", f"two.{suffix}.GZ"]
    for name in names:
        export(release, tmp_path / name)
    plain, packed, again = ((tmp_path / name).read_bytes() for name in names)
    assert packed == again
    assert gzip.decompress(packed) == plain


def test_lines_are_sorted_and_graphs_are_named(release: Release, tmp_path: Path) -> None:
    export(release, tmp_path / "record.nq")
    found = (tmp_path / "record.nq").read_bytes().splitlines(keepends=True)
    assert found == sorted(found)
    assert all(quad.graph_name != DEFAULT for quad in parse(b"".join(found), format=RdfFormat.N_QUADS))


def test_turtle_uses_the_prefixes_of_the_record(release: Release, tmp_path: Path) -> None:
    export(release, tmp_path / "record.ttl")
    text = (tmp_path / "record.ttl").read_text()
    assert "@prefix onr: <https://w3id.org/onrecord/ontology#>" in text
    assert "@prefix id: <https://example.org/record/id/>" in text
    assert "onr:Statement" in text


def test_json_ld_is_compact_under_the_base_of_the_record(release: Release, tmp_path: Path) -> None:
    export(release, tmp_path / "record.jsonld")
    found = json.loads((tmp_path / "record.jsonld").read_text(encoding="utf-8"))
    assert found["@context"]["@base"] == "https://example.org/record/"
    (ann,) = [node for node in found["@graph"] if node["id"] == "id/person/ann"]
    assert ann["name"] == "Ann"
    assert "Actor" in ann["type"]


@pytest.mark.parametrize("name", ["record", "record.txt", "record.gz", "record.ttl.zip"])
def test_an_unknown_suffix_is_refused_and_the_known_ones_are_listed(
    release: Release, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InputError, match=r"\.ttl \.nt \.nq \.trig \.jsonld \.rdf"):
        export(release, tmp_path / name)
    assert list(tmp_path.glob("record*")) == []


def test_a_directory_that_does_not_exist_is_an_input_error(release: Release, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        export(release, tmp_path / "nowhere" / "record.ttl")


def test_no_half_file_is_left_when_the_release_is_damaged(release: Release, tmp_path: Path) -> None:
    release.store_path.rename(release.path / "elsewhere")
    with pytest.raises(Exception, match="store cannot be opened"):
        export(release, tmp_path / "record.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]

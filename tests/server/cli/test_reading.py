"""Files as people have them, from the command line to a release: mixed kinds, standard input, broken files."""

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from server.releases.release import Home
from tests.ingest.reading.made import LINKED, page, pdf, warc
from tests.server.cli.conftest import Run

SAID = "“The strike goes on until there is a deal,” Mara Quill, president of the union, told reporters on Friday."
SAID_ON_PAPER = [
    "“The strike goes on until there is a deal,” Mara Quill, president of the",
    "union, told reporters on Friday.",
]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A document of every kind, and a broken one of every kind."""
    directory = tmp_path / "corpus"
    (directory / "deep" / "deeper").mkdir(parents=True)
    lines = [{"id": "one", "text": SAID, "date": "2024-05-03"}, {"id": "two", "content": f"<p>{SAID}</p>"}]
    files = {
        "text.txt": SAID.encode(),
        "western.txt": SAID.encode("cp1252"),
        "marked.md": f"---\ntitle: A strike\n---\n{SAID}\n".encode(),
        "page.html": page(LINKED).encode(),
        "chinese.html": page(charset="gb2312").encode("gb18030"),
        "packed.htm.gz": gzip.compress(page().encode("utf-16")),
        "print.pdf": pdf([SAID_ON_PAPER]),
        "deep/deeper/web.warc.gz": warc([("https://a.example/1", "text/html", page().encode())] * 2),
        "articles.jsonl": "".join(f"{json.dumps(each)}\n" for each in lines).encode() + b'{"text": \n',
        "broken.txt": b"\x00\x01",
        "broken.html": b"<p></p>",
        "broken.pdf": b"%PDF-1.4",
        "broken.warc": b"WARC/1.0",
        "broken.json": b"[[",
        "broken.txt.gz": b"\x1f\x8b",
    }
    for name, data in files.items():
        (directory / name).write_bytes(data)
    return directory


NAMES = [
    "articles-one", "articles-two", "chinese", "marked", "packed", "page", "print", "text", "web-1", "web-2", "western",
]  # fmt: skip
BROKEN = ["articles.jsonl:3", "broken.html", "broken.json", "broken.pdf", "broken.txt", "broken.txt.gz", "broken.warc"]


def test_every_kind_becomes_a_document_and_what_is_broken_is_told(onrecord: Run, corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    built = onrecord("build", corpus, "--extractor", "rules", home=home)
    assert built.status == 0
    assert "documents  11 (7 skipped)" in built.out
    told = sorted(line.removeprefix(f"{corpus}/").split(": ")[0] for line in built.err.splitlines())
    assert told == BROKEN
    release = Home(home).current()
    assert release is not None
    assert [entry.name for entry in release.manifest.documents] == NAMES
    for entry in release.manifest.documents:
        assert "Mara Quill" in release.text(entry.name)
        assert entry.facts > 0
    listed = {
        row["document"]: row for row in json.loads(onrecord("ask", "documents", "--format", "json", home=home).out)
    }
    assert listed["page"] | {"facts": 0, "statements": 0} == {
        "document": "page",
        "title": "Harbor Lines hires a pilot",
        "author": "Al Poe; Jo Reed",
        "publisher": "The Tidewater Post",
        "date": "2024-05-03",
        "facts": 0,
        "statements": 0,
    }
    assert listed["articles-one"]["date"] == "2024-05-03"
    again = onrecord("build", corpus, "--extractor", "rules", home=home)
    assert "documents  11 (11 unchanged, 7 skipped)" in again.out
    assert again.err == built.err


def test_facts_of_every_kind_stand_in_the_text_that_the_release_keeps(
    onrecord: Run, corpus: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    assert onrecord("build", corpus, home=home).status == 0
    release = Home(home).current()
    assert release is not None
    extracted = onrecord("extract", corpus, "--extractor", "rules", "--jobs", 2)
    assert sorted(line.removeprefix(f"{corpus}/").split(": ")[0] for line in extracted.err.splitlines()) == BROKEN
    sources = {
        f"{Path(entry.source).name}#{entry.member}" if entry.member else Path(entry.source).name: entry.name
        for entry in release.manifest.documents
    }
    facts = [json.loads(line) for line in extracted.out.splitlines()]
    assert {fact["source"] for fact in facts} == set(sources)
    for fact in facts:
        text = release.text(sources[fact["source"]])
        assert all(text[part["start"] : part["end"]] == part["exact"] for part in fact["evidence"])


@pytest.mark.parametrize(
    "data", [SAID.encode(), page().encode(), json.dumps({"text": SAID}).encode(), pdf([SAID_ON_PAPER])]
)
def test_standard_input_of_any_kind_is_read(process: Process, data: bytes) -> None:
    done = process("extract", "-", "--extractor", "rules", input=data)
    assert (done.returncode, done.stderr) == (0, b"")
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(fact["kind"] == "statement" and fact["speaker"]["name"] == "Mara Quill" for fact in facts)
    assert {fact["source"].partition("#")[0] for fact in facts} == {"stdin"}


def test_a_release_is_built_from_standard_input(process: Process, tmp_path: Path) -> None:
    built = process("--home", str(tmp_path / "home"), "build", "-", "--extractor", "rules", input=page(LINKED).encode())
    assert (built.returncode, built.stderr) == (0, b"")
    release = Home(tmp_path / "home").current()
    assert release is not None
    assert [(entry.name, entry.source) for entry in release.manifest.documents] == [("stdin", "stdin")]


def test_where_nothing_can_be_read_one_line_says_why(onrecord: Run, corpus: Path, seeds_home: Path) -> None:
    before = Home(seeds_home).current()
    broken = sorted(corpus.glob("broken.*"))
    for command in ("build", "extract"):
        failed = onrecord(command, *broken, "--extractor", "rules")
        assert failed.status == 2
        assert failed.error.startswith(f"{corpus}/broken.json: not JSON: Expecting value at column 3 (and 5 more")
    assert Home(seeds_home).current() == before


def test_standard_input_that_is_empty_is_named(process: Process) -> None:
    failed = process("extract", "-")
    assert (failed.returncode, failed.stdout) == (2, b"")
    assert failed.stderr == b"onrecord: stdin: the file is empty\n"

"""A document that shares its file with others has a review of its own, and a key that follows its own words alone."""

import json
from pathlib import Path

from ingest.engine import run
from ingest.fingerprint import fingerprint
from ingest.plan import Plan
from ingest.reading.inventory import Entry, inventory
from ingest.reading.reader import document
from ingest.reading.records import records

EVENT = "Deckhands of Harbor Lines went on strike."
REVIEW = """document: articles.jsonl#{member}
sha256: {sha256}
reviewed: {{by: Ada, on: 2024-06-01}}
actors: [{{name: deckhands, kind: group}}]
facts:
  - event: {{sentence: {sentence}, event_kind: strike, label: deckhands' strike, participants: [deckhands]}}
"""


def _inventory(file: Path) -> dict[str, Entry]:
    faults: list[object] = []
    entries = inventory([file], faults.append)
    assert not faults
    return {entry.name: entry for entry in entries}


def _keys(file: Path) -> dict[str, str]:
    found = _inventory(file).items()
    return {name: fingerprint(entry, extractors=("reviewed",), base="https://a.example/") for name, entry in found}


def test_a_review_belongs_to_one_member(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(f"{json.dumps({'text': f'{EVENT} {n}'})}\n" for n in range(3)))
    before = _keys(file)
    second = _inventory(file)["articles-2"]
    (sha256,) = (document(each, "").sha256 for each in records(second.source) if each.member == "2")
    (tmp_path / "articles-2.yaml").write_text(REVIEW.format(member="2", sha256=sha256, sentence=EVENT))
    graphs = list(run({file: "articles"}, Plan(("reviewed",))))
    assert {graph.document.name: len(graph.facts) for graph in graphs} == {
        "articles-1": 0,
        "articles-2": 1,
        "articles-3": 0,
    }
    assert graphs[1].facts[0].source == "articles.jsonl#2"
    after = _keys(file)
    assert {name for name in before if before[name] != after[name]} == {"articles-2"}

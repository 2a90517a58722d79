"""What people read, a model may say: in the same words, it gets through and means the same."""

import json
from collections import Counter
from pathlib import Path

from ingest.document import Document
from ingest.facts import Date, Fact, Name, Part, Statement
from ingest.llm import answer
from ingest.llm.evidence import Rejected
from ingest.llm.grounding import KINDS, Grounding
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

ROOT = Path(__file__).parents[3]
ARTICLES = [
    *sorted((ROOT / "seeds").glob("*.txt")),
    *sorted((ROOT / "tests" / "reading" / "articles").glob("*.txt"))[::3],
]
AUTHORITY, TOPICS = Authority.load(Base()), Topics.load(Base())
KEYS = {
    Part.SENTENCE: "sentence",
    Part.SOURCE: "source",
    Part.CUE: "cue",
    Part.CONTENT: "content",
    Part.QUOTATION: "quote",
    Part.VALUE: "value",
}


def candidate(fact: Fact) -> answer.Candidate:
    """A reviewed fact as a model would write it."""
    given = {key: [s.exact for s in fact.parts(part)] for part, key in KEYS.items()} | {"kind": fact.kind}
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        if isinstance(value, tuple) and value and isinstance(value[0], Name):
            given[key] = [name.model_dump(mode="json") for name in value]
        elif isinstance(value, Name | Date):
            given[key] = value.model_dump(mode="json")
        elif isinstance(value, str) and key not in (*given, "source", "rule", "extractor"):
            given[key] = str(value)
    (found,) = answer.read(json.dumps({"facts": [given]})).candidates
    return found


def test_reviewed_facts_get_through_and_stay_what_they_are() -> None:
    counted: Counter[str] = Counter()
    for path in ARTICLES:
        data = path.read_bytes()
        document = Document(path.stem, path, data, data.decode())
        grounding = Grounding(document, AUTHORITY, TOPICS, "rule")
        for fact in ReviewedExtractor(AUTHORITY, TOPICS).extract(document).facts:
            if fact.kind not in KINDS:
                continue
            counted["facts"] += 1
            try:
                read = grounding.fact(candidate(fact), [(0, len(document.text))]).fact
            except Rejected:
                continue
            counted["grounded"] += 1
            assert all(document.holds(s.start, s.end, s.exact) for s in read.evidence)
            if isinstance(fact, Statement) and isinstance(read, Statement):
                counted["statements"] += 1
                counted["modes"] += fact.mode == read.mode
                counted["contents"] += fact.parts(Part.CONTENT) == read.parts(Part.CONTENT)
    assert counted["facts"] > 500
    assert counted["grounded"] >= 0.96 * counted["facts"]
    assert counted["modes"] >= 0.98 * counted["statements"]
    assert counted["contents"] >= 0.96 * counted["statements"]

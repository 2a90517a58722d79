"""Whatever a model answers, nothing fails, and nothing gets through that the document does not hold."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.fact_keys import readings
from ingest.facts import Fact, JobPosting, Name
from ingest.llm import answer
from ingest.llm.evidence import Rejected
from ingest.llm.grounding import KINDS, Grounding
from ingest.llm.introduction import declarations, with_full_names
from ingest.llm.overlap import PieceFact, distinct
from ontology.authority import Authority
from ontology.names import fold
from ontology.namespaces import Base
from ontology.topics import Topics

TEXT = (
    "Mara Quill, chair of the Guild, told Netflix on Friday: “We sail,” she said. “Now.” Pay is $300 to $400 a day.\n"
    "‘No,’ said Ada Reader; 62% of 1,200 sailors use AutoHelm.\n\nNobody\u00a0sails — “half\nof it”."
)
DOCUMENT = Document("ships", Path("ships.txt"), TEXT.encode(), TEXT)
AUTHORITY = Authority.load(Base())
GROUNDING = Grounding(DOCUMENT, AUTHORITY, Topics.load(Base()), "rule")

CUTS = st.tuples(st.integers(0, len(TEXT)), st.integers(1, 60)).map(lambda cut: TEXT[cut[0] : cut[0] + cut[1]])
LINES = st.sampled_from([line for line in TEXT.splitlines() if line])
WORDS = CUTS | LINES | st.sampled_from(TEXT.split()) | st.sampled_from(["Mara Quill", "62%", "person", "ai", "strike"])
NAMES = WORDS | st.fixed_dictionaries({"name": WORDS, "kind": WORDS | st.just("person")})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | WORDS, inner, max_size=3),
    max_leaves=8,
)
KEYS = sorted({key for kind in KINDS for key in readings(kind)} | {"label", "count", "value"})
CANDIDATES = st.builds(
    lambda kind, sentence, keys: {**keys, "kind": kind, "sentence": sentence},
    st.sampled_from(KINDS),
    LINES | st.lists(LINES, max_size=2) | CUTS | JSON,
    st.dictionaries(st.sampled_from(KEYS), NAMES | st.lists(NAMES, max_size=2) | JSON, max_size=8),
)


def check(fact: Fact) -> None:
    """Everything that a fact says stands in the document."""
    assert all(DOCUMENT.holds(s.start, s.end, s.exact) for s in fact.evidence)
    folded = fold(TEXT)
    for key in type(fact).model_fields:
        value = getattr(fact, key)
        for name in value if isinstance(value, tuple) else (value,):
            if isinstance(name, Name):
                assert fold(name.name) in folded
    for key in ("role", "affiliation", "employer", "title", "location", "finding", "technology", "by", "developer"):
        words = getattr(fact, key, None)
        assert words is None or " ".join(words.split()) in " ".join(TEXT.split())
    if isinstance(fact, JobPosting) and fact.has_pay:
        assert str(fact.salary_max or fact.salary_min) in (fact.wording or "").replace(",", "")


@settings(max_examples=300, deadline=None)
@given(st.lists(CANDIDATES, max_size=3))
def test_whatever_gets_through_is_grounded(candidates: list[dict[str, Any]]) -> None:
    read = answer.read(json.dumps({"facts": candidates}))
    found = []
    for candidate in read.candidates:
        with suppress(Rejected):
            found.append(PieceFact(GROUNDING.fact(candidate, [(0, len(TEXT))]).fact, 1))
    facts = with_full_names(distinct(found))
    for fact in facts:
        check(fact)
    for actor in declarations(facts, AUTHORITY).actors:
        assert fold(actor.name) in fold(TEXT)


@settings(deadline=None)
@given(st.binary(max_size=400) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_an_answer_or_none(data: bytes) -> None:
    for candidate in answer.read(data.decode("utf-8", "replace")).candidates:
        with suppress(Rejected):
            check(GROUNDING.fact(candidate, [(0, len(TEXT))]).fact)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["body", "content"]), st.sampled_from(["stop", "length", "", None]))
def test_any_bytes_from_a_server_leave_the_document_whole(
    server: Any, reply: Any, extractor: Any, data: bytes, where: str, finish: Any
) -> None:
    said = {"body": data} if where == "body" else {"content": data.decode("utf-8", "replace"), "finish": finish}
    server.replies(reply(**said))
    extraction = extractor(tries=1, model=data.hex() or "none").extract(DOCUMENT)
    assert extraction.facts == ()
    assert bool(extraction.problems) or answer.read(str(said.get("content"))).readable
    assert len(extraction.notices) == 1

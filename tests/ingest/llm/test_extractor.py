import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest import llm
from ingest.document import Document
from ingest.engine import EXTRACTORS, run
from ingest.facts import JobPosting, Mode, Statement
from ingest.llm import prompt
from ingest.llm.extractor import MOST_FACTS
from ingest.pipeline import process
from ingest.plan import Plan
from ingest.resolution import Resolver
from ontology.authority import Authority
from ontology.errors import InputError
from ontology.namespaces import Base
from ontology.topics import Topics

VARIABLES = ("URL", "MODEL", "KEY", "CACHE", "REPLAY")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(f"ONRECORD_LLM_{name}", raising=False)


def user(request: dict[str, Any]) -> str:
    """The piece that was asked about."""
    found = re.search(r"\nBEGIN (\w+)\n(.*)\nEND \1\n", request["messages"][1]["content"], re.DOTALL)
    assert found is not None
    return found[2]


def article(count: int) -> str:
    """Paragraphs of which each says one thing that no other says."""
    return "\n\n".join(
        f"Captain Number{number} said the {number}th boat would stay. It rained in port {number} all day long."
        for number in range(count)
    )


def reads_all(request: dict[str, Any]) -> str:
    """A model that finds every statement of an `article` in its piece, whole or cut."""
    facts = []
    for line in user(request).splitlines():
        sentence, stop, _ = line.partition("stay.")
        speaker, cue, content = sentence.partition(" said ")
        if stop and cue and speaker.startswith("Captain Number"):
            name = {"name": speaker.removeprefix("Captain "), "kind": "person"}
            fact = {"kind": "statement", "sentence": sentence + stop, "content": content + "stay", "speaker": name}
            facts.append(fact | {"source": speaker, "cue": "said"})
    return json.dumps({"facts": facts})


def speakers(extraction: Any) -> list[str]:
    return [fact.speaker.name for fact in extraction.facts if isinstance(fact, Statement)]


def test_facts_come_grounded_and_in_the_order_of_the_document(
    server: Any, extract: Any, document: Any, statement: Any, posting: Any
) -> None:
    server.replies(server.facts(posting, statement))
    extraction = extract()
    assert [type(fact) for fact in extraction.facts] == [Statement, JobPosting]
    assert all(document().holds(s.start, s.end, s.exact) for fact in extraction.facts for s in fact.evidence)
    assert all(fact.rule.startswith("facts-") and fact.rule.endswith(" tester") for fact in extraction.facts)
    said = extraction.facts[0]
    assert (said.mode, said.quote) == (Mode.DIRECT, ("We will not sail without a crew", "Nobody\nwill."))
    assert extraction.problems == ()
    assert [notice.partition(": ")[2] for notice in extraction.notices] == [
        "llm: 2 facts from 1 piece; 1 answer, 100 prompt and 20 completion tokens"
    ]
    assert {actor.name: actor.kind for actor in extraction.declarations.actors} == {
        "Deckhands Guild": "other",
        "Harbor Lines": "other",
        "Mara Quill": "person",
        "Tidewater Post": "other",
    }


def test_what_is_not_there_is_rejected_and_counted(server: Any, extract: Any, statement: Any, posting: Any) -> None:
    invented = statement | {"quote": "We love this offer."}
    server.replies(server.facts(invented, posting | {"value": "$900,000"}, statement | {"told_to": "The Moon"}))
    extraction = extract()
    assert len(extraction.facts) == 1
    assert [problem.message for problem in extraction.problems] == [
        "llm: statement rejected: quote: ‹We love this offer.› is not in its sentence",
        "llm: job_posting rejected: value: ‹$900,000› is not in its sentence",
    ]
    assert "1 fact from 1 piece, 2 rejected, 1 detail left out;" in extraction.notices[0]


def test_nothing_of_a_long_document_is_lost_or_doubled(server: Any, extract: Any) -> None:
    server.replies(reads_all)
    text = article(120)
    extraction = extract(text, piece=1000, overlap=150)
    assert speakers(extraction) == [f"Number{number}" for number in range(120)]
    assert len(server.asked) > 10
    assert extraction.problems == ()


def test_a_later_piece_knows_how_the_document_opens(server: Any, extract: Any) -> None:
    server.replies(reads_all)
    extract(article(60), piece=1000, overlap=150)
    openings = [request["messages"][1]["content"].count("OPENING ") for request in server.asked]
    assert openings[0] == 0
    assert openings[-1] == 1


def test_a_piece_that_fails_is_told_and_the_others_stay(server: Any, reply: Any, extract: Any) -> None:
    server.replies(lambda request: reply(status=500) if "Number20 " in user(request) else reads_all(request))
    extraction = extract(article(60), piece=1000, overlap=150, tries=2)
    found = speakers(extraction)
    assert 40 <= len(found) < 60
    assert "Number20" not in found
    told = [problem.message for problem in extraction.problems]
    assert told
    assert all("is not read in full: the server answers with status 500; asked 2 times" in line for line in told)


def test_when_every_piece_fails_the_document_goes_on(server: Any, reply: Any, extract: Any) -> None:
    server.replies(reply(status=401))
    extraction = extract(article(60), piece=1000, overlap=150)
    assert extraction.facts == ()
    assert len(extraction.problems) == len(server.asked)
    assert "0 facts from" in extraction.notices[0]


def test_half_an_answer_gives_its_whole_facts_and_is_told(
    server: Any, extract: Any, statement: Any, posting: Any
) -> None:
    server.replies(server.facts(statement, posting)[:-20])
    extraction = extract(tries=2)
    assert speakers(extraction) == ["Mara Quill"]
    assert "the answer breaks off or is broken; 1 facts in it are whole; asked 2 times" in str(extraction.problems[0])


def test_a_piece_with_more_in_it_than_an_answer_holds_is_divided(server: Any, reply: Any, extract: Any) -> None:
    def short_of_breath(request: dict[str, Any]) -> Any:
        whole = reads_all(request)
        return reply(whole[:1500], finish="length") if len(whole) > 1500 else whole

    server.replies(short_of_breath)
    text = article(60)
    extraction = extract(text, piece=3000, overlap=150)
    assert speakers(extraction) == [f"Number{number}" for number in range(60)]
    assert extraction.problems == ()
    asked = len(server.asked)
    assert extract(text, piece=3000, overlap=150).facts == extraction.facts
    assert extract(text, piece=3000, overlap=150, replay=True, url=None).facts == extraction.facts
    assert len(server.asked) == asked


def test_a_piece_that_cannot_be_divided_further_is_told(server: Any, reply: Any, extract: Any) -> None:
    server.replies(reply("<think>so much", finish="length"))
    extraction = extract(article(8), piece=1000, overlap=150)
    assert extraction.facts == ()
    assert 1 < len(extraction.problems) < 20
    assert "stops at the model's limit of length, after 0 facts" in str(extraction.problems[0])


def test_boilerplate_is_not_shown_and_gives_no_facts(server: Any, extractor: Any, document: Any) -> None:
    server.replies(lambda request: reads_all({"messages": [{}, {"content": f"\nBEGIN x\n{text}\nEND x\n"}]}))
    text = article(3)
    start = text.index("Captain Number1")
    end = text.index("\n\n", start)
    extraction = extractor().extract(document(text, boilerplate=((start, end),)))
    assert "Number1 " not in user(server.asked[0])
    assert speakers(extraction) == ["Number0", "Number2"]
    assert "is not in the part of the document that was read" in str(extraction.problems[0])


def test_the_opening_has_no_boilerplate_either(server: Any, extractor: Any, document: Any) -> None:
    text = f"top of page\n\n{article(60)}"
    extractor(piece=1000, overlap=150).extract(document(text, boilerplate=((0, 11),)))
    asked = [request["messages"][1]["content"] for request in server.asked]
    assert "Captain Number0 " in asked[-1]
    assert not any("top of page" in content for content in asked)


def test_a_document_of_boilerplate_alone_is_not_asked_about(server: Any, extractor: Any, document: Any) -> None:
    text = "top of page\n"
    extraction = extractor().extract(document(text, boilerplate=((0, 11),)))
    assert (extraction.facts, server.asked) == ((), [])


def test_facts_that_contradict_others_are_rejected(server: Any, extract: Any, statement: Any) -> None:
    sentence = statement["sentence"][0]
    guild = {"kind": "organization", "sentence": sentence, "name": "Deckhands Guild", "organization_kind": "union"}
    person = {"kind": "person", "sentence": sentence, "name": "Deckhands Guild", "role": "chair"}
    server.replies(server.facts(guild, person, statement))
    extraction = extract()
    assert [fact.kind for fact in extraction.facts] == ["organization", "statement"]
    assert [problem.message for problem in extraction.problems] == [
        "llm: person rejected: Deckhands Guild is no person elsewhere"
    ]
    assert "2 facts from 1 piece, 1 rejected;" in extraction.notices[0]


def test_a_flood_of_facts_is_bounded(server: Any, extract: Any, posting: Any) -> None:
    server.replies(server.facts(*[posting] * (MOST_FACTS + 5)))
    extraction = extract()
    assert len(extraction.facts) == 1
    assert [f"only {MOST_FACTS} facts" in str(problem) for problem in extraction.problems] == [True]


def test_all_documents_so_far_are_added_up(server: Any, extractor: Any, document: Any) -> None:
    reader = extractor(price_in=1, price_out=10)
    assert len(reader.extract(document("One text.")).notices) == 1
    assert (
        reader.extract(document("Another text."))
        .notices[1]
        .endswith("llm: in all so far: 2 answers, 200 prompt and 40 completion tokens, cost 0.0006")
    )


def test_the_order_of_an_answer_makes_no_difference(server: Any, extract: Any, statement: Any, posting: Any) -> None:
    server.replies(server.facts(statement, posting))
    first = extract()
    server.replies(server.facts(posting, statement, posting))
    again = extract(model="another")
    assert [fact.model_dump(exclude={"rule"}) for fact in first.facts] == [
        fact.model_dump(exclude={"rule"}) for fact in again.facts
    ]
    assert first.declarations == again.declarations


def test_a_document_goes_all_the_way_to_its_graph(
    server: Any, extractor: Any, document: Callable[..., Document], statement: Any, posting: Any
) -> None:
    from shapes.check import check

    person = {key: statement[key] for key in ("sentence", "role", "affiliation")} | {"name": "Mara Quill"}
    server.replies(server.facts(statement, posting, person | {"kind": "person"}))
    resolver = Resolver(Authority.load(Base()), Topics.load(Base()), Base())
    graph = process(document(), [extractor()], resolver)
    assert {fact.kind for fact in graph.facts} >= {"statement", "job_posting", "person"}
    assert graph.problems == ()
    base = Base()
    known = [*Topics.load(base).quads(base.graph("ontology")), *Authority.load(base).quads(base.graph("authority"))]
    assert check(graph.quads, known).results == ()


def test_the_engine_knows_it_and_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "llm" in EXTRACTORS
    path = tmp_path / "harbor.txt"
    path.write_text("Nobody sails.")
    with pytest.raises(InputError, match="ONRECORD_LLM_URL and ONRECORD_LLM_MODEL"):
        list(run({path: "harbor"}, Plan(("llm",))))


def test_the_command_line_says_what_to_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from server.cli.application import main

    path = tmp_path / "harbor.txt"
    path.write_text("Nobody sails.")
    assert main(["extract", str(path), "--extractor", "llm"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("onrecord: the extractor llm needs ONRECORD_LLM_URL and ONRECORD_LLM_MODEL to be set")
    assert told.err.count("\n") == 1


def test_processes_read_side_by_side(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Any, statement: Any
) -> None:
    server.replies(server.facts(statement))
    monkeypatch.setenv("ONRECORD_LLM_URL", server.url)
    monkeypatch.setenv("ONRECORD_LLM_MODEL", "tester")
    monkeypatch.setenv("ONRECORD_LLM_CACHE", str(tmp_path / "cache"))
    paths = {tmp_path / f"{name}.txt": name for name in ("a", "b")}
    for path in paths:
        path.write_bytes(document().data)
    graphs = list(run(paths, Plan(("llm",)), jobs=2))
    assert [[fact.extractor for fact in graph.facts if fact.kind == "statement"] for graph in graphs] == [["llm"]] * 2


def test_the_identity_follows_what_changes_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError):
        llm.identity()
    monkeypatch.setenv("ONRECORD_LLM_URL", "http://localhost:1/v1")
    monkeypatch.setenv("ONRECORD_LLM_MODEL", "tester")
    before = llm.identity()
    assert prompt.Prompt.load(Topics.load(Base())).id in before
    monkeypatch.setenv("ONRECORD_LLM_URL", "http://localhost:2/v1")
    monkeypatch.setenv("ONRECORD_LLM_KEY", "sk-secret")
    assert llm.identity() == before
    monkeypatch.setenv("ONRECORD_LLM_MODEL", "another")
    assert llm.identity() != before

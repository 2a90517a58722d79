import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.fact_keys import MODELS, readings
from ingest.llm import answer, prompt
from ingest.llm.grounding import KINDS, Grounding
from ingest.llm.prompt import Prompt, boundary
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

TOPICS = Topics.load(Base())
HERE = Path(prompt.__file__).parent


@settings(deadline=None)
@given(st.text())
def test_the_mark_is_not_in_the_text_and_the_same_for_the_same_text(text: str) -> None:
    assert boundary(text) not in text
    assert boundary(text) == boundary(text)


def test_the_text_stands_between_its_marks_unchanged() -> None:
    text = "END 0123\n{braces} and {mark}\nBEGIN"
    system, user = Prompt.load(TOPICS).messages(text)
    mark = boundary(f"\n{text}")
    assert user.content.split(f"BEGIN {mark}\n")[1].split(f"\nEND {mark}\n")[0] == text
    assert user.content.count(mark) == 3
    assert text not in system.content
    assert (system.role, user.role) == ("system", "user")


def test_a_later_piece_has_the_opening_of_its_document() -> None:
    _, user = Prompt.load(TOPICS).messages("later", "Mara Quill leads the guild.")
    assert user.content.index("Mara Quill leads the guild.") < user.content.index("later")


def test_every_topic_and_every_kind_is_named() -> None:
    system = Prompt.load(TOPICS).system
    assert all(slug in system for slug in TOPICS.slugs())
    assert all(f"- {kind}:" in system for kind in KINDS)
    assert set(MODELS) - set(KINDS) == {"document_metadata"}


def test_the_prompt_asks_for_keys_that_facts_have() -> None:
    keys = {key for kind in KINDS for key in readings(kind)} | {"kind", "name", "unresolved", "facts"}
    for word in Prompt.load(TOPICS).system.split("Example text")[0].split('"')[1::2]:
        if word.isidentifier() and word.islower():
            assert word in keys | {"person", "organization", "group", "document"}, word


def test_the_example_is_an_answer_of_which_everything_stands() -> None:
    text = (HERE / "example.txt").read_text(encoding="utf-8")
    document = Document("example", HERE / "example.txt", text.encode(), text)
    grounding = Grounding(document, Authority.load(Base()), TOPICS, "example")
    example = (HERE / "example.json").read_text(encoding="utf-8")
    candidates = answer.read(example).candidates
    assert len(candidates) == len(json.loads(example)["facts"])
    grounded = [grounding.fact(candidate, [(0, len(text))]) for candidate in candidates]
    assert [each.left_out for each in grounded] == [0] * len(candidates)


def test_the_identifier_follows_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Prompt.load(TOPICS).id
    assert before == Prompt.load(TOPICS).id
    fewer = Topics(TOPICS.base, dict(list(TOPICS.by_slug.items())[1:]), TOPICS.by_name)
    assert Prompt.load(fewer).id != before

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.llm.answer import kind_of, read

FACT = {"kind": "statement", "sentence": "She said so."}
TEXT = json.dumps({"facts": [FACT]})


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"Sure! Here are the facts:\n\n```\n{TEXT}\n```\nTell me if you need more.",
        f'<think>The text has {{"facts": [{{"kind": "event", "sentence": "no"}}]}}</think>\n{TEXT}',
        f"The user wants facts {{maybe}}.\n</think>\n\n{TEXT}",
        json.dumps([FACT]),
        json.dumps(FACT),
        json.dumps({"result": {"facts": [FACT]}}),
        json.dumps({"statements": [{"sentence": "She said so."}]}),
        json.dumps({"facts": {"statement": [{"sentence": "She said so."}]}}),
        json.dumps([{"statement": {"sentence": "She said so."}}]),
        str({"facts": [FACT]}),
    ],
)
def test_the_facts_are_found_whatever_is_around_them(text: str) -> None:
    answer = read(text)
    assert [(kind_of(c), c["sentence"]) for c in answer.candidates] == [("statement", "She said so.")]
    assert answer.readable
    assert answer.whole


def test_one_object_a_line_is_a_list_of_facts() -> None:
    assert len(read(f"{json.dumps(FACT)}\n{json.dumps(FACT)}\n").candidates) == 2


def test_half_an_answer_gives_its_whole_facts() -> None:
    text = json.dumps({"facts": [FACT, FACT, FACT]})
    for length in range(len(text)):
        answer = read(text[:length])
        assert len(answer.candidates) == text[:length].count('She said so."}')
        assert not answer.whole or not answer.readable
        assert all(candidate == FACT for candidate in answer.candidates)


def test_a_fact_without_a_sentence_is_a_candidate_to_be_rejected_but_not_the_name_in_a_broken_one() -> None:
    assert len(read('{"facts": [{"kind": "person", "name": "Mara Quill"}]}').candidates) == 1
    assert (
        read('{"facts": [{"kind": "statement", "speaker": {"kind": "person", "name": "Mara Quill"}, ').candidates == ()
    )


@pytest.mark.parametrize("text", ['{"facts": []}', "[]", "```json\n[]\n```"])
def test_no_facts_is_an_answer(text: str) -> None:
    answer = read(text)
    assert (answer.candidates, answer.readable, answer.whole) == ((), True, True)


@pytest.mark.parametrize(
    "text", ["", "I cannot help with that.", '{"error": "no"}', "<think>so many facts {", "<think>[]"]
)
def test_what_holds_no_list_of_facts_is_not_readable(text: str) -> None:
    assert not read(text).readable


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Statement", "statement"), ("job posting", "job_posting"), ("people", "person"), ("sonnet", None), ("", None)],
)
def test_kinds_are_known_by_their_names(said: str, kind: str | None) -> None:
    assert kind_of({"kind": said}) == kind


@settings(deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("utf-8", "replace")))
def test_nothing_makes_it_fail(text: str) -> None:
    answer = read(text)
    assert answer.readable or not answer.candidates
    assert answer.whole or all("sentence" in candidate for candidate in answer.candidates)

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fact_keys import MODELS
from ingest.facts import (
    Event,
    EventKind,
    Fact,
    JobPosting,
    Mode,
    Name,
    NameKind,
    Origin,
    Part,
    Person,
    Segment,
    StanceReport,
    Statement,
)
from ingest.merging import SAMENESS, disputes, merged

TEXT = (
    "Northlight is fair, Ada Fenn of the Harbor Guild said. The guild fears for jobs. "
    "An ML lead at Northlight earns $300,000 to $900,000 a year in Harbor City."
)


def _segment(words: str, part: Part = Part.SENTENCE) -> Segment:
    start = TEXT.index(words)
    return Segment(start=start, end=start + len(words), exact=words, part=part)


SENTENCES = [words + "." for words in TEXT.removesuffix(".").split(". ")]


def _common(extractor: str, *evidence: Segment, confidence: str = "0.8", **fields: Any) -> dict[str, Any]:
    return {
        "source": "t",
        "evidence": evidence,
        "extractor": extractor,
        "confidence": Decimal(confidence),
        "rule": f"{extractor}-1",
    } | fields


def _statement(
    extractor: str, content: str = "Northlight is fair", sentence: str = SENTENCES[0], **fields: Any
) -> Statement:
    given = {"speaker": Name(name="Ada Fenn", kind=NameKind.PERSON), "mode": Mode.INDIRECT, "content": content}
    return Statement(**_common(extractor, _segment(sentence), _segment(content, Part.CONTENT), **(given | fields)))


def _posting(extractor: str, **fields: Any) -> JobPosting:
    given = {"employer": "Northlight", "title": "ML lead"}
    return JobPosting(**_common(extractor, _segment(SENTENCES[2]), **(given | fields)))


PAY = {"salary_min": 300_000, "salary_max": 900_000, "currency": "USD", "wording": "$300,000 to $900,000"}


def test_every_kind_of_fact_says_when_two_are_on_the_same_words() -> None:
    assert SAMENESS.keys() == MODELS.keys()
    for kind, sameness in SAMENESS.items():
        for name in (*sameness.natural, *sameness.values, *sameness.shared):
            assert name in MODELS[kind].model_fields


def test_two_extractors_that_read_the_same_make_one_fact_with_two_origins() -> None:
    rules, model = _statement("rules", confidence="0.9"), _statement("llm", content="Northlight is")
    (fact,) = merged([model, rules])
    assert fact.extractor == "rules"
    assert fact.origins == (Origin(extractor="llm", rule="llm-1", confidence=Decimal("0.8")),)
    assert fact.content == "Northlight is fair"  # type: ignore[union-attr]


def test_what_one_lacks_comes_from_the_other_with_its_evidence() -> None:
    topic = _segment("jobs", Part.TOPIC)
    poor = _statement("rules", "fears for jobs", SENTENCES[1], confidence="0.9", topics=("jobs",))
    rich = _statement("llm", "fears for jobs", SENTENCES[1], role="guild", stance="opposes", topics=("ai", "jobs"))
    rich = rich.model_copy(update={"evidence": (*rich.evidence, topic)})
    (fact,) = merged([poor, rich])
    assert isinstance(fact, Statement)
    assert (fact.role, fact.stance, fact.topics) == ("guild", "opposes", ("jobs", "ai"))
    assert topic in fact.evidence


@pytest.mark.parametrize(
    "other",
    [
        _statement("llm", speaker=Name(name="Northlight", kind=NameKind.ORGANIZATION)),
        _statement("llm", mode=Mode.DIRECT, quote=("Northlight is fair",)),
        _statement("llm", stance="supports"),
        _statement("llm", affiliation="Northlight"),
    ],
)
def test_where_two_extractors_disagree_both_stay_and_are_told(other: Statement) -> None:
    one = _statement("rules", stance="opposes", affiliation="Harbor Guild")
    assert set(merged([one, other])) == {one, other}
    assert {frozenset(pair) for pair in disputes([one, other])} == {frozenset({one, other})}


def test_an_unresolved_speaker_disagrees_with_nobody_and_gives_way() -> None:
    unclear = _statement("rules", confidence="0.9", speaker=Name(name="she", kind=NameKind.PERSON, unresolved=True))
    (fact,) = merged([unclear, _statement("llm")])
    assert fact.speaker.name == "Ada Fenn"  # type: ignore[union-attr]


def test_other_words_of_the_same_speaker_are_another_statement() -> None:
    facts = {_statement("rules"), _statement("llm", content="fears for jobs", sentence=SENTENCES[1])}
    assert set(merged(facts)) == facts
    assert disputes(list(facts)) == ()


def test_pay_is_taken_whole_and_other_pay_is_a_disagreement() -> None:
    bare, paid = _posting("rules", confidence="0.9"), _posting("llm", **PAY)
    (fact,) = merged([bare, paid])
    assert isinstance(fact, JobPosting)
    assert (fact.salary_min, fact.currency, fact.wording) == (300_000, "USD", "$300,000 to $900,000")
    other = _posting("rules", salary_max=90_000, currency="USD", wording="$900,000")
    assert len(merged([paid, other])) == 2
    assert len(disputes([paid, other])) == 1


def test_names_are_compared_by_what_they_stand_for() -> None:
    short, full = _posting("rules", employer="NL"), _posting("llm")
    assert len(merged([short, full])) == 2
    assert len(merged([short, full], lambda name: "northlight" if name == "NL" else name.casefold())) == 1


def test_events_without_a_participant_in_common_are_two_events() -> None:
    def event(extractor: str, *names: str) -> Event:
        participants = tuple(Name(name=name, kind=NameKind.ORGANIZATION) for name in names)
        fields = {"event_kind": EventKind.STRIKE, "label": "strike", "participants": participants}
        return Event(**_common(extractor, _segment(SENTENCES[0]), **fields))

    assert len(merged([event("rules", "Harbor Guild"), event("llm", "Northlight")])) == 2
    assert len(merged([event("rules", "Harbor Guild"), event("llm", "Northlight", "Harbor Guild")])) == 1


def test_facts_of_one_extractor_are_never_merged() -> None:
    facts = {_posting("reviewed"), _posting("reviewed", **PAY)}
    assert set(merged(facts)) == facts


def test_sentences_that_overlap_become_one() -> None:
    whole = _statement("rules", confidence="0.9")
    part = whole.model_copy(
        update={"extractor": "llm", "evidence": (_segment(TEXT[:70]), _segment("Northlight is fair", Part.CONTENT))}
    )
    (fact,) = merged([whole, part])
    assert [(s.start, s.end, s.exact) for s in fact.sentences()] == [(0, 70, TEXT[:70])]


@st.composite
def _facts(draw: st.DrawFn) -> Fact:
    extractor = draw(st.sampled_from(["rules", "llm", "another"]))
    start = draw(st.integers(0, 60))
    end = start + draw(st.integers(5, 40))
    low = draw(st.integers(start, end - 2))
    high = draw(st.integers(low + 1, end))
    sentence = Segment(start=start, end=end, exact=TEXT[start:end])
    content = Segment(start=low, end=high, exact=TEXT[low:high], part=Part.CONTENT)
    common = {
        "source": "t",
        "extractor": extractor,
        "rule": draw(st.sampled_from([None, "a", "b"])),
        "confidence": draw(st.sampled_from([Decimal("0.5"), Decimal("0.9")])),
    }
    name = Name(name=draw(st.sampled_from(["Ada", "Ben"])), kind=NameKind.PERSON, unresolved=draw(st.booleans()))
    stance = draw(st.sampled_from([None, "supports", "opposes"]))
    match draw(st.integers(0, 3)):
        case 0:
            return Statement(
                **common, evidence=(sentence, content), speaker=name, mode=Mode.INDIRECT, content="c", stance=stance
            )
        case 1:
            return StanceReport(
                **common, evidence=(sentence, content), holder=name, stance=stance or "mixed", content="c"
            )
        case 2:
            role = draw(st.sampled_from([None, "chief", "head"]))
            return Person(**common, evidence=(sentence,), name=name.name, role=role)
        case _:
            pay = draw(st.sampled_from([{}, PAY, PAY | {"salary_max": 800_000}]))
            return JobPosting(**common, evidence=(sentence,), employer="Northlight", title="ML lead", **pay)


FACTS = st.lists(_facts(), max_size=7)


def _words(facts: list[Fact] | tuple[Fact, ...]) -> set[tuple[str, int]]:
    return {(f.kind, place) for f in facts for s in f.evidence for place in range(s.start, s.end)}


@given(FACTS)
def test_no_words_are_lost_and_each_is_the_documents_own(facts: list[Fact]) -> None:
    result = merged(facts)
    assert _words(result) == _words(facts)
    assert all(TEXT[s.start : s.end] == s.exact for fact in result for s in fact.evidence)


@given(FACTS)
def test_every_extractor_that_read_something_is_still_named(facts: list[Fact]) -> None:
    def readers(given: list[Fact] | tuple[Fact, ...]) -> set[tuple[str, str]]:
        return {(f.kind, name) for f in given for name in (f.extractor, *(o.extractor for o in f.origins))}

    assert readers(merged(facts)) == readers(facts)


@given(FACTS)
def test_merging_again_changes_nothing(facts: list[Fact]) -> None:
    once = merged(facts)
    assert merged(once) == once


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_makes_no_difference(facts: list[Fact], random: Any) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(facts)
    assert set(disputes(shuffled)) == set(disputes(facts))


def test_three_extractors_in_any_order_make_the_same_fact() -> None:
    facts = [_statement("rules"), _statement("llm", content="Northlight is"), _statement("another", stance="opposes")]
    results = {merged(order) for order in permutations(facts)}
    assert len(results) == 1
    ((fact,),) = results
    assert len(fact.origins) == 2

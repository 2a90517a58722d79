from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ingest.document import Document
from ingest.facts import (
    Date,
    Event,
    EventKind,
    JobPosting,
    Mode,
    Name,
    NameKind,
    Organization,
    Part,
    PayReport,
    Qualifier,
    Statement,
    SurveyFinding,
    TechnologyUse,
)
from ingest.llm.evidence import Rejected
from ingest.llm.grounding import CONFIDENCE, Grounded, Grounding
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

SHIPS = """The crew’s strike stalled talks. "We are tired," he said, "and we are hungry." The guild said it would
not yield. Tideline surveyed 1,200 sailors: one in four use AutoHelm. Deckhands earn $35 an hour at Harbor Lines, but
can work remotely.

Mara Quill wrote:

Nobody sails before the spring.

The company says pay “rises”. ‘It sinks,’ she said. SAG-AFTRA and twelve crews of the Deckhands Guild struck on Monday.
"""


@pytest.fixture
def ground(document: Callable[..., Document]) -> Callable[..., Grounded]:
    """Grounds a candidate in the text that is about ships."""

    def run(kind: str, sentence: Any, **keys: Any) -> Grounded:
        text = keys.pop("text", SHIPS)
        grounding = Grounding(document(text), Authority.load(Base()), Topics.load(Base()), "prompt model")
        piece = keys.pop("piece", [(0, len(text))])
        return grounding.fact({"kind": kind, "sentence": sentence} | keys, piece)

    return run


def statement_of(grounded: Grounded) -> Statement:
    assert isinstance(grounded.fact, Statement)
    return grounded.fact


SPLIT = '"We are tired," he said, "and we are hungry."'
SAILOR = {"name": "Mara Quill", "kind": "person"}


def test_a_statement_stands_on_its_words(ground: Any) -> None:
    keys = {"source": "he", "cue": "said", "quote": ["We are tired", "and we are hungry."], "speaker": SAILOR}
    said = statement_of(ground("statement", SPLIT, **keys))
    assert all(SHIPS[s.start : s.end] == s.exact for s in said.evidence)
    assert [segment.part for segment in said.evidence] == [
        Part.SENTENCE,
        Part.SOURCE,
        Part.CUE,
        Part.CONTENT,
        Part.CONTENT,
        Part.QUOTATION,
        Part.QUOTATION,
    ]
    assert (said.mode, said.quote) == (Mode.DIRECT, ("We are tired", "and we are hungry."))
    assert (said.extractor, said.rule, said.confidence) == ("llm", "prompt model", CONFIDENCE)
    assert said.speaker == Name(name="Mara Quill", kind=NameKind.PERSON)


def test_what_the_model_says_of_itself_is_not_believed(ground: Any) -> None:
    keys = {
        "quote": "We are tired",
        "speaker": SAILOR,
        "confidence": "0.99",
        "mode": "indirect",
        "extractor": "reviewed",
    }
    said = statement_of(ground("statement", SPLIT, **keys))
    assert (said.confidence, said.mode, said.extractor) == (CONFIDENCE, Mode.DIRECT, "llm")


def test_typographic_variants_are_the_document_s_own(ground: Any) -> None:
    said = statement_of(
        ground("statement", "The crew's strike   stalled talks.", content="crew's strike", speaker=SAILOR)
    )
    assert said.content == "crew’s strike"


def test_content_that_a_quotation_splits_is_its_pieces(ground: Any) -> None:
    keys = {"quote": ["We are tired", "and we are hungry."], "content": "We are tired and we are hungry."}
    assert statement_of(ground("statement", SPLIT, speaker=SAILOR, **keys)).content == "We are tired and we are hungry."


def test_some_quoted_words_make_a_statement_mixed(ground: Any) -> None:
    keys = {"content": "pay “rises”", "quote": "“rises”", "source": "The company"}
    said = statement_of(ground("statement", "The company says pay “rises”.", **keys))
    assert (said.mode, said.quote, said.content) == (Mode.MIXED, ("rises",), "pay “rises”")


def test_words_that_the_document_does_not_quote_are_no_quotation(ground: Any) -> None:
    keys = {"quote": "it would not yield", "source": "The guild"}
    said = statement_of(ground("statement", "The guild said it would not yield.", **keys))
    assert (said.mode, said.quote, said.content) == (Mode.INDIRECT, (), "it would\nnot yield")


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [("‘It sinks,’ she said.", "It sinks"), ("Nobody sails before the spring.", "Nobody sails before the spring.")],
)
def test_single_marks_and_blocks_after_a_colon_are_quotations(ground: Any, sentence: str, quote: str) -> None:
    assert statement_of(ground("statement", sentence, quote=quote, speaker=SAILOR)).mode is Mode.DIRECT


@pytest.mark.parametrize(("source", "kind"), [("he", NameKind.PERSON), ("The guild", NameKind.GROUP)])
def test_a_speaker_whom_nobody_names_is_unresolved(ground: Any, source: str, kind: NameKind) -> None:
    sentence = SPLIT if source == "he" else "The guild said it would not yield."
    content = "We are tired" if source == "he" else "it would not yield"
    said = statement_of(ground("statement", sentence, source=source, content=content))
    assert said.speaker == Name(name=source, kind=kind, unresolved=True)


def test_a_description_is_no_name(ground: Any) -> None:
    keys = {"content": "pay “rises”", "speaker": {"name": "The company", "kind": "organization"}}
    assert statement_of(ground("statement", "The company says pay “rises”.", **keys)).speaker.unresolved


def test_the_authority_file_knows_the_kind_of_a_name(ground: Any) -> None:
    keys = {"content": "struck", "speaker": {"name": "SAG-AFTRA", "kind": "person"}}
    said = ground("statement", "SAG-AFTRA and twelve crews of the Deckhands Guild struck on Monday.", **keys)
    assert statement_of(said).speaker == Name(name="SAG-AFTRA", kind=NameKind.ORGANIZATION)


def test_names_are_in_the_document_s_own_letters(ground: Any) -> None:
    keys = {"content": "struck", "speaker": {"name": "deckhands guild", "kind": "organisation"}}
    said = ground("statement", "SAG-AFTRA and twelve crews of the Deckhands Guild struck on Monday.", **keys)
    assert statement_of(said).speaker == Name(name="Deckhands Guild", kind=NameKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sentence": "The crew won."}, "‹The crew won.› is not in the part of the document that was read"),
        ({"sentence": ""}, "has no sentence"),
        ({"sentence": None}, "has no sentence"),
        ({"sentence": SHIPS[:20] + "[...]" + "Monday."}, "is no sentence"),
        ({"content": "we won"}, "content: ‹we won› is not in its sentence"),
        ({"content": "The guild"}, "content: ‹The guild› is not in its sentence"),
        ({"quote": "We are angry"}, "quote: ‹We are angry› is not in its sentence"),
        ({"quote": "We are tir"}, "quote: ‹We are tir› is not in its sentence"),
        ({"source": "the captain"}, "source: ‹the captain› is not in its sentence"),
        ({"cue": "shouted"}, "cue: ‹shouted› is not in its sentence"),
        ({"speaker": {"name": "Jane Doe", "kind": "person"}}, "speaker: ‹Jane Doe› is not in the document"),
        ({"speaker": {"name": "Quil", "kind": "person"}}, "speaker: ‹Quil› is not in the document"),
        ({"role": "admiral"}, "role: ‹admiral› is not in the document"),
        ({"affiliation": "Navy"}, "affiliation: ‹Navy› is not in the document"),
        ({"kind": "sonnet"}, "there is no kind ‹sonnet›"),
        ({"kind": "document_metadata"}, "there is no kind ‹document_metadata›"),
        ({"content": None, "quote": None}, "has no content"),
        ({"speaker": None}, "speaker: is missing"),
    ],
)
def test_words_that_are_not_there_end_the_fact(ground: Any, change: dict[str, Any], said: str) -> None:
    keys = {"kind": "statement", "sentence": SPLIT, "content": "We are tired", "speaker": SAILOR} | change
    with pytest.raises(Rejected) as caught:
        ground(**keys)
    assert said in str(caught.value)


def test_a_fact_stands_in_the_piece_that_was_read(ground: Any) -> None:
    with pytest.raises(Rejected, match="not in the part of the document that was read"):
        ground("statement", SPLIT, content="We are tired", speaker=SAILOR, piece=[(200, len(SHIPS))])


def test_a_sentence_is_no_page(ground: Any) -> None:
    text = "word " * 1000
    with pytest.raises(Rejected, match="is no sentence"):
        ground("statement", text, content="word", speaker={"name": "word", "kind": "group"}, text=text)


def test_other_details_that_are_not_there_are_left_out_and_counted(ground: Any) -> None:
    keys = {
        "content": "We are tired",
        "speaker": SAILOR,
        "told_to": [{"name": "The Moon", "kind": "organization"}, {"name": "Tideline", "kind": "organization"}],
        "reported_by": ["The Sun"],
        "said_on": "Tuesday",
        "topics": ["jobs", "astrology"],
        "stance": "furious",
    }
    grounded = ground("statement", SPLIT, **keys)
    said = statement_of(grounded)
    assert said.told_to == (Name(name="Tideline", kind=NameKind.ORGANIZATION),)
    assert (said.reported_by, said.said_on, said.topics, said.stance) == ((), None, ("jobs",), None)
    assert grounded.left_out == 5


EARN = "Deckhands earn $35 an hour at Harbor Lines, but can work remotely."


def test_pay_is_read_from_the_words_and_not_from_the_model(ground: Any) -> None:
    keys = {"who": {"name": "Deckhands", "kind": "group"}, "value": "$35 an hour", "pay_kind": "wages"}
    fact = ground("pay_report", EARN, **keys, salary_min="9000000", currency="EUR", period="year").fact
    assert isinstance(fact, PayReport)
    assert (fact.salary_min, fact.salary_max, fact.currency) == (Decimal(35), Decimal(35), "USD")
    assert (fact.period, fact.qualifier, fact.wording) == ("hour", Qualifier.EXACT, "$35 an hour")
    assert fact.pay_kind == "other"


@pytest.mark.parametrize(
    ("sentence", "value", "least", "most", "qualifier"),
    [
        ("Deckhands earn up to $90,000.", "up to $90,000", None, 90000, Qualifier.UP_TO),
        ("Deckhands earn up to $90,000.", "$90,000", None, 90000, Qualifier.UP_TO),
        ("Deckhands earn $450,000-650,000.", "$450,000-650,000", 450000, 650000, Qualifier.RANGE),
        ("Deckhands earn €40k to €60k, or $5.", "€40k to €60k", 40000, 60000, Qualifier.RANGE),
        ("Deckhands went from $50,000 to $60,000.", "$60,000", 60000, 60000, Qualifier.EXACT),
    ],
)
def test_an_amount_is_bounded_as_its_sentence_bounds_it(
    ground: Any, sentence: str, value: str, least: int | None, most: int, qualifier: Qualifier
) -> None:
    who = {"name": "Deckhands", "kind": "group"}
    fact = ground("pay_report", sentence, text=sentence, who=who, value=value, pay_kind="other").fact
    assert isinstance(fact, PayReport)
    assert (fact.salary_min, fact.salary_max, fact.qualifier) == (least, most, qualifier)


def test_a_posting_may_have_no_pay(ground: Any) -> None:
    keys = {"employer": "Harbor Lines", "title": "Deckhands", "remote": True, "location": "the Moon"}
    grounded = ground("job_posting", EARN, **keys)
    assert isinstance(grounded.fact, JobPosting)
    assert (grounded.fact.has_pay, grounded.fact.remote, grounded.fact.location) == (False, True, None)
    assert grounded.left_out == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"value": "$45 an hour"}, "value: ‹$45 an hour› is not in its sentence"),
        ({"value": "an hour"}, "value: ‹an hour› gives no amount that can be read"),
        ({"salary_max": "45"}, "an amount is given without the words for it"),
        ({}, "a pay report needs an amount"),
    ],
)
def test_an_amount_without_its_words_is_none(ground: Any, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(Rejected) as caught:
        ground("pay_report", EARN, who={"name": "Deckhands", "kind": "group"}, pay_kind="other", **keys)
    assert said in str(caught.value)


STRUCK = "SAG-AFTRA and twelve crews of the Deckhands Guild struck on Monday."


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"name": "Screen Actors Guild - American Federation of Television and Radio Artists"}, "SAG-AFTRA"),
        ({"name": "sag-aftra", "kind": "person"}, "SAG-AFTRA"),
    ],
)
def test_a_known_actor_has_the_name_that_the_document_gives_it(ground: Any, given: dict[str, str], name: str) -> None:
    said = statement_of(ground("statement", STRUCK, content="struck", speaker=given))
    assert said.speaker == Name(name=name, kind=NameKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("kind", "source", "unresolved"),
    [("document", "The guild", False), ("group", "The guild", True), ("document", "it", True)],
)
def test_a_made_up_name_of_a_document_or_group_gives_way_to_the_words(
    ground: Any, kind: str, source: str, unresolved: bool
) -> None:
    sentence = "The guild said it would not yield."
    keys = {"content": "would not yield", "source": source, "speaker": {"name": "Guild memo of May", "kind": kind}}
    said = statement_of(ground("statement", sentence, **keys))
    assert said.speaker == Name(name=source, kind=NameKind(kind), unresolved=unresolved)


def test_a_description_is_no_affiliation_and_no_employer(ground: Any) -> None:
    keys = {"content": "pay “rises”", "source": "The company", "affiliation": "the company"}
    grounded = ground("statement", "The company says pay “rises”.", **keys)
    assert (statement_of(grounded).affiliation, grounded.left_out) == (None, 1)
    with pytest.raises(Rejected, match="employer: ‹the company› is no name"):
        ground("job_posting", EARN, employer="the company", title="Deckhands")


def test_a_fragment_that_the_model_calls_mixed_is_mixed(ground: Any) -> None:
    keys = {"quote": "rises", "mode": "mixed", "source": "The company"}
    assert statement_of(ground("statement", "The company says pay “rises”.", **keys)).mode is Mode.MIXED


@pytest.mark.parametrize("label", ["QUILL:", "MARA QUILL, GUILD:", "Quill:", "Q:"])
def test_what_a_transcript_says_is_quoted(ground: Any, label: str) -> None:
    text = f"Excerpts.\n\n{label} It sinks. We know.\n\nMara Quill left."
    keys = {"quote": ["It sinks.", "We know."], "speaker": SAILOR}
    assert statement_of(ground("statement", f"{label} It sinks. We know.", text=text, **keys)).mode is Mode.DIRECT


def test_a_quotation_may_run_over_paragraphs_but_not_over_a_gap(ground: Any) -> None:
    text = "Mara Quill wrote: “It sinks.\n\nWe know it.” Then she left."
    keys = {"quote": ["It sinks.", "We know it."], "speaker": SAILOR, "text": text}
    assert statement_of(ground("statement", "Mara Quill wrote: “It sinks.\n\nWe know it.”", **keys)).mode is Mode.DIRECT
    with pytest.raises(Rejected, match="is no sentence"):
        ground("statement", "Mara Quill wrote: [...] know it.”", **keys)


def test_an_event_is_named_by_who_takes_part(ground: Any) -> None:
    keys = {
        "event_kind": "strike",
        "participants": ["SAG-AFTRA", {"name": "Deckhands Guild", "kind": "organization"}],
        "label": "The end of the world",
        "event": "the-end",
        "count": "12",
        "date": "Monday",
        "state": "on going",
    }
    fact = ground("event", STRUCK, **keys).fact
    assert isinstance(fact, Event)
    assert (fact.label, fact.event) == ("SAG-AFTRA and Deckhands Guild strike", "strike-deckhands-guild-sag-aftra")
    assert (fact.event_kind, fact.count, fact.date, fact.state) == (EventKind.STRIKE, 12, Date(wording="Monday"), None)


def test_an_event_without_names_holds_in_its_document(ground: Any) -> None:
    fact = ground("event", "The crew’s strike stalled talks.", event_kind="strike", count="7").fact
    assert isinstance(fact, Event)
    assert (fact.label, fact.event, fact.count) == ("Strike", "harbor-strike", None)


def test_an_event_of_a_year_is_another_one(ground: Any) -> None:
    sentence = "SAG-AFTRA struck in July 2023."
    keys = {"participants": "SAG-AFTRA", "date": "July 2023", "text": sentence}
    fact = ground("event", sentence, event_kind="strike", **keys).fact
    assert isinstance(fact, Event)
    assert (fact.label, fact.event) == ("SAG-AFTRA strike", "strike-sag-aftra-2023")


@pytest.mark.parametrize(("kind", "label"), [("party", "Stalled talks"), (None, None)])
def test_an_event_has_a_kind(ground: Any, kind: str | None, label: str | None) -> None:
    keys = {"event_kind": kind, "label": "stalled talks"}
    if label is None:
        with pytest.raises(Rejected, match="event_kind: is missing"):
            ground("event", "The crew’s strike stalled talks.", **keys)
    else:
        fact = ground("event", "The crew’s strike stalled talks.", **keys).fact
        assert isinstance(fact, Event)
        assert (fact.event_kind, fact.label) == (EventKind.OTHER, label)


def test_a_finding_is_read_from_its_words(ground: Any) -> None:
    sentence = "Tideline surveyed 1,200 sailors: one in four use AutoHelm."
    keys = {"by": "Tideline", "finding": "use AutoHelm", "value": "one in four", "unit": "sailors", "amount": "99"}
    fact = ground("survey_finding", sentence, sample_size="1,200", survey="The Big Survey", **keys).fact
    assert isinstance(fact, SurveyFinding)
    assert (fact.value, fact.unit, fact.sample_size, fact.survey) == (Decimal(25), "percent", 1200, "Tideline survey")
    invented = ground("survey_finding", sentence, sample_size="1300", **keys).fact
    assert isinstance(invented, SurveyFinding)
    assert invented.sample_size is None
    with pytest.raises(Rejected, match="gives no figure"):
        ground("survey_finding", sentence, **keys | {"value": "use"})


def test_a_figure_takes_its_percent_sign_with_it(ground: Any) -> None:
    keys = {"by": "Tideline", "finding": "sail", "value": "62"}
    fact = ground("survey_finding", "Tideline: 62% sail.", text="Tideline: 62% sail.", **keys).fact
    assert isinstance(fact, SurveyFinding)
    assert (fact.wording, fact.unit) == ("62%", "percent")


def test_organizations_and_technologies_are_of_the_kinds_there_are(ground: Any) -> None:
    fact = ground("organization", STRUCK, name="Deckhands Guild", organization_kind="labour union").fact
    assert isinstance(fact, Organization)
    assert fact.organization_kind == "other"
    use = ground("technology_use", "one in four use AutoHelm", technology="AutoHelm", developer="Acme").fact
    assert isinstance(use, TechnologyUse)
    assert (use.technology, use.developer) == ("AutoHelm", None)


def test_a_person_has_a_role_or_an_affiliation(ground: Any) -> None:
    with pytest.raises(Rejected, match="has neither role nor affiliation"):
        ground("person", "Mara Quill wrote:", name="Mara Quill")

"""Events: which words tell one, who takes part, how far it has come, and what is no event."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.facts import EventKind, EventState
from ingest.rules.event import events
from ingest.rules.event_lexicon import aspects, classes, verb_frames
from ingest.rules.event_name import kind_labels

TOLD = [
    (
        "Hundreds of actors walked off the job at Acme Pictures on Monday.",
        "strike",
        "ongoing",
        {"actors", "Acme Pictures"},
    ),
    ("SAG-AFTRA has been on strike since July.", "strike", "ongoing", {"SAG-AFTRA"}),
    ("Workers at the studio downed tools on Friday.", "strike", "ongoing", {"Workers at the studio"}),
    ("The WGA threatened to strike.", "strike", "planned", {"WGA"}),
    ("The strike, called by the Teamsters, ended in May.", "strike", "ended", {"Teamsters"}),
    ("SAG-AFTRA members voted to authorize a strike.", "vote", "accepted", {"SAG-AFTRA"}),
    ("Members of the WGA ratified the contract on Monday.", "vote", "accepted", {"WGA"}),
    ("The union will ballot its members next week.", "vote", "planned", None),
    ("Talks between SAG-AFTRA and the AMPTP broke down on Monday.", "negotiation", "collapsed", {"SAG-AFTRA", "AMPTP"}),
    ("Negotiations between Equity and Netflix have stalled.", "negotiation", "stalled", {"Equity", "Netflix"}),
    ("The WGA resumed talks with the AMPTP.", "negotiation", "resumed", {"WGA", "AMPTP"}),
    ("The WGA reached a tentative agreement with the AMPTP.", "agreement", "accepted", {"WGA", "AMPTP"}),
    ("Lionsgate signed a deal with Runway to train a model.", "agreement", "accepted", {"Lionsgate", "Runway"}),
    ("Disney laid off 7,000 workers last year.", "layoff", None, {"Disney"}),
    ("Paramount will cut 800 jobs.", "layoff", "planned", {"Paramount"}),
    ("OpenAI launched a tool called Sora in December.", "launch", None, {"OpenAI"}),
    ("The New York Times sued OpenAI in December.", "lawsuit", "ongoing", {"The New York Times", "OpenAI"}),
    ("Disney filed a lawsuit against Midjourney in Los Angeles.", "lawsuit", "ongoing", {"Disney", "Midjourney"}),
    ("Netflix is looking for machine learning engineers.", "hiring", "ongoing", {"Netflix"}),
    ("The union rejected the offer on Tuesday after Equity and Netflix met.", "proposal", "rejected", None),
    ("Skydance acquired Paramount in August.", "other", None, {"Skydance", "Paramount"}),
    ("Camera crews withdrew their labour on Tuesday.", "strike", "ongoing", None),
    ("Screenwriters in Korea will stop working for one day next week.", "strike", "planned", None),
    ("The broadcaster locked out 200 technicians.", "strike", "ongoing", None),
    ("The Teamsters ended their strike on Monday.", "strike", "ended", None),
    ("The strike was called off after Equity intervened.", "strike", "ended", None),
    ("Members turned down the tentative deal.", "vote", "rejected", None),
    ("The contract was approved by 78% of the membership.", "vote", "accepted", None),
    ("Members cast ballots on the deal this week.", "vote", "ongoing", None),
    ("Shareholders will vote on the merger in March.", "vote", "planned", None),
    ("SAG-AFTRA and the AMPTP are back at the table.", "negotiation", "ongoing", {"SAG-AFTRA", "AMPTP"}),
    ("Both sides agreed to extend talks through the weekend.", "negotiation", "planned", None),
    ("The WGA and the AMPTP reached an impasse.", "negotiation", "stalled", {"WGA", "AMPTP"}),
    ("Netflix teamed up with Microsoft on a new tier.", "agreement", "accepted", {"Netflix", "Microsoft"}),
    ("Disney renewed its contract with Sony.", "agreement", "accepted", {"Disney", "Sony"}),
    ("Anthropic agreed to license the archive.", "agreement", "accepted", {"Anthropic"}),
    ("The WGA put forward a counterproposal on Thursday.", "proposal", None, {"WGA"}),
    ("The AMPTP's proposal would require consent for replicas.", "proposal", None, {"AMPTP"}),
    ("Some 200 people were made redundant.", "layoff", None, None),
    ("Disney shut down its animation division in May.", "layoff", None, {"Disney"}),
    ("Amazon said it would shut down the unit.", "layoff", "planned", None),
    ("The service went live in 12 countries on Monday.", "launch", None, None),
    ("Spotify began testing an AI host in Canada.", "launch", None, None),
    ("The release of ChatGPT in November set off a race.", "launch", None, None),
    ("The court upheld the ruling.", "lawsuit", None, None),
    ("Disney appealed the verdict.", "lawsuit", "ongoing", {"Disney"}),
    ("Disney named Dana Walden its president.", "hiring", None, None),
    ("Netflix will add 200 animators in Vancouver.", "hiring", "planned", {"Netflix"}),
    ("Congress passed the law in May.", "other", None, None),
    ("Bob Chapek stepped down in November.", "other", None, {"Bob Chapek"}),
    ("Amazon said it would acquire Paramount.", "other", "planned", None),
]

UNTOLD = [
    "The WGA did not strike.",
    "The deal averted a strike by the Teamsters.",
    "Both sides want to avoid a strike.",
    "SAG-AFTRA urged the studios to resume talks.",
    "The union remained committed to reaching a deal.",
    "No worker was laid off by Netflix.",
    "The idea struck a chord with writers.",
    "Lightning struck the studio.",
    "Netflix launched an attack on its critics.",
    "The lawyers walked out of the meeting.",
    "The measure would let actors sue over deepfakes.",
    "The WGA failed to reach an agreement.",
    "If the talks fail, Netflix could sue.",
    "The strike zone was wide, the pitcher said.",
    "The deal could fall apart, analysts said.",
    "The company denied that it plans layoffs.",
    "The group had no plans to improve the offer.",
    "She released a breath.",
    "The museum opened its doors to children.",
    "The actress announced her engagement.",
]


@pytest.mark.parametrize(("text", "kind", "state", "who"), TOLD, ids=[row[0][:40] for row in TOLD])
def test_events(facts, text, kind, state, who):
    found = facts(events, text)
    assert [fact.event_kind for fact in found] == [kind]
    assert found[0].state == state
    if who is not None:
        assert {name.name for name in found[0].participants} == who


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_denied_avoided_asked_for_or_no_event_at_all(facts, text):
    assert facts(events, text) == []


def test_a_number_of_jobs_is_counted_and_a_share_is_not(facts):
    assert [fact.count for fact in facts(events, "Disney cut about 7,000 jobs.")] == [7000]
    assert [fact.count for fact in facts(events, "Disney cut 10 percent of its staff.")] == [None]
    assert [fact.count for fact in facts(events, "Disney laid off two hundred people.")] == [200]


def test_date_and_place_are_those_of_the_event(facts):
    (fact,) = facts(events, "On May 2, 2023, the WGA went on strike in Los Angeles, which has 3 million people.")
    assert (fact.date.edtf, fact.location) == ("2023-05-02", "Los Angeles")


def test_what_it_is_about_and_its_topics(facts):
    (fact,) = facts(events, "Talks between SAG-AFTRA and the AMPTP over digital replicas broke down.")
    assert fact.about == "digital replicas"
    assert fact.topics == ("collective-bargaining", "digital-replicas")


def test_an_event_that_is_named_again_is_the_same(facts):
    first, again = facts(
        events, "The WGA went on strike on Tuesday. The strike, now in its second week, ended on Friday."
    )
    assert first.event == again.event
    assert again.label == "WGA strike"


def test_the_talks_have_the_parties_that_were_named_before(facts):
    text = "SAG-AFTRA opened talks with the AMPTP in June. The talks collapsed in July. They resumed in October."
    found = facts(events, text)
    assert [fact.state for fact in found] == [EventState.ONGOING, EventState.COLLAPSED, EventState.RESUMED]
    assert all({name.name for name in fact.participants} == {"SAG-AFTRA", "AMPTP"} for fact in found)


def test_the_strikes_of_writers_and_actors_have_one_key_in_all_documents(facts):
    (one,) = facts(events, "The actors and the writers are on strike.")
    (other,) = facts(events, "The Hollywood strikes have ended.")
    assert one.event == other.event == "hollywood-strikes"


def test_a_strike_of_people_without_a_name_is_another_in_every_document(facts):
    (fact,) = facts(events, "Nurses went on strike on Monday.")
    assert fact.event.startswith("made-")


def test_labels_tell_the_sides_apart(facts):
    (lawsuit,) = facts(events, "Disney and NBCUniversal sued Midjourney.")
    assert lawsuit.label == "Lawsuit of Disney and NBCUniversal against Midjourney"
    (talks,) = facts(events, "Negotiations between SAG-AFTRA and the AMPTP have stalled.")
    assert talks.label == "Negotiations between SAG-AFTRA and AMPTP"


def test_words_inside_a_quotation_tell_no_event(facts):
    assert facts(events, "“We went on strike and we won a better deal,” said Ada Quill.") == []


def test_rules_have_identifiers_and_evidence_stands_in_the_text(facts):
    text = "SEATTLE, March 3 (Harbor Wire) - Disney laid off 7,000 workers on Monday, and the WGA sued it."
    found = facts(events, text)
    assert {fact.rule for fact in found} == {"event/layoff-verb", "event/lawsuit-verb"}
    assert all(text[segment.start : segment.end] == segment.exact for fact in found for segment in fact.evidence)


def test_whom_a_dateline_names_takes_no_part(facts):
    (fact,) = facts(events, "SEATTLE, March 3 (Harbor Wire) - Disney laid off 7,000 workers on Monday.")
    assert [name.name for name in fact.participants] == ["Disney"]


def test_every_kind_has_a_label_and_every_frame_a_kind_of_it():
    assert set(kind_labels()) == set(EventKind)
    assert all(frame.lemmas and frame.who for frames in verb_frames().values() for frame in frames)
    known = {kind.value for kind in EventKind} | {"*"}
    assert all(aspect.kinds and aspect.kinds <= known for listed in aspects().values() for aspect in listed)


WORDS = st.sampled_from(
    [
        "the",
        "WGA",
        "Netflix",
        "strike",
        "talks",
        "collapsed",
        ",",
        ".",
        "“",
        "”",
        "sued",
        "laid off",
        "700 workers",
        "will not",
    ],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_order_of_words_is_read_and_grounded(facts, text):
    if not text.strip():
        return
    for fact in facts(events, text):
        assert all(text[segment.start : segment.end] == segment.exact for segment in fact.evidence)


def test_a_sentence_without_end_is_not_read_at_all(facts):
    assert facts(events, "Netflix laid off 100 workers, " * 60) == []


def _sentences():
    for line in Path(__file__).with_name("event_sentences.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, told = line.split("\t")
            yield pytest.param(text, sorted(told.split()) if told != "-" else [], id=text)


@pytest.mark.parametrize(("text", "told"), tuple(_sentences()))
def test_a_sentence_tells_these_events_and_no_other(facts, text, told):
    found = facts(events, text)
    stated = [f"{each.event_kind}:{each.state}" for each in found]
    kinds = [str(each.event_kind) for each in found]
    assert sorted(kinds) == sorted(each.partition(":")[0] for each in told)
    assert {each for each in told if ":" in each} <= set(stated)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Disney cut 300 jobs, Sony let go of its effects team, and Netflix parted with 12 contractors.", {300, 12}),
        ("In June it is hiring guards, and Amazon is seeking a director of automation.", {None}),
    ],
)
def test_clauses_with_subjects_of_their_own_tell_events_of_their_own(facts, text, numbers):
    found = facts(events, text)
    assert len({each.participants for each in found}) == len(found) > 1
    assert numbers <= {each.count for each in found}


def test_a_walkout_in_protest_and_a_vote_to_walk_out_are_one_event_each(facts):
    assert [e.event_kind for e in facts(events, "The WGA staged a walkout in May to protest the plan.")] == ["strike"]
    assert [e.event_kind for e in facts(events, "Members voted by 93% in January to walk out.")] == ["vote"]


def test_what_a_deal_rules_out_does_not_happen(facts):
    text = "Disney reached a deal on Tuesday that bars the company from cutting desk jobs before 2028."
    assert [each.event_kind for each in facts(events, text)] == ["agreement"]


def test_every_class_that_a_frame_names_is_listed():
    named = {noun for frames in verb_frames().values() for frame in frames for noun in frame.nouns if noun[0] == "@"}
    assert named <= {"@person", "@name", "@number", "@money", "@people", "@job", "@title", "@tech"}
    assert all(len(set(nouns)) == len(nouns) for nouns in classes().values())

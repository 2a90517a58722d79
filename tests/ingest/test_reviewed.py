from decimal import Decimal
from pathlib import Path

import pytest

from ingest.document import Document, read
from ingest.facts import Date, Event, JobPosting, Mode, Name, NameKind, Part, Statement, SurveyFinding
from ingest.problem import AnnotationError
from ingest.reviewed import ReviewedExtractor, outline
from ontology.errors import InputError


def test_every_fact_stands_on_the_document_s_own_characters(sample: Document, reviewed: ReviewedExtractor) -> None:
    extraction = reviewed.extract(sample)
    assert {fact.kind for fact in extraction.facts} >= {"statement", "stance", "job_posting", "work", "organization"}
    for fact in extraction.facts:
        assert all(sample.holds(s.start, s.end, s.exact) for s in fact.evidence)
        assert fact.source == "harbor.txt"
        assert fact.extractor == "reviewed"
        assert fact.sentences()


def test_the_review_is_kept(sample: Document, reviewed: ReviewedExtractor) -> None:
    review = reviewed.extract(sample).review
    assert review is not None
    assert (review.by, review.on) == ("Ada", "2024-06-01")


def test_a_direct_statement_is_its_quotation(sample: Document, reviewed: ReviewedExtractor) -> None:
    said = next(fact for fact in reviewed.extract(sample).facts if isinstance(fact, Statement))
    assert said.mode is Mode.DIRECT
    assert said.quote == ("We will not sail without a crew", "Nobody will.")
    assert said.content == "We will not sail without a crew Nobody will."
    assert said.speaker == Name(name="Quill", kind=NameKind.PERSON)
    assert said.told_to == (Name(name="the Post", kind=NameKind.ORGANIZATION),)
    assert said.said_on == Date(wording="on Friday")
    assert [s.part for s in said.evidence] == [
        Part.SENTENCE,
        Part.SENTENCE,
        Part.SOURCE,
        Part.CUE,
        Part.CONTENT,
        Part.CONTENT,
        Part.QUOTATION,
        Part.QUOTATION,
    ]


def test_the_content_is_the_document_s_own_typography(sample: Document, reviewed: ReviewedExtractor) -> None:
    fears = [fact for fact in reviewed.extract(sample).facts if isinstance(fact, Statement)][1]
    assert fears.content == "autopilots will take their “sea legs” and their jobs"


def test_pay_takes_its_wording_from_the_quoted_value(sample: Document, reviewed: ReviewedExtractor) -> None:
    posting = next(fact for fact in reviewed.extract(sample).facts if isinstance(fact, JobPosting))
    assert (posting.salary_max, posting.wording) == (Decimal(90000), "up to $90,000 a year")
    assert (posting.remote, posting.open) == (False, True)


def test_a_finding_has_a_figure_and_its_words(sample: Document, reviewed: ReviewedExtractor) -> None:
    finding = next(fact for fact in reviewed.extract(sample).facts if isinstance(fact, SurveyFinding))
    assert (finding.value, finding.wording) == (Decimal("12.50"), "12.50%")


def test_dates_are_resolved_only_by_the_annotation(sample: Document, reviewed: ReviewedExtractor) -> None:
    strike = next(fact for fact in reviewed.extract(sample).facts if isinstance(fact, Event))
    assert strike.date == Date(wording="since May", edtf="2024-05/..")


def test_a_document_without_annotation_has_no_facts_and_a_notice(tmp_path: Path, reviewed: ReviewedExtractor) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    extraction = reviewed.extract(read(path))
    assert extraction.facts == ()
    assert extraction.notices == (f"{path}: no annotation (a.yaml) beside it",)


def test_an_outline_shows_each_segment(sample: Document, reviewed: ReviewedExtractor) -> None:
    lines = outline(reviewed.extract(sample).facts[0]).splitlines()
    assert lines[0] == "document_metadata 0-38"
    assert lines[1].split() == ["sentence", "0-38:", "Harbor", "Lines", "looks", "for", "a", "night", "captain"]


STRIKE = "sentence: Deckhands have been on strike since May., event_kind: strike, label: x"
FEAR = "sentence: 'Deckhands fear [...] reported.', speaker: deckhands"
HIRING = "sentence: 'The company is hiring [...] a year.', employer: Harbor Lines, title: night captain"
SURVEY = (
    "sentence: 'A survey by [...] made by Harbor Lines.', survey: a survey, by: Harbor Lines, finding: use Tidewise"
)

WRONG_FACTS = [
    (
        f"event: {{{STRIKE}, cue: strikes}}",
        "event.cue: ‹strikes› is not in the given sentence; nearest: ‹strike since›",
    ),
    (
        "event: {sentence: Deckhands never strike., event_kind: strike, label: x}",
        "event.sentence: ‹Deckhands never strike",
    ),
    ("event: {event_kind: strike, label: x}", "event.sentence: is missing"),
    (f"event: {{{STRIKE}, sauce: x}}", "event.sauce: unknown key; did you mean source?"),
    (f"event: {{{STRIKE}, quote: x}}", "event.quote: unknown key"),
    (f"event: {{{STRIKE}, label: y}}", "label: this key is given twice"),
    (
        f"event: {{{STRIKE}, cue: {{exact: strike, start: 9, end: 3}}}}",
        "event.cue: the end (3) is not after the start (9)",
    ),
    (
        f"event: {{{STRIKE}, cue: {{exact: strike, start: 9, end: 13}}}}",
        "event.cue: ‹nes› stands at 9 to 13, not ‹strike›",
    ),
    (
        f"event: {{{STRIKE}, cue: {{exact: Harbor, start: 0, end: 6}}}}",
        "event.cue: 0 to 6 is not inside the given sentence",
    ),
    (f"event: {{{STRIKE}, cue: {{exact: strike, start: 9}}}}", "event.cue: start and end go together"),
    (f"event: {{{STRIKE}, cue: {{exact: strike, nth: x}}}}", "event.cue.nth: must be a whole number (here: x)"),
    (f"event: {{{STRIKE}, cue: {{nth: 1}}}}", "event.cue.exact: is missing"),
    (f"event: {{{STRIKE}, cue: {{exact: strike, nth: 2}}}}", "event.cue: nth: 2 is not there: ‹strike› occurs once"),
    (f"event: {{{STRIKE}, cue: [[strike]]}}", "event.cue: must be words of the document"),
    (
        f"event: {{{STRIKE}, source: Quill}}",
        "event.source: ‹Quill› stands in the document, but not inside the given sentence",
    ),
    (
        "stance: {sentence: 'Mara Quill [...] Friday.', holder: Quill, stance: opposes, content: x y z}",
        "stance.content: ‹x y z›",
    ),
    ("work: {sentence: 'The documentary [...] it.', source: Post, title: Low Water}", "work.source: ‹Post› stands in"),
    (f"event: {{{STRIKE}, participants: [deckhands, Nemo Inc]}}", "event.participants: unknown name 'Nemo Inc'; "),
    (
        f"event: {{{STRIKE}, participants: {{name: Quill, kind: group}}}}",
        "event.participants: Quill is a person, not a group",
    ),
    (f"event: {{{STRIKE}, participants: {{nam: Quill}}}}", "event.participants.nam: unknown key; did you mean name?"),
    (f"event: {{{STRIKE}, topics: [jobs, ferries and ships]}}", "event.topics: unknown topic 'ferries and ships'"),
    (f"event: {{{STRIKE}, about: wages}}", "event.about: 'wages' is nowhere in the document"),
    (f"event: {{{STRIKE}, date: since June}}", "event.date: 'since June' is nowhere in the document"),
    (
        f"event: {{{STRIKE}, date: {{wording: since May, edtf: 2024-13}}}}",
        "event.date.edtf: 2024-13 is not a date in EDTF",
    ),
    (f"event: {{{STRIKE}, date: {{edtf: 2024}}}}", "event.date.wording: is missing"),
    (f"event: {{{STRIKE}, state: paused}}", "event.state: must be 'planned', 'ongoing'"),
    (f"event: {{{STRIKE}, count: many}}", "event.count: must be a valid integer"),
    (f"event: {{{STRIKE}, label: }}", "label: this key is given twice"),
    (f"event: {{{STRIKE}, confidence: 2}}", "event.confidence: must be less than or equal to 1 (here: 2)"),
    ("event: {sentence: Deckhands have been on strike since May., label: x}", "event.event_kind: is missing"),
    ("event: x", "event: must be a mapping of keys to values"),
    ("event: {}\n    work: {}", "facts: each fact is a mapping with one key, its kind"),
    ("quotation: {sentence: x}", "quotation: unknown kind of fact; known: statement, stance, "),
    (f"statement: {{{FEAR}}}", "statement.content: is missing"),
    (f"statement: {{{FEAR}, content: autopilots, mode: direct}}", "statement.mode: a direct statement needs its quote"),
    (f"statement: {{{FEAR}, content: autopilots, mode: mixed}}", "statement.mode: a mixed statement needs its quote"),
    (
        f"statement: {{{FEAR}, content: autopilots, quote: sea legs, mode: indirect}}",
        "an indirect statement has no quote",
    ),
    (
        f"statement: {{{FEAR}, content: autopilots, quote: sea legs, mode: direct}}",
        "the content of a direct statement is",
    ),
    (f"statement: {{{FEAR}, quote: “sea legs”}}", "statement.quote: is given without its quotation marks"),
    (
        f"statement: {{{FEAR}, content: autopilots, mode: dircet}}",
        "statement.mode: must be 'direct', 'indirect' or 'mixed'",
    ),
    ("statement: {sentence: Nobody will., content: Nobody will}", "statement.speaker: is missing"),
    (f"statement: {{{FEAR}, content: autopilots, role: cook}}", "statement.role: 'cook' is nowhere in the document"),
    (
        f"statement: {{{FEAR}, content: autopilots, affiliation: the posting}}",
        "statement.affiliation: the posting is no actor",
    ),
    (f"statement: {{{FEAR}, content: autopilots, affiliation: [Quill]}}", "statement.affiliation: must be one name"),
    (
        f"job_posting: {{{HIRING}, salary_max: 90k, currency: USD, wording: a year}}",
        "job_posting.salary_max: must be a valid decimal",
    ),
    (
        f"job_posting: {{{HIRING}, salary_max: 9, salary_min: 10, currency: USD, wording: a year}}",
        "salary_max (9) is below",
    ),
    (
        f"job_posting: {{{HIRING}, salary_max: 9, wording: a year}}",
        "an amount needs its currency and its wording as printed",
    ),
    (f"job_posting: {{{HIRING}, remote: perhaps}}", "job_posting.remote: must be a valid boolean"),
    (f"job_posting: {{{HIRING}, unit: engine room}}", "job_posting.unit: 'engine room' is nowhere in the document"),
    (f"job_posting: {{{HIRING}, location: [a, b]}}", "job_posting.location: must be one value, not a list or mapping"),
    (
        f"survey_finding: {{{SURVEY}, amount: many, unit: percent, value: 12.50%}}",
        "survey_finding.amount: must be a valid decimal",
    ),
    (f"survey_finding: {{{SURVEY}, unit: percent, value: 12.50%}}", "survey_finding.amount: is missing"),
]


@pytest.mark.parametrize(("fact", "message"), WRONG_FACTS, ids=[message[:60] for _, message in WRONG_FACTS])
def test_a_wrong_fact_is_told_with_line_and_key(annotate, reviewed: ReviewedExtractor, fact: str, message: str) -> None:
    document = annotate(f"facts:\n  - {fact}\n")
    with pytest.raises(AnnotationError) as error:
        reviewed.extract(document)
    told = [str(problem) for problem in error.value.problems]
    place = f"{document.path.with_suffix('.yaml')}:13: "
    assert any(one.startswith(place) and message in one for one in told), told
    assert str(error.value).startswith(place)


def test_all_that_is_wrong_is_told_at_once(annotate, reviewed: ReviewedExtractor) -> None:
    facts = f"facts:\n  - event: {{{STRIKE}, cue: never}}\n  - event: {{{STRIKE}, state: paused, topics: shipss}}\n"
    with pytest.raises(AnnotationError) as error:
        reviewed.extract(annotate(facts))
    assert [problem.message.split(":")[0] for problem in error.value.problems] == [
        "event.cue",
        "event.topics",
        "event.state",
    ]
    assert str(error.value).endswith("(and 2 more)")


HEAD = "document: harbor.txt\nsha256: {sha}\nreviewed: {{by: Ada, on: 2024-06-01}}\n"
WRONG_HEADS = [
    (
        "document: other.txt\nsha256: {sha}\nreviewed: {{by: Ada, on: 2024-06-01}}\n",
        ":1: document: this file stands beside",
    ),
    (
        "document: harbor.txt\nsha256: 00ff\nreviewed: {{by: Ada, on: 2024-06-01}}\n",
        ":2: sha256: the document has changed",
    ),
    ("document: harbor.txt\nreviewed: {{by: Ada, on: 2024-06-01}}\n", ": sha256: is missing; the document's is {sha}"),
    ("document: harbor.txt\nsha256: {sha}\n", ": reviewed: must be"),
    ("document: harbor.txt\nsha256: {sha}\nreviewed: {{by: Ada}}\n", ":3: reviewed.on: is missing"),
    (
        "document: harbor.txt\nsha256: {sha}\nreviewed: {{by: Ada, on: 2024-02-30}}\n",
        ":3: reviewed.on: 2024-02-30 is not",
    ),
    ("document: harbor.txt\nsha256: {sha}\nreviewed: {{by: Ada, on: 20240201}}\n", ":3: reviewed.on: 20240201 is not"),
    ("document: harbor.txt\nsha256: {sha}\nreviewd: {{}}\n", ":3: reviewd: unknown key; did you mean reviewed?"),
    (HEAD + "facts: none\n", ":4: facts: must be a list"),
    (HEAD + "actors: [Quill]\n", ":4: actors: each one is a mapping"),
    (HEAD + "actors: [{{name: Mara Quill}}]\n", ":4: actors.kind: is missing"),
    (
        HEAD + "actors: [{{name: Mara Quill, kind: captain}}]\n",
        ":4: actors.kind: captain is none of person, group, union",
    ),
    (HEAD + "actors: [{{name: Ann Other, kind: person}}]\n", ":4: actors: 'Ann Other' is nowhere in the document"),
    (HEAD + "actors: [{{name: Netflix, kind: union}}]\n", ":4: actors.name: the authority file knows Netflix as"),
    (
        HEAD + "actors: [{{name: crew, kind: group}}, {{name: Crew, kind: group}}]\n",
        ":4: actors.name: Crew is declared twice",
    ),
    (HEAD + "things: [{{name: crew, kind: ship}}]\n", ":4: things.kind: ship is none of posting, survey"),
    (
        HEAD + "things: [{{name: crew, kind: work}}, {{name: crew, kind: work}}]\n",
        ":4: things.name: crew is declared twice",
    ),
]


@pytest.mark.parametrize(("head", "message"), WRONG_HEADS, ids=[message[:50] for _, message in WRONG_HEADS])
def test_a_wrong_head_is_told_with_line_and_key(
    annotate, sample: Document, reviewed: ReviewedExtractor, head: str, message: str
) -> None:
    document = annotate("", names="", head=head.format(sha=sample.sha256))
    with pytest.raises(AnnotationError) as error:
        reviewed.extract(document)
    told = [str(problem) for problem in error.value.problems]
    assert any(message.format(sha=sample.sha256) in one for one in told), told


def test_a_changed_document_is_told_so(annotate, sample: Document, reviewed: ReviewedExtractor) -> None:
    document = annotate("", names="", head=HEAD.format(sha=sample.sha256), text=sample.text + "More.")
    with pytest.raises(AnnotationError, match=f"the document has changed since.* {document.sha256}"):
        reviewed.extract(document)


def test_an_annotation_that_is_not_utf8_is_told_so(annotate, reviewed: ReviewedExtractor) -> None:
    document = annotate("")
    document.path.with_suffix(".yaml").write_bytes(b"document: caf\xe9")
    with pytest.raises(InputError, match="not UTF-8 text: wrong byte at offset 13"):
        reviewed.extract(document)


def test_persons_and_organizations_introduce_themselves(annotate, reviewed: ReviewedExtractor) -> None:
    document = annotate(
        "facts:\n"
        "  - person: {sentence: '“We will not [...] on Friday.', name: Mara Quill, affiliation: Harbor Lines}\n"
        "  - organization: {sentence: Harbor Lines looks, name: Harbor Lines, organization_kind: other}\n",
        names="",
    )
    extraction = reviewed.extract(document)
    assert [actor.name for actor in extraction.declarations.actors] == ["Mara Quill", "Harbor Lines"]


def test_the_mode_of_a_statement_follows_from_its_quotation(annotate, reviewed: ReviewedExtractor) -> None:
    document = annotate(
        f"facts:\n  - statement: {{{FEAR}, content: autopilots}}\n"
        f"  - statement: {{{FEAR}, content: 'autopilots [...] legs', quote: sea legs}}\n"
        f"  - statement: {{{FEAR}, quote: sea legs}}\n"
    )
    facts = reviewed.extract(document).facts
    assert [fact.mode for fact in facts if isinstance(fact, Statement)] == [Mode.INDIRECT, Mode.MIXED, Mode.DIRECT]

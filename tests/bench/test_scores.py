from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bench.reading.gold import GoldDocument, Reading, load, readings
from bench.reading.scores import Scores, score
from ingest.document import Document
from ingest.engine import EXTRACTORS, Tools
from ingest.extraction import Extraction
from ingest.facts import (
    Event,
    EventKind,
    Fact,
    JobPosting,
    Mode,
    Name,
    NameKind,
    Organization,
    OrganizationKind,
    Part,
    PayReport,
    Person,
    StanceReport,
    Statement,
    SurveyFinding,
    TechnologyUse,
)
from ontology.errors import InputError

ROOT = Path(__file__).parents[2]
NOBODY = Name(name="Ned Nobody", kind=NameKind.PERSON)
Scored = Callable[..., Scores]


def types(scores: Scores) -> list[str]:
    return sorted(finding.type for finding in scores.findings)


def test_what_a_person_reads_scores_perfectly_against_itself(given: Tools) -> None:
    annotated = load([ROOT / "seeds", ROOT / "tests" / "ingest" / "harbor.txt"], given)
    scores = score(readings(annotated, EXTRACTORS["reviewed"](given)), given.authority)
    assert scores.documents == 6
    assert scores.findings == scores.lost == ()
    for measure in scores.measures:
        assert measure.right_found == measure.found == measure.right_wanted == measure.wanted, measure.name
        assert measure.wanted, measure.name


def test_a_statement_that_is_missed_lowers_recall_alone(scored: Scored) -> None:
    scores = scored(lambda fact: None if isinstance(fact, Statement) and fact.mode is Mode.DIRECT else fact)
    found = scores["statements, all: found"]
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert scores["statements, direct: found"].recall == 0
    assert scores["statements, mixed: found"].recall == 1
    assert "statement missed" in types(scores)


def test_a_statement_in_excess_lowers_precision_alone(scored: Scored, harbor: GoldDocument) -> None:
    statement = next(fact for fact in harbor.facts if isinstance(fact, Statement))
    title = next(fact for fact in harbor.facts if fact.kind == "document_metadata").evidence[0]
    moved = statement.model_copy(
        update={"evidence": (title, title.model_copy(update={"part": Part.CONTENT})), "rule": "of-titles"}
    )
    scores = scored(lambda fact: fact, [moved])
    found = scores["statements, all: found"]
    assert (found.right_found, found.found, found.recall) == (2, 3, 1.0)
    spurious = next(finding for finding in scores.findings if finding.type == "statement spurious")
    assert spurious.rule == "of-titles"
    assert spurious.line.startswith("harbor:0  [direct] “Quill”")
    assert "{of-titles}" in spurious.line
    rule = next(rule for rule in scores.rules if rule.rule == "of-titles")
    assert (rule.kind, rule.facts, rule.findings) == ("statement", 1, (("statement spurious", 1),))


def test_a_wrong_speaker_leaves_the_statement_found(scored: Scored) -> None:
    scores = scored(lambda fact: fact.model_copy(update={"speaker": NOBODY}) if isinstance(fact, Statement) else fact)
    assert scores["statements, all: found"].f1 == 1
    assert scores["statements, all: with the right speaker"].f1 == 0
    assert types(scores).count("speaker wrong") == 2


@pytest.mark.parametrize(("share", "found"), [(0.6, 2), (0.4, 1)])
def test_a_content_counts_from_one_half_of_its_characters_on(scored: Scored, share: float, found: int) -> None:
    def cut(fact: Fact) -> Fact:
        if not isinstance(fact, Statement) or fact.mode is not Mode.MIXED:
            return fact
        content = fact.parts(Part.CONTENT)[0]
        end = content.start + round(len(content.exact) * share)
        shorter = content.model_copy(update={"end": end, "exact": content.exact[: end - content.start]})
        return fact.model_copy(update={"evidence": (*fact.sentences(), shorter)})

    assert scored(cut)["statements, all: found"].right_wanted == found


def test_another_mode_counts_in_the_mode_of_each_side(scored: Scored) -> None:
    scores = scored(lambda fact: fact.model_copy(update={"mode": Mode.DIRECT}) if isinstance(fact, Statement) else fact)
    assert scores["statements, mixed: found"].recall == 1
    assert scores["statements, mixed: found"].found == 0
    assert scores["statements, direct: found"].precision == 1
    assert scores["statements, direct and mixed: found"].f1 == 1
    assert scores["of those found: mode"].recall == 0.5


def test_roles_and_the_rest_are_judged_where_the_statement_is_found(scored: Scored) -> None:
    def less(fact: Fact) -> Fact:
        if not isinstance(fact, Statement):
            return fact
        return fact.model_copy(
            update={"role": None, "affiliation": "Tidewater Ferries", "told_to": (), "topics": ("ai",), "stance": None}
        )

    scores = scored(less)
    role, affiliation = scores["of those found: role"], scores["of those found: affiliation"]
    assert (role.found, role.wanted, role.recall) == (0, 1, 0.0)
    assert (affiliation.right_found, affiliation.found, affiliation.wanted) == (0, 2, 1)
    assert scores["of those found: affiliation, share right where either has one"].wanted == 2
    assert scores["of those found: told to"].recall == 0
    assert scores["of those found: reported by"].recall == 1
    topics = scores["of those found: topics"]
    assert (topics.right_found, topics.found, topics.wanted) == (0, 2, 2)
    assert scores["of those found: stance"].recall == 0
    assert "attribute wrong" in types(scores)


def test_a_stance_needs_its_holder_and_then_its_direction(scored: Scored) -> None:
    def turned(fact: Fact) -> Fact:
        return fact.model_copy(update={"stance": "supports"}) if isinstance(fact, StanceReport) else fact

    def held(fact: Fact) -> Fact:
        return fact.model_copy(update={"holder": NOBODY}) if isinstance(fact, StanceReport) else fact

    assert scored(turned)["stances: with the right holder"].f1 == 1
    assert scored(turned)["stances: and the right direction"].f1 == 0
    assert scored(held)["stances: with the right holder"].f1 == 0


def test_an_event_is_found_by_kind_and_sentence(scored: Scored) -> None:
    def other(fact: Fact) -> Fact:
        return fact.model_copy(update={"event_kind": EventKind.VOTE}) if isinstance(fact, Event) else fact

    def alone(fact: Fact) -> Fact:
        return fact.model_copy(update={"participants": ()}) if isinstance(fact, Event) else fact

    assert scored(other)["events"].f1 == 0
    assert scored(alone)["events"].f1 == 1
    assert scored(alone)["events: participants of those found"].recall == 0
    assert "participants wrong" in types(scored(alone))


def test_an_event_told_of_twice_counts_twice_and_once(scored: Scored, harbor: GoldDocument) -> None:
    strike = next(fact for fact in harbor.facts if isinstance(fact, Event) and fact.event_kind is EventKind.STRIKE)
    elsewhere = next(fact for fact in harbor.facts if isinstance(fact, Statement)).sentences()
    scores = scored(lambda fact: fact, [strike.model_copy(update={"evidence": elsewhere})])
    assert (scores["events"].found, scores["events"].wanted) == (3, 2)
    assert (scores["events: each once"].found, scores["events: each once"].f1) == (2, 1.0)


def test_a_posting_counts_once_and_by_a_similar_title(scored: Scored) -> None:
    def titled(title: str) -> Callable[[Fact], Fact]:
        return lambda fact: fact.model_copy(update={"title": title}) if isinstance(fact, JobPosting) else fact

    assert scored(titled("captain (night)"))["postings"].wanted == 1
    assert scored(titled("captain (night)"))["postings"].f1 == 1
    assert scored(titled("deckhand"))["postings"].f1 == 0


@pytest.mark.parametrize(
    "change", [{"salary_max": Decimal(90001)}, {"salary_min": Decimal(1)}, {"currency": "CAD"}, {"period": "month"}]
)
def test_pay_is_right_only_when_all_of_it_is(scored: Scored, change: dict[str, object]) -> None:
    scores = scored(
        lambda fact: fact.model_copy(update=change) if isinstance(fact, JobPosting) and fact.has_pay else fact
    )
    assert scores["postings"].f1 == 1
    assert scores["pay of postings, exact"].f1 == 0
    assert {"pay missed", "pay spurious"} <= set(types(scores))


def test_other_pay_is_judged_by_amount_and_then_by_whose_it_is(scored: Scored) -> None:
    scores = scored(lambda fact: fact.model_copy(update={"who": NOBODY}) if isinstance(fact, PayReport) else fact)
    assert scores["other pay, exact"].f1 == 1
    assert scores["other pay, exact and whose"].f1 == 0


def test_people_and_organizations_count_once_wherever_they_are_named(scored: Scored) -> None:
    def unnamed(fact: Fact) -> Fact | None:
        return None if isinstance(fact, Person | Organization) else fact

    scores = scored(unnamed)
    assert scores["people"].f1 == 1  # the speaker is still there
    assert scores["people"].wanted == 1
    assert scores["organizations"].wanted == 2
    assert scores["organizations: kind of those found"].wanted == 0


def test_an_organization_of_another_kind_is_found_with_the_wrong_kind(scored: Scored) -> None:
    def studio(fact: Fact) -> Fact:
        if not isinstance(fact, Organization):
            return fact
        return fact.model_copy(update={"organization_kind": OrganizationKind.STUDIO})

    assert scored(studio)["organizations"].f1 == 1
    assert scored(studio)["organizations: kind of those found"].f1 == 0
    assert "kind wrong" in types(scored(studio))


def test_a_role_is_a_person_a_role_and_an_affiliation(scored: Scored) -> None:
    def elsewhere(fact: Fact) -> Fact:
        if not isinstance(fact, Person | Statement) or not fact.role:
            return fact
        return fact.model_copy(update={"affiliation": "Tidewater Ferries"})

    assert scored(lambda fact: fact)["roles"].wanted == 1
    assert scored(elsewhere)["roles"].f1 == 0


def test_a_survey_finding_needs_its_value(scored: Scored) -> None:
    scores = scored(
        lambda fact: fact.model_copy(update={"value": Decimal(13)}) if isinstance(fact, SurveyFinding) else fact
    )
    assert scores["survey findings"].f1 == 0


def test_a_technology_needs_its_name(scored: Scored) -> None:
    scores = scored(
        lambda fact: fact.model_copy(update={"technology": "Rudder"}) if isinstance(fact, TechnologyUse) else fact
    )
    assert scores["technologies"].f1 == 0


def test_a_segment_that_is_not_in_the_document_is_counted(scored: Scored) -> None:
    def shifted(fact: Fact) -> Fact:
        if not isinstance(fact, SurveyFinding):
            return fact
        return fact.model_copy(
            update={"evidence": tuple(s.model_copy(update={"start": s.start + 1}) for s in fact.evidence)}
        )

    grounded = scored(shifted)["segments grounded"]
    assert grounded.right_found == grounded.found - 2


class Failing:
    name = "failing"

    def extract(self, document: Document) -> Extraction:
        raise RuntimeError(f"cannot read {document.path}")


def test_a_document_on_which_a_system_fails_is_lost_and_counted(given: Tools, harbor: GoldDocument) -> None:
    scores = score(readings([harbor], Failing()), given.authority)
    assert [document for document, _ in scores.lost] == ["harbor"]
    assert scores["statements, all: found"].f1 == 0


def test_a_system_does_not_see_where_the_annotation_is(given: Tools, harbor: GoldDocument) -> None:
    (reading,) = readings([harbor], Failing())
    assert reading.lost == "RuntimeError: cannot read unannotated/harbor.txt"


def test_a_directory_without_annotations_is_an_error(given: Tools, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.")
    with pytest.raises(InputError, match="has an annotation"):
        load([tmp_path], given)


def test_a_wrong_annotation_is_an_error_unless_it_may_be_left_out(given: Tools, tmp_path: Path) -> None:
    for name in ("harbor.txt", "harbor.yaml"):
        (tmp_path / name).write_bytes((ROOT / "tests" / "ingest" / name).read_bytes())
    (tmp_path / "wrong.txt").write_text("Nothing.")
    (tmp_path / "wrong.yaml").write_text("document: other.txt\n")
    with pytest.raises(InputError):
        load([tmp_path], given)
    wrong: list[InputError] = []
    assert [each.document.name for each in load([tmp_path], given, wrong)] == ["harbor"]
    assert len(wrong) == 1


def test_a_score_that_there_is_not_is_an_error(given: Tools, harbor: GoldDocument) -> None:
    with pytest.raises(KeyError):
        score([Reading(harbor, ())], given.authority)["sentences"]

from decimal import Decimal

import pytest

from ingest.declarations import Declarations, DeclaredActor, DeclaredThing, ThingKind
from ingest.facts import Event, EventKind, JobPosting, Name, NameKind, Segment
from ingest.resolution import Resolver, Scope
from ontology.errors import NotFound
from ontology.namespaces import ONR, Base

DECLARED = Declarations(
    (
        DeclaredActor("Mara Quill", "person", ("Quill",)),
        DeclaredActor("the striking deckhands", "group"),
        DeclaredActor("Harbor Lines", "tech_company"),
    ),
    (
        DeclaredThing("the survey", ThingKind.SURVEY, "harbor/survey"),
        DeclaredThing("the ad", ThingKind.POSTING, "harbor/captain"),
        DeclaredThing("a leaflet", ThingKind.DOCUMENT),
        DeclaredThing("Tidewise", ThingKind.TECHNOLOGY, "tidewise-autopilot", ("the autopilot",)),
        DeclaredThing("Low Water", ThingKind.WORK),
        DeclaredThing("the regatta", ThingKind.EVENT),
    ),
)


@pytest.fixture
def scope(resolver: Resolver) -> Scope:
    return resolver.scope("harbor", DECLARED)


def _path(scope: Scope, name: str, kind: NameKind) -> str:
    return scope.named(Name(name=name, kind=kind)).iri.value.removeprefix(scope.base.iri)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Quill", NameKind.PERSON, "id/person/mara-quill"),
        ("MARA QUILL", NameKind.PERSON, "id/person/mara-quill"),
        ("Striking Deckhands", NameKind.GROUP, "id/group/striking-deckhands"),
        ("Harbor Lines", NameKind.ORGANIZATION, "id/organization/harbor-lines"),
        ("netflix", NameKind.ORGANIZATION, "id/organization/netflix"),
        ("the ad", NameKind.DOCUMENT, "id/posting/harbor-captain"),
        ("the survey", NameKind.DOCUMENT, "id/event/harbor-survey"),
        ("the regatta", NameKind.DOCUMENT, "id/event/the-regatta"),
        ("a leaflet", NameKind.DOCUMENT, "id/work/harbor-a-leaflet"),
        ("Low Water", NameKind.DOCUMENT, "id/work/low-water"),
        ("the autopilot", NameKind.DOCUMENT, "id/technology/tidewise-autopilot"),
        ("Ann Other", NameKind.PERSON, "id/person/ann-other"),
        ("Dr. Ann Other, Ph.D.", NameKind.PERSON, "id/person/ann-other"),
        ("Capt. Mara Quill", NameKind.PERSON, "id/person/mara-quill"),
        ("Harbor Lines Ltd.", NameKind.ORGANIZATION, "id/organization/harbor-lines"),
        ("Netflix, Inc.", NameKind.ORGANIZATION, "id/organization/netflix"),
        ("some sailors", NameKind.GROUP, "id/group/sailors"),
        ("a memo", NameKind.DOCUMENT, "id/work/harbor-a-memo"),
    ],
)
def test_a_name_becomes_one_thing(scope: Scope, name: str, kind: NameKind, expected: str) -> None:
    assert _path(scope, name, kind) == expected


def test_an_unresolved_name_is_a_thing_of_its_place_in_its_document(scope: Scope, resolver: Resolver) -> None:
    he = Name(name="he", kind=NameKind.PERSON, unresolved=True)
    thing = scope.named(he, 120)
    assert thing.iri.value == f"{scope.document().value}/unresolved-he-120"
    assert (thing.cls, thing.also, thing.name) == (ONR.Unresolved, ONR.Actor, "he")
    others = {scope.named(he, 7).iri, resolver.scope("other").named(he, 120).iri, scope.named(he, 120).iri}
    assert len(others) == 3
    assert scope.named(Name(name="it", kind=NameKind.DOCUMENT, unresolved=True)).also is None


def test_a_known_name_that_is_unresolved_is_nobody(scope: Scope) -> None:
    assert scope.named(Name(name="Netflix", kind=NameKind.ORGANIZATION, unresolved=True)).cls == ONR.Unresolved


def test_two_names_of_one_thing_have_one_key(scope: Scope) -> None:
    assert scope.key("Quill") == scope.key("mara quill") != scope.key("Harbor Lines")
    assert scope.key("Netflix, Inc.") == scope.key("Netflix")
    assert scope.key("something ELSE") == "something else"


def test_a_unit_is_not_its_parent(scope: Scope) -> None:
    assert scope.key("Netflix") != scope.key("Netflix Game Studio")


def test_known_actors_are_not_described_again(scope: Scope) -> None:
    assert scope.actor("Netflix").known
    assert not scope.actor("Harbor Lines").known
    assert scope.actor("Harbor Lines").cls == ONR.TechCompany


def test_unknown_organizations_come_with_the_nearest(scope: Scope) -> None:
    with pytest.raises(NotFound) as error:
        scope.named(Name(name="Harbour Lines", kind=NameKind.ORGANIZATION))
    assert "Harbor Lines" in error.value.nearest
    with pytest.raises(NotFound):
        scope.actor("the ad")
    assert scope.organization("Quill") is None
    with pytest.raises(NotFound, match="unknown topic"):
        scope.topic("ferries and ships")


def _posting(**fields: object) -> JobPosting:
    evidence = (Segment(start=0, end=1, exact="x"),)
    common = {"source": "h", "evidence": evidence, "extractor": "e", "confidence": Decimal(1)}
    return JobPosting.model_validate(common | {"employer": "netflix", "title": "Night Captain"} | fields)


def test_a_posting_is_named_by_its_key_or_by_employer_and_title(scope: Scope) -> None:
    assert scope.posting(_posting(posting="harbor/captain")).iri == scope.base.id("posting", "harbor-captain")
    minted = scope.posting(_posting())
    assert minted.iri == scope.base.id("posting", "netflix-night-captain")
    assert minted.employer == scope.base.id("organization", "netflix")


def test_an_event_is_named_by_its_key_or_by_its_label(scope: Scope) -> None:
    evidence = (Segment(start=0, end=1, exact="x"),)
    event = Event(
        source="h",
        evidence=evidence,
        extractor="e",
        confidence=Decimal(1),
        event_kind=EventKind.PROPOSAL,
        label="The offer",
    )
    assert scope.event(event).iri == scope.base.id("event", "the-offer")
    assert scope.event(event).cls == ONR.Proposal
    assert scope.event(event.model_copy(update={"event": "an/offer"})).iri == scope.base.id("event", "an-offer")


def test_the_base_is_everywhere(resolver: Resolver) -> None:
    base = Base("https://example.org/")
    moved = Resolver(type(resolver.authority).load(base), type(resolver.topics).load(base), base).scope("harbor")
    assert moved.actor("Netflix").iri.value == "https://example.org/id/organization/netflix"
    assert moved.topic("ai").value == "https://example.org/topic/ai"
    assert moved.document().value == "https://example.org/doc/harbor"


@pytest.mark.parametrize(("extractor", "key"), [("reviewed", "acme/captain"), ("rules", None)])
def test_only_a_review_says_by_its_key_that_postings_differ(
    resolver: Resolver, extractor: str, key: str | None
) -> None:
    declared = Declarations((DeclaredActor("Acme Lines", "other"),))
    segment = Segment(start=0, end=4, exact="Acme")
    fact = JobPosting(
        source="acme.txt",
        evidence=(segment,),
        extractor=extractor,
        confidence=Decimal(1),
        posting="acme/captain",
        employer="Acme Lines",
        title="captain",
    )
    posting = resolver.scope("acme", declared).posting(fact)
    assert posting.key == key
    assert posting.iri == resolver.base.id("posting", "acme-captain")

"""Which things of a release are one: decided from all documents, explained, reversible, and the same however built."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from ontology import vocabulary
from ontology.namespaces import DCTERMS, ONR, RDF, SKOS, Base
from server.releases.show import show
from server.releases.store import lines
from shapes.check import check
from tests.server.conftest import BASE

if TYPE_CHECKING:
    from server.releases.release import Release
    from tests.server.conftest import Record

EMPLOYER, UNIT = BASE.id("organization", "northlight"), BASE.id("organization", "northlight-games")
IDENTITIES = BASE.graph("identities")
Row = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _posting(document: str, slug: str, title: str, number: int = 0, **more: Any) -> list[Row]:
    """A posting with a report of it, its pay (low, high), place, key and employer."""
    doc = BASE.doc(document)
    node = BASE.id("posting", slug)
    report, pay = (NamedNode(f"{doc.value}/{kind}-{number}-{number + 9}") for kind in ("posting-report", "pay-report"))
    employer = more.get("employer", EMPLOYER)
    rows: list[Row] = [
        (doc, RDF.type, ONR.Document),
        (doc, DCTERMS.identifier, Literal(document)),
        (employer, RDF.type, ONR.Studio),
        (employer, ONR.name, Literal(employer.value.rpartition("/")[2])),
        (node, RDF.type, ONR.JobPosting),
        (node, ONR.name, Literal(title)),
        (node, ONR.employer, employer),
        (report, RDF.type, ONR.PostingReport),
        (report, ONR.inDocument, doc),
        (report, ONR.posting, node),
        (report, ONR.title, Literal(title)),
        (report, ONR.asserts, BASE.id("assertion", slug)),
    ]
    if "key" in more:
        rows.append((node, ONR.key, Literal(more["key"])))
    if "place" in more:
        rows.append((report, ONR.location, Literal(more["place"])))
    if "pay" in more:
        low, high = more["pay"]
        rows += [(pay, RDF.type, ONR.PayReport), (pay, ONR.recipient, node), (pay, ONR.currency, Literal("USD"))]
        rows += [(pay, ONR.inDocument, doc), (pay, ONR.period, ONR[more.get("period", "year")])]
        rows += [(pay, ONR.amountMin, Literal(low))] if low else []
        rows += [(pay, ONR.amountMax, Literal(high))] if high else []
        rows.append((pay, ONR.asserts, BASE.id("assertion", f"{slug}-{low}-{high}")))
    return rows


def _person(document: str, name: str, *affiliations: NamedNode, number: int = 0) -> list[Row]:
    """A person with a membership in each of the organizations."""
    doc, node = BASE.doc(document), BASE.id("person", name.lower().replace(" ", "-").replace(".", ""))
    rows: list[Row] = [(doc, RDF.type, ONR.Document), (node, RDF.type, ONR.Person), (node, ONR.name, Literal(name))]
    for place, organization in enumerate(affiliations, number):
        fact = NamedNode(f"{doc.value}/membership-{place}-{place + 9}-{len(name)}")
        rows += [(fact, RDF.type, ONR.Membership), (fact, ONR.inDocument, doc), (fact, ONR.member, node)]
        rows += [(fact, ONR.organization, organization), (organization, RDF.type, ONR.Studio)]
        rows.append((organization, ONR.name, Literal("Northlight")))
    return rows


@pytest.fixture(scope="module")
def whole() -> list[Quad]:
    """The whole ontology, under the base of the tests."""
    return vocabulary.quads(BASE.graph("ontology"))


Build = Callable[..., "Release"]


@pytest.fixture
def built(record: Record, whole: list[Quad]) -> Build:
    """Publishes a release of rows by document, with what a person has decided in the authority file."""

    def build(rows: Iterable[Row], *decided: Row) -> Release:
        authority = [Quad(*row, BASE.graph("authority")) for row in decided]
        made = replace(record, setting=replace(record.setting, ontology=whole, authority=authority))
        documents: dict[str, list[Quad]] = {}
        for row in rows:
            name = next(name for name in ("one", "two", "three", "four") if _says(row, name, rows))
            documents.setdefault(name, []).append(Quad(*row, BASE.doc(name)))
        return made.release(*(made.contribution(name, quads) for name, quads in documents.items()))

    return build


def _says(row: Row, name: str, rows: Iterable[Row]) -> bool:
    """Whether a row belongs to a document: rows come document by document, each begun by the document's own."""
    own = ""
    for each in rows:
        if each[1:] == (RDF.type, ONR.Document):
            own = each[0].value.rpartition("/")[2]
        if each is row:
            return own == name
    return False


def _canonical(release: Release, *, assertions: bool = False) -> dict[str, str]:
    """The last pieces of the IRIs of things, or of assertions, that are another's, with that other's."""
    quads = release.open().quads_for_pattern(None, ONR.canonical, None, IDENTITIES)
    pairs = ((quad.subject.value, quad.object.value) for quad in quads)  # type: ignore[union-attr]
    return {
        one.rpartition("/")[2]: other.rpartition("/")[2]
        for one, other in pairs
        if one != other and ("/assertion/" in one) == assertions
    }


PAY = (300_000, 900_000)


def test_a_posting_that_documents_describe_in_four_ways_is_one(built: Build) -> None:
    release = built(
        _posting("one", "pm", "product manager", pay=PAY, place="Los Gatos")
        + _posting("two", "ai-pm", "AI Product Manager", pay=(None, 900_000))
        + _posting("three", "mlp-pm", "machine learning platform product manager", pay=PAY)
        + _posting("four", "pm-mlp", "Product Manager – ML Platform", pay=PAY, place="Los Gatos, California")
    )
    assert len(set(_canonical(release).values())) == 1
    assert len(_canonical(release)) == 3


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("art director", {"pay": PAY}),
        ("product designer", {"pay": PAY}),
        ("senior product manager", {}),
        ("AI product manager", {}),
        ("product manager of games", {"pay": (90_000, 120_000)}),
        ("product manager of games", {"pay": PAY, "period": "month"}),
        ("product manager of games", {"pay": PAY, "place": "Tokyo"}),
        ("product manager of games", {"pay": PAY, "employer": UNIT}),
        ("product manager of games", {"pay": PAY, "key": "northlight/games"}),
    ],
)
def test_another_position_stays_apart(built: Build, title: str, more: dict[str, Any]) -> None:
    first = _posting("one", "pm", "product manager", pay=PAY, place="Los Gatos", key="northlight/pm")
    assert _canonical(built(first + _posting("two", "other", title, **more))) == {}


def test_levels_of_one_trade_stay_apart(built: Build) -> None:
    rows = _posting("one", "l5", "L5 software engineer", pay=PAY) + _posting(
        "two", "l6", "L6 software engineer", pay=PAY
    )
    assert _canonical(built(rows)) == {}


def test_what_may_be_either_of_two_that_are_not_one_is_neither(built: Build) -> None:
    release = built(
        _posting("one", "a", "AI product manager", pay=PAY, key="northlight/a")
        + _posting("two", "b", "product manager", pay=PAY)
        + _posting("three", "c", "games product manager", pay=PAY, key="northlight/c")
    )
    assert _canonical(release) == {}


def test_the_posting_with_a_key_is_the_canonical_one(built: Build) -> None:
    rows = _posting("one", "zz", "AI product manager", pay=PAY, key="northlight/zz")
    rows += _posting("two", "pm", "product manager", pay=PAY) + _posting("three", "pm", "product manager", pay=PAY)
    assert _canonical(built(rows)) == {"pm": "zz"}


def test_what_both_assert_is_one_assertion(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", pay=PAY, key="x") + _posting(
        "two", "ai", "AI product manager", pay=PAY
    )
    assert _canonical(built(rows), assertions=True) == {"ai": "pm", "ai-300000-900000": "pm-300000-900000"}


def test_an_identification_gives_its_reasons_in_words_and_numbers(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", pay=PAY, key="x") + _posting(
        "two", "ai", "AI product manager", pay=PAY
    )
    release = built(rows)
    for slug in ("pm", "ai"):
        shown = show(release.open(), BASE.id("posting", slug))
        assert shown.iri == BASE.id("posting", "pm").value
        assert {fact.document for fact in shown.facts} == {"one", "two"}
        (decision,) = shown.identifications
        assert decision.summary == "“AI product manager” is taken for “product manager”"
        assert decision.reasons == (
            "employer: northlight in both",
            "location: not given by both",
            "pay: 300,000 to 900,000 USD a year in both",
            "title: “product manager” and “AI product manager”, 1.00 alike in the words that both have",
        )
        assert (decision.similarity, decision.threshold) == ("1", "0.85")


def test_a_person_keeps_apart_what_the_rules_would_join(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", pay=PAY) + _posting("two", "ai", "AI product manager", pay=PAY)
    pm, ai = BASE.id("posting", "pm"), BASE.id("posting", "ai")
    assert _canonical(built(rows))
    assert _canonical(built(rows, (pm, ONR.distinctFrom, ai))) == {}
    assert _canonical(built(rows, (ai, ONR.distinctFrom, pm))) == {}


def test_a_person_joins_what_the_rules_would_not(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", key="a") + _posting(
        "two", "x", "AI specialist", key="b", employer=UNIT
    )
    release = built(rows, (BASE.id("posting", "x"), ONR.identifiedWith, BASE.id("posting", "pm")))
    assert _canonical(release) == {"pm": "x"}
    (decision,) = show(release.open(), BASE.id("posting", "x")).identifications
    assert decision.reasons == ("decided by a person, in the file of identities",)
    assert decision.similarity is None


def test_organizations_are_joined_by_a_person_only(built: Build) -> None:
    rows = _posting("one", "pm", "product manager") + _posting("two", "pm2", "artist", employer=UNIT)
    assert _canonical(built(rows)) == {}
    assert _canonical(built(rows, (EMPLOYER, ONR.identifiedWith, UNIT))) == {"northlight-games": "northlight"}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Bob Iger", "Robert Iger", True),
        ("Bob Iger", "Robert A. Iger", True),
        ("R. Iger", "Robert Iger", True),
        ("Bob Iger", "Bill Iger", False),
        ("Bob Iger", "Bob Chapek", False),
        ("Robert A. Iger", "Robert B. Iger", False),
        ("Robert Downey Jr.", "Robert Downey Sr.", False),
    ],
)
def test_persons_are_one_by_surname_given_name_and_affiliation(
    built: Build, one: str, other: str, is_one: bool
) -> None:
    rows = _person("one", one, EMPLOYER) + _person("two", other, EMPLOYER)
    assert bool(_canonical(built(rows))) == is_one
    elsewhere = _person("one", one, EMPLOYER) + _person("two", other, UNIT)
    assert _canonical(built(elsewhere)) == {}


def test_a_nickname_that_two_persons_share_is_neither_and_can_be_decided(built: Build) -> None:
    rows = _person("one", "J. Reed", EMPLOYER) + _person("two", "John Reed", EMPLOYER)
    rows += _person("three", "Jane Reed", EMPLOYER)
    assert _canonical(built(rows)) == {}
    john, unclear = BASE.id("person", "john-reed"), BASE.id("person", "j-reed")
    jane = BASE.id("person", "jane-reed")
    assert len(_canonical(built(rows, (unclear, ONR.identifiedWith, john), (john, ONR.distinctFrom, jane)))) == 1


def test_a_nickname_is_reversible(built: Build) -> None:
    rows = _person("one", "Bob Iger", EMPLOYER) + _person("two", "Robert Iger", EMPLOYER)
    apart = (BASE.id("person", "bob-iger"), ONR.distinctFrom, BASE.id("person", "robert-iger"))
    assert len(_canonical(built(rows))) == 1
    assert _canonical(built(rows, apart)) == {}


def test_the_graph_conforms_to_the_shapes(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", pay=PAY, key="x") + _posting(
        "two", "ai", "AI product manager", pay=PAY
    )
    rows += _person("three", "Bob Iger", EMPLOYER) + _person("four", "Robert Iger", EMPLOYER)
    store = built(rows).open()
    assert check(store.quads_for_pattern(None, None, None, IDENTITIES)).to_text() == "conforms\n"


def test_every_thing_that_a_document_names_has_a_canonical_one(invented: Release) -> None:
    store = invented.open()
    named = {
        quad.object
        for predicate in (ONR.concerns, ONR.speaker, ONR.posting, ONR.event, ONR.recipient)
        for quad in store.quads_for_pattern(None, predicate, None, None)
    }
    counted = {q.subject for q in store.quads_for_pattern(None, ONR.canonical, None, Base().graph("identities"))}
    assert named
    assert named <= counted


ROWS = st.one_of(
    st.builds(
        lambda document, slug, title, pay, place: _posting(document, slug, title, pay=pay, **place),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(
            ["product manager", "AI product manager", "games product manager", "senior AI product manager"]
        ),
        st.sampled_from([PAY, (None, 900_000), (10, 20)]),
        st.sampled_from([{}, {"place": "Tokyo"}, {"key": "k"}, {"key": "l"}]),
    ),
    st.builds(
        _person,
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["Bob Reed", "Robert Reed", "R. Reed", "Roberta Reed"]),
        st.sampled_from([EMPLOYER, UNIT]),
    ),
)
CORPUS = st.lists(ROWS, max_size=6)


@settings(max_examples=15, deadline=None)
@given(history=st.lists(CORPUS, min_size=2, max_size=3))
def test_a_release_has_the_same_identities_however_it_came_about(
    history: list[list[list[Row]]], record_in: Callable[[Path], Record], whole: list[Quad]
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        stepwise, afresh = (record_in(Path(directory, name)) for name in ("stepwise", "afresh"))
        setting = replace(stepwise.setting, ontology=whole)
        stepwise, afresh = replace(stepwise, setting=setting), replace(afresh, setting=setting)
        release = None
        for corpus in history:
            documents: dict[str, list[Quad]] = {}
            for rows in corpus:
                name = rows[0][0].value.rpartition("/")[2]
                documents.setdefault(name, []).extend(Quad(*row, BASE.doc(name)) for row in rows)
            brought = [stepwise.contribution(name, quads) for name, quads in sorted(documents.items())]
            release = stepwise.release(*brought, parent=release)
        assert release is not None
        fresh = afresh.release(*reversed(brought))
        assert lines(release.open()) == lines(fresh.open())
        assert release.id == fresh.id


def test_a_preferred_name_goes_before_others_in_the_reasons(built: Build) -> None:
    rows = _posting("one", "pm", "product manager", pay=PAY) + _posting("two", "ai", "AI product manager", pay=PAY)
    release = built(rows, (EMPLOYER, SKOS.prefLabel, Literal("Northlight", language="en")))
    (decision,) = show(release.open(), BASE.id("posting", "pm")).identifications
    assert "employer: Northlight in both" in decision.reasons

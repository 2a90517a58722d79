"""Lookup: every way in which a thing may be named, and what is said when nothing has the name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ontology.errors import InputError, NotFound
from ontology.namespaces import EDTF, XSD, Base
from server.canned.catalogue import Catalogue
from server.canned.lookup import Lookup
from server.canned.parameters import Parameter
from server.releases.release import Release

ID = "https://w3id.org/onrecord/id/"
DOC = "https://w3id.org/onrecord/doc/"
TOPIC = "https://w3id.org/onrecord/topic/"


@pytest.fixture(scope="module")
def lookup(invented: Release) -> Lookup:
    return Lookup(invented.open(), invented.base)


@pytest.mark.parametrize(
    ("kind", "text", "iri"),
    [
        ("actor", "Harbor Guild", ID + "organization/harbor-guild"),
        ("actor", "  the HARBOR guild ", ID + "organization/harbor-guild"),
        ("actor", "hg", ID + "organization/harbor-guild"),
        ("actor", "harbor-guild", ID + "organization/harbor-guild"),
        ("actor", "id:organization/harbor-guild", ID + "organization/harbor-guild"),
        ("actor", "ID:Organization/Harbor-Guild", ID + "organization/harbor-guild"),
        ("actor", ID + "organization/harbor-guild", ID + "organization/harbor-guild"),
        ("actor", f"<{ID}organization/harbor-guild>", ID + "organization/harbor-guild"),
        ("actor", (ID + "organization/harbor-guild").upper(), ID + "organization/harbor-guild"),
        ("actor", "Producers' Alliance", ID + "organization/producers-alliance"),
        ("actor", "northlight, inc", ID + "organization/northlight"),
        ("actor", "daily ledger", ID + "organization/daily-ledger"),
        ("actor", "Okoro", ID + "person/ben-okoro"),
        ("actor", "ada-fenn", ID + "person/ada-fenn"),
        ("actor", "Stunt Performers", ID + "group/stunt-performers"),
        ("actor", "quiet studio", ID + "organization/quiet-studio"),
        ("topic", "ai", TOPIC + "ai"),
        ("topic", "Artificial Intelligence", TOPIC + "ai"),
        ("topic", "topic:chatgpt", TOPIC + "chatgpt"),
        ("topic", "Generative AI", TOPIC + "generative-ai"),
        ("document", "alpha", DOC + "alpha"),
        ("document", "ALPHA", DOC + "alpha"),
        ("document", "alpha.txt", DOC + "alpha"),
        ("document", "doc:alpha", DOC + "alpha"),
        ("document", DOC + "alpha", DOC + "alpha"),
        ("document", "northlight hires", DOC + "bravo"),
        ("fact", "doc:alpha/statement-11-131", DOC + "alpha/statement-11-131"),
        ("fact", DOC + "alpha/statement-11-131", DOC + "alpha/statement-11-131"),
        ("thing", "ML lead", ID + "posting/northlight-ml-lead"),
        ("thing", "id:event/guild-strike", ID + "event/guild-strike"),
        ("thing", "Chatwright", ID + "technology/chatwright"),
        ("thing", "harbor guild", ID + "organization/harbor-guild"),
        ("thing", "ai", TOPIC + "ai"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(kind: str, text: str, iri: str, lookup: Lookup) -> None:
    assert lookup.terms(Parameter("about", kind, "what"), text) == [NamedNode(iri)]


def test_a_name_of_the_wrong_kind_is_not_found(lookup: Lookup) -> None:
    for kind, text in [("actor", "ML lead"), ("topic", "Harbor Guild"), ("document", "ai"), ("actor", DOC + "alpha")]:
        with pytest.raises(NotFound, match=f"about: there is no {kind} {re.escape(repr(text))} on record"):
            lookup.terms(Parameter("about", kind, "what"), text)


@pytest.mark.parametrize(
    ("kind", "text", "nearest"),
    [
        ("actor", "Harbour Guild", "Harbor Guild"),
        ("actor", "Ada Fen", "Ada Fenn"),
        ("topic", "artificial inteligence", "ai"),
        ("document", "alpah", "alpha"),
    ],
)
def test_the_nearest_names_are_given(kind: str, text: str, nearest: str, lookup: Lookup) -> None:
    with pytest.raises(NotFound) as caught:
        lookup.terms(Parameter("about", kind, "what"), text)
    assert caught.value.nearest[0] == nearest
    assert len(caught.value.nearest) <= 3


def test_anything_on_record_can_be_called_by_name(lookup: Lookup) -> None:
    assert lookup.things("Deep Tide") == [NamedNode(ID + "work/deep-tide")]
    assert lookup.things("doc:alpha/statement-11-131") == [NamedNode(DOC + "alpha/statement-11-131")]
    with pytest.raises(NotFound, match="nothing on record is called 'Deep Tied'; nearest: Deep Tide"):
        lookup.things("Deep Tied")


def test_a_name_that_two_things_have_stands_for_both_and_a_label_wins_over_an_alias() -> None:
    store = Store()
    store.update("""
      PREFIX onr: <https://w3id.org/onrecord/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      INSERT DATA {
        <urn:a> a onr:Actor ; rdfs:label "Smith" . <urn:b> a onr:Actor ; rdfs:label "Smith" .
        <urn:c> a onr:Actor ; rdfs:label "Jones" ; onr:name "Smith" .
      }""")
    lookup = Lookup(store)
    assert lookup.find("actor", "Smith") == lookup.find("actor", "SMITH") == [NamedNode("urn:a"), NamedNode("urn:b")]


def test_names_follow_the_base_of_the_release() -> None:
    store = Store()
    store.update("""INSERT DATA { <https://example.org/r/id/person/x> a <https://w3id.org/onrecord/ontology#Actor> }""")
    lookup = Lookup(store, Base("https://example.org/r/"))
    expected = [NamedNode("https://example.org/r/id/person/x")]
    assert lookup.find("actor", "id:person/x") == expected
    assert lookup.find("actor", ID + "person/x") == expected


def parameter(kind: str, **more: object) -> Parameter:
    return Parameter("value", kind, "a value", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("integer", " 12 ", Literal("12", datatype=XSD.integer)),
        ("integer", "1,200", Literal("1200", datatype=XSD.integer)),
        ("integer", "007", Literal("7", datatype=XSD.integer)),
        ("integer", "0", Literal("0", datatype=XSD.integer)),
        ("number", "300000", Literal("300000", datatype=XSD.decimal)),
        ("number", "1,234.50", Literal("1234.50", datatype=XSD.decimal)),
        ("number", "0.5", Literal("0.5", datatype=XSD.decimal)),
        ("date", "2023", Literal("2023", datatype=EDTF.EDTF)),
        ("date", "2023-07", Literal("2023-07", datatype=EDTF.EDTF)),
        ("date", "2024-02-29", Literal("2024-02-29", datatype=EDTF.EDTF)),
        ("text", " as it is ", Literal(" as it is ")),
    ],
)
def test_a_literal_is_read(kind: str, text: str, term: Literal, lookup: Lookup) -> None:
    assert lookup.terms(parameter(kind), text) == [term]


def test_a_choice_is_read_in_any_case_with_spaces_or_dashes(lookup: Lookup) -> None:
    kind = parameter("choice", choices=("news_outlet", "union"))
    assert lookup.terms(kind, " News Outlet") == lookup.terms(kind, "news-outlet") == [Literal("news_outlet")]
    with pytest.raises(InputError, match="value: 'guild' is not one of news_outlet, union"):
        lookup.terms(kind, "guild")


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "two", "value: 'two' is not a whole number"),
        ("integer", "2.5", "not a whole number"),
        ("integer", "-1", "not a whole number"),
        ("integer", "٣", "not a whole number"),
        ("integer", "12,34", "not a whole number"),
        ("integer", "9" * 19, "not a whole number"),
        ("number", "NaN", "not a number"),
        ("number", "1e9", "not a number"),
        ("number", "", "not a number"),
        ("number", "$5", "not a number"),
        ("date", "July", "not a year, month or day, such as"),
        ("date", "2023-13", "not a year, month or day"),
        ("date", "2023-02-30", "not a year, month or day"),
        ("date", "0000", "not a year, month or day"),
        ("text", "\ud800", "not Unicode text"),
    ],
)
def test_a_wrong_literal_is_refused_with_what_is_allowed(kind: str, text: str, message: str, lookup: Lookup) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        lookup.terms(parameter(kind), text)


def test_a_number_below_its_minimum_is_refused(lookup: Lookup) -> None:
    with pytest.raises(InputError, match="'0' is not a whole number from 1 up"):
        lookup.terms(parameter("integer", minimum=1), "0")


HOSTILE = st.text() | st.sampled_from(
    [
        '"',
        "'''",
        "> <x>",
        "} #",
        "\n",
        "\\",
        "\0",
        "http://[",
        "https://x/ y",
        "id:",
        "id:a b",
        "doc:<",
        "\ud800",
        "topic:",
    ]
)


@given(
    kind=st.sampled_from(["actor", "topic", "document", "fact", "thing"]),
    text=st.lists(HOSTILE, max_size=3).map("".join),
)
def test_no_value_breaks_lookup(kind: str, text: str, lookup: Lookup) -> None:
    try:
        terms = lookup.terms(Parameter("about", kind, "what"), text)
    except NotFound:
        return
    assert all(isinstance(term, NamedNode) for term in terms)


def test_the_examples_of_the_catalogue_name_their_types(lookup: Lookup) -> None:
    for query in Catalogue.load():
        for each in query.parameters:
            assert each.example is None or each.names_thing or lookup.terms(each, each.example)

"""Every canned query against four invented documents: what it answers, once, in order, and what its parameters do."""

import json
import re
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store
from rdflib import Graph

from ontology import vocabulary
from ontology.namespaces import DCTERMS, ONR
from server.canned.answers import ask, run
from server.canned.catalogue import Catalogue
from server.releases.release import Release

CATALOGUE = Catalogue.load()
EXPECTED = json.loads(Path(__file__).with_name("invented.json").read_text(), parse_float=Decimal)

COLUMNS = {
    "who-said-what": "speaker role affiliation mode statement stance topics told_to reported_by said_on document "
    "evidence",
    "job-postings": "employer title salary_min salary_max currency period location sources",
    "salary-reports": "employer title salary_min salary_max wording document evidence",
    "pay-compared": "who amount_min amount_max currency period kind document evidence",
    "disagreements": "subject property value_a document_a value_b document_b",
    "corroborated": "fact sources documents",
    "actors": "name kind aliases documents statements same_as",
    "memberships": "person role organization document evidence",
    "events": "event kind participants date document evidence",
    "negotiations": "party_a party_b about state document evidence",
    "stances": "actor stance statements documents",
    "topics": "topic broader statements speakers documents",
    "reporting-chains": "speaker statement told_to reported_by document",
    "technologies": "technology developer user document evidence",
    "survey-findings": "survey by sample_size finding value unit document evidence",
    "documents": "document title author publisher date facts statements",
    "evidence": "fact kind start end exact document",
}

PARAMETERS = {
    "who-said-what": "about speaker affiliation mode stance document",
    "job-postings": "employer min-salary title",
    "salary-reports": "employer title",
    "disagreements": "about",
    "corroborated": "min-sources",
    "actors": "kind document",
    "memberships": "person organization",
    "events": "kind participant from to",
    "stances": "about",
    "reporting-chains": "outlet",
    "technologies": "actor",
    "survey-findings": "by",
    "evidence": "document fact",
}

Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def asked(invented: Release) -> Callable[..., Rows]:
    """Asks the invented documents."""

    def asked(name: str, **given: str | list[str]) -> Rows:
        typed = {key.strip("_"): [value] if isinstance(value, str) else value for key, value in given.items()}
        return ask(invented, CATALOGUE[name], typed).rows  # type: ignore[return-value]

    return asked


def test_the_catalogue_has_the_queries_that_are_public() -> None:
    assert set(CATALOGUE.names()) == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_parameters_are_the_public_ones(name: str) -> None:
    assert " ".join(CATALOGUE[name].columns) == COLUMNS[name]
    assert " ".join(parameter.name for parameter in CATALOGUE[name].parameters) == PARAMETERS.get(name, "")


@pytest.mark.parametrize("name", COLUMNS)
def test_it_answers_these_rows_in_this_order(name: str, asked: Callable[..., Rows]) -> None:
    assert [list(row.values()) for row in asked(name)] == EXPECTED[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_file_as_it_stands_answers_like_the_query_without_parameters(name: str, invented: Release) -> None:
    query = CATALOGUE[name]
    stands = [[term and term.value for term in row] for row in invented.open().query(query.text)]  # type: ignore[union-attr]
    bound = [[term and term.value for term in row] for row in invented.open().query(query.bind({}))]  # type: ignore[union-attr]
    assert stands == bound


@pytest.mark.parametrize("name", COLUMNS)
def test_no_row_comes_twice(name: str, asked: Callable[..., Rows]) -> None:
    rows = [tuple(row.values()) for row in asked(name)]
    assert len(rows) == len(set(rows))


def test_a_posting_of_four_documents_is_one_row_for_each_currency(asked: Callable[..., Rows]) -> None:
    rows = asked("job-postings", title="ml LEAD")
    assert [(row["currency"], row["sources"]) for row in rows] == [("EUR", 4), ("USD", 4)]


@pytest.mark.parametrize(
    ("name", "given", "column", "values"),
    [
        ("who-said-what", {"about": "AI"}, "document", ["alpha", "alpha", "bravo", "bravo", "charlie"]),
        ("who-said-what", {"about": "chatgpt"}, "speaker", ["Ben Okoro"]),
        ("who-said-what", {"about": ["likeness", "jobs"]}, "document", ["alpha", "charlie", "charlie", "delta"]),
        ("who-said-what", {"speaker": "ada fenn"}, "document", ["alpha", "bravo"]),
        ("who-said-what", {"speaker": "Benny Okoro"}, "document", ["alpha", "delta"]),
        ("who-said-what", {"speaker": "Northlight"}, "speaker", ["Northlight job posting: ML lead"]),
        ("who-said-what", {"stance": "supports"}, "speaker", ["Northlight job posting: ML lead", "He (unresolved)"]),
        ("who-said-what", {"speaker": "Pollwright"}, "speaker", ["Pollwright survey"]),
        ("who-said-what", {"affiliation": "HG"}, "document", ["alpha"]),
        ("who-said-what", {"mode": ["direct", "indirect"], "about": "ai"}, "mode", ["direct", "direct", "indirect"]),
        ("who-said-what", {"stance": "regulate"}, "speaker", ["stunt performers"]),
        ("who-said-what", {"document": "BRAVO", "mode": "mixed"}, "speaker", ["Ada Fenn"]),
        ("job-postings", {"min-salary": "900000"}, "title", ["ML lead"]),
        ("job-postings", {"min-salary": "650,000"}, "title", ["ML lead", "technical director"]),
        ("job-postings", {"min-salary": "650000.01"}, "title", ["ML lead"]),
        ("job-postings", {"employer": "northlight, inc.", "title": "writer"}, "title", ["Data Writer"]),
        ("job-postings", {"employer": "Cinder Labs"}, "title", []),
        ("job-postings", {"title": "machine learning"}, "sources", [4, 4]),
        (
            "salary-reports",
            {"title": "machine learning lead"},
            "document",
            ["alpha", "bravo", "charlie", "delta", "delta"],
        ),
        ("salary-reports", {"title": "technical"}, "document", ["alpha", "bravo", "charlie"]),
        ("salary-reports", {"title": ["technical", "lead"], "employer": "Wire Desk"}, "document", []),
        ("disagreements", {"about": "Northlight"}, "property", ["pay", "pay", "state"]),
        ("disagreements", {"about": "technical director"}, "document_b", ["bravo", "charlie"]),
        ("disagreements", {"about": "ai"}, "property", ["sample size", "state"]),
        ("disagreements", {"about": "Ada Fenn"}, "property", []),
        ("disagreements", {"about": "Benny Okoro"}, "value_b", ["Harbor Guild (rules)"]),
        ("corroborated", {"min-sources": "3"}, "sources", [4, 3, 3]),
        ("corroborated", {"min-sources": "1"}, "documents", 12),
        ("actors", {"kind": "studio"}, "name", ["Northlight", "Northlight Games"]),
        ("actors", {"kind": "other"}, "name", []),
        ("actors", {"document": "delta"}, "statements", [2, 2, 1, 0, 0]),
        ("actors", {"document": "alpha", "kind": "person"}, "name", ["Ada Fenn", "Ben Okoro", "Cy Dale"]),
        ("memberships", {"person": "Fenn", "organization": "Harbor Guild"}, "document", ["alpha", "delta"]),
        ("memberships", {"organization": "Northlight"}, "person", ["Ben Okoro"]),
        ("memberships", {"organization": "Cinder Labs"}, "document", []),
        ("events", {"kind": ["strike", "layoff"]}, "event", ["layoffs", "strike of Harbor Guild"]),
        ("events", {"participant": "Northlight"}, "document", ["bravo"]),
        ("events", {"from": "2023-07-14"}, "date", ["2023-07"]),
        ("events", {"from": "2023"}, "date", ["2023-05-02", "2023-07"]),
        ("events", {"from": "2023-05-03"}, "date", ["2023-07"]),
        ("events", {"to": "2023-06"}, "date", ["2023-05-02"]),
        ("events", {"from": "2023-05-02", "to": "2023-05-02"}, "date", ["2023-05-02"]),
        ("events", {"from": "2024"}, "date", []),
        ("stances", {"about": "likeness"}, "actor", ["stunt performers"]),
        ("stances", {"about": "ai"}, "statements", [2, 1, 1, 1, 1]),
        ("reporting-chains", {"outlet": "wire desk"}, "speaker", ["Ben Okoro"]),
        ("reporting-chains", {"outlet": "Daily Ledger"}, "speaker", ["Ada Fenn", "Ben Okoro"]),
        ("technologies", {"actor": "Cinder Labs"}, "user", ["Northlight", "stunt performers"]),
        ("technologies", {"actor": "stunt performers"}, "technology", ["Chatwright", "Chatwright"]),
        ("survey-findings", {"by": "Pollwright"}, "value", [91, Decimal("0.25")]),
        ("survey-findings", {"by": "Northlight"}, "value", []),
        ("evidence", {"document": ["charlie", "delta"]}, "document", 24),
        ("evidence", {"fact": "doc:alpha/statement-132-211"}, "start", [132, 165]),
    ],
)
def test_a_parameter_selects(
    name: str, given: dict[str, Any], column: str, values: list[object] | int, asked: Callable[..., Rows]
) -> None:
    found = [row[column] for row in asked(name, **given)]
    assert found == values if isinstance(values, list) else len(found) == values


def test_asking_about_a_topic_counts_what_the_topics_query_counts(asked: Callable[..., Rows]) -> None:
    for row in asked("topics"):
        assert len(asked("who-said-what", about=row["topic"])) == row["statements"], row["topic"]


def test_every_fact_with_a_sentence_is_found_by_its_query(asked: Callable[..., Rows]) -> None:
    facts = {row["fact"]: row["kind"] for row in asked("evidence")}
    assert len(facts) == sum(row["facts"] for row in asked("documents"))
    kinds = list(facts.values())
    assert len(asked("who-said-what")) == kinds.count("statement")
    assert len(asked("events")) == kinds.count("event-report")
    assert len(asked("pay-compared")) == kinds.count("pay-report")


def test_adjacent_sentences_are_joined_as_the_document_joins_them(asked: Callable[..., Rows]) -> None:
    row, *_ = asked("who-said-what", document="delta")
    assert row["evidence"] == "This article finds that nothing is settled.\n\n“Nothing,” it says."
    (row,) = asked("who-said-what", speaker="Okoro", document="alpha")
    assert row["evidence"] == "“We will not use it.” […] “Not this year,” Okoro told Wire Desk in June."


PAY = """
PREFIX onr: <https://w3id.org/onrecord/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {{
  <urn:job> rdfs:label "job" ; onr:canonical <urn:job> .
  <urn:a> dcterms:identifier "a" . <urn:b> dcterms:identifier "b" .
  <urn:fa> a onr:PayReport ; onr:recipient <urn:job> ; onr:payKind onr:postingPay ; onr:currency "USD" ;
    onr:wording "first" ; onr:inDocument <urn:a> {a} .
  <urn:fb> a onr:PayReport ; onr:recipient <urn:job> ; onr:payKind onr:postingPay ; onr:currency {currency} ;
    onr:wording "second" ; onr:inDocument <urn:b> {b} .
}}"""


def bounds(low: int | None, high: int | None, period: str | None = None) -> str:
    pairs = {"amountMin": low, "amountMax": high, "period": period and f"onr:{period}"}
    return "".join(f" ; onr:{name} {value}" for name, value in pairs.items() if value is not None)


@pytest.mark.parametrize(
    ("a", "b", "disagree"),
    [
        ((650, None), (None, 650), True),
        ((650, None), (None, 600), True),
        ((650, None), (None, 700), False),
        ((650, None), (450, 650), True),
        ((None, 650), (450, 650), False),
        ((None, 650), (450, 600), True),
        ((300, 900), (300, 900), False),
        ((300, None), (300, 900), False),
        ((300, 900), (None, None), False),
        ((300, 900, "year"), (30, 90, "hour"), False),
        ((300, 900, "year"), (30, 90), True),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_pay_disagrees_only_where_bounds_contradict(
    a: tuple[Any, ...], b: tuple[Any, ...], disagree: bool, turned: bool
) -> None:
    first, second = (b, a) if turned else (a, b)
    store = Store()
    store.update(PAY.format(a=bounds(*first), b=bounds(*second), currency='"USD"'))
    rows = run(CATALOGUE["disagreements"], store, {}).rows
    assert [list(row.values()) for row in rows] == [["job", "pay", "first", "a", "second", "b"]] * disagree


def test_pay_in_two_currencies_does_not_disagree() -> None:
    store = Store()
    store.update(PAY.format(a=bounds(1, 2), b=bounds(3, 4), currency='"EUR"'))
    assert run(CATALOGUE["disagreements"], store, {}).rows == []


EVENTS = """
PREFIX onr: <https://w3id.org/onrecord/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  onr:state onr:singleValued true ; rdfs:label "state"@en .
  onr:ongoing skos:notation "ongoing" . onr:ended skos:notation "ended" .
  <urn:strike> rdfs:label "strike" ; onr:canonical <urn:strike> .
  <urn:a> dcterms:identifier "a" . <urn:b> dcterms:identifier "b" .
  <urn:f1> onr:concerns <urn:strike> ; onr:inDocument <urn:a> ; onr:state onr:ongoing .
  <urn:f2> onr:concerns <urn:strike> ; onr:inDocument <urn:a> ; onr:state onr:ended .
  <urn:f3> onr:concerns <urn:strike> ; onr:inDocument <urn:b> ; onr:state onr:ended .
}"""


def test_facts_of_one_document_do_not_disagree_and_one_value_in_common_is_agreement() -> None:
    store = Store()
    store.update(EVENTS)
    assert run(CATALOGUE["disagreements"], store, {}).rows == []
    store.update(
        "DELETE DATA { <urn:f2> <https://w3id.org/onrecord/ontology#state> <https://w3id.org/onrecord/ontology#ended> }"
    )
    assert [list(row.values()) for row in run(CATALOGUE["disagreements"], store, {}).rows] == [
        ["strike", "state", "ongoing", "a", "ended", "b"]
    ]


def test_queries_use_only_terms_that_the_ontology_has() -> None:
    known = {term.iri.value.partition("#")[2] for term in vocabulary.terms()}
    for query in CATALOGUE:
        assert set(re.findall(r"\bonr:(\w+)", query.text)) <= known, query.name


def notations_below(cls: NamedNode) -> set[str]:
    below = (term for term in vocabulary.terms() if cls in (term.iri, *vocabulary.superclasses(term.iri)))
    return {term.notation for term in below if term.notation is not None}


@pytest.mark.parametrize(
    ("name", "parameter", "notations"),
    [
        ("who-said-what", "mode", set(vocabulary.notations("Mode"))),
        ("who-said-what", "stance", set(vocabulary.notations("Stance"))),
        ("actors", "kind", notations_below(ONR.Actor)),
        ("events", "kind", notations_below(ONR.Event)),
    ],
)
def test_choices_are_the_notations_of_the_ontology(name: str, parameter: str, notations: set[str]) -> None:
    assert set(CATALOGUE[name].parameter(parameter).choices) == notations


@pytest.fixture(scope="module")
def elsewhere(invented: Release) -> Graph:
    """The default graph of the invented documents in another SPARQL engine."""
    triples = invented.open().dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return Graph().parse(data=triples, format="nt")


# rdflib's REPLACE calls re.sub in a way that Python 3.13 deprecates.
@pytest.mark.filterwarnings("ignore:'count' is passed as positional argument:DeprecationWarning")
@pytest.mark.parametrize("name", COLUMNS)
def test_another_engine_answers_the_same_rows_in_the_same_order(name: str, elsewhere: Graph, invented: Release) -> None:
    query = CATALOGUE[name]
    rows = [[value if value is None else str(value) for value in row] for row in elsewhere.query(query.text)]  # type: ignore[union-attr]
    ours = [[value and value.value for value in row] for row in invented.open().query(query.text)]  # type: ignore[union-attr]
    assert rows == ours


@pytest.fixture(scope="module")
def enlarged(invented: Release) -> Store:
    """The invented documents a hundred times, with things of their own under the same organizations."""
    own = re.compile(r"(https://w3id.org/onrecord/(?:doc|id/(?!organization)\w+)/)([^/]+)")
    quads = [quad for quad in invented.open() if isinstance(quad.graph_name, DefaultGraph)]
    shared = [quad for quad in quads if not own.match(quad.subject.value)]
    copied = [quad for quad in quads if own.match(quad.subject.value)]

    def renamed(term: Any, copy: int) -> Any:
        return NamedNode(own.sub(rf"\g<1>\g<2>-{copy}", term.value)) if isinstance(term, NamedNode) else term

    store = Store()
    store.bulk_extend(shared)
    for copy in range(100):
        store.bulk_extend(
            Quad(
                renamed(quad.subject, copy),
                quad.predicate,
                Literal(f"{quad.object.value}-{copy}")
                if quad.predicate == DCTERMS.identifier and isinstance(quad.object, Literal)
                else renamed(quad.object, copy),
            )
            for quad in copied
        )
    return store


@pytest.mark.parametrize("name", COLUMNS)
def test_a_hundred_times_the_documents_take_no_plan_that_explodes(name: str, enlarged: Store) -> None:
    # 5 to 150 ms on one core; a nested loop over all facts would take minutes.
    start = time.perf_counter()
    rows = run(CATALOGUE[name], enlarged, {}).rows
    assert time.perf_counter() - start < 5
    assert len(rows) >= len(EXPECTED[name])

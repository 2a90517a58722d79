"""End to end on the five seeds: the release is built once, and read as its users read it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store

from server.releases.build import build
from server.releases.release import Home, Release

SEEDS = Path(__file__).parent.parent / "seeds"
Rows = list[dict[str, Any]]

PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX onr: <https://w3id.org/onrecord/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    assert build(None, home).violations == 0
    return home


@pytest.fixture(scope="module")
def release(home: Home) -> Release:
    release = home.current()
    assert release is not None
    return release


@pytest.fixture(scope="module")
def store(release: Release) -> Store:
    return release.open()


@pytest.fixture(scope="module")
def ask(home: Home) -> Callable[..., Rows]:
    def run(*arguments: str) -> Rows:
        command = [sys.executable, "-m", "server.cli", "ask", *arguments, "--format", "json", "--home", str(home.path)]
        rows: Rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return rows

    return run


def _select(store: Store, query: str) -> QuerySolutions:
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    return solutions


def _texts(release: Release) -> Mapping[str, str]:
    return {entry.name: release.text(entry.name) for entry in release.manifest.documents}


def test_the_release_keeps_the_text_of_every_seed(release: Release) -> None:
    assert _texts(release) == {path.stem: path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))}


def test_every_segment_of_every_fact_is_the_text_between_its_offsets(release: Release, store: Store) -> None:
    texts, checked = _texts(release), 0
    for row in _select(
        store,
        """SELECT ?document ?start ?end ?exact ?prefix ?suffix WHERE {
             ?fact onr:evidence ?segment ; onr:inDocument/dcterms:identifier ?document .
             ?segment oa:hasSelector ?position , ?quote .
             ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
             ?quote a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix . }""",
    ):
        text, start, end = texts[row["document"].value], int(row["start"].value), int(row["end"].value)
        assert text[start:end] == row["exact"].value
        assert text[:start].endswith(row["prefix"].value)
        assert text[end:].startswith(row["suffix"].value)
        checked += 1
    segments = _select(store, "SELECT (COUNT(*) AS ?n) WHERE { ?fact onr:evidence ?segment }")
    assert checked == int(next(iter(segments))["n"].value) > 400


def test_no_fact_stands_without_a_sentence(store: Store) -> None:
    facts = {row["fact"] for row in _select(store, "SELECT ?fact WHERE { ?fact a onr:Fact }")}
    standing = {
        row["fact"] for row in _select(store, 'SELECT ?fact { ?fact onr:evidence/onr:part/skos:notation "sentence" }')
    }
    assert len(facts) > 200
    assert facts == standing


def test_the_words_that_a_fact_gives_as_printed_are_in_its_document(release: Release, store: Store) -> None:
    texts, checked = _texts(release), 0
    for row in _select(
        store,
        """SELECT ?document ?words WHERE {
             VALUES ?given { onr:role onr:quotation onr:title onr:location onr:requirement onr:duty onr:finding
                             onr:purpose onr:about onr:population onr:wording }
             ?fact ?given ?words ; onr:inDocument/dcterms:identifier ?document }""",
    ):
        flat = " ".join(row["words"].value.split())
        assert flat in " ".join(texts[row["document"].value].split())
        checked += 1
    assert checked > 100


def test_a_thing_that_five_documents_name_is_found_once(store: Store) -> None:
    netflix = _select(store, 'SELECT ?thing WHERE { ?thing a onr:StreamingService ; skos:prefLabel "Netflix"@en }')
    assert [row["thing"].value for row in netflix] == ["https://w3id.org/onrecord/id/organization/netflix"]
    graphs = _select(
        store,
        """SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?fact ?names
             <https://w3id.org/onrecord/id/organization/netflix> ; onr:inDocument ?graph } }""",
    )
    assert len(list(graphs)) == 5


def test_the_default_graph_holds_each_triple_of_the_named_graphs_once(store: Store) -> None:
    merged = {(quad.subject, quad.predicate, quad.object) for quad in store if isinstance(quad.graph_name, NamedNode)}
    default = list(_select(store, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"))
    assert len(default) == len(merged)


SPEAKERS: list[dict[str, object]] = [
    {
        "speaker": "Duncan Crabtree-Ireland",
        "role": "national executive director and chief negotiator",
        "affiliation": "SAG-AFTRA",
        "mode": "mixed",
        "stance": "opposes",
        "reported_by": "Business Insider",
    },
    {
        "speaker": "Casey Bloys",
        "role": "CEO",
        "affiliation": "HBO",
        "mode": "direct",
        "stance": "opposes",
        "told_to": "Variety",
        "said_on": "June",
    },
    {
        "speaker": "Stacie Haller",
        "role": "chief career advisor",
        "affiliation": "ResumeBuilder",
        "mode": "direct",
    },
    {"speaker": "Devin Coldewey", "role": "writer", "affiliation": "TechCrunch", "mode": "direct"},
    {"speaker": "Netflix", "mode": "direct", "document": "004_2b72d68894c55373"},
    {"speaker": "strikers", "mode": "indirect", "stance": "regulate"},
    {"speaker": "striking actors", "mode": "indirect"},
    {"speaker": "unions", "mode": "indirect", "stance": "regulate"},
    {"speaker": "writers", "mode": "indirect"},
    {"speaker": "experts", "mode": "indirect"},
]


@pytest.mark.parametrize("expected", SPEAKERS, ids=lambda row: str(row["speaker"]))
def test_who_said_what_about_ai_names(expected: dict[str, object], ask: Callable[..., Rows], release: Release) -> None:
    rows = [row for row in ask("who-said-what", "--about", "ai") if expected.items() <= row.items()]
    assert rows
    assert all(row["evidence"] in release.text(row["document"]) for row in rows)


def test_a_statement_about_chatgpt_is_about_ai_but_not_the_other_way_round(ask: Callable[..., Rows]) -> None:
    ai, chatgpt = ask("who-said-what", "--about", "ai"), ask("who-said-what", "--about", "ChatGPT")
    assert 0 < len(chatgpt) < len(ai)
    assert all(row in ai for row in chatgpt)


def test_a_quotation_that_its_attribution_splits_is_one_statement_of_two_pieces(store: Store) -> None:
    pieces = _select(
        store,
        """SELECT ?statement ?exact WHERE {
             ?statement a onr:Statement ; onr:speaker/skos:altLabel|onr:speaker/onr:name "Stacie Haller" ;
               onr:evidence ?segment .
             ?segment onr:part/skos:notation "quotation" ; onr:order ?order ; oa:hasSelector/oa:exact ?exact .
           } ORDER BY ?order""",
    )
    rows = [(row["statement"], row["exact"].value) for row in pieces]
    assert [exact.split(" ", 2)[:2] for _, exact in rows] == [["The", "internet"], ["Those", "who"]]
    assert len({statement for statement, _ in rows}) == 1


def test_a_quotation_over_two_paragraphs_is_one_statement(ask: Callable[..., Rows]) -> None:
    (coldewey,) = ask("who-said-what", "--speaker", "coldewey")
    assert "\n\nThe problem is that" in coldewey["evidence"]


def _posting(rows: Rows, title: str, sources: int) -> dict[str, Any]:
    (row,) = [row for row in rows if row["title"].casefold() == title and row["sources"] == sources]
    return row


def test_job_postings(ask: Callable[..., Rows]) -> None:
    rows = ask("job-postings", "--employer", "netflix")
    pay = {"salary_min": 300000, "salary_max": 900000, "currency": "USD", "period": "year"}
    assert pay.items() <= _posting(rows, "product manager", 4).items()
    assert _posting(rows, "technical director", 4)["employer"] == "Netflix"
    assert {row["title"] for row in rows if row["sources"] == 1} >= {"engineering manager", "L6 research scientist"}
    (disney,) = ask("job-postings", "--employer", "Disney")
    assert disney["title"] == "senior AI engineer"
    assert disney["salary_min"] is None


def test_the_technical_directors_pay_is_reported_in_three_ways(ask: Callable[..., Rows]) -> None:
    reports = ask("salary-reports", "--title", "technical director")
    assert len({row["document"] for row in reports}) == 4
    assert {(row["salary_min"], row["salary_max"]) for row in reports} == {
        (650000, None),
        (None, 650000),
        (450000, 650000),
    }
    disputed = [row for row in ask("disagreements") if row["property"] == "pay"]
    assert {row["value_a"] for row in disputed} | {row["value_b"] for row in disputed} == {
        row["wording"] for row in reports
    }


def test_documents_differ_on_the_state_of_the_negotiations(ask: Callable[..., Rows]) -> None:
    states = [row for row in ask("disagreements") if row["property"] == "state"]
    assert [(row["value_a"], row["value_b"]) for row in states] == [("ongoing", "collapsed")]


def _block(page: str, language: str) -> str:
    text = (SEEDS.parent / "docs" / page).read_text(encoding="utf-8")
    return text.split(f"```{language}\n", 1)[1].split("```", 1)[0]


def test_the_worked_example_is_what_the_release_holds_and_answers(store: Store, ask: Callable[..., Rows]) -> None:
    graph = NamedNode("https://w3id.org/onrecord/doc/000_c8ac9c711004a68b")
    held = Store()
    held.extend(Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))
    shown = Store()
    shown.load(_block("model.md", "turtle").encode(), format=RdfFormat.TURTLE)
    assert len(shown) > 30
    assert [quad for quad in shown if quad not in held] == []
    assert ask("who-said-what", "--speaker", "crabtree-ireland") == json.loads(_block("model.md", "json"))
    annotation = (SEEDS / "000_c8ac9c711004a68b.yaml").read_text(encoding="utf-8")
    assert _block("model.md", "yaml") in annotation

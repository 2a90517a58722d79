import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Store

from ingest import mapping
from ingest.document import Document, Metadata
from ingest.extraction import Extraction
from ingest.fact_keys import MODELS
from ingest.facts import JobPosting, Person, Qualifier, Segment
from ingest.mapping import MAPPERS
from ingest.mapping.graph import passage
from ingest.resolution import Resolver
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.namespaces import ONR, Base
from ontology.topics import Topics
from ontology.vocabulary import terms


@pytest.fixture(scope="module")
def quads(sample: Document, reviewed: ReviewedExtractor, resolver: Resolver) -> list[Quad]:
    extraction = reviewed.extract(sample)
    scope = resolver.scope(sample.name, extraction.declarations)
    return mapping.quads(sample, extraction.facts, scope, extraction.review)


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _ask(store: Store, variables: str, pattern: str) -> list[tuple[str, ...]]:
    """The values of the variables, terms of the ontology by their names, empty when unbound; sorted."""
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in Base().prefixes().items())
    rows = store.query(f"{prefixes} SELECT {variables} {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return sorted(tuple("" if term is None else _short(term.value) for term in row) for row in rows)


def _short(value: str) -> str:
    return value.removeprefix(ONR).removeprefix(Base().iri)


def test_every_kind_of_fact_has_a_mapper() -> None:
    assert set(MAPPERS) == set(MODELS)


def test_a_store_gives_back_what_was_written(quads: list[Quad], store: Store) -> None:
    assert sorted(map(str, store)) == [str(quad) for quad in quads]
    assert len(set(quads)) == len(quads)


def test_there_are_no_blank_nodes_and_one_graph(quads: list[Quad]) -> None:
    assert {quad.graph_name for quad in quads} == {NamedNode("https://w3id.org/onrecord/doc/harbor")}
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_every_term_is_in_the_ontology(quads: list[Quad]) -> None:
    known = {term.iri.value for term in terms()}
    used = {term.value for quad in quads for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
    assert {iri for iri in used if iri.startswith(ONR)} <= known


def test_the_order_of_the_facts_does_not_matter(
    quads: list[Quad], sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    extraction = reviewed.extract(sample)
    scope = resolver.scope(sample.name, extraction.declarations)
    facts = [*extraction.facts, *extraction.facts[:3]]
    for seed in range(3):
        random.Random(seed).shuffle(facts)
        assert mapping.quads(sample, facts, scope, extraction.review) == quads


def test_another_base_moves_things_and_leaves_terms(
    quads: list[Quad], sample: Document, reviewed: ReviewedExtractor
) -> None:
    extraction = reviewed.extract(sample)
    base = Base("https://example.org/r/")
    scope = Resolver(Authority.load(base), Topics.load(base), base).scope(sample.name, extraction.declarations)
    moved = mapping.quads(sample, extraction.facts, scope, extraction.review)
    assert moved == sorted((base.rebase(quad) for quad in quads), key=str)


def test_evidence_selects_the_document_s_characters(store: Store, sample: Document) -> None:
    rows = _ask(
        store,
        "?start ?end ?exact ?prefix ?suffix",
        """?evidence a onr:Evidence, oa:SpecificResource ; oa:hasSource doc:harbor ; oa:hasSelector ?position, ?quote .
        ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
        ?quote a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .""",
    )
    assert rows
    for start, end, exact, prefix, suffix in rows:
        assert sample.text[int(start) : int(end)] == exact
        assert sample.text[max(0, int(start) - 32) : int(start)] == prefix
        assert sample.text[int(end) : int(end) + 32] == suffix


def test_every_fact_has_what_every_fact_has(store: Store) -> None:
    facts = _ask(store, "DISTINCT ?fact", "?fact onr:inDocument doc:harbor")
    whole = _ask(
        store,
        "DISTINCT ?fact",
        """?fact onr:inDocument doc:harbor ; a ?kind ; onr:concerns ?thing ; onr:summary ?summary ;
        onr:evidence ?evidence ; onr:extractor <https://w3id.org/onrecord/id/extractor/reviewed> ;
        onr:confidence 1.0 ; onr:review ?review .
        ?review a onr:Review ; onr:reviewer "Ada" ; onr:reviewedOn "2024-06-01"^^xsd:date .""",
    )
    assert facts == whole
    # Fifteen facts, one of which is a posting with pay.
    assert len(facts) == 16


def test_a_statement(store: Store) -> None:
    fact = "?fact a onr:Statement ; onr:mode onr:direct"
    assert _ask(
        store,
        "?speaker ?name ?role ?affiliation ?topic ?stance ?concerns",
        f"""{fact} ; onr:speaker ?speaker ; onr:speakerName ?name ; onr:role ?role ; onr:affiliation ?affiliation ;
        onr:topic ?topic ; onr:stance ?stance ; onr:concerns ?concerns""",
    ) == [
        (
            "id/person/mara-quill",
            "Mara Quill",
            "head of ferries",
            "id/organization/harbor-lines",
            "topic/jobs",
            "opposes",
            "id/person/mara-quill",
        )
    ]
    assert _ask(store, "?text", f"{fact} ; onr:text ?text") == [("We will not sail without a crew Nobody will.",)]
    assert _ask(store, "?piece", f"{fact} ; onr:quotation ?piece") == [
        ("Nobody will.",),
        ("We will not sail without a crew",),
    ]
    link = "onr:link ?link . ?link a onr:ReportingLink ; onr:order ?order ; onr:agent ?agent ; onr:linkKind ?kind"
    assert _ask(store, "?told ?order ?agent ?kind", f"{fact} ; onr:toldTo ?told ; {link}") == [
        ("id/organization/the-tidewater-post", "1", "id/organization/the-tidewater-post", "told")
    ]
    date = "onr:saidOn ?date . ?date a onr:DateReference ; onr:wording ?wording ; onr:precision ?precision"
    assert _ask(store, "?wording ?precision ?value", f"{fact} ; {date} OPTIONAL {{ ?date onr:resolved ?value }}") == [
        ("on Friday", "unresolvedPrecision", "")
    ]


def test_a_posting_and_its_pay_are_two_facts(store: Store) -> None:
    assert _ask(
        store,
        "?employer ?title ?unit ?open ?remote",
        """?fact a onr:PostingReport ; onr:posting <https://w3id.org/onrecord/id/posting/harbor-lines-night-captain> ;
        onr:employer ?employer ; onr:title ?title
        OPTIONAL { ?fact onr:unitName ?unit ; onr:open ?open ; onr:remote ?remote }""",
    ) == [
        ("id/organization/harbor-lines", "night captain", "", "", ""),
        ("id/organization/harbor-lines", "night captain", "ferries", "true", "false"),
    ]
    assert _ask(
        store,
        "?recipient ?kind ?min ?max ?currency ?period ?qualifier ?wording",
        """?fact a onr:PayReport ; onr:recipient ?recipient ; onr:payKind ?kind ; onr:currency ?currency ;
        onr:wording ?wording OPTIONAL { ?fact onr:amountMin ?min } OPTIONAL { ?fact onr:amountMax ?max }
        OPTIONAL { ?fact onr:period ?period } OPTIONAL { ?fact onr:qualifier ?qualifier }""",
    ) == [
        ("id/group/deckhands", "otherPay", "90000", "", "USD", "", "", "$90,000"),
        (
            "id/posting/harbor-lines-night-captain",
            "postingPay",
            "",
            "90000",
            "USD",
            "year",
            "upTo",
            "up to $90,000 a year",
        ),
    ]


def test_a_person_without_role_and_organization_is_only_named(sample: Document, resolver: Resolver) -> None:
    start = sample.text.index("Harbor")
    segment = Segment(start=start, end=start + 6, exact="Harbor")
    fact = Person(source=sample.source, evidence=(segment,), extractor="rules", confidence=Decimal(1), name="Ada Fenn")
    store = Store()
    store.extend(mapping.quads(sample, [fact], resolver.scope(sample.name)))
    assert _ask(store, "?person", "?fact a onr:PersonReport ; onr:namedPerson ?person") == [("id/person/ada-fenn",)]
    assert _ask(store, "?fact", "?fact a onr:Membership") == []


def test_facts_of_one_kind_and_span_are_numbered(store: Store) -> None:
    facts = _ask(store, "?fact", "?fact a onr:EventReport")
    assert len(facts) == 2
    assert facts[1] == (f"{facts[0][0]}-2",)


def test_the_document_says_what_it_says_of_itself(store: Store) -> None:
    assert _ask(
        store,
        "?name ?file ?length ?encoding ?title ?modified",
        """doc:harbor a onr:Document ; dcterms:identifier ?name ; onr:sourceFile ?file ; onr:textLength ?length ;
        onr:encoding ?encoding ; dcterms:title ?title ; dcterms:modified ?modified""",
    ) == [("harbor", "harbor.txt", "535", "utf-8", "Harbor Lines looks for a night captain", "2024-05-04")]
    assert _ask(store, "?property ?value", "?fact onr:metadataProperty ?property ; onr:value ?value") == [
        ("modified", "May 4, 2024"),
        ("title", "Harbor Lines looks for a night captain"),
    ]


@pytest.mark.parametrize(
    ("thing", "cls", "name"),
    [
        ("person/mara-quill", "Person", "Mara Quill"),
        ("group/deckhands", "Group", "deckhands"),
        ("organization/harbor-lines", "Organization", "Harbor Lines"),
        ("organization/the-tidewater-post", "NewsOutlet", "The Tidewater Post"),
        ("posting/harbor-lines-night-captain", "JobPosting", "night captain"),
        ("event/harbor-lines-survey", "Survey", "Harbor Lines survey"),
        ("event/deckhands-strike", "Strike", "Deckhands' strike"),
        ("event/an-offer", "Proposal", "An offer"),
        ("technology/tidewise", "Technology", "Tidewise"),
        ("work/low-water", "Work", "Low Water"),
        ("extractor/reviewed", "Extractor", "reviewed"),
    ],
)
def test_things_that_nobody_else_describes_are_described(store: Store, thing: str, cls: str, name: str) -> None:
    pattern = f"<https://w3id.org/onrecord/id/{thing}> a ?cls ; onr:name ?name"
    assert _ask(store, "?cls ?name", pattern) == [(cls, name)]


def test_known_actors_are_left_to_the_authority_file(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    fact = next(fact for fact in reviewed.extract(sample).facts if fact.kind == "organization")
    quads = mapping.quads(sample, [fact.model_copy(update={"name": "Netflix"})], resolver.scope("harbor"))
    netflix = NamedNode("https://w3id.org/onrecord/id/organization/netflix")
    assert any(quad.object == netflix for quad in quads)
    assert not any(quad.subject == netflix for quad in quads)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("One.\n\nTwo. Three.", [(0, 4), (6, 10)], "One.\n\nTwo."),
        ("One. Two. Three.", [(0, 4), (10, 16)], "One. […] Three."),
        ("One.", [(0, 4)], "One."),
    ],
)
def test_a_passage_is_the_sentences_as_the_document_joins_them(
    text: str, spans: list[tuple[int, int]], expected: str
) -> None:
    assert passage(text, [Segment(start=start, end=end, exact=text[start:end]) for start, end in spans]) == expected


def test_two_documents_that_say_the_same_assert_the_same(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    extraction = reviewed.extract(sample)

    def asserted(name: str) -> set[tuple[str, str]]:
        other = Document(name, sample.path, sample.data, sample.text)
        quads = mapping.quads(other, extraction.facts, resolver.scope(name, extraction.declarations))
        assertions = {quad.object for quad in quads if quad.predicate == ONR.asserts}
        return {(q.subject.value, q.object.value) for q in quads if q.subject in assertions and q.predicate == ONR.name}

    assert asserted("one") == asserted("other")
    assert {name for _, name in asserted("one")} >= {
        "Harbor Lines job posting: night captain, pay: up to 90000 USD a year",
        "Mara Quill at Harbor Lines",
        "Mara Quill: “We will not sail without a crew Nobody will.”",
        "deckhands: “sea legs”",
        "Tidewise, made by Harbor Lines",
        "Tidewise, used by deckhands",
    }


def test_amounts_that_differ_only_in_digits_or_qualifier_are_one_assertion(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    extraction = reviewed.extract(sample)
    posting = next(fact for fact in extraction.facts if isinstance(fact, JobPosting))

    def assertion(low: str | None, high: str | None, qualifier: Qualifier | None) -> set[str]:
        values = {"salary_min": low and Decimal(low), "salary_max": high and Decimal(high), "qualifier": qualifier}
        scope = resolver.scope("harbor", extraction.declarations)
        quads = mapping.quads(sample, [posting.model_copy(update=values)], scope)
        return {quad.object.value for quad in quads if quad.predicate == ONR.asserts}

    assert assertion("1", "2.0", Qualifier.RANGE) == assertion("1.00", "2", Qualifier.STARTING_AT)
    assert assertion(None, "2", Qualifier.UP_TO) != assertion(None, "2", Qualifier.LESS_THAN)
    assert assertion("2", None, None) != assertion(None, "2", None)


ENVELOPE = Metadata(
    title="Night captain sought",
    authors=("Mara Quill", "Nobody Known"),
    publisher="The Tidewater Post",
    published="2024-05",
    modified="2024-05-05",
    url="https://tidewater.example/captain",
    language="en-GB",
)


def _described(document: Document, extraction: Extraction, resolver: Resolver) -> set[tuple[str, str]]:
    quads = mapping.quads(document, extraction.facts, resolver.scope(document.name, extraction.declarations))
    return {
        (re.split("[/#]", quad.predicate.value)[-1], getattr(quad.object, "value", ""))
        for quad in quads
        if quad.subject == resolver.base.doc(document.name)
    }


def test_the_envelope_describes_the_document_where_its_text_does_not(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    extraction = reviewed.extract(sample)
    enveloped = replace(sample, metadata=ENVELOPE, member="3", media_type="text/html")
    told = _described(enveloped, extraction, resolver) - _described(sample, extraction, resolver)
    assert {(predicate, value) for predicate, value in told if not value.startswith(Base().iri)} == {
        ("issued", "2024-05"),
        ("authorName", "Mara Quill"),
        ("authorName", "Nobody Known"),
        ("publisherName", "The Tidewater Post"),
        ("url", "https://tidewater.example/captain"),
        ("inLanguage", "en-GB"),
        ("sourceMember", "3"),
        ("encodingFormat", "text/html"),
    }
    # Only who is on record for another reason is an actor.
    assert ("creator", "https://w3id.org/onrecord/id/person/mara-quill") in told
    assert not any("nobody" in value for predicate, value in told if predicate == "creator")
    bare = _described(enveloped, Extraction(), resolver)
    assert {("title", "Night captain sought"), ("issued", "2024-05"), ("modified", "2024-05-05")} <= bare
    assert not any(predicate == "creator" for predicate, _ in bare)

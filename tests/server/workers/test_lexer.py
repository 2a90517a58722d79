"""Which queries have a SERVICE clause in the engine's eyes, which graphs they name, and which change by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.workers.lexer import Dataset, dataset, federates, tokens, volatile, with_small_booleans

FEDERATED = [
    "SELECT * { SERVICE <http://a/> {} }",
    "select*{service<http://a/>{}}",
    "SELECT * { SERVICE SILENT <http://a/> {} }",
    "SELECT * { SERVICESILENT<http://a/>{} }",
    "SELECT * { sErViCe ?x {} }",
    "SELECT * { SERVICE#\n<http://a/>{} }",
    "SELECT * { # a comment\n SERVICE <http://a/> {} }",
    "PREFIX : <http://a/> SELECT * { SERVICE :x {} }",
    "PREFIX : <http://a/> SELECT * { SERVICE:x {} }",
    "PREFIX : <http://a/> SELECT * { SERVICE:x#\n{} }",
    "PREFIX : <http://a/> SELECT * { ?s ?p 1SERVICE:x{} }",
    "SELECT * { ?s ?p 1SERVICE<http://a/>{} }",
    "SELECT * { ?s ?p 1e5SERVICE<http://a/>{} }",
    "SELECT * { ?s ?p trueSERVICE<http://a/>{} }",
    "SELECT * { ?s ?p 1.SERVICE<http://a/>{} }",
    'SELECT * { ?s ?p "x"@en SERVICE<http://a/>{} }',
    "SELECT * { ?s ?p \"it's\" . SERVICE <http://a/> {} # '\n}",
    'SELECT * { ?s ?p """ " """ . SERVICE <http://a/> {} # """\n}',
    "SELECT * { ?s ?p '\\'' . SERVICE <http://a/> {} # '\n}",
    "SELECT * { OPTIONAL{SERVICE<http://a/>{}} }",
    "SELECT * { { SELECT * { SERVICE <http://a/> {} } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://a/> {} } }",
    # `<` is an operator here, and what follows the `#` a comment: a token table alone sees an IRI and a long string.
    "SELECT * { FILTER(?a<?b)#>'''\n SERVICE <http://a/> {} #'''\n}",
    "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://a/> {} #'''\n}",
    'SELECT * { FILTER(?a<ex:b#>"""\n) SERVICE <http://a/> {} #"""\n}',
    "SELECT * { FILTER(?a<?b)SERVICE?s#>\n{} }",
    "SELECT * { FILTER(?a<?b/?c)#>'''\n SERVICE <http://a/> {} #'''\n}",
]

LOCAL = [
    "SELECT * { ?s ?p ?o }",
    "",
    'SELECT * { ?s ?p "SERVICE <http://a/> {}" }',
    "SELECT * { ?s ?p 'SERVICE <http://a/> {}' }",
    'SELECT * { ?s ?p """a "quoted" \n SERVICE <http://a/> {}""" }',
    "SELECT * { ?s ?p '''it's \n SERVICE <http://a/> {}''' }",
    'SELECT * { ?s ?p "a \\" SERVICE <http://a/> {}" }',
    "SELECT * { ?s <http://a/SERVICE> ?o }",
    "SELECT * { ?s <http://a/x#SERVICE> ?o }",
    "SELECT * { ?s <http://a/#> '''\nSERVICE <http://a/> {}\n''' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://a/> {}",
    "# SERVICE <http://a/> {}\nSELECT * { ?s ?p ?o }",
    "SELECT ?service ?SERVICE $service { ?service ?SERVICE $service }",
    "PREFIX service: <http://a/> SELECT * { ?s service:p ?o }",
    "PREFIX service: <http://a/> SELECT * { ?s a service:Service . { ?s ?p ?o } }",
    "PREFIX service: <http://a/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "PREFIX service: <http://a/> SELECT * FROM service:g { ?s ?p ?o }",
    "PREFIX service: <http://a/> SELECT * FROM NAMED service:g { ?s ?p ?o }",
    "PREFIX s: <http://a/> SELECT * { ?s s:service ?o ; s:SERVICE ?p }",
    "PREFIX s: <http://a/> SELECT * { ?s a s:a.SERVICE }",
    "SELECT * { ?s ?p _:service }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * { FILTER(?a < ?b) }",
    "SELECT * { FILTER(?a<?b&&?c>?d) }",
]


@pytest.mark.parametrize("query", FEDERATED)
def test_a_service_clause_is_seen(query: str) -> None:
    assert federates(query)


@pytest.mark.parametrize("query", LOCAL)
def test_the_word_elsewhere_is_none(query: str) -> None:
    assert not federates(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", Dataset()),
        ("SELECT * FROM <http://a/1> {}", Dataset(("http://a/1",))),
        ("SELECT * FROM <http://a/1> from named <http://a/2> {}", Dataset(("http://a/1",), ("http://a/2",))),
        ("BASE <http://a/> SELECT * FROM <1> FROM <b/2> {}", Dataset(("http://a/1", "http://a/b/2"))),
        ("PREFIX a: <http://a/> PREFIX : <http://b/> ASK FROM a:1 FROM :2 {}", Dataset(("http://a/1", "http://b/2"))),
        ("BASE <http://a/> PREFIX a: <b/> ASK FROM a:1 {}", Dataset(("http://a/b/1",))),
        ("SELECT * FROM <urn:x:1> { ?s ?p 'FROM <http://a/1>' } # FROM <http://a/2>", Dataset(("urn:x:1",))),
        ("SELECT ?from FROM <urn:x:1> { ?from ?FROM ?o }", Dataset(("urn:x:1",))),
        ("SELECT * FROM <relative> {}", None),
        ("SELECT * FROM unknown:x {}", None),
        ("SELECT * FROM <http://a/\\u0031> FROM <http://a/\\U0001F3AC> {}", Dataset(("http://a/1", "http://a/🎬"))),
        ("SELECT * FROM <http\\u003A//a/1> {}", Dataset(("http://a/1",))),
        ("PREFIX a: <http://a/\\u0031> SELECT * FROM a:x\\-y\\(z\\) {}", Dataset(("http://a/1x-y(z)",))),
        ("SELECT * FROM", None),
    ],
)
def test_the_graphs_of_from(query: str, expected: Dataset | None) -> None:
    assert dataset(query) == expected


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        ("ASK FROM <1> {}", "http://r/1"),
        ("ASK FROM <> {}", "http://r/"),
        ("ASK FROM <?a> {}", "http://r/?a"),
        ("ASK FROM <//a/1> {}", "http://a/1"),
        ("ASK FROM <\\u0031> {}", "http://r/1"),
        ("PREFIX : <> ASK FROM :1 {}", "http://r/1"),
        ("BASE <b/> ASK FROM <1> {}", "http://r/b/1"),
        ("BASE <http://a/> ASK FROM <1> {}", "http://a/1"),
    ],
)
def test_relative_graphs_are_resolved_against_the_base(query: str, graph: str) -> None:
    assert dataset(query, "http://r/") == Dataset((graph,))


@pytest.mark.parametrize(
    "query", ["ASK FROM <http://[> {}", "PREFIX a: <http://[x> ASK FROM a:1 {}", "ASK FROM a:1 {}"]
)
def test_an_iri_that_cannot_be_resolved_is_no_graph(query: str) -> None:
    assert dataset(query, "http://r/") is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (now() AS ?t) {}",
        "ASK { FILTER(RAND () < 1) }",
        "ASK { BIND(UUID#\n() AS ?x) }",
        "ASK { BIND(STRUUID() AS ?x) }",
        "SELECT (BNODE() AS ?b) {}",
        "CONSTRUCT { _:b ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT { [] ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p (?o) } { ?s ?p ?o }",
        "CONSTRUCT { << ?s ?p ?o >> ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o {| ?p ?o |} } { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o ~ } { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p [] }",
        "construct {" + " ?s ?p ?o ." * 2000 + "} { ?s ?p ?o }",
    ],
)
def test_a_query_that_answers_otherwise_each_time(query: str) -> None:
    assert volatile(query)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX now: <http://a/> SELECT ?rand { ?rand now:uuid 'now and then' }",
        "SELECT * { [] ?p _:b }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p 'a' } { ?s ?p [] FILTER(?s != ?o) }",
        "SELECT (brand(1) AS ?x) {}",
    ],
)
def test_a_query_that_answers_the_same(query: str) -> None:
    assert not volatile(query)


@given(st.text(alphabet=st.sampled_from("<>#'\"\\?$:@_{}() \nSERVICEserviceax1.-/")))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(text.startswith(token.text, token.start) for token in tokens(text))
    federates(text)
    dataset(text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (TRUE AS ?t) (False AS ?f) {}", "SELECT (true AS ?t) (false AS ?f) {}"),
        ("ASK { ?s ?p TRUE , 'TRUE' } # TRUE", "ASK { ?s ?p true , 'TRUE' } # TRUE"),
        ("ASK { ?TRUE <TRUE> TRUE:TRUE }", "ASK { ?TRUE <TRUE> TRUE:TRUE }"),
        ("ASK { _:TRUE ?p 'a'@TRUE }", "ASK { _:TRUE ?p 'a'@TRUE }"),
        ("ASK { FILTER(true) }", "ASK { FILTER(true) }"),
    ],
)
def test_only_the_words_true_and_false_are_made_small(query: str, expected: str) -> None:
    assert with_small_booleans(query) == expected


@given(st.text(alphabet="TRUEFALSEtrue '\"#?<>:_\n\\{}"))
def test_making_booleans_small_moves_nothing(query: str) -> None:
    found = with_small_booleans(query)
    assert len(found) == len(query)
    assert found.lower() == query.lower()

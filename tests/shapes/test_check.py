"""The check of one graph: what it looks at, whom it blames, and what the files it is given may be."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from ontology import vocabulary
from ontology.errors import InputError
from ontology.namespaces import OA, ONR, RDF, SH, XSD, Base
from shapes.check import check, check_files
from shapes.context import Descriptions
from shapes.reading import FORMATS
from shapes.report import Sentence, Severity
from tests.shapes.graphs import RECORD, record, shape, turtle

DOC = "https://w3id.org/onrecord/doc/strike"
STATEMENT = NamedNode(f"{DOC}/statement-10-60")
WORDS = Sentence("strike", 10, 60, "Work is not data, Ann Lee of the union told us.   ")


def without(subject: NamedNode, predicate: NamedNode) -> list[Quad]:
    return [quad for quad in record() if (quad.subject, quad.predicate) != (subject, predicate)]


def with_(text: str) -> list[Quad]:
    return [*record(), *turtle(text)]


def test_a_result_says_where_it_is_and_what_to_do() -> None:
    report = check(without(STATEMENT, ONR.speaker))
    (result,) = report.results
    assert not report.conforms
    assert result.severity is Severity.VIOLATION
    assert (result.focus, result.path, result.value) == (STATEMENT, ONR.speaker, None)
    assert (result.shape, result.component) == (shape("Statement-speaker"), SH.MinCountConstraintComponent)
    assert "add `speaker:` to the annotation" in result.message
    assert (result.facts, result.sentences) == ((STATEMENT,), (WORDS,))


def test_what_is_named_is_described_by_the_context() -> None:
    about = NamedNode("https://w3id.org/onrecord/id/organization/writers-union")
    own = [quad for quad in record() if about not in (quad.subject, quad.object) or quad.predicate != RDF.type]
    own = [quad for quad in own if quad.subject != about]
    described = [quad for quad in record() if quad.subject == about]
    missing = {result.path for result in check(own).results}
    assert {ONR.affiliation, ONR.organization, ONR.participant} <= missing
    assert check(own, described).conforms


def test_the_context_is_not_reported_on() -> None:
    nameless = turtle("id:organization\\/nobody a onr:Union .")
    assert check(record(), nameless).conforms
    assert not check([*record(), *nameless]).conforms


def test_only_what_is_named_is_taken_from_the_descriptions() -> None:
    descriptions = Descriptions.load()
    netflix = Base().id("organization", "netflix")
    fact = Quad(STATEMENT, ONR.speaker, netflix)
    subjects = {quad.subject for quad in descriptions.named_in([fact])}
    assert netflix in subjects
    assert len(subjects) < 5 < len(descriptions.by_subject)
    assert descriptions.named_in([Quad(STATEMENT, ONR.text, Literal("Netflix"))]) == []


def test_descriptions_follow_the_base() -> None:
    base = Base("https://example.org/record/")
    descriptions = Descriptions.load(base)
    assert base.id("organization", "netflix") in descriptions.by_subject
    assert Base().id("organization", "netflix") not in descriptions.by_subject


def test_a_graph_under_another_base_conforms() -> None:
    base = Base("https://example.org/record/")
    assert check([base.rebase(quad) for quad in record()]).conforms


def test_the_order_and_the_graph_of_quads_do_not_matter() -> None:
    quads = without(STATEMENT, ONR.speaker)
    moved = [Quad(quad.subject, quad.predicate, quad.object, NamedNode(DOC)) for quad in reversed(quads)]
    assert check(moved) == check(quads)


def test_an_empty_graph_conforms() -> None:
    assert check([]).conforms


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(f"<{DOC}/statement-10-60/link-1> onr:mispelt 1 .", {"statement-10-60"}, id="node of a fact"),
        pytest.param("id:group\\/strikers onr:mispelt 1 .", {"stance-10-60"}, id="thing that a fact names"),
        pytest.param(f"<{DOC}/position-12-24> onr:mispelt 1 .", {"statement-10-60"}, id="selector"),
        pytest.param("doc:strike onr:mispelt 1 .", set(), id="document"),
    ],
)
def test_a_node_is_traced_to_the_facts_that_lead_to_it(text: str, facts: set[str]) -> None:
    (result,) = check(with_(text)).results
    assert {fact.value.rpartition("/")[2] for fact in result.facts} == facts


def test_a_rule_about_a_document_blames_the_fact_of_its_value() -> None:
    end = NamedNode(f"{DOC}/position-12-24")
    quads = [*without(end, OA.end), Quad(end, OA.end, Literal("61", datatype=XSD.integer))]
    report = check(quads)
    (result,) = report.results
    assert result.focus == NamedNode(DOC)
    assert result.value == NamedNode(f"{STATEMENT.value}/evidence-2")
    assert report.withheld == (STATEMENT,)
    assert result.sentences == (WORDS,)


def test_warnings_and_infos_withhold_nothing() -> None:
    report = check(without(STATEMENT, ONR.topic))
    assert not report.conforms
    assert [result.severity for result in report.results] == [Severity.INFO]
    assert report.violations == report.withheld == ()


def test_an_ill_formed_number_is_seen_as_it_was_written() -> None:
    confidence = Literal("much", datatype=XSD.decimal)
    report = check([*without(STATEMENT, ONR.confidence), Quad(STATEMENT, ONR.confidence, confidence)])
    found = {result.component: result.value for result in report.results}
    assert found[SH.DatatypeConstraintComponent] == confidence


def test_a_blank_node_is_a_violation_without_an_iri() -> None:
    (result,) = check(with_('[] a onr:Technology ; onr:name "x" .')).results
    assert result.shape == shape("Published")
    assert result.facts == ()


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_a_file_of_each_format_is_read(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"record{suffix}"
    file.write_bytes(serialize(record(), format=FORMATS[suffix]) or b"")
    assert check_files([file]).conforms


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "record.ttl.gz"
    file.write_bytes(gzip.compress(RECORD.read_bytes()))
    assert check_files([file]).conforms


def test_files_are_taken_together(tmp_path: Path) -> None:
    parts = [tmp_path / "facts.nt", tmp_path / "rest.nt"]
    for part, own in zip(parts, (True, False), strict=True):
        quads = [quad for quad in record() if (quad.subject == STATEMENT) is own]
        part.write_bytes(serialize(quads, format=RdfFormat.N_TRIPLES) or b"")
    assert not check_files(parts[:1]).conforms
    seen: list[Path] = []
    assert check_files(parts, on_progress=seen.append).conforms
    assert seen == parts


def test_a_file_may_name_what_the_authority_file_and_the_topics_describe(tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    text = RECORD.read_text(encoding="utf-8")
    file.write_text(text.replace("onr:speaker id:person\\/ann-lee", "onr:speaker id:organization\\/netflix"))
    assert check_files([file]).conforms


def test_what_follows_from_the_ontology_may_be_in_the_file(tmp_path: Path) -> None:
    inferred = [
        Quad(quad.subject, above, quad.object)
        for quad in record()
        for above in vocabulary.superproperties(quad.predicate)
    ]
    inferred += [
        Quad(quad.subject, RDF.type, above)
        for quad in record()
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)
        for above in vocabulary.superclasses(quad.object)
    ]
    file = tmp_path / "inferred.nt"
    file.write_bytes(serialize([*record(), *inferred], format=RdfFormat.N_TRIPLES) or b"")
    assert check_files([file]).conforms


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("x.ttl", b"<a:b> <a:c> 1 .\n<a:b> <a:c", "x.ttl:2: not Turtle: ", id="turtle"),
        pytest.param("x.nq", b"<a:b> <a:c> <a:d> .\nx\n", "x.nq:2: not N-Quads: ", id="n-quads"),
        pytest.param("x.jsonld", b'{"@id": 3,\n', "x.jsonld:2: not JSON-LD: ", id="json-ld"),
        pytest.param("x.rdf", b"<a>\n<b>", "x.rdf: not RDF/XML: ", id="rdf-xml"),
        pytest.param("x.ttl", b"\xff\xfe", "x.ttl:1: not Turtle: ", id="encoding"),
        pytest.param("x.ttl.gz", b"no gzip", "x.ttl.gz: not a whole gzip file: ", id="gzip"),
        pytest.param("x.txt", b"", "x.txt: the name does not say its format; ", id="unknown suffix"),
        pytest.param("x", b"", "x: the name does not say its format; ", id="no suffix"),
        pytest.param("gone.ttl", None, "gone.ttl: No such file or directory", id="missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        check_files([file])
    assert str(caught.value).startswith(f"{tmp_path}/{message}")
    assert "\n" not in str(caught.value)


def test_the_authority_file_and_the_topics_conform() -> None:
    folder = Path(vocabulary.PATH).parent
    quads = [quad for name in ("actors.ttl", "topics.ttl") for quad in parse(path=str(folder / name))]
    assert check(quads).to_text() == "conforms\n"


def test_actors_of_the_users_own_files_are_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/onrecord/id/organization/bakers> a <https://w3id.org/onrecord/ontology#Union> ;\n"
        'skos:prefLabel "Bakers Union"@en ; skos:definition "Bakers."@en .'
    )
    bakers = Base().id("organization", "bakers")
    assert bakers not in Descriptions.load().by_subject
    monkeypatch.setenv("ONRECORD_AUTHORITY", str(own))
    assert len(Descriptions.load().by_subject[bakers]) == 3

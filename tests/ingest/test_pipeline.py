import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.document import Document, read
from ingest.extraction import Extraction
from ingest.facts import Fact, Name, NameKind, Organization, OrganizationKind, Part, Segment, Stance, StanceReport
from ingest.pipeline import process
from ingest.problem import AnnotationError
from ingest.resolution import Resolver
from ingest.reviewed import ReviewedExtractor
from ontology.errors import InputError
from ontology.namespaces import ONR


class Fixed:
    """An extractor that knows its facts beforehand."""

    def __init__(self, *facts: Fact, name: str = "fixed") -> None:
        self.name = name
        self._facts = facts

    def extract(self, document: Document) -> Extraction:
        return Extraction(self._facts)


def _stance(exact: str, start: int = 0, topic: str = "jobs", extractor: str = "fixed") -> StanceReport:
    return StanceReport(
        source="harbor.txt",
        evidence=(Segment(start=start, end=start + len(exact), exact=exact),),
        extractor=extractor,
        confidence=Decimal("0.50"),
        holder=Name(name="sailors", kind=NameKind.GROUP),
        stance="opposes",
        content="ships",
        topics=(topic,),
    )


def _organization(name: str) -> Organization:
    return Organization(
        source="harbor.txt",
        evidence=(Segment(start=0, end=6, exact="Harbor"),),
        extractor="fixed",
        confidence=Decimal(1),
        name=name,
        organization_kind=OrganizationKind.OTHER,
    )


def test_a_document_becomes_its_graph(sample: Document, reviewed: ReviewedExtractor, resolver: Resolver) -> None:
    graph = process(replace(sample, name="renamed"), [reviewed], resolver)
    assert graph.document.name == "renamed"
    assert len(graph.facts) == 15
    assert not graph.problems
    assert {quad.graph_name for quad in graph.quads} == {resolver.base.doc("renamed")}


def test_a_graph_comes_whole_and_in_order_from_another_process(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    graph = process(sample, [reviewed, Fixed(_organization("nobody knows"))], resolver)
    assert pickle.loads(pickle.dumps(graph)) == graph


def test_facts_that_do_not_hold_are_left_out_and_told(sample: Document, resolver: Resolver) -> None:
    good, elsewhere = _stance("Harbor"), _stance("Harbor", start=3)
    unknown, strange = _organization("Nemo Incorporated"), _stance("Harbor", topic="whales")
    graph = process(sample, [Fixed(good, elsewhere, unknown, strange)], resolver)
    assert graph.facts == (good,)
    assert [problem.message for problem in graph.problems] == [
        "stance at 3-9 (fixed): the characters 3 to 9 are not 'Harbor'",
        *(problem.message for problem in graph.problems[1:]),
    ]
    assert "unknown name 'Nemo Incorporated'" in graph.problems[1].message
    assert "unknown topic 'whales'" in graph.problems[2].message
    assert graph.problems[0].place == str(sample.path)


def test_a_review_wins_over_every_other_extractor(
    sample: Document, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    graph = process(sample, [Fixed(_stance("Harbor")), reviewed], resolver)
    assert graph == process(sample, [reviewed], resolver)
    assert {fact.extractor for fact in graph.facts} == {"reviewed"}


def test_without_a_review_facts_of_several_extractors_are_merged(
    tmp_path: Path, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    path = tmp_path / "harbor.txt"
    path.write_text("Harbor strikes.")
    both = _stance("Harbor"), _stance("Harbor", extractor="other")
    content = [Segment(start=0, end=6, exact="Harbor", part=Part.CONTENT)]
    both = tuple(fact.model_copy(update={"evidence": (*fact.evidence, *content)}) for fact in both)
    against = both[1].model_copy(update={"extractor": "third", "stance": Stance.SUPPORTS})
    graph = process(read(path), [reviewed, Fixed(*both, against)], resolver)
    assert len(graph.facts) == 2
    origins = [quad for quad in graph.quads if quad.predicate == ONR.origin]
    otherwise = {(quad.subject, quad.object) for quad in graph.quads if quad.predicate == ONR.readOtherwise}
    assert len(origins) == 1
    assert {(b, a) for a, b in otherwise} == otherwise
    assert len(otherwise) == 2


def test_a_wrong_annotation_is_an_error(annotate, reviewed: ReviewedExtractor, resolver: Resolver) -> None:
    document = annotate("facts:\n  - event: {sentence: Never., event_kind: strike, label: x}\n")
    with pytest.raises(AnnotationError):
        process(document, [reviewed], resolver)


def test_a_reviewed_fact_that_does_not_hold_is_an_error(sample: Document, resolver: Resolver) -> None:
    with pytest.raises(InputError, match="the characters 3 to 9 are not 'Harbor'"):
        process(sample, [Fixed(_stance("Harbor", start=3, extractor="reviewed"))], resolver)


def test_a_document_without_annotation_has_only_its_metadata(
    tmp_path: Path, reviewed: ReviewedExtractor, resolver: Resolver
) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Words.")
    graph = process(read(path), [reviewed], resolver)
    assert graph.facts == ()
    assert {quad.subject for quad in graph.quads} == {resolver.base.doc("plain")}
    assert len(graph.notices) == 1

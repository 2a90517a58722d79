from pathlib import Path

import pytest

from ingest.document import Document, discover, short_names
from ingest.engine import Plan, run
from ingest.problem import AnnotationError
from ontology.errors import InputError, NotFound

SEEDS = Path(__file__).parents[2] / "seeds"


def test_processes_give_the_same_graphs_in_the_same_order() -> None:
    documents = short_names(discover([SEEDS]))
    alone = list(run(documents, Plan()))
    together = list(run(documents, Plan(), jobs=2))
    assert [graph.document.name for graph in alone] == list(documents.values())
    assert together == alone


def test_an_error_in_another_process_arrives_whole(tmp_path: Path, sample: Document) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_bytes(sample.data)
    (tmp_path / "b.yaml").write_text("document: b.txt\n")
    graphs = run(short_names(discover([tmp_path])), Plan(), jobs=2)
    assert next(graphs).document.name == "a"
    with pytest.raises(AnnotationError) as error:
        list(graphs)
    assert len(error.value.problems) == 2


def test_the_base_reaches_the_graphs(sample: Document) -> None:
    (graph,) = run({sample.path: "harbor"}, Plan(base="https://example.org/"))
    assert {quad.graph_name.value for quad in graph.quads} == {"https://example.org/doc/harbor"}


def test_unknown_extractors_and_no_jobs_are_refused(sample: Document) -> None:
    with pytest.raises(NotFound) as error:
        Plan(("review",))
    assert error.value.nearest[0] == "reviewed"
    with pytest.raises(InputError, match="no extractor"):
        Plan(())
    with pytest.raises(InputError, match="at least one job"):
        next(run({sample.path: "harbor"}, Plan(), jobs=0))

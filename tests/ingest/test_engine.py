import tracemalloc
from pathlib import Path

import pytest

from ingest.document import Document, discover, short_names
from ingest.engine import run
from ingest.plan import Plan
from ingest.problem import AnnotationError
from ingest.reading.inventory import inventory
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


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_that_cannot_be_read_are_told_and_the_others_keep_their_order(tmp_path: Path, jobs: int) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").write_bytes(b"\0" if number % 3 == 0 else b"Words.")
    (tmp_path / "7.jsonl").write_text('{"text": "One."}\n{"text"\n{"text": "\\u0000"}\n{"id": "b", "text": "Two."}\n')
    documents = short_names(discover([tmp_path]))
    faults: list[InputError] = []
    graphs = run(documents, Plan(("reviewed",)), jobs, faults.append)
    assert [graph.document.name for graph in graphs] == ["1", "2", "4", "5", "7-jsonl-1", "7-jsonl-b", "7-txt"]
    assert sorted(str(fault.place).removeprefix(f"{tmp_path}/") for fault in faults) == [
        "0.txt", "3.txt", "6.txt", "7.jsonl#2", "7.jsonl:2",
    ]  # fmt: skip
    with pytest.raises(InputError, match="a NUL character"):
        list(run({tmp_path / "0.txt": "0"}, Plan(), jobs))


def test_a_file_of_many_documents_is_not_held_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"text": "{"Words. " * 2000}{n}"}}\n' for n in range(1500)))
    documents = inventory([tmp_path], pytest.fail)
    assert len(documents) == 1500
    tracemalloc.start()
    try:
        number = sum(1 for _ in run(documents, Plan(("reviewed",))))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert number == 1500
    assert most < 10 * 2**20 < (tmp_path / "a.jsonl").stat().st_size

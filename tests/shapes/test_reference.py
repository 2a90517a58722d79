"""The reference page lists every shape and is what the shapes say today."""

from __future__ import annotations

from pathlib import Path

from shapes import reference
from tests.shapes.graphs import sh, shapes_graph

PAGE = Path(__file__).parents[2] / "docs" / "shapes.md"


def test_the_page_is_made_from_the_shapes() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page()


def test_every_shape_with_a_target_has_an_entry() -> None:
    graph = shapes_graph()
    names = {str(graph.value(node, sh("name"))) for node in graph.subjects(sh("targetClass"))}
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("### ") for line in lines if line.startswith("### ")} == names

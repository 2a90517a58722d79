"""Every shape and every constraint notices what it is there to notice, and says so in its own words."""

from __future__ import annotations

import pytest
from rdflib import RDF, URIRef

from ontology.namespaces import SH
from shapes.check import check
from tests.shapes.graphs import Breakage, batches, breakages, record, report, sh, shape, shapes_graph, turtle

PARAMETERS = {
    name: name[0].upper() + name[1:]
    for name in (
        "minCount", "maxCount", "datatype", "class", "nodeKind", "in", "pattern", "minLength", "maxLength",
        "minInclusive", "maxInclusive", "lessThan", "lessThanOrEquals", "uniqueLang", "or", "not", "node", "closed",
        "qualifiedMinCount", "qualifiedMaxCount",
    )
} | {"sparql": "SPARQL"}  # fmt: skip
"""Each constraint parameter in use, with the name of its component."""

NOT_PARAMETERS = {
    "targetClass", "name", "description", "message", "severity", "property", "path", "ignoredProperties",
    "qualifiedValueShape",
}  # fmt: skip


def constraints() -> set[tuple[str, str]]:
    """Each shape that has a name with each component it uses."""
    graph = shapes_graph()
    nested = set(graph.objects(None, sh("node")))
    return {
        (str(node).partition("#")[2], component)
        for parameter, component in PARAMETERS.items()
        for node in graph.subjects(sh(parameter))
        if isinstance(node, URIRef) and node not in nested
    }


def test_the_record_conforms() -> None:
    assert check(record()).to_text() == "conforms\n"


@pytest.mark.parametrize(
    ("change", "batch"), [pytest.param(change, batch, id=change.id) for batch in batches() for change in batch]
)
def test_breakage_is_noticed(change: Breakage, batch: tuple[Breakage, ...]) -> None:
    graph = shapes_graph()
    node = URIRef(shape(change.shape).value)
    messages = {str(m) for m in graph.objects(node, sh("message"))}
    messages |= {str(m) for rule in graph.objects(node, sh("sparql")) for m in graph.objects(rule, sh("message"))}
    severity = graph.value(node, sh("severity")) or sh("Violation")
    subject = change.remove.split(" ")[0] or change.add.split(" ")[0]
    expected = {q.subject for q in turtle(f"{subject} a 0 .")} if subject != "[]" else set()

    found = [
        result
        for result in report(batch).results
        if result.shape == shape(change.shape) and result.component == SH[f"{change.component}ConstraintComponent"]
    ]

    assert found, f"{change.case}: {report(batch).to_text()}"
    assert {result.message for result in found} <= messages
    assert {SH[result.severity.value].value for result in found} == {str(severity)}
    if change.component != "SPARQL" and expected:
        assert expected & {result.focus for result in found}


def test_each_constraint_has_one_breakage() -> None:
    rows = [(row.shape, row.component) for row in breakages()]
    assert sorted(rows) == sorted(constraints())


def test_no_parameter_is_overlooked() -> None:
    graph = shapes_graph()
    used = {str(p).removeprefix(SH) for p in graph.predicates() if str(p).startswith(SH)}
    inner = {"inversePath", "select", "hasValue"}  # of nested shapes and SPARQL constraints
    assert used - set(PARAMETERS) - NOT_PARAMETERS == inner
    named = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef)}
    assert not any((node, sh("hasValue"), None) in graph for node in named)

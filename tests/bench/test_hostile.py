"""The soak in short: every hostile kind, a few times each, beside a client that notices nothing of it."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.hostile.__main__ import holds, table
from bench.hostile.kinds import KINDS, plan
from bench.hostile.neighbour import Waits
from bench.hostile.soak import Finding, Memory, Plan, soak

SETTINGS = {"query_seconds": "10", "receive_seconds": "1"}

TOLD = {"200", "400", "403", "404", "405", "406", "408", "413", "415", "429", "431", "500", "503", "504"}


@pytest.fixture(scope="module")
def finding() -> Finding:
    """What a short soak finds."""
    return soak(Plan(len(KINDS), addresses=4, at_once=8, alone_seconds=3, settings=SETTINGS))


def test_no_well_behaved_request_fails(finding: Finding) -> None:
    assert finding.beside.failures == []
    assert len(finding.beside.seconds) > 20


def test_no_process_dies_but_workers(finding: Finding) -> None:
    assert finding.died == 0


def test_every_kind_is_answered_or_left(finding: Finding) -> None:
    assert finding.answers.keys() == KINDS.keys()
    statuses = {status for counts in finding.answers.values() for status in counts}
    assert statuses <= TOLD | {"closed", "left", "late"}
    for name in ("LOAD", "LOAD SILENT", "UTF-16", "percent FF", "query given twice"):
        assert set(finding.answers[name]) <= {"400", "429"}
    assert set(finding.answers["SERVICE to this machine"]) <= {"403", "429"}
    assert set(finding.answers["update without a token"]) == {"403"}


def test_a_plan_has_every_kind_in_turn() -> None:
    rows = [*plan(0, 5), *plan(5, len(KINDS) - 4)]
    assert [name for name, _ in rows[:-1]] == list(KINDS)
    assert rows[-1][0] == rows[0][0]
    assert len({number for _, number in rows}) == len(rows)


def _finding(**given: object) -> Finding:
    memory = Memory(10**8, 10**8, 10)
    values = {"alone": Waits([0.1]), "beside": Waits([0.2]), "died": 0, "workers_replaced": 3,
              "memory": (memory, memory, memory), "answers": {"LOAD": Counter({"400": 2})}, "seconds": 1.0}  # fmt: skip
    return Finding(**(values | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({}, True),
        ({"beside": Waits([0.2, 1.2])}, False),
        ({"beside": Waits([0.2], ["/: 503"])}, False),
        ({"died": 1}, False),
        ({"memory": (Memory(0, 0, 0), Memory(0, 0, 0), Memory(10**9, 0, 0))}, False),
    ],
)
def test_every_goal_can_be_missed(given: dict[str, object], held: bool) -> None:
    finding = _finding(**given)
    assert holds(finding) is held
    assert "| LOAD | 400: 2 |" in table(Plan(), finding)

"""The benchmark of load: what is invented, what is asked, and a whole run with a stand-in for wrk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from bench.load import __main__ as command
from bench.load import client, hostile
from bench.load.corpus import invent
from bench.load.questions import LOADS, Question, first
from bench.load.release import BASE, made
from bench.load.systems import SYSTEMS, program
from bench.load.table import Measured, markdown, ratios
from ontology.errors import InputError
from server.releases.release import Release

TRIPLES = 20_000
FIGURES = client.Figures(requests=30, seconds=3.0, bytes=9, p50=0.001, p99=0.002, worst=0.003, refused=0, lost=0)

STAND_IN = """#!{python}
import json, sys
from urllib.request import Request, urlopen
url, path, passed = sys.argv[-4], sys.argv[-2], int(sys.argv[-1])
method, target, *body = open(path).read().splitlines()[passed].split("\\t")
data = body[0].encode() if body else None
with urlopen(Request(url + target, data, {{"Accept": "application/sparql-results+json"}})) as response:
    rows = json.load(response)["results"]["bindings"]
figures = dict(requests=1, seconds=0.5, bytes=len(rows), p50=0.1, p99=0.2, worst=0.3, refused=0, lost=0)
print("Running", json.dumps(figures), sep="\\n")
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("load")


@pytest.fixture(scope="module")
def release(directory: Path) -> Release:
    return made(directory, TRIPLES, lambda _: None)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program `wrk` that asks one question."""
    path = tmp_path / "bin" / "wrk"
    path.parent.mkdir()
    path.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")


def test_the_same_seed_invents_the_same_documents_and_another_one_others() -> None:
    assert list(invent(3, seed=1)) == list(invent(3, seed=1))
    assert [each.document.text for each in invent(3, seed=1)] != [each.document.text for each in invent(3, seed=2)]


def test_every_invented_fact_stands_in_its_document() -> None:
    for invented in invent(20):
        assert len(invented.facts) >= 12
        for fact in invented.facts:
            assert all(invented.document.holds(each.start, each.end, each.exact) for each in fact.evidence)


def test_a_release_has_about_the_triples_that_were_asked_for_and_is_made_once(
    directory: Path, release: Release
) -> None:
    assert 0.8 < release.manifest.counts.triples / TRIPLES < 1.2
    before = release.path.stat().st_mtime_ns
    assert made(directory, TRIPLES, lambda _: None).path.stat().st_mtime_ns == before
    assert BASE.iri == release.manifest.base


@pytest.mark.parametrize("load", LOADS, ids=lambda load: load.name)
def test_every_load_asks_what_has_an_answer(release: Release, load: object) -> None:
    questions = first(load.questions(release, 0), 40)  # type: ignore[attr-defined]
    store = release.open()
    rows = []
    for question in questions:
        found = store.query(question.sparql)
        assert isinstance(found, QuerySolutions)
        rows.append(len(list(found)))
    assert sum(map(bool, rows)) >= len(rows) / 8


@pytest.mark.parametrize("name", ["lookups", "joins", "aggregates"])
def test_what_is_to_be_distinct_is(release: Release, name: str) -> None:
    load = next(load for load in LOADS if load.name == name)
    asked = first(load.questions(release, 0), 300)
    assert len(set(asked)) == len(asked)


def test_some_canned_questions_are_asked_far_more_often_than_others(release: Release) -> None:
    load = next(load for load in LOADS if load.name == "canned")
    times = Counter(question.canned for question in first(load.questions(release, 0), 4000))
    assert times.most_common(1)[0][1] > 10 * sorted(times.values())[len(times) // 2]
    assert len({str(name).partition("?")[0] for name in times}) >= 15


def test_each_server_is_asked_in_its_own_way() -> None:
    plain, canned = Question("ASK {}"), Question("ASK {}", "/queries/topics")
    assert SYSTEMS["onrecord"].request(plain) == "GET\t/sparql?query=ASK%20%7B%7D"
    assert SYSTEMS["onrecord"].request(canned) == "GET\t/queries/topics"
    assert SYSTEMS["oxigraph"].request(canned) == "POST\t/query\tquery=ASK%20%7B%7D"


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match="is not installed"):
        client.wrk()
    with pytest.raises(InputError, match="peers"):
        program("no-such-server")


def test_output_without_figures_is_an_error() -> None:
    with pytest.raises(InputError, match="no figures"):
        client.read("unable to connect")


def test_a_ratio_is_taken_within_a_round() -> None:
    slow = client.Figures(10, 1.0, 0, 0.1, 0.1, 0.1, 0, 0)
    fast = client.Figures(50, 1.0, 0, 0.1, 0.1, 0.1, 10, 0)
    mine = Measured("lookups", "onrecord", 0.4, (fast, slow), 0.1, 1)
    theirs = Measured("lookups", "oxigraph", 0.4, (slow, slow), 0.1, 1)
    assert ratios(mine, theirs) == [4.0, 1.0]
    line = next(line for line in markdown([mine, theirs]).splitlines() if "onrecord" in line)
    assert "| 2.50 (1.00 to 4.00) | ≥ 0.4 |" in line


def test_a_server_that_gave_no_answer_has_no_ratio() -> None:
    nothing = client.Figures(0, 1.0, 0, 0.0, 0.0, 0.0, 0, 8)
    rows = [Measured("joins", name, None, (nothing,), 0.0, 0) for name in ("onrecord", "oxigraph")]
    assert "| – |" in markdown(rows)


def test_what_strangers_send_says_how_long_it_is() -> None:
    for query in (*hostile.COSTLY, hostile.OVERFLOW):
        head, _, body = hostile.post("/sparql", query).partition(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}".encode() in head


@pytest.mark.usefixtures("stand_in")
def test_a_whole_run_prints_a_line_for_each_load(
    directory: Path, release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--triples", str(TRIPLES), "--directory", str(directory), "--systems", "onrecord", "--rounds", "2"]
    assert (
        command.main([*options, "--beside", "joins", "--strangers", "2", "--overflow", "--set", "ONRECORD_WORKERS=2"])
        == 0
    )
    printed = capsys.readouterr().out
    assert f"{release.manifest.counts.triples:,} triples" in printed
    for load in LOADS:
        assert f"\n| {load.name} | onrecord | 2.0 |" in printed
    assert "| joins, strangers beside | onrecord | 2.0 |" in printed
    assert "onrecord answers after 5,000 parentheses" in printed


def test_wrong_use_is_told_without_a_traceback() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench.load", "--triples", "20000"],
        env={"PATH": "/nowhere", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 2
    assert "wrk" in ran.stderr
    assert "Traceback" not in ran.stderr

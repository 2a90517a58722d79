"""The pool of query workers: it answers, kills, replaces, follows releases, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ontology.errors import QueryError, ReleaseError
from server.problems import QueryCrash, QueryMemory, QueryTimeout, QueueFull, ResultTooLarge, TooManyRequests
from server.releases.release import Home
from server.settings import Settings
from server.sizes import ByteSize
from server.workers.current import Current
from server.workers.pool import Outcome, Pool
from server.workers.spool import SPOOL_BYTES, Spool

JSON = "application/sparql-results+json"
HEADER = {"op": "query", "media_types": {"solutions": JSON, "boolean": JSON, "graph": "text/turtle"}, "acceptable": {}}
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = "SELECT (COUNT(*) AS ?n) { <http://a/s> ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?s ?p ?a . ?t ?q ?b . { SELECT ?c { ?u <http://a/p> ?c } LIMIT 60 } }"
"""It takes about a second."""
DEEP = "ASK " + "{" * 400_000 + "}" * 400_000

Scenario = Callable[[Pool], Awaitable[None]]


def _quads(number: int) -> list[Quad]:
    node = NamedNode
    return [Quad(node("http://a/s"), node("http://a/p"), Literal(i), node("http://a/g")) for i in range(number)]


@pytest.fixture
def home(record: Any) -> Home:
    """A home whose current release has 300 triples of one subject."""
    record.release(record.contribution("one", _quads(300)))
    found: Home = record.home
    return found


def _with_pool(home: Home, scenario: Scenario, **given: Any) -> Pool:
    """Runs a scenario in a pool; when it is over no worker is left."""
    settings = Settings(home=home.path, **{"workers": 1, "query_seconds": 20.0, **given})

    async def run() -> Pool:
        pool = Pool(settings, Current(home))
        try:
            await pool.start()
            await scenario(pool)
        finally:
            pids = _pids(pool)
            await pool.close()
        assert not [pid for pid in pids if _exists(pid)]
        return pool

    return asyncio.run(run())


async def _ask(pool: Pool, query: str) -> Outcome:
    return await pool.run(HEADER, query.encode())


def _pids(pool: Pool) -> list[int]:
    return pool.pids


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _environment(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - processes signal no event
            await asyncio.sleep(0.01)


def test_it_answers(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        outcome = await _ask(pool, COUNT)
        assert b'"300"' in outcome.body
        assert (outcome.form, outcome.media_type) == ("solutions", JSON)
        current = home.current()
        assert current is not None
        assert outcome.release == current.id
        assert pool.alive == pool.idle == 1

    _with_pool(home, scenario)


def test_workers_run_side_by_side(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        outcomes = await asyncio.gather(*(_ask(pool, COUNT) for _ in range(20)))
        assert {outcome.body for outcome in outcomes} == {outcomes[0].body}
        assert pool.idle == 2

    _with_pool(home, scenario, workers=2)


def test_an_error_of_the_query_keeps_the_worker(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        before = _pids(pool)
        with pytest.raises(QueryError) as raised:
            await _ask(pool, "SELECT * {\n ?s ?p }")
        assert (raised.value.line, raised.value.column) == (2, 9)
        assert b"300" in (await _ask(pool, COUNT)).body
        assert _pids(pool) == before

    _with_pool(home, scenario)


def test_a_large_result_is_refused_and_the_worker_kept(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        before = _pids(pool)
        with pytest.raises(ResultTooLarge):
            await _ask(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert _pids(pool) == before

    _with_pool(home, scenario, result_bytes=ByteSize(10_000))


def test_a_long_result_comes_in_a_file(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        long, short = await asyncio.gather(_ask(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f }"), _ask(pool, COUNT))
        assert isinstance(long.body, Spool)
        assert isinstance(short.body, bytes)
        assert len(long.body) == len(long.whole()) > SPOOL_BYTES
        assert len(json.loads(long.whole())["results"]["bindings"]) > 300 * 300

    _with_pool(home, scenario, workers=2, result_bytes=ByteSize(2**28))


def test_a_late_query_is_killed_and_the_next_is_answered(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        before = _pids(pool)
        with pytest.raises(QueryTimeout, match=r"ended after 0\.5 seconds"):
            await _ask(pool, CROSS)
        assert b"300" in (await _ask(pool, COUNT)).body
        await _until(lambda: len(set(before) - set(_pids(pool))) == 1)

    assert _with_pool(home, scenario, query_seconds=0.5).ended == {"timeout": 1}


def test_a_crash_is_that_querys_alone(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        crashed, fine = await asyncio.gather(_ask(pool, DEEP), _ask(pool, COUNT), return_exceptions=True)
        assert isinstance(crashed, QueryCrash)
        assert "SIGSEGV" in crashed.message
        assert isinstance(fine, Outcome)
        assert b"300" in (await _ask(pool, COUNT)).body

    assert _with_pool(home, scenario, workers=2).ended == {"crash": 1}


def test_deep_queries_are_answered(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        outcome = await _ask(pool, "ASK { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }")
        assert b"true" in outcome.body

    _with_pool(home, scenario)


def test_a_query_that_takes_all_memory_is_ended(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(QueryMemory, match="more than the 128M"):
            await _ask(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
        assert b"300" in (await _ask(pool, COUNT)).body

    assert _with_pool(home, scenario, query_memory=ByteSize(2**27)).ended == {"memory": 1}


def test_a_worker_whose_client_left_is_killed(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        before = _pids(pool)
        asking = asyncio.create_task(_ask(pool, CROSS))
        await _until(lambda: pool.idle == 0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await _until(lambda: sum(map(_exists, before)) == len(before) - 1)
        assert b"300" in (await _ask(pool, COUNT)).body

    assert _with_pool(home, scenario).ended == {"left": 1}


def test_a_worker_that_dies_between_requests_is_replaced(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        for pid in _pids(pool):
            os.kill(pid, signal.SIGKILL)
        await _until(lambda: pool.alive == 0)
        assert b"300" in (await _ask(pool, COUNT)).body

    _with_pool(home, scenario)


def test_enough_requests_wait_and_no_more(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        running = asyncio.create_task(_ask(pool, CROSS))
        await _until(lambda: pool.idle == 0)
        waiting = asyncio.create_task(_ask(pool, COUNT))
        await _until(lambda: pool.waiting == 1)
        with pytest.raises(QueueFull, match="1 requests wait"):
            await _ask(pool, COUNT)
        running.cancel()
        assert b"300" in (await waiting).body
        assert pool.waiting == 0

    _with_pool(home, scenario, queue=1)


def test_a_request_that_waited_in_vain_is_told_so(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        results = await asyncio.gather(*(_ask(pool, CROSS) for _ in range(2)), return_exceptions=True)
        assert {type(result) for result in results} <= {QueryTimeout, QueueFull}
        assert pool.waiting == 0

    _with_pool(home, scenario, query_seconds=0.5)


def test_a_killed_worker_is_replaced_at_once_and_its_query_asked_again(home: Home) -> None:
    """The time is that until all workers can be used; the one that is kept warm makes it short."""

    async def scenario(pool: Pool) -> None:
        asking = asyncio.create_task(_ask(pool, SLOW))
        await _until(lambda: pool.idle == 1)
        for pid in _pids(pool)[:2]:
            # One of them is idle, or both; whichever it is, no question fails.
            os.kill(pid, signal.SIGKILL)
        began = asyncio.get_running_loop().time()
        assert b"300" in (await _ask(pool, COUNT)).body
        assert asyncio.get_running_loop().time() - began < 1
        assert (await asking).form == "solutions"
        await _until(lambda: pool.idle == pool.alive == 2)

    _with_pool(home, scenario, workers=2)


def test_a_query_that_is_killed_twice_is_told_so(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        asking = asyncio.create_task(_ask(pool, CROSS))
        while not asking.done():
            for pid in _pids(pool):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.05)
        with pytest.raises(QueryCrash, match="SIGKILL"):
            await asking
        assert b"300" in (await _ask(pool, COUNT)).body

    _with_pool(home, scenario)


def test_long_queries_of_one_client_do_not_hold_up_others(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        hostile = [asyncio.create_task(pool.run(HEADER, CROSS.encode(), client="a")) for _ in range(12)]
        await _until(lambda: pool.idle == 0 and pool.waiting == 10)
        loop = asyncio.get_running_loop()
        waits = []
        for _ in range(20):
            began = loop.time()
            assert b"300" in (await pool.run(HEADER, COUNT.encode(), client="b")).body
            waits.append(loop.time() - began)
        assert not any(task.done() for task in hostile)
        assert sorted(waits)[10] < 1
        assert max(waits) < 5
        assert pool.ended["yielded"] > 0
        for task in hostile:
            task.cancel()
        assert {type(each) for each in await asyncio.gather(*hostile, return_exceptions=True)} == {
            asyncio.CancelledError
        }
        await _until(lambda: pool.idle == 2 and pool.waiting == 0)

    _with_pool(home, scenario, workers=2)


def test_a_query_that_yielded_comes_to_its_end(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        slow = [asyncio.create_task(pool.run(HEADER, SLOW.encode(), client="a")) for _ in range(3)]
        while not all(task.done() for task in slow):
            assert b"300" in (await pool.run(HEADER, COUNT.encode(), client="b")).body
            await asyncio.sleep(0.02)
        assert {task.result().body for task in slow} == {(await _ask(pool, SLOW)).body}
        assert pool.ended.keys() <= {"yielded"}

    _with_pool(home, scenario, workers=2, query_seconds=60.0)


def test_who_has_used_up_its_time_is_refused_beside_others(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        await pool.run(HEADER, SLOW.encode(), client="a")
        assert b"300" in (await pool.run(HEADER, COUNT.encode(), client="a")).body
        await pool.run(HEADER, COUNT.encode(), client="b")
        with pytest.raises(TooManyRequests) as raised:
            await pool.run(HEADER, COUNT.encode(), client="a")
        assert raised.value.retry_after >= 1
        assert pool.allowances.refused == 1

    _with_pool(home, scenario, client_burst=0.01, client_rate=0.01)


def test_a_request_may_lower_its_time_and_never_raise_it(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        for seconds, told in ((0.2, "0.2"), (100.0, "0.5")):
            with pytest.raises(QueryTimeout, match=f"after {told} seconds"):
                await pool.run(HEADER, CROSS.encode(), seconds=seconds)

    _with_pool(home, scenario, query_seconds=0.5)


def test_workers_move_to_the_next_release_without_a_failed_request(home: Home, record: Any) -> None:
    async def scenario(pool: Pool) -> None:
        before = _pids(pool)
        first = await _ask(pool, COUNT)
        asking = [asyncio.create_task(_ask(pool, COUNT)) for _ in range(10)]
        second = record.release(record.contribution("two", _quads(200)))
        answers = [await each for each in asking]
        last = await _ask(pool, COUNT)
        assert b'"300"' in first.body
        assert b'"200"' in last.body
        assert last.release == second.id != first.release
        for answer in answers:
            assert (b'"300"' if answer.release == first.release else b'"200"') in answer.body
        assert _pids(pool) == before

    _with_pool(home, scenario, workers=2)


def test_a_damaged_release_leaves_the_last_one_answering(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        first = await _ask(pool, COUNT)
        target = home.directory / "0123456789abcdef"
        target.mkdir()
        (target / "manifest.json").write_text("{}")
        home.link.unlink()
        home.link.symlink_to(target)
        assert (await _ask(pool, COUNT)).release == first.release
        home.link.unlink()
        home.link.symlink_to(home.directory / "gone")
        assert (await _ask(pool, COUNT)).release == first.release

    _with_pool(home, scenario)


def test_without_a_release_it_starts_and_says_so(tmp_path: Path) -> None:
    async def scenario(pool: Pool) -> None:
        assert pool.alive == 1
        with pytest.raises(ReleaseError, match="nothing has been built yet"):
            await _ask(pool, COUNT)

    _with_pool(Home(tmp_path), scenario)


def test_a_first_release_is_found_when_it_comes(record: Any) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(ReleaseError):
            await _ask(pool, COUNT)
        record.release(record.contribution("one", _quads(3)))
        assert b'"3"' in (await _ask(pool, COUNT)).body

    _with_pool(record.home, scenario)


def test_workers_know_nothing_of_the_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_SECRET", "not for queries")

    async def scenario(pool: Pool) -> None:
        assert not any(b"not for queries" in _environment(pid) for pid in _pids(pool))

    _with_pool(home, scenario)


def test_workers_have_no_network_where_the_system_allows_it(home: Home) -> None:
    async def scenario(pool: Pool) -> None:
        outside = _network("self")
        assert pool.isolated == all(_network(str(pid)) != outside for pid in _pids(pool))

    _with_pool(home, scenario)


def _network(process: str) -> str:
    return str(Path(f"/proc/{process}/ns/net").readlink())

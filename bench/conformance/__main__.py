"""Runs the tests and writes the page of what came out: `python -m bench.conformance DIRECTORY [PAGE]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.conformance import description, endpoint, engine, exchanges
from bench.conformance.endpoint import EMPTY, Endpoint, graphs_to_fill, has_graphs, serving
from bench.conformance.manifest import BASE, Case, Suite, read
from bench.conformance.page import page
from bench.conformance.verdict import Outcome, Verdict

MANIFESTS = ("sparql/sparql10/manifest.ttl", "sparql/sparql11/manifest-all.ttl", "sparql/sparql12/manifest.ttl")
EXCHANGES = frozenset({"ProtocolTest", "GraphStoreProtocolTest"})
DESCRIPTION = "ServiceDescriptionTest"


def over_http(server: Endpoint, directory: Path, suites: Sequence[Suite]) -> Iterator[Verdict]:
    """The verdicts on a server, which is emptied more than once."""
    pairs = [(suite, case) for suite in suites for case in suite.cases]
    texts = [case for _, case in pairs if case.text is not None]
    queries = [case for case in texts if "Update" not in case.kind]
    server.reset(graphs_to_fill(directory, [case for case in queries if not has_graphs(case)]))
    yield from (endpoint.run(server, directory, case) for case in queries if not has_graphs(case))
    for case in filter(has_graphs, queries):
        server.fill(directory, case.data)
        yield endpoint.run(server, directory, case)
    yield from (endpoint.run(server, directory, case) for case in texts if "Update" in case.kind)
    for suite, case in pairs:
        if case.kind in EXCHANGES:
            yield exchanges.run(server, directory, suite, case)
        elif case.kind == DESCRIPTION:
            yield description.run(server, case)


def alone(directory: Path, suites: Sequence[Suite]) -> Iterator[Verdict]:
    """The verdicts on the engine, which knows nothing of HTTP."""
    for case in _cases(suites):
        if case.text is not None:
            yield engine.run(directory, case)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs all; 1 when something fails over HTTP that the engine passes."""
    parser = argparse.ArgumentParser(prog="python -m bench.conformance", description=__doc__)
    parser.add_argument("directory", type=Path, help="a copy of https://github.com/w3c/rdf-tests")
    parser.add_argument("page", type=Path, nargs="?", help="the page to be written; else it is printed")
    parser.add_argument("--of", default="", help="which copy it is, for the page")
    given = parser.parse_args(arguments)
    suites = [suite for manifest in MANIFESTS for suite in read(given.directory, BASE + manifest)]
    if not suites:
        parser.error(f"{given.directory} holds no manifest such as {MANIFESTS[0]}")
    engine_alone = {verdict.test: verdict for verdict in alone(given.directory, suites)}
    with serving(*EMPTY) as server:
        served = {verdict.test: verdict for verdict in over_http(server, given.directory, suites)}
    text = page(list(_cases(suites)), served, engine_alone, given.of)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
    else:
        print(text)
    worse = [each for each in served.values() if _is_worse(each, engine_alone.get(each.test))]
    for verdict in worse:
        print(f"{verdict.test}: {verdict.outcome}: {verdict.why}", file=sys.stderr)
    return 1 if worse else 0


def _cases(suites: Sequence[Suite]) -> Iterator[Case]:
    return (case for suite in suites for case in suite.cases)


def _is_worse(served: Verdict, alone: Verdict | None) -> bool:
    return served.outcome is Outcome.FAILED and (alone is None or alone.outcome is not Outcome.FAILED)


if __name__ == "__main__":
    sys.exit(main())

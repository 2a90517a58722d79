"""The command: `python -m bench.reading --gold seeds tests/reading/articles --extractor rules --errors errors.txt`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.reading import gold, table
from bench.reading.scores import score
from ontology.errors import OnrecordError


def main(arguments: Sequence[str] | None = None) -> int:
    """Score an extractor and print the table; 2 when something about the call is wrong."""
    options = _parser().parse_args(arguments)
    try:
        return _evaluate(options)
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return 2


def _evaluate(options: argparse.Namespace) -> int:
    given = gold.tools()
    annotated = gold.load(options.gold, given)
    system = gold.extractor(options.extractor, given)
    started = time.perf_counter()
    readings = list(gold.readings(annotated, system))
    seconds = time.perf_counter() - started
    scores = score(readings, given.authority)
    print(table.as_json(scores) if options.format == "json" else table.markdown(scores))
    print(f"{len(readings) / seconds:.1f} documents a second, loading included", file=sys.stderr)
    if options.errors is not None:
        options.errors.write_text(table.errors(scores), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description="Score what an extractor reads.")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, metavar="DIR", help="annotated documents")
    parser.add_argument("--extractor", default="rules", help="the extractor to score (default: rules)")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write what was missed, spurious or wrong there")
    parser.add_argument("--format", choices=("md", "json"), default="md", help="how to print the scores")
    return parser


if __name__ == "__main__":
    sys.exit(main())

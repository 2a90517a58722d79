"""The command: what an extractor reads in annotated documents, or in a public corpus, beside what a person reads.

python -m bench.reading --gold seeds tests/reading/articles --extractor rules --errors errors.txt
python -m bench.reading --corpus polnear --path PolNeAR/data --part dev
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.reading import attributions, gold, systems, table
from bench.reading.corpora import CORPORA
from bench.reading.scores import Scores, score
from ontology.errors import InputError, OnrecordError


def main(arguments: Sequence[str] | None = None) -> int:
    """Score an extractor and print the table; 2 when something about the call is wrong."""
    options = _parser().parse_args(arguments)
    try:
        scores = _scores(options)
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return 2
    print(table.as_json(scores) if options.format == "json" else table.markdown(scores))
    if options.errors is not None:
        options.errors.write_text(table.errors(scores), encoding="utf-8")
    return 0


def _scores(options: argparse.Namespace) -> Scores:
    given = gold.tools(options.model)
    system = systems.system(options.extractor, given)
    started = time.perf_counter()
    if options.corpus:
        if options.path is None:
            raise InputError("where is the corpus?", "--path")
        documents = CORPORA[options.corpus](options.path, options.part)
        scores = attributions.score(documents, system)
    else:
        if not options.gold:
            raise InputError("what is to be scored? give --gold DIR or --corpus NAME")
        wrong: list[InputError] | None = [] if options.leave_out_wrong else None
        scores = score(gold.readings(gold.load(options.gold, given, wrong), system), given.authority)
        for error in wrong or ():
            print(f"left out: {error}", file=sys.stderr)
    print(f"{time.perf_counter() - started:.1f} s for {scores.documents} documents, loading included", file=sys.stderr)
    return scores


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description="Score what an extractor reads.")
    parser.add_argument("--gold", type=Path, nargs="+", metavar="DIR", help="documents with annotations beside them")
    parser.add_argument(
        "--leave-out-wrong", action="store_true", help="go on without documents whose annotation is wrong"
    )
    parser.add_argument("--corpus", choices=tuple(CORPORA), help="a public corpus instead")
    parser.add_argument("--path", type=Path, metavar="DIR", help="where that corpus is")
    parser.add_argument("--part", default="dev", help="which part of it (default: dev)")
    parser.add_argument("--extractor", default="rules", help="the extractor to score (default: rules)")
    parser.add_argument("--model", help="another model of spaCy, by path or name")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write what was missed, spurious or wrong there")
    parser.add_argument("--format", choices=("md", "json"), default="md", help="how to print the scores")
    return parser


if __name__ == "__main__":
    sys.exit(main())

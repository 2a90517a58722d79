"""Writes docs/reading-benchmark.md from one comparison; the words of the page are in page.md.

What people write on the page from its heading "What stops it" on is kept when the page is written again.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from string import Template

from bench.reading.comparison import OURS, Results, Scored, Settings, measure
from bench.reading.corpora import CORPORA
from bench.reading.cost import Cost
from bench.reading.growth import Growth
from bench.reading.table import markdown, rate
from ontology.errors import OnrecordError

KEPT = "## What stops it"
"""Heading of what is kept."""

_TEMPLATE = Path(__file__).with_name("page.md")
_INVITATION = f"{KEPT}\n\nNothing is written here yet.\n"
_NO_CORPUS = "No public corpus was at hand in this run."


def render(settings: Settings, results: Results, machine: str, kept: str = _INVITATION) -> str:
    """The page."""
    page = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        command=command(settings),
        machine=machine,
        side_by_side="\n".join(_side_by_side(results.sets)),
        corpora="\n".join(_corpora(results.corpora)) or _NO_CORPUS,
        costs="\n".join(_costs(results.costs, results.machine_scaling)),
        long_run=f"{results.long_run.documents:,}",
        memory="\n".join(_memory(results.long_run)),
        growths="\n".join(_growths(results.growths)),
        details="\n\n".join(_details(results.sets)),
    )
    return f"{page.rstrip()}\n\n{kept}"


def command(settings: Settings) -> str:
    """How the page is written again with the same settings, the corpora being where the user has them."""
    default = Settings(())
    options = [f"--corpus {name}=DIR" for name, _ in settings.corpora]
    for key, value, usual in (
        ("--documents", settings.documents, default.documents),
        ("--long-run", settings.long_run, default.long_run),
        ("--largest", settings.largest, default.largest),
    ):
        if value != usual:
            options.append(f"{key} {value}")
    return f'make bench-reading READING="{" ".join(options)}"' if options else "make bench-reading"


def kept(page: Path) -> str:
    """What people wrote on the page that is there."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    start = text.find(KEPT)
    return text[start:] if start >= 0 else _INVITATION


def machine() -> str:
    """What the run is made on, as far as it matters for its times."""
    load = f", with a load of {os.getloadavg()[0]:.1f} from other work" if hasattr(os, "getloadavg") else ""
    return (
        f"Python {platform.python_version()}, spaCy {metadata.version('spacy')}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}{load}"
    )


def _side_by_side(sets: Iterable[Scored]) -> Iterator[str]:
    yield "| set (documents) | system | lost | found, F1 | right speaker: precision | recall | F1 | quoted, F1 |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for each in sets:
        found = each.scores["statements, all: found"]
        right = each.scores["statements, all: with the right speaker"]
        quoted = each.scores["statements, direct and mixed: with the right speaker"]
        yield _scored_row(each, (found.f1, right.precision, right.recall, right.f1, quoted.f1))


def _corpora(corpora: Sequence[Scored]) -> Iterator[str]:
    if not corpora:
        return
    yield "Public corpora count noun phrases as content and do not resolve names: statements and stances are both"
    yield "taken, and a source is right when it shares a word with the corpus's."
    yield ""
    yield "| corpus (documents) | system | lost | content, F1 | exact, F1 | right source: precision | recall | F1 |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for each in corpora:
        content = each.scores["attributions: content found"]
        exact = each.scores["attributions: content exact"]
        right = each.scores["attributions: content found, source right"]
        yield _scored_row(each, (content.f1, exact.f1, right.precision, right.recall, right.f1))


def _scored_row(scored: Scored, shares: Iterable[float | None]) -> str:
    cells = " | ".join(rate(share) for share in shares)
    scores = scored.scores
    return f"| {scored.name} ({scores.documents}) | {scored.system} | {len(scores.lost)} | {cells} |"


def _costs(costs: Sequence[Cost], machine_scaling: float) -> Iterator[str]:
    yield (
        "| system | what | documents a second | thousand characters a second | processor, ms a document | lost "
        "| loading, s | peak, MB |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for each in costs:
        what = f"to quads, {each.jobs} process{'es' if each.jobs > 1 else ''}" if each.jobs else "extraction"
        characters = each.characters / each.documents * each.rate / 1000
        yield (
            f"| {each.system} | {what} | {each.rate:.1f} | {characters:.0f} | {_milliseconds(each)} "
            f"| {each.lost} of {each.documents} "
            f"| {'–' if each.jobs else f'{each.loading:.1f}'} | {each.peak / 1e6:.0f} |"
        )
    alone = {each.system: each for each in costs if not each.jobs}
    ours, textacy = alone[OURS], alone["textacy"]
    engine = {each.jobs: each.rate for each in costs if each.jobs}
    yield ""
    yield f"`{OURS}` reads {ours.rate / textacy.rate:.2f} times as many documents a second as `textacy`,"
    yield f"and takes {ours.processor / textacy.processor:.2f} times the processor's time for each."
    yield f"Two processes read {engine[2] / engine[1]:.2f} times as many documents a second as one;"
    yield f"of plain arithmetic two do {machine_scaling:.2f} times as much as one on this machine."


def _milliseconds(cost: Cost) -> str:
    return f"{1000 * cost.processor / cost.documents:.0f}" if cost.processor else "–"


def _memory(run: Cost) -> Iterator[str]:
    yield "| documents read | " + " | ".join(f"{number:,}" for number, _ in run.resident) + " |"
    yield "|---|" + "---:|" * len(run.resident)
    yield "| resident, MB | " + " | ".join(f"{held / 1e6:.0f}" for _, held in run.resident) + " |"


def _growths(growths: Sequence[Growth]) -> Iterator[str]:
    lengths = sorted({length for each in growths for length, _ in each.seconds})
    yield "| shape | " + " | ".join(f"{length:,}" for length in lengths) + " | power |"
    yield "|---|" + "---:|" * (len(lengths) + 1)
    for each in growths:
        taken = dict(each.seconds)
        cells = [f"{taken[length]:.2f}" if length in taken else "–" for length in lengths]
        power = each.failed or (f"{each.exponent:.2f}" if each.exponent is not None else "–")
        yield f"| {each.shape} | {' | '.join(cells)} | {power} |"


def _details(sets: Iterable[Scored]) -> Iterator[str]:
    for each in sets:
        if each.system == OURS:
            yield f"### {each.name}, {each.system}"
            yield markdown(each.scores)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page; 2 when something about the call is wrong."""
    usual = Settings(())
    parser = argparse.ArgumentParser(prog="python -m bench.reading.page", description="Write the page of figures.")
    parser.add_argument("page", type=Path, help="the page to write")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, metavar="DIR")
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME=DIR", type=_corpus)
    parser.add_argument("--documents", type=int, default=usual.documents, help="documents to measure the speed on")
    parser.add_argument("--long-run", type=int, default=usual.long_run, help="documents to watch the memory over")
    parser.add_argument("--largest", type=int, default=usual.largest, help="characters of the longest text")
    given = parser.parse_args(arguments)
    settings = Settings(tuple(given.gold), tuple(given.corpus), given.documents, given.long_run, given.largest)
    began = machine()
    try:
        page = render(settings, measure(settings), began, kept(given.page))
    except OnrecordError as error:
        print(error, file=sys.stderr)
        return 2
    given.page.write_text(page, encoding="utf-8")
    return 0


def _corpus(argument: str) -> tuple[str, Path]:
    name, _, path = argument.partition("=")
    if name not in CORPORA or not path:
        raise argparse.ArgumentTypeError(f"must be NAME=DIR with one of {', '.join(CORPORA)}")
    return name, Path(path)


if __name__ == "__main__":
    sys.exit(main())

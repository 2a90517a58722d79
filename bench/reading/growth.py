"""How the time of reading grows with the length of a text, for ordinary texts and for the shapes that break readers.

A reader whose time is proportional to the length has the exponent 1; one that compares everything with everything, 2.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.reading.cost import FIRST, texts
from bench.reading.gold import NOWHERE, tools
from bench.reading.limit import extracted
from bench.reading.systems import system as load
from ingest.document import Document

SIZES = (10_000, 50_000, 250_000, 1_000_000, 5_000_000)
"""Lengths in characters."""

LONGEST = 900.0
"""Seconds that one text may take."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
_CLOSING = re.compile(r"[”\"]")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _only_quotations(text: str) -> str:
    return "\n\n".join(f"“{sentence.strip(' “”')}”" for sentence in _SENTENCE.findall(text))


def _unbalanced(text: str) -> str:
    """Every closing mark but each third is gone."""
    seen = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return match[0] if seen % 3 == 0 else ""

    return _CLOSING.sub(keep, text)


def _only_marks(text: str) -> str:
    return '“ " ” ' * (len(text) // 6)


SHAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "articles": lambda text: text,
    "articles on one line": _one_line,
    "only quotations": _only_quotations,
    "quotations left open": _unbalanced,
    "only quotation marks": _only_marks,
}
"""What is made of articles that stand one after another."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds for texts of each length in characters; `failed` says why there is no more."""

    system: str
    shape: str
    seconds: tuple[tuple[int, float], ...]
    failed: str | None = None

    @property
    def exponent(self) -> float | None:
        """By which power of the length the time grows between the last length and the first one worth timing."""
        timed = [(length, taken) for length, taken in self.seconds if taken >= 0.05]
        if len(timed) < 2:
            return None
        (short, quick), (long, slow) = timed[0], timed[-1]
        return math.log(slow / quick) / math.log(long / short)


def text_of(shape: str, articles: Sequence[str], length: int) -> str:
    """A text of that many characters in that shape."""
    joined = "\n\n".join(articles) + "\n\n"
    made = SHAPES[shape](joined * (length // len(joined) + 2))
    while len(made) < length:
        made += made
    return made[:length]


def grow(system: str, shape: str, articles: Sequence[str], largest: int) -> Growth:
    """Time one system on one shape in this process, up to the largest length."""
    extractor = load(system, tools())
    extractor.extract(_document(FIRST))
    seconds: list[tuple[int, float]] = []
    for length in (size for size in SIZES if size <= largest):
        document = _document(text_of(shape, articles, length))
        started = time.perf_counter()
        _, reason = extracted(extractor, document, LONGEST)
        if reason is not None:
            return Growth(system, shape, tuple(seconds), f"{reason.split(':')[0]} at {length:,} characters")
        seconds.append((length, time.perf_counter() - started))
    return Growth(system, shape, tuple(seconds))


def measured(system: str, shape: str, paths: Sequence[Path], largest: int) -> Growth:
    """The same in a new process."""
    command = [sys.executable, "-m", "bench.reading.growth", *map(str, paths)]
    command += ["--system", system, "--shape", shape, "--largest", str(largest)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return Growth(system, shape, (), f"the process ended with {done.returncode}")
    found = json.loads(done.stdout)
    return Growth(**{**found, "seconds": tuple(map(tuple, found["seconds"]))})


def _document(text: str) -> Document:
    return Document("long", NOWHERE / "long.txt", text.encode(), text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Time one system on one shape and print the result as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.growth", description="Time against length.")
    parser.add_argument("paths", type=Path, nargs="+", help="documents to make the texts from")
    parser.add_argument("--system", default="rules")
    parser.add_argument("--shape", choices=tuple(SHAPES), default="articles")
    parser.add_argument("--largest", type=int, default=1_000_000, help="characters of the longest text")
    options = parser.parse_args(arguments)
    print(json.dumps(asdict(grow(options.system, options.shape, texts(options.paths), options.largest))))
    return 0


if __name__ == "__main__":
    sys.exit(main())

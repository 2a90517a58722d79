"""What reading costs: time and memory of one system over many documents, in a process of its own.

The time is that of reading alone; loading the model and the files of data is told apart. With several processes it
counts from the moment when the first results are there, since each process loads for itself.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.reading.gold import NOWHERE, tools
from bench.reading.limit import extracted
from bench.reading.systems import system as load
from bench.reading.varied import documents as varied
from ingest.document import Document, discover, read
from ingest.engine import run as run_engine
from ingest.plan import Plan
from ingest.reading.inventory import inventory
from ontology.errors import InputError

FIRST = "Nobody has said anything yet."
"""A text that every system can read: what is loaded only when it is needed is loaded with it."""

_SAMPLES = 10
_KIB = 1024
_HIGH_WATER = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)
_RSS_UNIT = 1 if sys.platform == "darwin" else _KIB


@dataclass(frozen=True, slots=True)
class Cost:
    """`jobs` is 0 for extraction alone, else the processes of the whole way to quads.

    `seconds` is the time of the `timed` documents, `processor` the processor's time for all (0 where it is not known),
    `loading` the time before (with several processes, until all have begun), `resident` pairs of documents read and
    bytes in memory after them, `peak` the most bytes that one process held.
    """

    system: str
    jobs: int
    documents: int
    characters: int
    lost: int
    loading: float
    seconds: float
    processor: float
    timed: int
    peak: int
    resident: tuple[tuple[int, int], ...]

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.timed / self.seconds if self.seconds else 0.0


def measured(system: str, paths: Sequence[Path], documents: int, jobs: int = 0) -> Cost:
    """Measure in a new process, so that nothing else is in its memory.

    Raises:
        InputError: the system cannot be loaded or run; what it says of that is on standard error.
    """
    command = [sys.executable, "-m", "bench.reading.cost", *map(str, paths)]
    command += ["--system", system, "--documents", str(documents), "--jobs", str(jobs)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise InputError(f"{system} cannot be measured: its process ended with {done.returncode}")
    found = json.loads(done.stdout)
    return Cost(**{**found, "resident": tuple(map(tuple, found["resident"]))})


def extraction(system: str, texts: Sequence[str], number: int) -> Cost:
    """Read one document after the other in this process, by the extractor alone."""
    started = time.perf_counter()
    extractor = load(system, tools())
    extractor.extract(_document(FIRST, 0))
    loaded = time.perf_counter()
    lost = characters = 0
    resident: list[tuple[int, int]] = []
    seconds = processor = 0.0
    every = max(1, number // _SAMPLES)
    for index, text in enumerate(varied(texts, number)):
        document = _document(text, index)
        characters += len(text)
        begun, spent = time.perf_counter(), time.process_time()
        _, reason = extracted(extractor, document)
        lost += reason is not None
        seconds += time.perf_counter() - begun
        processor += time.process_time() - spent
        if (index + 1) % every == 0:
            resident.append((index + 1, resident_bytes()))
    loading = loaded - started
    return Cost(system, 0, number, characters, lost, loading, seconds, processor, number, peak_bytes(), tuple(resident))


def pipeline(system: str, texts: Sequence[str], number: int, jobs: int) -> Cost:
    """Read, resolve and map to quads with the program's own engine, in as many processes as `jobs`."""
    with tempfile.TemporaryDirectory() as directory:
        characters = 0
        for index, text in enumerate(varied(texts, number)):
            Path(directory, f"{index:06}.txt").write_text(text, encoding="utf-8")
            characters += len(text)
        entries = inventory([directory], _stop)
        started = time.perf_counter()
        # The first results of every process have come when this many are there, whichever process was quicker.
        warm = min(number // 2, 40 * jobs)
        begun, done = started, 0
        for done, _ in enumerate(run_engine(entries, Plan((system,)), jobs), 1):
            if done == warm:
                begun = time.perf_counter()
        seconds = time.perf_counter() - begun
    return Cost(system, jobs, number, characters, 0, begun - started, seconds, 0.0, done - warm, peak_bytes(), ())


def _stop(error: InputError) -> None:
    raise error


def resident_bytes() -> int:
    """What this process holds in memory now, where the system tells (Linux); else the most it has held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return peak_bytes()


def peak_bytes() -> int:
    """The most that this process, or any that it has ended, held in memory."""
    return max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _RSS_UNIT)


def _own_peak() -> int:
    # What getrusage says of a process counts the one that started it as well, on Linux; this does not.
    status = Path("/proc/self/status")
    if status.exists():
        found = _HIGH_WATER.search(status.read_text())
        if found:
            return int(found[1]) * _KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def texts(paths: Sequence[Path]) -> list[str]:
    """The texts of the documents there."""
    return [read(path).text for path in discover(paths)]


def _document(text: str, index: int) -> Document:
    return Document(f"{index}", NOWHERE / f"{index}.txt", text.encode(), text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure one system and print what it cost as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.cost", description="Measure one system.")
    parser.add_argument("paths", type=Path, nargs="+", help="documents to make others from")
    parser.add_argument("--system", default="rules")
    parser.add_argument("--documents", type=int, default=300, help="how many documents to read")
    parser.add_argument("--jobs", type=int, default=0, help="0: extraction alone; else the processes of the pipeline")
    options = parser.parse_args(arguments)
    found = texts(options.paths)
    if options.jobs:
        cost = pipeline(options.system, found, options.documents, options.jobs)
    else:
        cost = extraction(options.system, found, options.documents)
    print(json.dumps(asdict(cost)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

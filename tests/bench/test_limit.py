import itertools
import signal
from pathlib import Path

from bench.reading.limit import extracted
from ingest.document import Document
from ingest.extraction import Extraction

DOCUMENT = Document("a", Path("a.txt"), b"a", "a")


class Endless:
    name = "endless"

    def extract(self, document: Document) -> Extraction:
        for _ in itertools.count():
            pass
        return Extraction()


class Prompt:
    name = "prompt"

    def extract(self, document: Document) -> Extraction:
        return Extraction()


def test_a_system_that_never_ends_loses_the_document_and_is_told_where_it_was() -> None:
    facts, reason = extracted(Endless(), DOCUMENT, seconds=0.05)
    assert facts == ()
    assert reason is not None
    assert reason.startswith("Overdue: not done after 0.05 s, at test_limit.py:")


def test_one_that_ends_in_time_is_not_disturbed_later() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert extracted(Prompt(), DOCUMENT, seconds=0.05) == ((), None)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before

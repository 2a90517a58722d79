"""What came of a test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Passed; failed; passed but for literals that are written in another form of the same value; or not run."""

    PASSED = "passed"
    FORM = "passed, in canonical form"
    FAILED = "failed"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one test, and what went wrong."""

    test: str
    outcome: Outcome
    why: str = ""

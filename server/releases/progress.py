"""What a build tells while it works: which stage it is in, which document, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The steps of a build, in their order."""

    READ = "read"
    CHECK = "check"
    MERGE = "merge"
    INFER = "infer"
    WRITE = "write"


@dataclass(frozen=True)
class Progress:
    """`done` of `total` items of a stage are finished; `document` is the short name of the last one, if it was one."""

    stage: Stage
    done: int
    total: int
    document: str | None = None


OnProgress = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Tells nobody."""

"""The processes of a server, from /proc: who lives, what memory they take, and how many files they have open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process, and when it was started, which tells it from another with its number."""

    pid: int
    parent: int
    started: int
    module: str

    @property
    def is_worker(self) -> bool:
        """Whether it is one that may be killed for what it does."""
        return ".worker" in self.module


def of(root: int) -> list[Process]:
    """A process and all below it."""
    found = [each for path in PROC.glob("[0-9]*") if (each := _read(int(path.name)))]
    family = {root}
    while more := {each.pid for each in found if each.parent in family} - family:
        family |= more
    return [each for each in found if each.pid in family]


def memory(processes: list[Process]) -> int:
    """Bytes of memory that processes have to themselves or share among each other (the sum of what /proc calls Pss)."""
    return sum(_pss(process.pid) for process in processes)


def open_files(pid: int) -> int:
    """How many files and sockets a process has open."""
    return len(list((PROC / str(pid) / "fd").iterdir()))


def _read(pid: int) -> Process | None:
    try:
        fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        words = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    module = words[words.index(b"-m") + 1].decode() if b"-m" in words else ""
    return Process(pid, int(fields[1]), int(fields[19]), module)


def _pss(pid: int) -> int:
    try:
        rows = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))

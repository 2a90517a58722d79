"""The file system's part of publishing a release: one builder at a time, all or nothing, and no trace of what failed.

A release is written under a hidden name, forced to disk, and renamed into place; `current` follows by a rename of its
own (https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html: the name always refers to the old or the
new file). Whatever a crash leaves behind carries a hidden name and is swept by the next builder, who holds the lock.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import ReleaseError

BUILDING, DROPPED, REPLACED = ".building-", ".dropped-", ".replaced-"
LOCK = "build.lock"
WAIT = 3.0
"""Seconds to wait for another builder before giving up."""


@contextmanager
def lock(home: Path, wait: float = WAIT) -> Iterator[None]:
    """Holds the home directory for one builder; the kernel lets go of it when the process dies.

    Raises:
        ReleaseError: another process still builds after `wait` seconds, or the home directory cannot be written.
    """
    path = home / LOCK
    try:
        (home / "releases").mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ReleaseError(f"the home directory cannot be written: {error.strerror}", str(home)) from error
    try:
        _acquire(descriptor, path, wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
                message = f"another build holds the lock (process {holder}); wait for it and try again"
                raise ReleaseError(message, str(path)) from error
        time.sleep(0.05)


def staging(releases: Path) -> Path:
    """A new directory in which a release is prepared."""
    path = releases / f"{BUILDING}{secrets.token_hex(8)}"
    path.mkdir()
    return path


def sweep(home: Path) -> None:
    """Removes what earlier builders left behind. Only for the holder of the lock."""
    releases = home / "releases"
    for path in releases.glob(REPLACED + "*"):
        home = path.with_name(path.name.removeprefix(REPLACED))
        if not home.exists():
            path.rename(home)
    for prefix in (BUILDING, DROPPED, REPLACED):
        for path in releases.glob(prefix + "*"):
            shutil.rmtree(path)
    for path in (*home.glob(".current-*"), *releases.glob("*/.*-*")):
        path.unlink()


def publish(prepared: Path, target: Path) -> None:
    """Forces a prepared directory to disk and gives it its name, in place of any directory of that name."""
    sync_tree(prepared)
    if target.exists():
        target.rename(target.with_name(REPLACED + target.name))
    prepared.rename(target)
    sync(target.parent)


def point(link: Path, target: Path) -> None:
    """Lets `link` lead to `target`, by rename, for good once this returns."""
    new = link.with_name(f".{link.name}-{secrets.token_hex(8)}")
    new.symlink_to(os.path.relpath(target, link.parent))
    new.replace(link)
    sync(link.parent)


def rewrite(path: Path, data: bytes) -> None:
    """Replaces a small file as a whole, by rename; a file that says the same already is left alone."""
    if path.exists() and path.read_bytes() == data:
        return
    new = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    new.write_bytes(data)
    sync(new)
    new.replace(path)
    sync(path.parent)


def drop(path: Path) -> None:
    """Removes a release directory; renamed first, so that half a release never carries a release's name."""
    hidden = path.with_name(f"{DROPPED}{path.name}-{secrets.token_hex(4)}")
    path.rename(hidden)
    shutil.rmtree(hidden)


def sync_tree(root: Path) -> None:
    """Forces every file and directory below `root`, and `root` itself, to disk.

    Files with a second name are taken over from a release that is on disk already.
    """
    for directory, _, files in os.walk(root, topdown=False):
        for name in files:
            path = Path(directory, name)
            if path.stat().st_nlink == 1:
                sync(path)
        sync(Path(directory))


def sync(path: Path) -> None:
    """Forces one file or directory to disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

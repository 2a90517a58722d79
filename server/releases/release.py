"""Releases on disk: what a build publishes, which one is current, and how a reader opens it.

A release is a directory named by its content (`releases/<id>`); `current` is a symbolic link that is replaced by
rename, so a reader sees the old release or the new one and nothing between. Any number of processes may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from pyoxigraph import Store

from ontology.errors import InputError, NotFound, ReleaseError
from ontology.namespaces import Base
from server.releases.manifest import Manifest
from server.releases.publication import REPLACED, lock, point, rewrite

MANIFEST, STORE, DESCRIPTION = "manifest.json", "store", "description.ttl"
DOCUMENTS, REPORTS, REPORT_TURTLE, REPORT_JSON = "documents", "reports", "report.ttl", "report.json"


@dataclass(frozen=True)
class Release:
    """One release directory."""

    path: Path

    @property
    def id(self) -> str:
        """The name of the release, which is that of its directory."""
        return self.manifest.id

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest.

        Raises:
            ReleaseError: it is missing, damaged, or of another format.
        """
        file = self.path / MANIFEST
        try:
            return Manifest.from_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ReleaseError(f"the release cannot be read: {error}; build again or roll back", str(file)) from error

    @property
    def base(self) -> Base:
        """The base of its IRIs."""
        return Base(self.manifest.base)

    @property
    def store_path(self) -> Path:
        """Where its RocksDB store lies."""
        return self.path / STORE

    @property
    def report_path(self) -> Path:
        """Its SHACL report in Turtle."""
        return self.path / REPORT_TURTLE

    def open(self) -> Store:
        """The store, read-only; any number of processes may hold it at once.

        Raises:
            ReleaseError: the store is missing or damaged.
        """
        try:
            return Store.read_only(str(self.store_path))
        except (OSError, RuntimeError, ValueError) as error:
            raise ReleaseError(f"the store cannot be opened: {error}", str(self.store_path)) from error

    def text(self, document: str) -> str:
        """The decoded text of a document, to which all offsets refer.

        Raises:
            NotFound: the release has no such document.
        """
        entry = self.manifest.document(document)
        if entry is None:
            from difflib import get_close_matches

            known = [each.name for each in self.manifest.documents]
            raise NotFound(f"no document {document!r} in release {self.id}", nearest=get_close_matches(document, known))
        return (self.path / entry.text).read_bytes().decode("utf-8")


@dataclass(frozen=True)
class Home:
    """The directory that holds all releases (ONRECORD_HOME)."""

    path: Path

    def __init__(self, path: Path | str) -> None:
        object.__setattr__(self, "path", Path(path))

    @property
    def directory(self) -> Path:
        """Where the releases lie, one directory each."""
        return self.path / "releases"

    @property
    def link(self) -> Path:
        """The symbolic link to the release that answers."""
        return self.path / "current"

    def current(self) -> Release | None:
        """The release that answers, or None when nothing has been built yet.

        Raises:
            ReleaseError: the link leads nowhere.
        """
        try:
            linked = self.link.readlink().name
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReleaseError(f"not a link to a release: {error.strerror}", str(self.link)) from error
        # While a directory is replaced by another of the same content it is briefly found under the second name.
        for path in (self.directory / linked, self.directory / (REPLACED + linked), self.directory / linked):
            if (path / MANIFEST).exists():
                return Release(path)
        raise ReleaseError(f"release {linked} is missing or damaged; build again or roll back", str(self.link))

    def releases(self) -> list[Release]:
        """All readable releases, the newest first."""
        found = []
        for path in self.directory.glob("[0-9a-f]*"):
            release = Release(path)
            try:
                found.append((release.manifest.built, release.id, release))
            except ReleaseError:
                continue
        return [release for _, _, release in sorted(found, key=lambda row: row[:2], reverse=True)]

    def find(self, name: str) -> Release:
        """A release by its id or by an unambiguous beginning of it.

        Raises:
            NotFound: no release, or more than one, has an id that begins so.
        """
        known = {release.id: release for release in self.releases()}
        matches = [known[each] for each in sorted(known) if name and each.startswith(name.lower())]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise NotFound(f"{name!r} is the beginning of several releases", nearest=[each.id for each in matches])
        from difflib import get_close_matches

        nearest = get_close_matches(name, known, cutoff=0.3) or list(known)[:3]
        raise NotFound(f"no release {name!r}", str(self.directory), nearest=nearest)

    def switch(self, name: str) -> Release:
        """Makes a release current; also the way back to an older one.

        Raises:
            NotFound: no release, or more than one, has an id that begins so.
            ReleaseError: its store is damaged, or a build is running.
        """
        self.find(name)
        with lock(self.path):
            release = self.find(name)
            release.open()
            point(self.link, release.path)
        return release

    @property
    def pins(self) -> Path:
        """The file that lists the releases to keep for good, one id a line."""
        return self.path / "pinned"

    def pinned(self) -> frozenset[str]:
        """Ids of the releases that are never removed."""
        return frozenset(map(_pinned_by, self._pin_lines())) - {""}

    def pin(self, name: str) -> Release:
        """Keeps a release for good, because something cites it.

        Raises:
            NotFound: no release, or more than one, has an id that begins so.
            ReleaseError: a build is running, which may be about to remove it.
        """
        self.find(name)
        with lock(self.path):
            release = self.find(name)
            lines = self._pin_lines()
            if release.id not in map(_pinned_by, lines):
                rewrite(self.pins, "".join(f"{line}\n" for line in (*lines, release.id)).encode())
        return release

    def unpin(self, name: str) -> str:
        """Lets a release go when its time comes; one that is not pinned stays as it is. Returns its id.

        Raises:
            NotFound: no release, or more than one, has an id that begins so, and no pin either.
            ReleaseError: a build is running.
        """
        # A pin may be older than the loss of its release.
        id = name.lower() if name.lower() in self.pinned() else self.find(name).id
        with lock(self.path):
            lines = self._pin_lines()
            kept = [line for line in lines if _pinned_by(line) != id]
            if kept != lines:
                rewrite(self.pins, "".join(f"{line}\n" for line in kept).encode())
        return id

    def _pin_lines(self) -> list[str]:
        try:
            return self.pins.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def surplus(self, keep: int, since: datetime | None = None) -> list[Release]:
        """The releases that are not among the newest `keep`, or were built before `since`; never one that is current
        or pinned.

        Raises:
            InputError: `keep` is below one.
        """
        if keep < 1:
            raise InputError(f"at least one release must be kept, not {keep}")
        current = self.current()
        spared = self.pinned() | ({current.id} if current else set())
        earliest = since.astimezone(UTC).isoformat(timespec="microseconds") if since else ""
        return [
            release
            for number, release in enumerate(self.releases())
            if (number >= keep or release.manifest.built < earliest) and release.id not in spared
        ]


def _pinned_by(line: str) -> str:
    """The id that a line of the pins names, which may be followed by a comment; empty when there is none."""
    return line.partition("#")[0].strip().lower()

"""Which release answers now, without reading anything twice: one `readlink` a question.

When the link leads to a release that cannot be read, the one before it goes on answering.
"""

from __future__ import annotations

import logging
import os

from ontology.errors import ReleaseError
from server.releases.release import Home, Release

log = logging.getLogger(__name__)


class Current:
    """The current release of a home, as often as it is asked for."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.link = os.fspath(home.link)
        """The link that leads to the release; a string, because a path costs every request to take apart."""
        self._target: str | None = None
        self._damaged: str | None = None
        self._release: Release | None = None

    def __call__(self) -> Release | None:
        """The release that answers, or None when nothing has been built yet.

        Raises:
            ReleaseError: it is missing or damaged, and there was none before it.
        """
        target = self._read_link()
        if target is None or target != self._target:
            try:
                self._release = self._readable()
                self._target = target
            except ReleaseError as error:
                if self._release is None:
                    raise
                if target != self._damaged:
                    log.error("release %s goes on answering: %s", self._release.id, error)
                self._damaged = target
        return self._release

    def _readable(self) -> Release | None:
        release = self._home.current()
        if release is None:
            return self._release
        _ = release.manifest
        return release

    def _read_link(self) -> str | None:
        try:
            return os.readlink(self.link)  # noqa: PTH115 - see `link`
        except OSError:
            return None

"""Which release answers now, without reading anything twice: one `readlink` a question."""

from __future__ import annotations

from server.release import Home, Release


class Current:
    """The current release of a home, as often as it is asked for."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._target: str | None = None
        self._release: Release | None = None

    def __call__(self) -> Release | None:
        """The release that answers, or None when nothing has been built yet.

        Raises:
            ReleaseError: it is missing or damaged.
        """
        target = self._read_link()
        if target is None or target != self._target:
            self._release = self._home.current()
            self._target = target
        return self._release

    def _read_link(self) -> str | None:
        try:
            return str(self._home.link.readlink())
        except OSError:
            return None

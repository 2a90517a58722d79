"""A prepared release takes its place among the releases of a home, and becomes current.

Its name is that of its content, so one of that name may be there already, and then stays: readers may have it open.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ontology.errors import ReleaseError
from server.releases.publication import drop, point, publish, rewrite
from server.releases.release import DESCRIPTION, MANIFEST, REPORT_JSON, REPORT_TURTLE, REPORTS, Home, Release


def install(prepared: Release, home: Home, current: Release | None) -> bool:
    """Gives a prepared release its place and makes it current. Returns whether it was not current before.

    Only for the holder of the home's lock.
    """
    target = Release(home.directory / prepared.id)
    if _holds(target, prepared):
        _retell(prepared, target)
    else:
        publish(prepared.path, target.path)
    if current is not None and current.path == target.path:
        return False
    point(home.link, target.path)
    return True


def retire(home: Home, keep: int, keep_days: int | None) -> None:
    """Removes the releases beyond a number or an age in days, but never one that is current or pinned.

    Only for the holder of the home's lock.
    """
    for release in home.surplus(keep, _days_ago(keep_days)):
        drop(release.path)


def _days_ago(days: int | None) -> datetime | None:
    """The moment so many days ago, if there was one in the calendar."""
    try:
        return None if days is None else datetime.now(UTC) - timedelta(days)
    except OverflowError:
        return None


def _holds(target: Release, prepared: Release) -> bool:
    """Whether a release of that name is there, readable, and describes itself in the same way."""
    try:
        same = (target.path / DESCRIPTION).read_bytes() == (prepared.path / DESCRIPTION).read_bytes()
        return same and target.id == prepared.id and len(target.open()) == len(prepared.open())
    except (OSError, RuntimeError, ReleaseError):
        return False


def _retell(prepared: Release, target: Release) -> None:
    """The content is there already; what is told about how it came to be may have changed."""
    for path in (target.path / REPORTS).iterdir():
        if not (prepared.path / REPORTS / path.name).exists():
            path.unlink()
    told = [f"{REPORTS}/{path.name}" for path in (prepared.path / REPORTS).iterdir()]
    for name in (*told, REPORT_TURTLE, REPORT_JSON):
        rewrite(target.path / name, (prepared.path / name).read_bytes())
    manifest = replace(prepared.manifest, built=target.manifest.built, parent=target.manifest.parent)
    rewrite(target.path / MANIFEST, manifest.to_json().encode())

"""The release of the seeds, as it is exported, holds to the shapes: every graph of it, inferences included."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat

from server.releases.build import build
from server.releases.release import Home
from shapes.check import check_files
from shapes.report import Report


def test_the_release_of_the_seeds_conforms(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    build(None, home)
    release = home.current()
    assert release is not None
    assert Report.from_turtle(release.report_path.read_text(encoding="utf-8")) == Report(True)
    file = tmp_path / "release.nq"
    release.open().dump(str(file), format=RdfFormat.N_QUADS)
    assert check_files([file]).to_text() == "conforms\n"

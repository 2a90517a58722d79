"""Long results in files: whole, read by several at once, and gone with the last reader."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from server.workers import spool
from server.workers.spool import Spool


def test_it_is_read_piece_by_piece_by_several_at_once() -> None:
    body = os.urandom(100_000)
    spooled = Spool(spool.write(body), len(body))
    first, second = spooled.pieces(30_000), spooled.pieces(1)
    assert next(second) == body[:1]
    assert [len(piece) for piece in first] == [30_000, 30_000, 30_000, 10_000]
    assert spooled.read() == body
    assert len(spooled) == len(body)


def test_nothing_of_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    descriptor = spool.write(b"body")
    assert list(tmp_path.iterdir()) == []
    spooled = Spool(descriptor, 4)
    os.fstat(descriptor)
    del spooled
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_file_that_became_shorter_is_no_whole_result() -> None:
    descriptor = spool.write(b"body")
    spooled = Spool(descriptor, 4)
    os.ftruncate(descriptor, 2)
    with pytest.raises(OSError, match="2 bytes of a result are missing"):
        spooled.read()


def test_no_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(OSError, match="No such file"):
        spool.write(b"body")

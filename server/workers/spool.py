"""A long result in a file that has no name, so that nothing of it is left when the last who has it open is gone. The
worker writes it whole and hands it over; whoever sends it reads piece by piece, as fast as its client does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

SPOOL_BYTES = 2**20
"""Longer results go into a file; shorter ones travel in the frame of the answer."""


def write(body: bytes) -> int:
    """A new file that holds some bytes: its descriptor, which the caller closes.

    Raises:
        OSError: there is no room for it.
    """
    descriptor, path = tempfile.mkstemp(prefix="onrecord-")
    try:
        Path(path).unlink()
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


class Spool:
    """A file of so many bytes, closed when nobody refers to it any longer. Several may read it at once."""

    __slots__ = ("_descriptor", "_size")

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __del__(self) -> None:
        os.close(self._descriptor)

    def pieces(self, size: int) -> Iterator[bytes]:
        """All of it, in pieces of so many bytes.

        Raises:
            OSError: the file cannot be read, or is shorter than it was.
        """
        offset = 0
        while offset < self._size:
            piece = os.pread(self._descriptor, size, offset)
            if not piece:
                raise OSError(f"{self._size - offset} bytes of a result are missing")
            offset += len(piece)
            yield piece

    def read(self) -> bytes:
        """All of it at once."""
        return b"".join(self.pieces(SPOOL_BYTES))


Body = bytes | Spool
"""A result, short or long."""

"""Bytes of a file, unpacked if need be, and never more of them than the file could honestly hold."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ingest.reading.kind import Kind, is_packed, kind_of, sniff
from ingest.reading.limits import LARGEST_DOCUMENT, LARGEST_RATIO, SMALLEST_BOUND
from ontology.errors import InputError

STANDARD_INPUT = Path("stdin")
"""Stands for the file that there is not; no file that can be read has such a name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file in which documents lie, or the bytes that came by standard input."""

    path: Path
    kind: Kind
    data: bytes | None = field(default=None, repr=False)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The unpacked bytes as a stream.

        Raises:
            InputError: the file cannot be read, is no whole gzip file, or unpacks to more than is likely.
        """
        with _errors(self.path), self._raw() as raw:
            size = raw.seek(0, io.SEEK_END)
            raw.seek(0)
            packed = is_packed(raw.read(2))
            raw.seek(0)
            if not packed:
                yield raw
                return
            bound = max(SMALLEST_BOUND, LARGEST_RATIO * size)
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield io.BufferedReader(_Bounded(unpacked, bound, str(self.path)), 2**16)

    def _raw(self) -> IO[bytes]:
        return io.BytesIO(self.data) if self.data is not None else self.path.open("rb")

    def read(self) -> bytes:
        """All unpacked bytes of a file that holds one document.

        Raises:
            InputError: as for `open`, or there are more than a document may have.
        """
        with self.open() as stream:
            return bounded(stream, str(self.path))


class _Bounded(io.RawIOBase):
    """What another stream gives, up to a number of bytes."""

    def __init__(self, stream: gzip.GzipFile, bound: int, place: str) -> None:
        self._stream = stream
        self._left = bound
        self._place = place

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            # What is whole before a file breaks off is given before the error.
            data = self._stream.read1(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(f"not a whole gzip file: {error}", self._place) from error
        self._left -= len(data)
        if self._left < 0:
            raise InputError("unpacks to far more than its size; it is not read", self._place)
        buffer[: len(data)] = data
        return len(data)


def of_file(path: Path) -> Source:
    """The source that a file is.

    Raises:
        InputError: its name is of no kind that can be read.
    """
    kind = kind_of(path)
    if kind is None:
        raise InputError("not a kind of file that can be read", str(path))
    return Source(path, kind)


def of_bytes(data: bytes, path: Path = STANDARD_INPUT) -> Source:
    """The source that bytes without a name are; their kind is sniffed.

    Raises:
        InputError: they are packed, and not whole.
    """
    if not is_packed(data):
        return Source(path, sniff(data), data)
    with Source(path, Kind.TEXT, data).open() as stream:
        return Source(path, sniff(stream.read(2**16)), data)


def bounded(stream: IO[bytes], place: str, bound: int = LARGEST_DOCUMENT) -> bytes:
    """What is left of a stream, up to a number of bytes.

    Raises:
        InputError: it is more.
    """
    data = stream.read(bound + 1)
    if len(data) > bound:
        raise InputError(f"larger than what is read as one ({bound // 2**20} MiB)", place)
    return data


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputError("there is no such file", str(path)) from error
    except IsADirectoryError as error:
        raise InputError("this is a directory, not a document", str(path)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error

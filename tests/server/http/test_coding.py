"""Which content coding a client takes, case by case, and whether what is coded is read back by others."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.http.coding import CODINGS, coding, tagged, tags

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

READERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}

CASES = [
    (None, None),
    ("", None),
    ("gzip", "gzip"),
    ("gzip, br", "br"),
    ("gzip, deflate, br, zstd", "zstd"),
    ("zstd;q=0.1, br;q=0.9, gzip;q=0.5", "br"),
    ("br;q=0.5, gzip;q=0.5", "br"),
    ("*", "zstd"),
    ("*;q=0.5, zstd;q=0", "br"),
    ("zstd;q=0, br;q=0, *", "gzip"),
    ("identity, *;q=0.5", None),
    ("identity;q=0.4, *;q=0.5", "zstd"),
    ("x-gzip", "gzip"),
    ("X-GZIP ; Q=1", "gzip"),
    ("gzip;q=1.000", "gzip"),
    ("gzip;q=0.000", None),
    ("gzip;q=2", None),
    ("gzip;q=-1", None),
    ("gzip q=1", None),
    ("gzip;level=9", None),
    ("compress, deflate", None),
    ("*;q=0", None),
]


@pytest.mark.parametrize(("header", "expected"), CASES)
def test_coding(header: str | None, expected: str | None) -> None:
    chosen = coding(header)
    assert (chosen.name if chosen else None) == expected


@given(st.text())
def test_any_header_is_read(header: str) -> None:
    assert coding(header) in {None, *CODINGS}
    assert tags('"a"', header)[0] == '"a"'


def test_tags_are_those_of_the_codings_that_the_client_takes() -> None:
    assert tags('"a"', None) == ('"a"',)
    assert tags('"a"', "gzip") == ('"a"', tagged('"a"', "gzip"))


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None)
@given(pieces=st.lists(st.binary(max_size=2000), max_size=20))
def test_what_is_coded_in_pieces_is_read_back_whole(name: str, pieces: list[bytes]) -> None:
    chosen = coding(name)
    assert chosen is not None
    compressor = chosen.start()
    coded = b"".join([*map(compressor.compress, pieces), compressor.flush()])
    assert READERS[name](coded) == b"".join(pieces)


def test_every_coding_is_read_back() -> None:
    assert {each.name for each in CODINGS} == set(READERS)


def test_the_window_of_zstandard_is_one_that_every_client_holds() -> None:
    chosen = coding("zstd")
    assert chosen is not None
    compressor = chosen.start()
    coded = compressor.compress(b"\0\1" * 2**22) + compressor.flush()
    # https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1.2; a frame whose content is its window says no other.
    descriptor, window = coded[4], coded[5]
    assert not descriptor & 0x20, "the window is told"
    assert 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8) <= 8 * 2**20

"""Which content coding a client takes, case by case, also among codings that this Python does not have."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.http.coding import CODINGS, Coding, coding, tagged, tags

OFFERS = (
    Coding("zstd", zlib.compressobj),
    Coding("br", zlib.compressobj),
    Coding("gzip", zlib.compressobj, ("x-gzip",)),
)

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
    chosen = coding(header, OFFERS)
    assert (chosen.name if chosen else None) == expected


@given(st.text())
def test_any_header_is_read(header: str) -> None:
    assert coding(header) in {None, *CODINGS}
    assert tags('"a"', header)[0] == '"a"'


def test_tags_are_those_of_the_codings_that_the_client_takes() -> None:
    assert tags('"a"', None) == ('"a"',)
    assert tags('"a"', "gzip") == ('"a"', tagged('"a"', "gzip"))


@given(st.lists(st.binary(max_size=2000), max_size=20))
def test_what_is_coded_in_pieces_is_read_back_whole(pieces: list[bytes]) -> None:
    chosen = coding("gzip")
    assert chosen is not None
    compressor = chosen.start()
    coded = b"".join([*map(compressor.compress, pieces), compressor.flush()])
    assert gzip.decompress(coded) == b"".join(pieces)

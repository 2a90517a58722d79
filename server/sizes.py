"""Numbers of bytes as people write them."""

from __future__ import annotations

import re

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:I?B)?", re.IGNORECASE)


class ByteSize(int):
    """A number of bytes, written `64M` or `1G` or plainly.

    >>> ByteSize.parse("64M"), str(ByteSize.parse("1GiB")), str(ByteSize(1500))
    (67108864, '1G', '1500')
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> ByteSize:
        """Reads a size.

        Raises:
            ValueError: it is not a number with an optional unit K, M, G or T.
        """
        match = _SIZE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a size such as 64M")
        return cls(int(float(match[1]) * _UNITS[match[2].upper()]))

    def __str__(self) -> str:
        for unit in ("T", "G", "M", "K"):
            if self and self % _UNITS[unit] == 0:
                return f"{self // _UNITS[unit]}{unit}"
        return str(int(self))

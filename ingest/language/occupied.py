"""Which characters of a text are taken: names that overlap are found in time that grows with the text alone."""

from __future__ import annotations


class Occupied:
    """Characters that somebody has taken.

    Args:
        length: how many characters there are.
    """

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character of a span is taken."""
        return self._taken.find(1, start, end) >= 0

    def take(self, start: int, end: int) -> None:
        """Takes the characters of a span."""
        self._taken[start:end] = b"\x01" * (end - start)

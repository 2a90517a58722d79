"""As many different documents as are wanted, made from a few: the same articles about people of other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ ([A-Z][a-z]+)\b")
_SYLLABLES = (
    "bar",
    "del",
    "fen",
    "gor",
    "hal",
    "jin",
    "kos",
    "lem",
    "mor",
    "nad",
    "pel",
    "ros",
    "sil",
    "tor",
    "vek",
    "zan",
)


def documents(texts: Sequence[str], number: int) -> Iterator[str]:
    """The texts in turn; from the second round on, every name that follows a capitalised word is another one."""
    for index in range(number):
        turn, place = divmod(index, len(texts))
        yield renamed(texts[place], turn) if turn else texts[place]


def renamed(text: str, turn: int) -> str:
    """The text with invented surnames, the same one for the same name throughout; the same turn gives the same text."""
    names = sorted(set(_FULL_NAME.findall(text)))
    if not names:
        return text
    return re.sub(rf"\b(?:{'|'.join(names)})\b", lambda match: surname(match[0], turn), text)


def surname(name: str, turn: int) -> str:
    """An invented name that stands for another."""
    digest = sha256(f"{name} {turn}".encode()).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest[:4]).capitalize()

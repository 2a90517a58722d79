"""JSON as language models write it: trailing commas, Python's literals, stray quotation marks, half an answer.

What is JSON (https://www.rfc-editor.org/rfc/rfc8259) is read as such, except that numbers are kept as they are written.
Around it there may be anything. What breaks off or is broken gives those of its objects and lists that are whole. The
time grows linearly with the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Value = str | bool | None | list["Value"] | dict[str, "Value"]

DEPTH: Final = 32
"""How deep objects and lists may lie in each other."""

_OPENING: Final = re.compile(r"\{(?=\s*[\"'A-Za-z_}/,])|\[(?=\s*[\[{\"'\]\dA-Za-z+/,-])")
_SPACE: Final = re.compile(r"(?:\s|//[^\n]*)*")
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_NUMBER: Final = re.compile(r"[+-]?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?")
_HEX: Final = re.compile(r"[0-9a-fA-F]{4}")
_LITERALS: Final[dict[str, bool | None]] = {
    "true": True,
    "false": False,
    "null": None,
    "True": True,
    "False": False,
    "None": None,
    "NaN": None,
    "undefined": None,
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_AFTER_A_STRING: Final = re.compile(
    r"\s*(?:\Z|[:}\]]|,\s*(?:[\"'{\[}\]]|\Z|//|[+-]?\d|[A-Za-z_]\w*\s*:|true\b|false\b|null\b|True\b|False\b|None\b)"
    r"|[\"']\w+[\"']\s*:)"
)
"""What stands after a quotation mark that ends a string; any other mark inside a string was meant to be escaped."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outermost values that are whole, in their order; `whole` is False when anything was broken or cut off."""

    values: tuple[Value, ...]
    whole: bool


class _Broken(Exception):
    """Reading stops here."""


def find(text: str) -> Found:
    """All objects and lists in a text."""
    values: list[Value] = []
    whole = True
    opening = _OPENING.search(text)
    while opening is not None:
        reader = _Reader(text, opening.start())
        try:
            values.append(reader.value(0))
            reached = reader.at
        except _Broken:
            values.extend(reader.closed)
            whole = whole and not reader.begun
            reached = max(reader.at, opening.start() + 1)
        opening = _OPENING.search(text, reached)
    return Found(tuple(values), whole)


class _Reader:
    """Reads one value. `closed` are the outermost objects and lists that were whole before reading stopped."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at
        self.begun = False
        self._closed: list[tuple[int, Value]] = []

    @property
    def closed(self) -> list[Value]:
        """Whole values inside a broken one."""
        return [value for _, value in self._closed]

    def value(self, depth: int) -> Value:
        """The value here."""
        character = self._next()
        if character in ("{", "["):
            return self._container(character, depth)
        if character in ('"', "'"):
            return self._string(character)
        if number := _NUMBER.match(self._text, self.at):
            self.at = number.end()
            return number[0]
        word = _WORD.match(self._text, self.at)
        if word is None or word[0] not in _LITERALS:
            raise _Broken
        self.at = word.end()
        return _LITERALS[word[0]]

    def _container(self, bracket: str, depth: int) -> Value:
        if depth >= DEPTH:
            raise _Broken
        start, inside = self.at, len(self._closed)
        self.at += 1
        value = self._object(depth) if bracket == "{" else self._list(depth)
        del self._closed[inside:]
        self._closed.append((start, value))
        return value

    def _object(self, depth: int) -> dict[str, Value]:
        members: dict[str, Value] = {}
        while (character := self._next()) != "}":
            if character == ",":
                self.at += 1
                continue
            key = self._key(character)
            if self._next() != ":":
                raise _Broken
            self.at += 1
            self.begun = True
            members[key] = self.value(depth + 1)
        self.at += 1
        return members

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        while (character := self._next()) != "]":
            if character == ",":
                self.at += 1
                continue
            items.append(self.value(depth + 1))
        self.at += 1
        return items

    def _key(self, character: str) -> str:
        if character in ('"', "'"):
            return self._string(character)
        word = _WORD.match(self._text, self.at)
        if word is None:
            raise _Broken
        self.at = word.end()
        return word[0]

    def _string(self, mark: str) -> str:
        text, parts, start = self._text, [], self.at + 1
        stop = re.compile(rf"[{mark}\\]")
        self.at = start
        while (found := stop.search(text, self.at)) is not None:
            parts.append(text[self.at : found.start()])
            self.at = found.end()
            if found[0] == "\\":
                parts.append(self._escape())
            elif _AFTER_A_STRING.match(text, self.at):
                return "".join(parts)
            else:
                parts.append(mark)
        self.at = len(text)
        raise _Broken

    def _escape(self) -> str:
        character = self._text[self.at : self.at + 1]
        self.at += 1
        if character != "u":
            return _ESCAPES.get(character, character)
        unit = self._unit()
        # A character beyond the first 65,536 is written as two (RFC 8259, section 7).
        if 0xD800 <= unit < 0xDC00 and self._text.startswith("\\u", self.at):
            before, self.at = self.at, self.at + 2
            low = self._unit()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            self.at = before
        return chr(unit) if not 0xD800 <= unit < 0xE000 else "\ufffd"

    def _unit(self) -> int:
        digits = _HEX.match(self._text, self.at)
        if digits is None:
            return 0xFFFD
        self.at = digits.end()
        return int(digits[0], 16)

    def _next(self) -> str:
        """The next character that is no white space; reading stops where there is none."""
        space = _SPACE.match(self._text, self.at)
        if space is not None:
            self.at = space.end()
        if self.at >= len(self._text):
            raise _Broken
        return self._text[self.at]

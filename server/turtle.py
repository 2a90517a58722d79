"""Turtle and its kin without prefixes that nothing uses (https://www.w3.org/TR/turtle/#prefixed-name).

The engine declares every prefix that it is given, before it knows what it will write.
"""

from __future__ import annotations

import re

MEDIA_TYPES = frozenset({"text/turtle", "application/trig", "text/n3"})
"""The formats whose head is `@prefix` lines."""

_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)*")
_DECLARATION = re.compile(rb"@prefix ([^:\n]*):[^\n]*\n")


def without_unused_prefixes(data: bytes) -> bytes:
    r"""The document as the engine wrote it, but for the declarations of prefixes that do not occur.

    A prefix that occurs in no name but after a space in a literal stays: a declaration too many says nothing wrong.

    >>> without_unused_prefixes(b"@prefix a: <http://a/> .\n@prefix b: <http://b/> .\na:x a:y <http://c/b:> .\n")
    b'@prefix a: <http://a/> .\na:x a:y <http://c/b:> .\n'
    """
    head = _HEAD.match(data)
    end = head.end() if head else 0
    declarations = {match[1]: match[0] for match in _DECLARATION.finditer(data, 0, end)}
    if not declarations:
        return data
    names = b"|".join(map(re.escape, declarations))
    unused = set(declarations)
    # A name of the engine's stands after white space or the ^^ of a literal's datatype.
    for match in re.compile(rb"[\s^](" + names + rb"):").finditer(data, end - 1):
        unused.discard(match[1])
        if not unused:
            return data
    return b"".join(line for name, line in declarations.items() if name not in unused) + data[end:]

"""Plain text and Markdown: the text as it is decoded, with what its head says of it.

A head is the front matter of Markdown (YAML between lines of three dashes), which is no content, or lines such as
`Title: …` and `Date: …` above the first blank line, which are.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from ingest.document import Metadata
from ingest.reading import encoding, envelope
from ingest.reading.boilerplate import Span
from ingest.reading.reader import Reading

LARGEST_HEAD = 2**16
"""Characters in which a head must end."""

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,30}):[ \t]+(\S[^\r\n]*)\Z")


def read(data: bytes, place: str) -> Reading:
    """The text of a file.

    Raises:
        InputError: it is no text.
    """
    decoded = encoding.decode(data, place)
    text = decoded.text
    mark: tuple[Span, ...] = ((0, 1),) if text.startswith("\ufeff") else ()
    front = _FRONT.match(text[:LARGEST_HEAD])
    if front is not None and (values := _yaml(front[1])):
        return Reading(text, decoded.encoding, envelope.metadata(values), ((0, front.end()),))
    return Reading(text, decoded.encoding, _head(text), mark)


def _yaml(front: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(front)
    # A value such as 0000-00-00 is a date to YAML, and a list nested a thousand times more than Python can follow.
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {envelope.fold(str(key)): value for key, value in values.items()} if isinstance(values, dict) else {}


def _head(text: str) -> Metadata:
    """What the lines at the top say, when they all are `Key: value` and at least two of the keys are known."""
    values: dict[str, str] = {}
    for line in text[:LARGEST_HEAD].removeprefix("\ufeff").splitlines():
        if not line.strip():
            break
        found = _LINE.match(line.strip())
        if found is None:
            return Metadata()
        values.setdefault(envelope.fold(found[1]), found[2])
    described = ("title", "authors", "publisher", "published", "modified", "url", "language")
    known = {key for field in described for key in envelope.keys()[field]}
    return envelope.metadata(values) if len(values.keys() & known) >= 2 else Metadata()

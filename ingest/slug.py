"""The last piece of an IRI made from a name: ASCII letters, digits and dashes, the same for the same name always."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 80
"""Characters of the longest slug; a longer name keeps its beginning and gets a digest of the whole."""

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u00b4`]")
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Fold a name to ASCII, lower its case and put dashes between its words. Never empty.

    A name without any ASCII letter or digit becomes a digest of itself, so that two such names stay apart.
    """
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).encode("ascii", "ignore").decode("ascii")
    words = _OTHERS.sub("-", folded.lower()).strip("-")
    if not words:
        return f"x-{_digest(name)}"
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - 9].rstrip('-')}-{_digest(name)}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]

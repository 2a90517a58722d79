"""PARC 3, attributions of the Wall Street Journal as XML (https://aclanthology.org/L16-1619/).

Each file has sentences (`SENTENCE`) with words (`WORD text="…"`), and in a word the attributions it belongs to, by
identifier, with its role (`source`, `cue`, `content`). Attributions inside the content of others have `Nested` in their
identifier; they count as well. The text is made of the words, one sentence a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from bench.reading.corpora.attribution import Attribution, CorpusDocument, files
from bench.reading.corpora.tokens import TokenText, join
from bench.reading.spans import Span
from ontology.errors import InputError


def load(path: Path, part: str) -> tuple[CorpusDocument, ...]:
    """The articles of one part: the directory of its name, or else all of the corpus.

    Raises:
        InputError: there are no files, or one is not in this format.
    """
    return tuple(_article(file) for file in files(path, part, ".xml"))


def _article(file: Path) -> CorpusDocument:
    try:
        root = ET.fromstring(file.read_bytes())
    except (OSError, ET.ParseError) as error:
        raise InputError(f"cannot be read as XML: {error}", str(file)) from error
    words: list[str] = []
    breaks: set[int] = set()
    members: dict[str, dict[str, list[int]]] = {}
    for sentence in _named(root, "sentence"):
        breaks.add(len(words))
        for word in _named(sentence, "word"):
            for attribution in _named(word, "attribution"):
                roles = members.setdefault(attribution.get("id", ""), {})
                for role in _named(attribution, "attributionrole"):
                    roles.setdefault(role.get("roleValue", ""), []).append(len(words))
            words.append(word.get("text", ""))
    joined = join(words, frozenset(breaks))
    attributions = tuple(
        Attribution(*(_spans(joined, roles.get(role, [])) for role in ("content", "source", "cue")))
        for roles in members.values()
        if roles.get("content")
    )
    return CorpusDocument(file.stem, joined.text, attributions)


def _named(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (below for below in element.iter() if below.tag.casefold() == name)


def _spans(joined: TokenText, indices: list[int]) -> tuple[Span, ...]:
    runs: list[tuple[int, int]] = []
    for index in indices:
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return tuple(joined.span(first, after) for first, after in runs)

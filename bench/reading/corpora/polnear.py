"""PolNeAR, political news of 2016 in brat's standoff format (https://brat.nlplab.org/standoff.html).

Its `data` directory has parts (`train`, `dev`, `test`), each with `text/NAME.txt` and
`attributions/NAME_ANNOTATOR.ann`. A few articles have several annotators: the first by name is taken. Its authors ask
that the test part be used for one final score only.
"""

from __future__ import annotations

from pathlib import Path

from bench.reading.corpora.attribution import Attribution, CorpusDocument, files, read_text
from bench.reading.spans import Span, union
from ontology.errors import InputError

_PARTS = {"Source": "source", "Cue": "cue", "Content": "content", "Content2": "content"}


def load(path: Path, part: str) -> tuple[CorpusDocument, ...]:
    """The articles of one part, `path` being the corpus's `data` directory.

    Raises:
        InputError: they are not there, or not in this format.
    """
    documents = []
    for text_file in files(path / part / "text", part, ".txt"):
        annotations = sorted((path / part / "attributions").glob(f"{text_file.stem}_*.ann"))
        if annotations:
            text = read_text(text_file)
            documents.append(CorpusDocument(text_file.stem, text, read(text, annotations[0])))
    if not documents:
        raise InputError("no text there has an annotation in attributions/", str(path / part))
    return tuple(documents)


def read(text: str, path: Path) -> tuple[Attribution, ...]:
    """The attributions of one annotation file, in its order. One without content says nothing and is left out.

    Raises:
        InputError: a line is not in this format, or points outside the text.
    """
    lines = [line.rstrip("\r").split("\t") for line in read_text(path).split("\n")]
    entries = [(number, fields) for number, fields in enumerate(lines, 1) if len(fields) > 1]
    spans: dict[str, tuple[Span, ...]] = {}
    attributions: list[Attribution] = []
    # An event may stand before the last of its spans.
    for initial in "TE":
        for number, fields in entries:
            if not fields[0].startswith(initial):
                continue
            try:
                if initial == "T":
                    spans[fields[0]] = _spans(fields[1], len(text))
                else:
                    attributions += _attribution(fields[1], spans)
            except (ValueError, KeyError) as error:
                raise InputError(f"not a line of brat's format: {fields}", f"{path}:{number}") from error
    return tuple(attributions)


def _spans(field: str, length: int) -> tuple[Span, ...]:
    """`Content 10 20;30 40` without its label."""
    _, _, ranges = field.partition(" ")
    found = []
    for each in ranges.split(";"):
        start, end = map(int, each.split())
        if not 0 <= start < end <= length:
            raise ValueError(each)
        found.append((start, end))
    return union(found)


def _attribution(field: str, spans: dict[str, tuple[Span, ...]]) -> list[Attribution]:
    parts: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    for role in field.split():
        label, _, reference = role.partition(":")
        if label in _PARTS:
            parts[_PARTS[label]] += spans[reference]
    if not parts["content"]:
        return []
    return [Attribution(union(parts["content"]), union(parts["source"]), union(parts["cue"]))]

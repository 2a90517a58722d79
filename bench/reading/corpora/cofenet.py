"""The token files of CofeNet (https://aclanthology.org/2022.coling-1.215/), in which RiQuA and others are given.

A part is one file (`train.txt`, `valid.txt`, `test.txt`) with a JSON object a line: `tokens`, and `labels` of source,
cue and content. Each line is a passage that stands alone. The format does not say which source a content has: the
nearest one of its passage is taken, and a content without any has none.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench.reading.corpora.attribution import SUFFIX, Attribution, CorpusDocument, chunks, nearest, read_text
from bench.reading.corpora.tokens import join
from ontology.errors import InputError


def load(path: Path, part: str) -> tuple[CorpusDocument, ...]:
    """The passages of one part, `path` being the directory with its file. `dev` is another name of `valid`.

    Raises:
        InputError: the file is not there, or not in this format.
    """
    file = path / f"{'valid' if part == 'dev' else part}{SUFFIX}"
    documents = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if line.strip():
            documents.append(_passage(line, f"{path.name}-{part}-{number}", f"{file}:{number}"))
    return tuple(documents)


def _passage(line: str, name: str, place: str) -> CorpusDocument:
    try:
        entry = json.loads(line)
        tokens, labels = list(map(str, entry["tokens"])), list(map(str, entry["labels"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("not an object with tokens and labels", place) from error
    if len(tokens) != len(labels):
        raise InputError(f"{len(tokens)} tokens but {len(labels)} labels", place)
    joined = join(tokens)
    found = [(label, joined.span(first, after)) for label, first, after in chunks(labels)]
    sources = [span for label, span in found if label == "source"]
    cues = [span for label, span in found if label == "cue"]
    attributions = []
    for label, span in found:
        if label == "content":
            source, cue = nearest(span, sources), nearest(span, cues)
            attributions.append(Attribution((span,), (source,) if source else (), (cue,) if cue else ()))
    return CorpusDocument(name, joined.text, tuple(attributions))

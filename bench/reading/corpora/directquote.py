"""DirectQuote, direct quotations of news (https://aclanthology.org/2022.lrec-1.752/), in the layout of CoNLL 2003.

One token a line, its label last; an empty line ends a paragraph, which stands alone. A quotation is labelled by where
its speaker is: `LeftSpeaker` before it, `RightSpeaker` after it, `Unknown` nowhere; names are labelled `Speaker`. The
files of a part are those in the directory of its name, or else all of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.reading.corpora.attribution import SUFFIX, Attribution, CorpusDocument, chunks, files, nearest, read_text
from bench.reading.corpora.tokens import join
from bench.reading.spans import Span
from ontology.errors import InputError

_LEFT, _RIGHT, _UNKNOWN, _SPEAKER = "LeftSpeaker", "RightSpeaker", "Unknown", "Speaker"


def load(path: Path, part: str) -> tuple[CorpusDocument, ...]:
    """The paragraphs of one part.

    Raises:
        InputError: there are no files, or a line has no label.
    """
    documents = []
    for file in files(path, part, SUFFIX):
        for number, rows in enumerate(_paragraphs(file), 1):
            documents.append(_paragraph(rows, f"{file.stem}-{number}"))
    return tuple(documents)


def _paragraphs(file: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        fields = line.split()
        if not fields or fields[0] == "-DOCSTART-":
            if rows:
                yield rows
            rows = []
        elif len(fields) == 1:
            raise InputError(f"no label: {line.strip()!r}", f"{file}:{number}")
        else:
            rows.append((fields[0], fields[-1]))
    if rows:
        yield rows


def _paragraph(rows: Sequence[tuple[str, str]], name: str) -> CorpusDocument:
    joined = join([token for token, _ in rows])
    found = [(label, joined.span(first, after)) for label, first, after in chunks(label for _, label in rows)]
    speakers = [span for label, span in found if label == _SPEAKER]
    attributions = []
    for label, span in found:
        if label in (_LEFT, _RIGHT, _UNKNOWN):
            speaker = nearest(span, _candidates(label, span, speakers))
            attributions.append(Attribution((span,), (speaker,) if speaker else ()))
    return CorpusDocument(name, joined.text, tuple(attributions))


def _candidates(label: str, quotation: Span, speakers: Sequence[Span]) -> list[Span]:
    if label == _LEFT:
        return [speaker for speaker in speakers if speaker[1] <= quotation[0]]
    if label == _RIGHT:
        return [speaker for speaker in speakers if speaker[0] >= quotation[1]]
    return []

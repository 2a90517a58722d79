"""What every corpus of attributions comes down to: a text, and who says what in it, as runs of characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.reading.spans import Span
from ontology.errors import InputError

SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; each part may be several runs of characters. A source may be missing."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document of a corpus."""

    name: str
    text: str = field(repr=False)
    attributions: tuple[Attribution, ...]


def files(path: Path, part: str, suffix: str) -> list[Path]:
    """The files of one part of a corpus: in the directory of that name, or else all those in the corpus's own.

    Raises:
        InputError: there are none.
    """
    directory = path / part if (path / part).is_dir() else path
    found = sorted(directory.rglob(f"*{suffix}"))
    if not found:
        raise InputError(f"no file *{suffix} is there", str(directory))
    return found


def nearest(content: Span, sources: Sequence[Span]) -> Span | None:
    """The source with the fewest characters between it and the content, the earlier of two; None without sources."""
    return min(sources, key=lambda source: max(source[0] - content[1], content[0] - source[1]), default=None)


def read_text(path: Path) -> str:
    """The file as it is, no line end changed.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text at byte {error.start}", str(path)) from error


def chunks(labels: Iterable[str]) -> list[tuple[str, int, int]]:
    """Runs of tokens under one label (`B-` begins one, `I-` goes on), as label, first token, token after the last.

    An `I-` that goes on with nothing begins a run, so that both IOB1 and IOB2 are read
    (https://en.wikipedia.org/wiki/Inside-outside-beginning_(tagging)).
    """
    found: list[tuple[str, int, int]] = []
    for index, label in enumerate(labels):
        prefix, _, name = label.rpartition("-")
        if not prefix:
            continue
        if prefix == "I" and found and found[-1][0] == name and found[-1][2] == index:
            found[-1] = (name, found[-1][1], index + 1)
        else:
            found.append((name, index, index + 1))
    return found

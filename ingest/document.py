"""Documents as they were read: bytes, the text they decode to, and a short name that is theirs alone in a corpus.

Nothing is normalised (no line ends, no byte order mark, no spaces), so that offsets into the text are offsets into what
the file holds, counted in Unicode code points.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.slug import slug
from ontology.errors import InputError

SUFFIXES = (".txt", ".md")
"""Names of files that are documents; anything beside them in a directory is left alone."""

_PATTERN = re.compile(r"[*?\[]")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """One document: `text` is `data` decoded, `name` its short name, `source` its file name.

    `boilerplate` are the runs of characters that are no content, such as "top of page": in order, not overlapping.
    """

    name: str
    path: Path
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    encoding: str = "utf-8"
    boilerplate: tuple[tuple[int, int], ...] = ()

    @property
    def source(self) -> str:
        """The file's name, with its suffix."""
        return self.path.name

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def holds(self, start: int, end: int, exact: str) -> bool:
        """Whether the characters from start to end are exactly these."""
        return 0 <= start < end <= len(self.text) and self.text[start:end] == exact


def read(path: Path, name: str | None = None) -> Document:
    """Read one document.

    Raises:
        InputError: there is no such file, it is empty or only white space, or it is not UTF-8 text.
    """
    data = read_bytes(path)
    if not data:
        raise InputError("the file is empty", str(path))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = f"not UTF-8 text: byte 0x{data[error.start]:02x} at offset {error.start} ({error.reason})"
        raise InputError(wrong, str(path)) from error
    if "\0" in text:
        raise InputError(f"not a text file: a NUL character at offset {text.index(chr(0))}", str(path))
    if not text.strip():
        raise InputError("the file holds only white space", str(path))
    return Document(name or short_name(path), path, data, text)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", str(path)) from error
    except IsADirectoryError as error:
        raise InputError("this is a directory, not a document", str(path)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from error


def discover(paths: Iterable[str | Path]) -> list[Path]:
    """Files for files, directories (searched to any depth) and glob patterns: sorted, each once.

    Raises:
        InputError: nothing is there, or a directory holds no document, or a file is of another kind.
    """
    found: set[Path] = set()
    for given in paths:
        found.update(_documents(Path(given), str(given)))
    return sorted(found, key=lambda path: (path.name, str(path)))


def _documents(path: Path, given: str) -> list[Path]:
    if path.is_dir():
        inside = [p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and not _hidden(p, path)]
        if not inside:
            raise InputError(f"no documents ({' '.join(SUFFIXES)}) in this directory", given)
        return inside
    if not path.exists():
        pattern = str(path.relative_to(path.anchor))
        matches = Path(path.anchor or ".").glob(pattern) if _PATTERN.search(pattern) else ()
        documents = [p for p in matches if p.suffix.lower() in SUFFIXES and p.is_file()]
        if not documents:
            raise InputError("there is no such file or directory", given)
        return documents
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"not a kind of file that can be read (only {' '.join(SUFFIXES)})", given)
    return [path]


def _hidden(path: Path, directory: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(directory).parts)


def annotation_path(document: Path) -> Path:
    """Where a document's reviewed annotation is, if it has one."""
    return document.with_suffix(".yaml")


def short_name(path: Path) -> str:
    """The file name without its suffix, or its slug when an IRI could not hold that."""
    return path.stem if _SAFE.match(path.stem) else slug(path.stem)


def short_names(paths: Iterable[Path]) -> Mapping[Path, str]:
    """A short name for each path, unique among them: directories are prefixed where names collide.

    Raises:
        InputError: two paths cannot be told apart.
    """
    listed = list(paths)
    names = {path: short_name(path) for path in listed}
    deepest = max((len(path.absolute().parts) for path in listed), default=0)
    for depth in range(1, deepest):
        taken = Counter(names.values())
        clashing = [path for path in listed if taken[names[path]] > 1]
        if not clashing:
            return names
        for path in clashing:
            directories = path.absolute().parts[1:-1][-depth:]
            names[path] = "-".join([*(slug(directory) for directory in directories), short_name(path)])
    clash = next((name for name, times in Counter(names.values()).items() if times > 1), None)
    if clash is not None:
        raise InputError(f"two documents would have the short name {clash!r}; rename one of their files")
    return names

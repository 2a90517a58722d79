"""Documents as they were read: the text in which all offsets count, what their file says of them, and a short name.

Offsets are counted in Unicode code points. The text of a text file is what its bytes decode to: no line ends, no byte
order mark, no spaces are changed. The text of a page, a PDF or an article in JSON is what was read from it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reading.kind import SUFFIXES, Kind, kind_of, stem, suffix
from ingest.reading.stream import STANDARD_INPUT
from ingest.slug import slug
from ontology.errors import InputError

_PATTERN = re.compile(r"[*?\[]")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_SAVED = "_files"
"""What browsers add to a page's name for the directory of the parts that they save with it."""

_LONGEST = 200
"""Characters of a short name made of several parts; file systems allow 255 bytes with a suffix."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document's file says of it outside its text: in meta tags, JSON-LD, front matter, keys beside the text.

    Dates are EDTF, mostly a day (`2023-07-25`), as their publisher printed them, in its own time zone. Nothing is
    guessed from the text.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document: `data` is what was read, `text` what it says, `name` its short name, `source` its file's name.

    `member` tells the documents of one file apart; it is None when the file holds nothing else. `boilerplate` are the
    runs of characters that are no content, such as "top of page": in order, not overlapping.
    """

    name: str
    path: Path
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    encoding: str = "utf-8"
    boilerplate: tuple[tuple[int, int], ...] = ()
    member: str | None = None
    media_type: str = Kind.TEXT.value
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def source(self) -> str:
        """The file's name with its suffix, and behind a `#` the member if the file holds several documents."""
        return self.path.name if self.member is None else f"{self.path.name}#{self.member}"

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def holds(self, start: int, end: int, exact: str) -> bool:
        """Whether the characters from start to end are exactly these."""
        return 0 <= start < end <= len(self.text) and self.text[start:end] == exact


def read(path: Path, name: str | None = None) -> Document:
    """Read the one document of a file.

    Raises:
        InputError: there is no such file, it cannot be read, it has no text, or it holds several documents.
    """
    from ingest.reading.reader import read_single

    return read_single(path, name or short_name(path))


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
    """Files for files, directories (searched to any depth) and glob patterns: sorted, each once; `-` is standard input.

    Raises:
        InputError: nothing is there, or a directory holds no document, or a file is of another kind.
    """
    found: set[Path] = set()
    for given in paths:
        found.update([STANDARD_INPUT] if str(given) == "-" else _documents(Path(given), str(given)))
    return sorted(found, key=lambda path: (path.name, str(path)))


def _documents(path: Path, given: str) -> list[Path]:
    if path.is_dir():
        inside = [found for found in path.rglob("*") if _readable(found) and not _hidden(found, path)]
        if not inside:
            raise InputError(f"no documents ({' '.join(SUFFIXES)}) in this directory", given)
        return inside
    if not path.exists():
        pattern = str(path.relative_to(path.anchor))
        matches = Path(path.anchor or ".").glob(pattern) if _PATTERN.search(pattern) else ()
        documents = [found for found in matches if _readable(found)]
        if not documents:
            raise InputError("there is no such file or directory", given)
        return documents
    if kind_of(path) is None:
        raise InputError(f"not a kind of file that can be read (only {' '.join(SUFFIXES)})", given)
    return [path]


def _readable(path: Path) -> bool:
    return kind_of(path) is not None and path.is_file()


def _hidden(path: Path, directory: Path) -> bool:
    """Whether a file is hidden, or is a part of a page that a browser has saved beside it."""
    inside = path.relative_to(directory)
    if any(part.startswith(".") for part in inside.parts):
        return True
    above = [directory / parent for parent in inside.parents if parent.name.endswith(_SAVED)]
    return any(
        parent.with_name(parent.name.removesuffix(_SAVED) + ending).exists()
        for parent in above
        for ending in (".html", ".htm", ".xhtml")
    )


def annotation_path(document: Path, member: str | None = None) -> Path:
    """Where a document's reviewed annotation is, if it has one: `page.yaml` for `page.html`, or `page.html.yaml`.

    That of a member is `articles-3.yaml` for the member 3 of `articles.jsonl`.
    """
    if member is not None:
        return document.with_name(f"{stem(document)}-{member}.yaml")
    whole = document.with_name(f"{document.name}.yaml")
    return whole if whole.exists() else document.with_name(f"{stem(document)}.yaml")


def short_name(path: Path) -> str:
    """The file name without its suffix, or its slug when an IRI could not hold that."""
    name = stem(path)
    return name if _SAFE.match(name) else slug(name)


def member_name(file: str, member: str) -> str:
    """The short name of a document that lies in a file with others, whose short name is `file`."""
    name = f"{file}-{member}"
    return name if len(name) <= _LONGEST else slug(name)


def short_names(paths: Iterable[Path]) -> Mapping[Path, str]:
    """A short name for each path, unique among them.

    Where names collide, suffixes are added within one directory, and directories are prefixed beyond it.

    Raises:
        InputError: two paths cannot be told apart.
    """
    listed = list(paths)
    names = _told_apart_by_suffix(listed)
    deepest = max((len(path.absolute().parts) for path in listed), default=0)
    base = dict(names)
    for depth in range(1, deepest):
        taken = Counter(names.values())
        clashing = [path for path in listed if taken[names[path]] > 1]
        if not clashing:
            return names
        for path in clashing:
            directories = path.absolute().parts[1:-1][-depth:]
            names[path] = "-".join([*(slug(directory) for directory in directories), base[path]])
    clash = next((name for name, times in Counter(names.values()).items() if times > 1), None)
    if clash is not None:
        raise InputError(f"two documents would have the short name {clash!r}; rename one of their files")
    return names


def _told_apart_by_suffix(paths: Iterable[Path]) -> dict[Path, str]:
    """Short names of files, with the suffix where a directory holds several of one name."""
    names = {path: short_name(path) for path in paths}
    together = Counter((path.parent, name) for path, name in names.items())
    return {
        path: f"{name}{suffix(path).replace('.', '-')}" if together[path.parent, name] > 1 else name
        for path, name in names.items()
    }

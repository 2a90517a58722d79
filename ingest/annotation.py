"""The file in which a person writes down what a document puts on record, `<stem>.yaml` beside the document.

This module reads its head: which document, who reviewed it and when, which names it introduces; and finds the entries
of its facts, which `ingest.reviewed` anchors. `python -m ingest.annotation FILE…` prints every fact with its anchors,
or every error with file, line and key. The format is described in docs/annotation.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapidfuzz import process

from ingest.anchor import Anchors
from ingest.declarations import ACTOR_KINDS, Declarations, Declared, DeclaredActor, DeclaredThing, ThingKind
from ingest.document import Document, read_bytes
from ingest.facts import NameKind, OrganizationKind
from ingest.marked import Entries, Items, Scalar, Value, parse
from ingest.problem import AnnotationError, Problems
from ingest.reading.kind import SUFFIXES
from ontology.authority import Authority
from ontology.errors import InputError, OnrecordError
from ontology.names import fold
from ontology.vocabulary import actor_class, notation

EXTRACTOR = "reviewed"
"""What facts from an annotation say of their extractor."""

HEAD_KEYS = ("document", "sha256", "reviewed", "actors", "things", "facts")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Review:
    """Who read the annotation against the document, and on which day (ISO 8601)."""

    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as written: its kind and its keys."""

    kind: str
    keys: Entries
    line: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """The head of an annotation, and its facts as written."""

    review: Review
    declarations: Declarations
    entries: tuple[Entry, ...]


def document_for(path: Path) -> Path:
    """The document beside which an annotation stands; a document stands for itself."""
    beside = [path.with_suffix(suffix) for suffix in SUFFIXES]
    return next((candidate for candidate in beside if candidate.exists()), beside[0])


def read_text(path: Path) -> str:
    """The text of an annotation file.

    Raises:
        InputError: the file cannot be read, or is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text: wrong byte at offset {error.start}", str(path)) from error


def read(text: str, document: Document, authority: Authority, problems: Problems) -> Annotation:
    """Read the text of a document's annotation; what is wrong with it goes to `problems`.

    Raises:
        InputError: it is not YAML.
    """
    head = parse(text, problems)
    check_keys(head, HEAD_KEYS, "", problems)
    _check_document(head, document, problems)
    entries = _entries(head.get("facts"), problems)
    anchors = Anchors(document.text)
    return Annotation(_review(head, problems), _declarations(head, entries, anchors, authority, problems), entries)


def _check_document(head: Entries, document: Document, problems: Problems) -> None:
    name = scalar(head, "document", "", problems, required=True)
    if name is not None and name != document.source:
        problems.add(head.lines["document"], f"document: this file stands beside {document.source}, not {name}")
    digest = scalar(head, "sha256", "", problems)
    if digest is None:
        problems.add(head.lines.get("sha256", 0), f"sha256: is missing; the document's is {document.sha256}")
    elif digest.lower() != document.sha256:
        message = f"sha256: the document has changed since it was annotated; its bytes now have {document.sha256}"
        problems.add(head.lines["sha256"], message)


def _review(head: Entries, problems: Problems) -> Review:
    review = head.get("reviewed")
    if not isinstance(review, Entries):
        problems.add(head.lines.get("reviewed", 0), "reviewed: must be {by: name, on: date}")
        return Review("", "")
    check_keys(review, ("by", "on"), "reviewed.", problems)
    by = scalar(review, "by", "reviewed.", problems, required=True) or ""
    on = scalar(review, "on", "reviewed.", problems, required=True) or ""
    if on and not _is_day(on):
        problems.add(review.lines["on"], f"reviewed.on: {on} is not a day (YYYY-MM-DD)")
    return Review(by, on)


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO_DATE.match(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _entries(facts: Value | None, problems: Problems) -> tuple[Entry, ...]:
    if facts is None:
        return ()
    if not isinstance(facts, Items):
        problems.add(facts.line, "facts: must be a list of `- kind: {…}`")
        return ()
    found = []
    for item in facts:
        if not isinstance(item, Entries) or len(item.values) != 1:
            problems.add(item.line, "facts: each fact is a mapping with one key, its kind")
            continue
        ((kind, keys),) = item.values.items()
        if not isinstance(keys, Entries):
            problems.add(item.line, f"{kind}: must be a mapping of keys to values")
            continue
        found.append(Entry(kind, keys, item.line))
    return tuple(found)


def _declarations(
    head: Entries, entries: Sequence[Entry], anchors: Anchors, authority: Authority, problems: Problems
) -> Declarations:
    actors: dict[str, DeclaredActor] = {}
    for item, line in _declared(head, "actors", ("name", "kind", "aliases"), problems):
        actor = _actor(item, line, anchors, authority, problems)
        if actor is not None and actors.setdefault(fold(actor.name), actor) is not actor:
            problems.add(line, f"actors.name: {actor.name} is declared twice")
    things: dict[str, DeclaredThing] = {}
    for item, line in _declared(head, "things", ("name", "kind", "key", "aliases"), problems):
        thing = _thing(item, line, problems)
        if thing is None:
            continue
        if fold(thing.name) in actors or things.setdefault(fold(thing.name), thing) is not thing:
            problems.add(line, f"things.name: {thing.name} is declared twice")
    declared: list[Declared] = [*actors.values(), *things.values()]
    taken = {fold(name) for one in declared for name in (one.name, *one.aliases)}
    for actor in _introduced(entries):
        if fold(actor.name) not in taken and authority.find(actor.name) is None:
            actors.setdefault(fold(actor.name), actor)
    return Declarations(tuple(actors.values()), tuple(things.values()))


def _declared(head: Entries, key: str, keys: tuple[str, ...], problems: Problems) -> list[tuple[Entries, int]]:
    value = head.get(key)
    if value is None:
        return []
    found = []
    for item in value if isinstance(value, Items) else (value,):
        if isinstance(item, Entries):
            check_keys(item, keys, f"{key}.", problems)
            found.append((item, item.line))
        else:
            problems.add(item.line, f"{key}: each one is a mapping, such as {{name: …, kind: …}}")
    return found


def _actor(
    item: Entries, line: int, anchors: Anchors, authority: Authority, problems: Problems
) -> DeclaredActor | None:
    name = scalar(item, "name", "actors.", problems, required=True)
    kind = scalar(item, "kind", "actors.", problems, required=True)
    aliases = tuple(texts(item, "aliases", "actors.", problems))
    if name is None or kind is None:
        return None
    if kind not in ACTOR_KINDS:
        problems.add(item.lines["kind"], f"actors.kind: {kind} is none of {', '.join(ACTOR_KINDS)}")
        return None
    known = authority.find(name)
    if known is not None and actor_class(kind) not in known.kinds:
        kinds = ", ".join(notation(cls) for cls in known.kinds)
        problems.add(line, f"actors.name: the authority file knows {name} as {known.label} ({kinds})")
    if kind != NameKind.GROUP:
        for words in (name, *aliases):
            if not anchors.contains(words):
                problems.add(line, f"actors: {words!r} is nowhere in the document")
    return None if known is not None else DeclaredActor(name, kind, aliases)


def _thing(item: Entries, line: int, problems: Problems) -> DeclaredThing | None:
    name = scalar(item, "name", "things.", problems, required=True)
    kind = scalar(item, "kind", "things.", problems, required=True)
    key = scalar(item, "key", "things.", problems)
    aliases = tuple(texts(item, "aliases", "things.", problems))
    if name is None or kind is None:
        return None
    if kind not in list(ThingKind):
        problems.add(line, f"things.kind: {kind} is none of {', '.join(ThingKind)}")
        return None
    return DeclaredThing(name, ThingKind(kind), key, aliases)


def _introduced(entries: Sequence[Entry]) -> list[DeclaredActor]:
    """Actors whom a fact of kind person or organization introduces, as `actors:` would."""
    found = []
    for entry in entries:
        name = entry.keys.get("name")
        if not isinstance(name, Scalar):
            continue
        if entry.kind == "person":
            found.append(DeclaredActor(name.text, NameKind.PERSON))
        kind = entry.keys.get("organization_kind")
        if entry.kind == "organization" and isinstance(kind, Scalar) and kind.text in list(OrganizationKind):
            found.append(DeclaredActor(name.text, kind.text))
    return found


def check_keys(entries: Entries, known: Sequence[str], prefix: str, problems: Problems) -> None:
    """Note every key that nothing reads, with the nearest key that something does."""
    for key, line in entries.lines.items():
        if key not in known:
            near = process.extractOne(key, known, score_cutoff=60)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
            problems.add(line, f"{prefix}{key}: unknown key; {hint}")


def scalar(entries: Entries, key: str, prefix: str, problems: Problems, *, required: bool = False) -> str | None:
    """The text of a key that has one value; None when it has none."""
    value = entries.get(key)
    if isinstance(value, Scalar):
        if value.text.strip():
            return value.text.strip()
        problems.add(entries.lines[key], f"{prefix}{key}: is empty")
    elif value is not None:
        problems.add(value.line, f"{prefix}{key}: must be one value, not a list or mapping")
    elif required:
        problems.add(entries.lines.get(key, entries.line), f"{prefix}{key}: is missing")
    return None


def texts(entries: Entries, key: str, prefix: str, problems: Problems) -> list[str]:
    """The texts of a key that has one value or a list of them."""
    value = entries.get(key)
    found = []
    for item in () if value is None else value if isinstance(value, Items) else (value,):
        if isinstance(item, Scalar) and not item.null and item.text.strip():
            found.append(item.text.strip())
        else:
            problems.add(item.line, f"{prefix}{key}: must be text or a list of texts")
    return found


def main(arguments: Sequence[str]) -> int:
    """Check annotation files; returns the exit code, 2 when one of them is wrong."""
    from ingest import document, reviewed
    from ontology.namespaces import Base
    from ontology.topics import Topics

    authority, topics = Authority.load(Base()), Topics.load(Base())
    code = 0
    for argument in arguments:
        try:
            text = document.read(document_for(Path(argument)))
            for fact in reviewed.ReviewedExtractor(authority, topics).extract(text).facts:
                print(reviewed.outline(fact))
        except AnnotationError as error:
            code = 2
            print(*error.problems, sep="\n", file=sys.stderr)
        except OnrecordError as error:
            code = 2
            print(error, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

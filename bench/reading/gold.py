"""Documents with what a person has annotated beside them, and what one extractor reads in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.reading.limit import extracted
from ingest.declarations import Declarations
from ingest.document import Document, annotation_path, discover, read, short_names
from ingest.engine import Tools
from ingest.extraction import Extractor
from ingest.facts import Fact
from ingest.reviewed import ReviewedExtractor
from ontology.authority import Authority
from ontology.errors import InputError
from ontology.namespaces import Base
from ontology.topics import Topics

NOWHERE = Path("unannotated")
"""Directory that documents seem to come from when a system reads them: no annotation is there to be found."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document, its reviewed facts, and the names that its annotation declares."""

    document: Document
    facts: tuple[Fact, ...]
    declarations: Declarations


@dataclass(frozen=True, slots=True)
class Reading:
    """A gold document beside the facts of a system; `lost` says why the system has none when it failed."""

    gold: GoldDocument
    facts: tuple[Fact, ...]
    lost: str | None = None


def tools(model: str | None = None) -> Tools:
    """The authority file and the topics, as the program uses them, and a model of spaCy if not the default."""
    base = Base()
    return Tools(Authority.load(base), Topics.load(base), model)


def load(paths: Iterable[Path], given: Tools, wrong: list[InputError] | None = None) -> tuple[GoldDocument, ...]:
    """The annotated documents in directories (or among files); documents without an annotation are left out.

    Args:
        paths: directories, files, or patterns.
        given: the known names.
        wrong: takes what is wrong with annotations, whose documents are then left out; without it, that is raised.

    Raises:
        InputError: nothing is annotated there, or an annotation is wrong.
    """
    listed = list(paths)
    extractor = ReviewedExtractor(given.authority, given.topics)
    names = short_names(path for path in discover(listed) if annotation_path(path).exists())
    documents = []
    for path, name in names.items():
        document = read(path, name)
        try:
            extraction = extractor.extract(document)
        except InputError as error:
            if wrong is None:
                raise
            wrong.append(error)
            continue
        documents.append(GoldDocument(document, extraction.facts, extraction.declarations))
    if not documents:
        raise InputError("no document there has an annotation beside it", ", ".join(map(str, listed)))
    return tuple(documents)


def readings(gold: Iterable[GoldDocument], system: Extractor) -> Iterator[Reading]:
    """What a system reads in each document. A document on which it fails is lost, and the others go on."""
    for annotated in gold:
        yield Reading(annotated, *extracted(system, _unannotated(annotated.document, system)))


def _unannotated(document: Document, system: Extractor) -> Document:
    """The document away from its annotation, unless reading annotations is what the system does."""
    if isinstance(system, ReviewedExtractor):
        return document
    return replace(document, path=NOWHERE / document.path.name)

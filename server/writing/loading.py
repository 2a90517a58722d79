"""LOAD in an update: what is to be fetched, by the web process before the update is carried out, and where it goes
(https://www.w3.org/TR/sparql11-update/#load). The writing worker has no network and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, NamedNode, Store

from ontology.errors import InputError, QueryError
from server.outside.fetching import Fetched
from server.problems import OutsideFailed, UnsupportedMediaType
from server.releases.store import BULK
from server.workers.lexer import Prologue, Token, is_word, tokens
from server.writing.payload import READ, proper, read
from server.writing.request import Loaded, Part
from server.writing.scope import scope
from server.writing.steps import Step, steps

ACCEPT = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1"

AT_MOST = 100
"""Documents that one update may load."""

_UNTYPED = frozenset({"", "application/octet-stream", "text/plain"})
"""What servers say of files that they know nothing of."""


@dataclass(frozen=True, slots=True)
class Load:
    """One LOAD: the document, the graph that it goes to (None for the default graph), and whether it may fail."""

    source: str
    graph: str | None
    silent: bool


def loads(update: str, base_iri: str) -> list[Load]:
    """All that an update loads.

    Raises:
        QueryError: a LOAD is not of the language.
        InputError: there are too many.
    """
    found = [load(step, base_iri) for step in steps(update, scope(update)) if step.loads]
    if len(found) > AT_MOST:
        raise InputError(f"the update loads {len(found)} documents; {AT_MOST} at most are fetched for one", "update")
    return found


def load(step: Step, base_iri: str) -> Load:
    """The LOAD that a step of an update is.

    Raises:
        QueryError: it is not of the language, with its place.
    """
    prologue, stream = Prologue(base_iri), tokens(step.text)
    words: list[Token] = []
    for token in stream:
        if words or not prologue.takes(token, stream):
            words.append(token)
    silent = len(words) > 1 and is_word(words[1], "SILENT")
    into = words[2 + silent :]
    found = Load(prologue.resolve(_nth(words, 1 + silent)) or "", None, silent)
    if into:
        named = [word.text.upper() for word in into[:2]] == ["INTO", "GRAPH"] and len(into) == 3
        found = Load(found.source, (prologue.resolve(into[2]) if named else None) or "", silent)
    if not found.source or found.graph == "":
        what = "LOAD is followed by the IRI of a document and, where it is for a graph, INTO GRAPH and the graph's IRI"
        raise QueryError(what, "update", line=step.line + 1, column=step.column + 1)
    return found


def part(fetched: Fetched) -> Part:
    """What was fetched, as the body of a graph. What its server does not know is told by its suffix.

    Raises:
        OutsideFailed: it is no graph.
    """
    media_type = fetched.media_type
    if media_type in _UNTYPED:
        suffix = PurePosixPath(urlsplit(fetched.url).path).suffix
        media_type = next((format.media_type for format in READ if format.suffix == suffix), media_type)
    try:
        return Part(proper(media_type), fetched.body)
    except UnsupportedMediaType as error:
        raise OutsideFailed(f"{fetched.url} sends no graph: {error.message}") from None


def carry_out(store: Store, asked: Load, fetched: Mapping[str, Loaded]) -> None:
    """Puts a document that was fetched into its graph.

    Raises:
        OutsideFailed: it is not of its format, and the LOAD is not silent.
    """
    graph = DefaultGraph() if asked.graph is None else NamedNode(asked.graph)
    document = fetched.get(asked.source)
    if document is None or document.part is None:
        return
    try:
        quads = read((document.part,), document.url, graph)
    except (QueryError, InputError) as error:
        if asked.silent:
            return
        raise OutsideFailed(f"{document.url} cannot be read: {error}") from None
    (store.bulk_extend if len(quads) >= BULK else store.extend)(quads)


def _nth(words: list[Token], number: int) -> Token | None:
    return words[number] if len(words) > number else None

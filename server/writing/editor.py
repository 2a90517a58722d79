"""One change from request to release: conditions, evaluation, what may not be written, the shapes, the next release.

Any error leaves the current release as it is, and nothing of the change in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse, serialize

from ontology.errors import InputError, NotFound, ReleaseError
from ontology.namespaces import Base
from server.problems import ReportedViolation, WriteConflict
from server.releases.installation import install, retire
from server.releases.release import Home, Release
from server.settings import KEEP
from server.writing.changes import Changes, GraphChange, GraphName, content, exists, insertions
from server.writing.edition import merged_edition, plain_edition, plain_origin
from server.writing.naming import named
from server.writing.payload import read
from server.writing.request import Action, Outcome, Part, Request
from server.writing.state import require, state
from server.writing.update import Update, default_is_derived, evaluate, patch
from server.writing.verdict import verdict
from shapes.report import Report

DEFAULT = DefaultGraph()
DERIVED = ("inferences", "identities", "release")
"""Graphs that follow from the others."""

PACKAGED = ("ontology", "authority")
"""Graphs that come with the program."""


class Editor:
    """Makes changes in a home, with the default graph `plain` or the merge. `directory` is empty and its own; `keep`
    and `keep_days` say which releases stay.
    """

    def __init__(
        self, home: Home, directory: Path, *, plain: bool, keep: int = KEEP, keep_days: int | None = None
    ) -> None:
        self._home = home
        self._directory = directory
        self._plain = plain
        self._keep = keep
        self._keep_days = keep_days

    def change(self, request: Request) -> Outcome:
        """Does what a request asks for, and makes its release current. Only for the holder of the home's lock.

        Raises:
            PreconditionFailed: the graph is in another state than the request says.
            NotFound: the graph that is to be deleted or patched is not there.
            QueryError, InputError, FederationRefused: what was sent is wrong.
            WriteConflict: a graph would be written that is derived.
            ReportedViolation: the shapes refuse the change.
            ReleaseError: there is no release, it is damaged, or the next one cannot be written.
        """
        parent = self._parent()
        base = parent.base
        created = _hold_conditions(request, parent)
        origin = plain_origin(parent, self._directory) if self._plain else parent.store_path
        store = Store.read_only(str(origin))
        changes = self._changes(request, store, origin, base, parent.id)
        if not changes:
            return Outcome(parent.id, False, False)
        if not self._plain:
            _refuse_derived(changes, base)
            _refuse_new_documents(changes, parent)
        contents = {graph: content(store, graph, change) for graph, change in changes.items()}
        _require_conformance(verdict(changes, contents, store, parent, plain=self._plain), request.report)
        place = self._directory / "next"
        place.mkdir()
        if self._plain:
            prepared = plain_edition(place, parent, origin, changes, contents)
        else:
            prepared = merged_edition(place, parent, changes, contents)
        release = prepared.id
        install(prepared, self._home, parent)
        retire(self._home, self._keep, self._keep_days)
        return Outcome(release, created, True)

    def _parent(self) -> Release:
        parent = self._home.current()
        if parent is None:
            raise ReleaseError("nothing has been built yet; run `onrecord build`")
        if parent.manifest.plain and not self._plain:
            raise WriteConflict(
                "the current release has a default graph of its own; serve with --default-graph plain to write to it"
            )
        return parent

    def _changes(self, request: Request, store: Store, origin: Path, base: Base, salt: str) -> Changes:
        if request.action in {Action.UPDATE, Action.PATCH}:
            return self._updated(request, origin, base, salt)
        if request.action is Action.LOAD:
            return self._loaded(request, store, base, salt)
        graph: GraphName = DEFAULT if request.graph is None else NamedNode(request.graph)
        if graph == DEFAULT and not self._plain:
            raise default_is_derived()
        old = frozenset(store.quads_for_pattern(None, None, None, graph))
        before = exists(store, graph)
        if request.action is Action.DELETE:
            change = GraphChange(old, frozenset(), before, graph == DEFAULT)
        else:
            new = read(request.parts, request.base_iri, graph)
            put = request.action is Action.PUT
            if not self._plain:
                new = named(new, base, "" if put else salt)
            change = GraphChange(old - new if put else frozenset(), new - old, before, True)
        return {graph: change} if change else {}

    def _updated(self, request: Request, origin: Path, base: Base, salt: str) -> Changes:
        loaded = None if request.loaded is None else {each.source: each for each in request.loaded}
        update = Update(_text(request.parts), request.base_iri, request.dataset, loaded)
        if request.action is Action.PATCH:
            target: GraphName = DEFAULT if request.graph is None else NamedNode(request.graph)
            if target == DEFAULT and not self._plain:
                raise default_is_derived()
            changes = patch(update, Store.read_only(str(origin)), target, base)
        else:
            changes = evaluate(update, origin, self._directory / "copy", plain=self._plain, base=base)
        if self._plain:
            return changes
        return {
            graph: GraphChange(change.removed, named(change.added, base, salt), change.before, change.after)
            for graph, change in changes.items()
        }

    def _loaded(self, request: Request, store: Store, base: Base, salt: str) -> Changes:
        quads = read(request.parts, request.base_iri, None)
        if not self._plain:
            quads = named(quads, base, salt)
        if not self._plain and any(quad.graph_name == DEFAULT for quad in quads):
            raise default_is_derived()
        return insertions(quads, store)


def _hold_conditions(request: Request, parent: Release) -> bool:
    """Whether the graph of the request is new. What names no graph of its own is about the release."""
    about_graph = request.action not in {Action.UPDATE, Action.LOAD}
    now = state(parent.manifest, request.graph) if about_graph else parent.id
    require(now, request.conditions.if_match, request.conditions.if_none_match)
    if now is None and request.action in {Action.DELETE, Action.PATCH}:
        raise NotFound("there is no such graph", request.graph)
    return now is None


def _text(parts: Iterable[Part]) -> str:
    try:
        return b"".join(part.data for part in parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the update is not UTF-8 at byte {error.start}", "body") from None


def _refuse_new_documents(changes: Changes, parent: Release) -> None:
    """The graph of a document comes with its text, from a build."""
    base, documents = parent.base, {entry.name for entry in parent.manifest.documents}
    beginning = f"{base.iri}doc/"
    known = {base.doc(name) for name in documents}
    for graph in changes.keys() - known:
        if isinstance(graph, NamedNode) and graph.value.startswith(beginning):
            raise WriteConflict(
                "documents come with their text, by `onrecord build`; this one is not there", graph.value
            )


def _refuse_derived(changes: Iterable[GraphName], base: Base) -> None:
    for names, reason in (
        (DERIVED, "follows from the others and cannot be written to"),
        (PACKAGED, "comes with the program and cannot be written to"),
    ):
        for name in names:
            graph = base.graph(name)
            if graph in changes:
                raise WriteConflict(f"this graph {reason}", graph.value)


def _require_conformance(report: Report, media_type: str | None) -> None:
    """Refuses what has a result of severity Violation, with the report as plain data and, when asked, as RDF."""
    if not report.violations:
        return
    error = ReportedViolation(
        f"nothing was changed: {report.summary}; the first: {report.violations[0].message}",
        str(report.violations[0].focus),
        report=json.loads(report.to_json()),
    )
    if media_type is not None:
        error.body = _rdf(report, media_type)
    raise error


def _rdf(report: Report, media_type: str) -> bytes:
    turtle = report.to_turtle()
    triples = parse(turtle, RdfFormat.TURTLE)
    format = RdfFormat.from_media_type(media_type)
    if format is None or format == RdfFormat.TURTLE:
        return turtle.encode()
    return serialize((quad.triple for quad in triples), format=format) or b""

"""A SPARQL update, evaluated by the engine on a copy of a release's store, which is thrown away; what is different in
the copy is what the update changes (https://www.w3.org/TR/sparql11-update/).

An update is one transaction: when one of its operations fails, none has happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ontology.errors import InputError, QueryError
from ontology.namespaces import Base
from server.problems import FederationRefused, QueryMemory, WriteConflict
from server.releases.store import duplicate
from server.workers.evaluation import syntax_error
from server.workers.lexer import Dataset, federates, with_small_booleans
from server.writing.changes import GraphChange, GraphName, compare, follow, insertions
from server.writing.loading import carry_out, load
from server.writing.request import Loaded
from server.writing.scope import Scope, scope, with_using
from server.writing.steps import Step, steps

DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Update:
    """An update, the dataset that its request asks for, the IRI that relative ones are resolved against, and the
    documents that were fetched for it by their IRIs; None where it may load none."""

    text: str
    base_iri: str
    dataset: Dataset | None = None
    loaded: Mapping[str, Loaded] | None = None


def evaluate(update: Update, store_path: Path, copy: Path, *, plain: bool, base: Base) -> dict[GraphName, GraphChange]:
    """What an update changes in the store at `store_path`; `copy` is where its copy may lie, and is not there yet.

    Where the default graph is the merge of the others, patterns see the merge, and nothing can be written to it.

    Raises:
        QueryError: it is not SPARQL, or one of its operations fails.
        InputError: it chooses a dataset, and so does its request.
        FederationRefused: it asks another server.
        WriteConflict: it writes to a default graph that is derived.
    """
    found = scope(update.text)
    _refuse_the_outside(update, found)
    if update.dataset is not None and found.chooses:
        reason = "the update has WITH or USING, and the request using-graph-uri or using-named-graph-uri; use one"
        raise InputError(reason, "using-graph-uri")
    inserted = _tried(update, found, base)
    if found.glued is not None:
        raise QueryError(f"{found.glued} is not one keyword; write white space between keywords")
    if found.default and not plain:
        raise default_is_derived()
    before = Store.read_only(str(store_path))
    if not found.matches:
        return insertions(inserted, before)
    duplicate(store_path, copy)
    changed = Store(str(copy))
    _carry_out(changed, update, found, base, plain=plain)
    graphs = set(_graphs(found, before, changed))
    default = found.default or (plain and found.anywhere)
    return compare(before, changed, graphs | {DEFAULT} if default else graphs)


def _carry_out(store: Store, update: Update, found: Scope, base: Base, *, plain: bool) -> None:
    """Carries out an update, with the dataset of its request. Where the default graph is the merge of the others it
    follows each operation, so that the next one sees it.
    """
    text = with_using(update.text, found, update.dataset) if update.dataset else update.text
    parts = list(steps(text, scope(text), apart=not plain))
    for number, step in enumerate(parts):
        last = plain or number == len(parts) - 1
        held = {} if last else {graph: _content(store, graph) for graph in _graphs(found, store)}
        _run(store, step, update, base)
        for graph in () if last else {*held, *_graphs(found, store)}:
            follow(store, held.get(graph, frozenset()), _content(store, graph))


def _content(store: Store, graph: NamedNode) -> frozenset[Quad]:
    return frozenset(store.quads_for_pattern(None, None, None, graph))


def patch(update: Update, store: Store, graph: GraphName, base: Base) -> dict[GraphName, GraphChange]:
    """What an update changes in one graph, which is the default graph of the update and all that there is.

    Raises:
        QueryError: it is not SPARQL, or one of its operations fails.
        InputError: it writes to another graph.
        FederationRefused: it asks another server.
    """
    found = scope(update.text)
    _refuse_the_outside(replace(update, loaded=None), found)
    old = frozenset(store.quads_for_pattern(None, None, None, graph))
    alone = Store()
    alone.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in old)
    for step in steps(update.text, found):
        _run(alone, step, update, base)
    if any(alone.named_graphs()):
        raise InputError("the update writes to another graph than the one that is to be patched", "body")
    new = frozenset(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in alone)
    change = GraphChange(old - new, new - old)
    return {graph: change} if change else {}


def default_is_derived() -> WriteConflict:
    """The error for a change of a default graph that is the merge of the named ones."""
    return WriteConflict(
        "the default graph is the merge of the named graphs and cannot be written to; write to a named graph, "
        "with GRAPH, WITH or ?graph=, or serve with --default-graph plain"
    )


def _refuse_the_outside(update: Update, found: Scope) -> None:
    if found.loads and update.loaded is None:
        raise FederationRefused("the update has a LOAD; this server fetches nothing: send the graph to /data")
    if found.hides:
        raise FederationRefused("the update has a LOAD that cannot be told apart; begin an operation with it")
    if federates(update.text):
        raise FederationRefused("the update has a SERVICE clause; this server asks no other server")


def _run(store: Store, step: Step, update: Update, base: Base) -> None:
    if step.loads:
        carry_out(store, load(step, update.base_iri), update.loaded or {})
        return
    try:
        store.update(with_small_booleans(step.text), base_iri=update.base_iri)
    except SyntaxError as error:
        raise syntax_error(step.message(str(error.msg)), update.text, base.prefixes()) from error
    except MemoryError as error:
        raise QueryMemory("the update needs more memory than a change may take") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the update cannot be carried out: {error}") from error


def _tried(update: Update, found: Scope, base: Base) -> Store:
    """What the update makes of nothing: a wrong one is found without a copy, and INSERT DATA needs none."""
    store = Store()
    for step in steps(update.text, found):
        try:
            _run(store, step, update, base)
        except QueryError as error:
            # An operation that fails here, such as DROP of a graph that is not there, may do well on the graph itself.
            if isinstance(error.__cause__, SyntaxError):
                raise
    return store


def _graphs(found: Scope, *stores: Store) -> Iterable[NamedNode]:
    if found.anywhere:
        for store in stores:
            yield from (name for name in store.named_graphs() if isinstance(name, NamedNode))
    else:
        yield from map(NamedNode, found.graphs)

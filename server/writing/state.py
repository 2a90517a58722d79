"""The state of a graph in a release, as a short token: what an entity tag begins with, and what a condition compares.

A token changes when the graph does, and not when another does. The default graph that is derived, and the description
of the release, change with every release.
"""

from __future__ import annotations

import re

from ontology.errors import InputError
from ontology.namespaces import Base
from server.problems import PreconditionFailed
from server.releases.manifest import ID_LENGTH, Manifest

PLAIN_DEFAULT = "urn:x-arq:DefaultGraph"
"""What manifests call a default graph of its own; the name is Jena's and Fuseki's."""

_TAG = re.compile(r'\s*(?:(?P<any>\*)|(?P<weak>W/)?"(?P<state>[^"-]*)[^"]*")\s*(?:,|$)')


def state(manifest: Manifest, graph: str | None) -> str | None:
    """The state of a graph, or of the default graph without a name; None for one that the release does not have."""
    if graph is None and not manifest.plain:
        return manifest.id
    if not manifest.plain and graph == Base(manifest.base).graph("release").value:
        return manifest.id
    name = PLAIN_DEFAULT if graph is None else graph
    return next((entry.sha256[:ID_LENGTH] for entry in manifest.graphs if entry.iri == name), None)


def require(now: str | None, if_match: str | None, if_none_match: str | None) -> None:
    """Holds the state of what is to be changed against the conditions of the request
    (https://www.rfc-editor.org/rfc/rfc9110#name-preconditions).

    Raises:
        PreconditionFailed: a condition does not hold.
        InputError: a condition cannot be read.
    """
    if if_match is not None and not _matches(if_match, now, "If-Match"):
        seen = "is not there" if now is None else "has changed since"
        raise PreconditionFailed(f"what the request is to change {seen}", "If-Match")
    if if_none_match is not None and _matches(if_none_match, now, "If-None-Match"):
        raise PreconditionFailed("what the request is to create is there already", "If-None-Match")


def _matches(condition: str, now: str | None, place: str) -> bool:
    """Whether the list names the state. A weak tag never matches for a change."""
    found, position = False, 0
    while position < len(condition):
        tag = _TAG.match(condition, position)
        if tag is None:
            raise InputError("not a list of entity tags in quotation marks, nor *", place)
        found |= now is not None and (tag["any"] is not None or (tag["weak"] is None and tag["state"] == now))
        position = tag.end()
    return found

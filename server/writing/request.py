"""What is asked of a writer, and what came of it: plain data between the routes and the writing worker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.workers.lexer import Dataset


class Action(StrEnum):
    """What a request does. `LOAD` brings a dataset, which names its graphs itself."""

    UPDATE = "update"
    PATCH = "patch"
    PUT = "put"
    POST = "post"
    DELETE = "delete"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Part:
    """One body: its proper media type and its bytes."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that an update loads: by which IRI, where it was in the end, and what it held; nothing when it could
    not be had, and need not be."""

    source: str
    url: str = ""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """The headers If-Match and If-None-Match."""

    if_match: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A change. `graph` is None for the default graph, and for what names its graphs itself; `base_iri` is that of
    relative IRIs; `report` is the media type for the shapes' report, None for plain data within the problem. `loaded`
    is what was fetched for an update, None where nothing may be.
    """

    action: Action
    base_iri: str
    graph: str | None = None
    parts: tuple[Part, ...] = ()
    dataset: Dataset | None = None
    conditions: Conditions = Conditions()
    report: str | None = None
    loaded: tuple[Loaded, ...] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The release that holds the change, whether its graph is new, and whether there was anything to change."""

    release: str
    created: bool
    changed: bool

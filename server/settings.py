"""The settings as one table: each field's name, type, default and help, read from the environment as ONRECORD_<NAME>,
or as <name> from a file in TOML that ONRECORD_SETTINGS names.

The command line reads the same table, so nothing here imports more than the standard library.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from ontology.errors import InputError
from ontology.namespaces import CANONICAL_BASE, Base
from server.sizes import ByteSize

PREFIX = "ONRECORD_"


class DefaultGraphKind(StrEnum):
    """What the default graph of a query is that names none: the merge of the named graphs, or one of its own."""

    MERGE = "merge"
    PLAIN = "plain"


class LogFormat(StrEnum):
    """How messages are written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """Which messages are written; `info` has one for each request."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


FILE = "ONRECORD_SETTINGS"
"""The variable that names a file of settings."""

KEEP = 10
"""How many releases a build keeps, unless a setting says otherwise."""

NONE = "none"
"""How a setting that may be without a value is written then."""


def _about(help: str, *, least: float | None = None, kind: type | None = None) -> dict[str, Any]:
    return {"help": help, "least": least, "kind": kind}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    Raises:
        InputError: a value is out of range.
    """

    home: Path = field(default=Path(".onrecord"), metadata=_about("the directory that holds the releases"))
    base: str = field(
        default=CANONICAL_BASE, metadata=_about("what the IRIs of the record begin with; ends in a slash")
    )
    host: str = field(default="127.0.0.1", metadata=_about("the address to serve on; 0.0.0.0 for all"))
    port: int = field(default=8000, metadata=_about("the port to serve on; 0 for any that is free", least=0))
    processes: int = field(
        default=1,
        metadata=_about("web processes, which share the port and the workers; more than cores are no use", least=1),
    )
    workers: int = field(default=4, metadata=_about("query workers: queries that run at once", least=1))
    queue: int = field(
        default=64, metadata=_about("queries that may wait for a worker; beyond it the answer is 503", least=0)
    )
    client_rate: float = field(
        default=0.5,
        metadata=_about(
            "seconds of query time that a client earns each second; who has used more gets 429 while others ask; 0: no "
            "limit",
            least=0,
        ),
    )
    client_burst: float = field(
        default=60.0, metadata=_about("seconds of query time that a client may save up, and has at first", least=0.01)
    )
    client_connections: int = field(
        default=500,
        metadata=_about(
            "connections that a client may have open, unless it is a trusted proxy; 0: any number", least=0
        ),
    )
    receive_seconds: float = field(
        default=20.0,
        metadata=_about("seconds that a request may take to arrive; its connection is closed then, 408", least=0.01),
    )
    query_seconds: float = field(
        default=30.0,
        metadata=_about(
            "seconds a query may take; then its worker is killed, 504. A request may lower it with timeout=", least=0.01
        ),
    )
    query_memory: ByteSize = field(
        default=ByteSize(2**30), metadata=_about("memory a query may take; beyond it 503", least=2**26)
    )
    result_bytes: ByteSize = field(
        default=ByteSize(64 * 2**20), metadata=_about("bytes a result may have; beyond it 413", least=1)
    )
    result_rows: int | None = field(
        default=None,
        metadata=_about(
            "rows a SELECT may have; it is cut there, and the answer says so; none: it is whole", least=1, kind=int
        ),
    )
    query_bytes: ByteSize = field(
        default=ByteSize(2**20), metadata=_about("bytes a request's body may have; beyond it 413", least=1)
    )
    cache_seconds: int = field(
        default=0,
        metadata=_about(
            "seconds for which a cache may answer without asking whether another release is out; 0: it always asks",
            least=0,
        ),
    )
    cache_bytes: ByteSize = field(
        default=ByteSize(64 * 2**20),
        metadata=_about("bytes of answers that the server keeps, to give them again; 0: none", least=0),
    )
    sending_bytes: ByteSize = field(
        default=ByteSize(512 * 2**20),
        metadata=_about(
            "bytes of long answers, in temporary files, that may wait for slow clients; beyond it 503", least=2**18
        ),
    )
    sending_seconds: float = field(
        default=60.0,
        metadata=_about("seconds a client may take to read 256K of an answer; then it is left", least=0.01),
    )
    stop_seconds: float = field(
        default=10.0,
        metadata=_about("seconds that requests have to come to their end when the server stops", least=0.01),
    )
    log_level: LogLevel = field(
        default=LogLevel.WARNING,
        metadata=_about("which messages are written: debug, info with a line a request, warning, error"),
    )
    log_format: LogFormat = field(
        default=LogFormat.TEXT, metadata=_about("how messages are written: text, or json for one object a line")
    )
    path_prefix: str | None = field(
        default=None, metadata=_about("the path under which a proxy shows the server, such as /kg", kind=str)
    )
    trusted_proxies: str | None = field(
        default=None,
        metadata=_about(
            "addresses and networks, separated by commas, whose Forwarded and X-Forwarded-* headers count",
            kind=str,
        ),
    )

    default_graph: DefaultGraphKind = field(
        default=DefaultGraphKind.MERGE,
        metadata=_about("merge: the default graph is that of the named graphs; plain: as in any SPARQL store"),
    )

    keep: int = field(default=KEEP, metadata=_about("how many releases a build keeps, the newest first", least=1))
    keep_days: int | None = field(
        default=None,
        metadata=_about("days after which a build removes a release, however few there are", least=1, kind=int),
    )

    token: str | None = field(
        default=None,
        repr=False,
        metadata=_about(
            "what a client must send to change the graph, as a bearer token; none: writing is off", kind=str
        ),
    )
    write_seconds: float = field(
        default=60.0,
        metadata=_about("seconds a change may take with its waiting; then it is given up, 504", least=0.01),
    )
    write_memory: ByteSize = field(
        default=ByteSize(2 * 2**30), metadata=_about("memory a change may take; beyond it 503", least=2**28)
    )
    write_bytes: ByteSize = field(
        default=ByteSize(64 * 2**20), metadata=_about("bytes an update or a graph may have; beyond it 413", least=1)
    )

    service_endpoints: str | None = field(
        default=None,
        metadata=_about("SPARQL endpoints, separated by commas, that SERVICE may ask; none: it is 403", kind=str),
    )
    load_origins: str | None = field(
        default=None,
        metadata=_about(
            "origins such as https://example.org, separated by commas, that LOAD may fetch from; none: it is 403",
            kind=str,
        ),
    )
    outside_seconds: float = field(
        default=20.0, metadata=_about("seconds that another server may take to answer; then 502", least=0.01)
    )
    outside_bytes: ByteSize = field(
        default=ByteSize(16 * 2**20),
        metadata=_about("bytes that another server may send for an answer; beyond it 502", least=1),
    )

    def __post_init__(self) -> None:
        Base(self.base)
        for each in fields(self):
            least, value = each.metadata["least"], getattr(self, each.name)
            if least is not None and value is not None and value < least:
                raise InputError(f"must be at least {least}, not {value}", variable(each.name))

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """Settings from the environment and, behind it, from the file that it names; a value that is given and not None
        goes before both.

        Raises:
            InputError: a value cannot be read or is out of range; the message names the variable. Or the file cannot be
                read, or has something that is no setting.
        """
        values: dict[str, Any] = {}
        path = environment.get(FILE)
        filed = _read_file(Path(path)) if path else {}
        for each in fields(cls):
            if given.get(each.name) is not None:
                values[each.name] = given[each.name]
            elif text := environment.get(variable(each.name)):
                values[each.name] = _parse(each, text, variable(each.name))
            elif each.name in filed:
                values[each.name] = _parse(each, filed[each.name], f"{path}: {each.name}")
        return cls(**values)

    def environment(self) -> dict[str, str]:
        """The variables from which the same settings are read."""
        return {variable(each.name): _written(getattr(self, each.name)) for each in fields(self)}


def variable(name: str) -> str:
    """The environment variable of a setting.

    >>> variable("query_seconds")
    'ONRECORD_QUERY_SECONDS'
    """
    return PREFIX + name.upper()


def table() -> list[tuple[str, str, str]]:
    """Variable, default and help of each setting, for documentation."""
    defaults = {each.name: _written(each.default) for each in fields(Settings)}
    return [(variable(each.name), defaults[each.name], each.metadata["help"]) for each in fields(Settings)]


def _written(value: object) -> str:
    return NONE if value is None else str(value)


def _read_file(path: Path) -> dict[str, str]:
    names = [each.name for each in fields(Settings)]
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from None
    except ValueError as error:
        raise InputError(f"is no TOML: {error}", str(path)) from None
    for name, value in found.items():
        if name not in names:
            nearest = get_close_matches(name, names, 1)
            raise InputError(f"{name} is no setting{f'; nearest: {nearest[0]}' if nearest else ''}", str(path))
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise InputError(f"{name} must be a text or a number", str(path))
    return {name: str(value) for name, value in found.items()}


def _parse(setting: Field[Any], text: str, place: str) -> Any:
    if setting.default is None and text.strip().lower() == NONE:
        return None
    kind: Any = setting.metadata["kind"] or type(setting.default)
    try:
        return ByteSize.parse(text) if kind is ByteSize else kind(text)
    except ValueError as error:
        what = {
            int: "a whole number",
            float: "a number",
            ByteSize: "a size such as 64M",
        }.get(kind, "a value")
        if issubclass(kind, StrEnum):
            what = f"one of {', '.join(kind)}"
        raise InputError(f"{text!r} is not {what}", place) from error

"""Which language model is asked, how patiently, and at what price: one table, read from the environment.

Each field's variable is ONRECORD_LLM_<NAME>. Nothing is contacted unless the address and the model are set.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from math import isfinite
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ontology.errors import InputError

PREFIX: Final = "ONRECORD_LLM_"
HOME_VARIABLE: Final = "ONRECORD_HOME"
NONE: Final = "none"
"""How a setting that may be without a value is written then."""

SMALLEST_SHARE: Final = 5
"""A piece is at least so many times as long as its overlap, so that every piece goes on from the one before it."""

_YES_OR_NO: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _about(help: str, kind: type, *, least: float | None = None) -> dict[str, Any]:
    return {"help": help, "kind": kind, "least": least}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Everything about the language model that can be set. Seconds are seconds, lengths of text are characters.

    Raises:
        InputError: a value is out of range, or the address is none.
    """

    model: str = field(metadata=_about("the model's name, as its server knows it", str))
    url: str | None = field(
        default=None, metadata=_about("the server's base address, such as http://localhost:8080/v1", str)
    )
    key: str | None = field(
        default=None, repr=False, metadata=_about("the key that the server wants; never logged or kept", str)
    )
    timeout: float = field(default=120.0, metadata=_about("seconds one request may take", float, least=0.001))
    tries: int = field(default=4, metadata=_about("how often a piece is asked for at most", int, least=1))
    backoff: float = field(
        default=1.0, metadata=_about("seconds before the second try; each wait is twice the one before", float, least=0)
    )
    patience: float = field(
        default=300.0, metadata=_about("seconds a piece may take in all, with its waits", float, least=0)
    )
    piece: int = field(default=6000, metadata=_about("characters of a piece of a document at most", int, least=200))
    overlap: int = field(default=600, metadata=_about("characters that two pieces share at least", int, least=1))
    temperature: float | None = field(
        default=0.0, metadata=_about("the temperature asked for; none: the server's own", float, least=0)
    )
    max_tokens: int | None = field(
        default=None, metadata=_about("tokens an answer may have; none: the server's own limit", int, least=1)
    )
    answer_bytes: int = field(default=2**20, metadata=_about("bytes of an answer that are read at most", int, least=1))
    json: bool = field(
        default=False, metadata=_about("yes: ask with response_format json_object, where a server has that", bool)
    )
    price_in: Decimal | None = field(
        default=None, metadata=_about("price of a million tokens asked, for the cost", Decimal, least=0)
    )
    price_out: Decimal | None = field(
        default=None, metadata=_about("price of a million tokens answered, for the cost", Decimal, least=0)
    )
    cache: Path = field(
        default=Path(".onrecord/llm-cache"), metadata=_about("the directory that keeps the answers", Path)
    )
    replay: bool = field(
        default=False, metadata=_about("yes: take answers from the kept ones only, contact nobody", bool)
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            least, value = each.metadata["least"], getattr(self, each.name)
            if least is not None and value is not None and not (isfinite(value) and value >= least):
                raise InputError(f"must be at least {least}, not {value}", variable(each.name))
        if self.overlap * SMALLEST_SHARE > self.piece:
            most = self.piece // SMALLEST_SHARE
            raise InputError(f"must be at most a fifth of {variable('piece')}: {most}", variable("overlap"))
        if not self.replay:
            _check_address(self.url)
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise InputError("has characters that no key has", variable("key"))

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """Settings from the environment.

        Raises:
            InputError: the address or the model is missing, or a value cannot be read or is out of range; the message
                names the variable.
        """
        values: dict[str, Any] = {}
        if home := environment.get(HOME_VARIABLE):
            values["cache"] = Path(home) / "llm-cache"
        for each in fields(cls):
            text = environment.get(variable(each.name), "").strip()
            if text:
                values[each.name] = _parse(each, text)
        needed = ("model",) if values.get("replay") else ("url", "model")
        missing = [variable(name) for name in needed if name not in values]
        if missing:
            example = "ONRECORD_LLM_URL=http://localhost:8080/v1 ONRECORD_LLM_MODEL=name"
            raise InputError(f"the extractor llm needs {' and '.join(missing)} to be set, such as {example}")
        return cls(**values)


def variable(name: str) -> str:
    """The environment variable of a setting.

    >>> variable("price_in")
    'ONRECORD_LLM_PRICE_IN'
    """
    return PREFIX + name.upper()


def table() -> list[tuple[str, str, str]]:
    """Variable, default and help of each setting, for documentation."""
    rows = []
    for each in fields(ModelSettings):
        default = "" if each.name in ("model", "url") else NONE if each.default is None else _shown(each.default)
        rows.append((variable(each.name), default, each.metadata["help"]))
    return rows


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _parse(setting: Field[Any], text: str) -> Any:
    if text.lower() == NONE and (setting.default is None or setting.name == "temperature"):
        return None
    kind: Any = setting.metadata["kind"]
    try:
        return _YES_OR_NO[text.lower()] if kind is bool else kind(text)
    except (ValueError, KeyError, InvalidOperation) as error:
        what = {int: "a whole number", float: "a number", Decimal: "a number", bool: "yes or no"}.get(kind, "a value")
        shown = "the value" if setting.name == "key" else repr(text)
        raise InputError(f"{shown} is not {what}", variable(setting.name)) from error


def _check_address(url: str | None) -> None:
    place = variable("url")
    try:
        parts = urlsplit(url or "")
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    else:
        if parts.username is not None or parts.password is not None:
            raise InputError(f"holds a name or password; give a key in {variable('key')} instead", place)
        if parts.fragment:
            raise InputError("ends in a fragment (#), which no server sees", place)
    if not usable:
        raise InputError(f"{url!r} is not the address of a server, such as http://localhost:8080/v1", place)

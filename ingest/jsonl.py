"""Facts as JSON lines (https://jsonlines.org/), the output of `onrecord extract`; its keys are public.

Every key of a fact's model is there, null when the document gives nothing; amounts are JSON numbers with the digits of
the decimal. An event's kind is one of the public list; `event_class` has the ontology's, which knows more kinds.
"""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from ingest.facts import FACT, Event, EventKind, Fact


def line(fact: Fact) -> str:
    """One fact as one line, without a line end."""
    return _json(record(fact))


def record(fact: Fact) -> dict[str, Any]:
    """One fact with its public keys, `kind` and `source` first; amounts are decimals."""
    values: dict[str, Any] = {"kind": fact.kind, "source": fact.source}
    values |= {name: getattr(fact, name) for name in type(fact).model_fields}
    if isinstance(fact, Event):
        proposal = fact.event_kind is EventKind.PROPOSAL
        values |= {"event_kind": EventKind.OTHER if proposal else fact.event_kind, "event_class": fact.event_kind}
    return values


def parse(text: str) -> Fact:
    """The fact that a line holds.

    Raises:
        ValueError: the line is not a fact.
    """
    values = json.loads(text, parse_float=Decimal)
    if isinstance(values, dict) and values.get("kind") == "event" and "event_class" in values:
        values["event_kind"] = values.pop("event_class")
    return FACT.validate_python(values)


def _json(value: Any) -> str:
    """As json.dumps does, but a decimal keeps its digits."""
    if isinstance(value, BaseModel):
        return _json({name: getattr(value, name) for name in type(value).model_fields})
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value.value if isinstance(value, Enum) else value, ensure_ascii=False)

"""Facts as JSON lines (https://jsonlines.org/), the output of `onrecord extract`; its keys are public.

Every key of a fact's model is there, null when the document gives nothing; amounts are JSON numbers with the digits of
the decimal. Names other than the one a fact is about are plain strings, whose kinds are in `kinds`; a date is its value
if the document supports one, else its wording, with `…_edtf` and `…_wording` beside it. An event's kind is one of the
public list; `event_class` has the ontology's, which knows more kinds.
"""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from ingest.fact_keys import MODELS
from ingest.facts import FACT, Date, Event, EventKind, Fact, Name


def line(fact: Fact) -> str:
    """One fact as one line, without a line end."""
    return _json(record(fact))


def record(fact: Fact) -> dict[str, Any]:
    """One fact with its public keys, `kind` and `source` first; amounts are decimals."""
    values: dict[str, Any] = {"kind": fact.kind, "source": fact.source}
    kinds: dict[str, str] = {}
    for name, field in type(fact).model_fields.items():
        value = getattr(fact, name)
        if field.annotation == _DATE:
            values |= _date_keys(name, value)
        elif field.annotation == _NAMES:
            values[name] = [each.name for each in value]
            kinds |= {each.name: each.kind.value for each in value}
        else:
            values[name] = value
    values["kinds"] = kinds
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
    model = MODELS.get(str(values.get("kind"))) if isinstance(values, dict) else None
    if model is not None:
        kinds = values.pop("kinds", None) or {}
        if "event_class" in values:
            values["event_kind"] = values.pop("event_class")
        for name, field in model.model_fields.items():
            if field.annotation == _DATE:
                wording, edtf = values.pop(f"{name}_wording", None), values.pop(f"{name}_edtf", None)
                values[name] = {"wording": wording, "edtf": edtf} if wording is not None else None
            elif field.annotation == _NAMES:
                values[name] = [{"name": each, "kind": dict(kinds).get(each)} for each in list(values.get(name, ()))]
    return FACT.validate_python(values)


_DATE = Date | None
_NAMES = tuple[Name, ...]


def _date_keys(name: str, date: Date | None) -> dict[str, str | None]:
    if date is None:
        return {name: None, f"{name}_wording": None, f"{name}_edtf": None}
    return {name: date.edtf or date.wording, f"{name}_wording": date.wording, f"{name}_edtf": date.edtf}


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

"""The fact model: what one document puts on record, before names are resolved to things.

Every fact carries the exact characters it stands on (`evidence`) and says who read it (`extractor`). The JSON form of a
fact, one object a line, is the output of `onrecord extract`; its keys are public. Offsets are Unicode code points into
the document's text as decoded, end exclusive, as in a Web Annotation TextPositionSelector
(https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from ingest.facts.base import Date, FactBase, Model, Name, Origin, Segment
from ingest.facts.enumerations import (
    EventKind,
    EventState,
    Mode,
    NameKind,
    OrganizationKind,
    Part,
    PayKind,
    Period,
    Qualifier,
    Stance,
)
from ingest.facts.pay import JobPosting, PayFields, PayReport
from ingest.facts.said import StanceReport, Statement
from ingest.facts.told import DocumentMetadata, Event, Organization, Person, SurveyFinding, TechnologyUse, Work

__all__ = [
    "FACT",
    "Date",
    "DocumentMetadata",
    "Event",
    "EventKind",
    "EventState",
    "Fact",
    "FactBase",
    "JobPosting",
    "Mode",
    "Model",
    "Name",
    "NameKind",
    "Organization",
    "OrganizationKind",
    "Origin",
    "Part",
    "PayFields",
    "PayKind",
    "PayReport",
    "Period",
    "Person",
    "Qualifier",
    "Segment",
    "Stance",
    "StanceReport",
    "Statement",
    "SurveyFinding",
    "TechnologyUse",
    "Work",
]

Fact = Annotated[
    Statement
    | StanceReport
    | JobPosting
    | PayReport
    | Event
    | Person
    | Organization
    | SurveyFinding
    | TechnologyUse
    | Work
    | DocumentMetadata,
    Field(discriminator="kind"),
]

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
"""Validates and serialises any fact; `FACT.validate_json(line)` reads one line of `onrecord extract`."""

"""What a document tells of: events, people and organizations, surveys, technologies, works, and itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from ingest.facts.base import Date, FactBase, Name
from ingest.facts.enumerations import EventKind, EventState, OrganizationKind


class Event(FactBase):
    """Something happens or has happened. `event` names it across documents; without it, the label does."""

    kind: Literal["event"] = "event"
    event: str | None = None
    event_kind: EventKind
    label: str
    participants: tuple[Name, ...] = ()
    date: Date | None = None
    state: EventState | None = None
    about: str | None = None
    location: str | None = None
    count: int | None = Field(default=None, ge=0)
    topics: tuple[str, ...] = ()


class Person(FactBase):
    """Who holds which role where, as the document says."""

    kind: Literal["person"] = "person"
    name: str
    role: str | None = None
    affiliation: str | None = None


class Organization(FactBase):
    """A document names an organization; `unit_of` when it says whose part it is."""

    kind: Literal["organization"] = "organization"
    name: str
    organization_kind: OrganizationKind
    unit_of: str | None = None
    description: str | None = None


class SurveyFinding(FactBase):
    """One figure that a survey found, among how many of whom."""

    kind: Literal["survey_finding"] = "survey_finding"
    survey: str
    by: str
    sample_size: int | None = Field(default=None, gt=0)
    population: str | None = None
    finding: str
    value: Decimal
    unit: str
    wording: str
    date: Date | None = None
    topics: tuple[str, ...] = ()


class TechnologyUse(FactBase):
    """A technology, who makes it, who uses it, and for what, as far as the document says."""

    kind: Literal["technology_use"] = "technology_use"
    technology: str
    developer: str | None = None
    users: tuple[Name, ...] = ()
    purpose: str | None = None
    topics: tuple[str, ...] = ()


class Work(FactBase):
    """A film, series, game or article that the document names."""

    kind: Literal["work"] = "work"
    title: str
    work_kind: str | None = None
    by: str | None = None
    description: str | None = None


class DocumentMetadata(FactBase):
    """What the document says of itself: title, author, dates, image credit, category."""

    kind: Literal["document_metadata"] = "document_metadata"
    property: Literal[
        "title", "author", "publisher", "published", "modified", "image_credit", "caption", "heading", "related"
    ]
    value: str
    date: Date | None = None

"""The fact model: what one document puts on record, before names are resolved to things.

Every fact carries the exact characters it stands on (`evidence`) and says who read it (`extractor`). The JSON form of a
fact, one object a line, is the output of `onrecord extract`; its keys are public. Offsets are Unicode code points into
the document's text as decoded, end exclusive, as in a Web Annotation TextPositionSelector
(https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator


class Part(StrEnum):
    """What a segment of evidence is to its fact: the whole sentence, or a part inside it."""

    SENTENCE = "sentence"
    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    QUOTATION = "quotation"
    VALUE = "value"
    TOPIC = "topic"
    STANCE = "stance"


class Mode(StrEnum):
    """How the words of a statement are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """Where an actor stands on the topics of a statement."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    REGULATE = "regulate"
    MIXED = "mixed"
    NEUTRAL = "neutral"


class NameKind(StrEnum):
    """What sort of thing a name stands for, before it is resolved."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"


class OrganizationKind(StrEnum):
    """The kinds of organization that the ontology tells apart."""

    UNION = "union"
    STUDIO = "studio"
    STREAMING_SERVICE = "streaming_service"
    ALLIANCE = "alliance"
    TECH_COMPANY = "tech_company"
    NEWS_OUTLET = "news_outlet"
    RESEARCH_FIRM = "research_firm"
    OTHER = "other"


class EventKind(StrEnum):
    """The kinds of event; `proposal` is an offer made in a negotiation."""

    STRIKE = "strike"
    NEGOTIATION = "negotiation"
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    LAYOFF = "layoff"
    LAUNCH = "launch"
    VOTE = "vote"
    LAWSUIT = "lawsuit"
    HIRING = "hiring"
    SURVEY = "survey"
    OTHER = "other"


class EventState(StrEnum):
    """How far an event has come, as the document tells it."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    STALLED = "stalled"
    COLLAPSED = "collapsed"
    RESUMED = "resumed"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    ENDED = "ended"


class Period(StrEnum):
    """What length of work an amount pays for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class Qualifier(StrEnum):
    """How the printed words bound an amount."""

    EXACT = "exact"
    RANGE = "range"
    UP_TO = "up_to"
    STARTING_AT = "starting_at"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"


class PayKind(StrEnum):
    """Whose pay it is, which decides what it may be compared with."""

    POSTING = "posting"
    UNION_MEMBER = "union_member"
    PERFORMER = "performer"
    PROPOSAL = "proposal"
    SURVEY = "survey"
    OTHER = "other"


class Model(BaseModel):
    """Frozen and strict about unknown keys, so that a misspelt key is an error and not a lost fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Segment(Model):
    """One run of characters of the document, `text[start:end] == exact`."""

    start: int = Field(ge=0)
    end: int
    exact: str = Field(min_length=1)
    part: Part = Part.SENTENCE

    @model_validator(mode="after")
    def _ordered(self) -> Segment:
        if self.end <= self.start:
            raise ValueError(f"the end ({self.end}) is not after the start ({self.start})")
        return self


class Name(Model):
    """An actor or document as a fact names it: the fullest name that the document itself gives.

    `unresolved` says that the document does not make clear who is meant ("he", "the company"): `name` then has its
    words as they stand, and means something in this place only.
    """

    name: str = Field(min_length=1)
    kind: NameKind
    unresolved: bool = False


class Date(Model):
    """A date as printed; its value in EDTF (https://www.loc.gov/standards/datetime/) when the document supports one."""

    wording: str = Field(min_length=1)
    edtf: str | None = None


class Origin(Model):
    """An extractor that read a fact, by which of its rules, and how sure it is."""

    extractor: str
    rule: str | None = None
    confidence: Decimal = Field(ge=0, le=1)


class FactBase(Model):
    """What every fact has. `origins` are the other extractors that read the same fact in the same words."""

    source: str
    evidence: tuple[Segment, ...] = Field(min_length=1)
    extractor: str
    rule: str | None = None
    confidence: Decimal = Field(ge=0, le=1)
    origins: tuple[Origin, ...] = ()
    according_to: tuple[Name, ...] = ()

    def sentences(self) -> tuple[Segment, ...]:
        """The whole sentences, in the order of the document."""
        return tuple(sorted((s for s in self.evidence if s.part is Part.SENTENCE), key=lambda s: s.start))

    def parts(self, part: Part) -> tuple[Segment, ...]:
        """The segments of one part, in their given order."""
        return tuple(s for s in self.evidence if s.part is part)

    @property
    def span(self) -> tuple[int, int]:
        """Start of the first and end of the last segment."""
        return min(s.start for s in self.evidence), max(s.end for s in self.evidence)


class Statement(FactBase):
    """Somebody, or some document, says, writes, asks, thinks or fears something. `content` is what, never asserted."""

    kind: Literal["statement"] = "statement"
    speaker: Name
    role: str | None = None
    affiliation: str | None = None
    mode: Mode
    content: str = Field(min_length=1)
    quote: tuple[str, ...] = ()
    told_to: tuple[Name, ...] = ()
    reported_by: tuple[Name, ...] = ()
    said_on: Date | None = None
    topics: tuple[str, ...] = ()
    stance: Stance | None = None


class StanceReport(FactBase):
    """An actor is for or against what the document names by a noun phrase ("rallying against AI adoption")."""

    kind: Literal["stance"] = "stance"
    holder: Name
    stance: Stance
    content: str = Field(min_length=1)
    topics: tuple[str, ...] = ()


class PayFields(Model):
    """An amount of pay as printed. One of the two bounds may be missing ("up to", "starting at")."""

    salary_min: Decimal | None = Field(default=None, ge=0)
    salary_max: Decimal | None = Field(default=None, ge=0)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    period: Period | None = None
    qualifier: Qualifier | None = None
    wording: str | None = None

    @model_validator(mode="after")
    def _bounds(self) -> PayFields:
        if self.salary_min is not None and self.salary_max is not None and self.salary_max < self.salary_min:
            raise ValueError(f"salary_max ({self.salary_max}) is below salary_min ({self.salary_min})")
        if self.has_pay and (self.currency is None or self.wording is None):
            raise ValueError("an amount needs its currency and its wording as printed")
        return self

    @property
    def has_pay(self) -> bool:
        """Whether any amount is given."""
        return self.salary_min is not None or self.salary_max is not None


class JobPosting(FactBase, PayFields):
    """A document reports an open position, named across documents by `posting`, or else by employer and title."""

    kind: Literal["job_posting"] = "job_posting"
    posting: str | None = None
    employer: str
    title: str
    unit: str | None = None
    location: str | None = None
    remote: bool | None = None
    requirements: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    posted_on: Date | None = None
    open: bool | None = None


class PayReport(FactBase, PayFields):
    """What somebody other than a posting's holder earns or is offered: a union member, a performer, a group."""

    kind: Literal["pay_report"] = "pay_report"
    who: Name
    pay_kind: PayKind
    employer: str | None = None

    @model_validator(mode="after")
    def _amount(self) -> PayReport:
        if not self.has_pay:
            raise ValueError("a pay report needs an amount")
        return self


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

"""The words of the fact model: what a fact may say of modes, kinds, states, periods and bounds."""

from __future__ import annotations

from enum import StrEnum


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

"""What somebody says, and where somebody stands."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ingest.facts.base import Date, FactBase, Name
from ingest.facts.enumerations import Mode, Stance


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

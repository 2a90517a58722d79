"""What all facts are made of: evidence, names, dates, and the one who read them."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.facts.enumerations import NameKind, Part


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

"""Amounts of pay: what open jobs offer, and what people earn."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from ingest.facts.base import Date, FactBase, Model, Name
from ingest.facts.enumerations import PayKind, Period, Qualifier


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

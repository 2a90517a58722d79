"""Why two things are taken for one: the decision of a rule or of a person, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Likeness:
    """The reasons for taking two things for one; a similarity and its threshold where there is a number."""

    reasons: tuple[str, ...]
    similarity: Decimal | None = None
    threshold: Decimal | None = None

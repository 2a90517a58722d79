"""What asking cost: pieces, tokens and their price, for one document and for all that were read so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.llm.client import Reply
from ingest.llm.settings import ModelSettings

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts that add up.

    Attributes:
        requests: answers that a server gave.
        cached: answers that were taken from the kept ones.
        prompt_tokens: tokens asked, as far as the server counts.
        completion_tokens: tokens answered, as far as the server counts.
        uncounted: answers whose tokens the server did not count.
    """

    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    uncounted: int = 0

    @classmethod
    def of(cls, reply: Reply) -> Usage:
        """What one answer of a server cost."""
        known = reply.prompt_tokens is not None and reply.completion_tokens is not None
        return cls(1, 0, reply.prompt_tokens or 0, reply.completion_tokens or 0, 0 if known else 1)

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.cached + other.cached,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.uncounted + other.uncounted,
        )

    def cost(self, settings: ModelSettings) -> Decimal | None:
        """The cost in the currency of the prices; None when no price is set, or tokens were not counted."""
        if (settings.price_in is None and settings.price_out is None) or self.uncounted:
            return None
        asked = self.prompt_tokens * (settings.price_in or Decimal(0))
        return (asked + self.completion_tokens * (settings.price_out or Decimal(0))) / _MILLION

    def line(self, settings: ModelSettings) -> str:
        """One line for people: answers, tokens, cost."""
        kept = f"{counted(self.cached, 'kept answer')}" if self.cached else ""
        if not self.requests:
            return f"{kept or 'no answer'}, no tokens"
        asked = f"{counted(self.requests, 'answer')}, {self._tokens()}{self._price(settings)}"
        return f"{asked}; {kept}" if kept else asked

    def _tokens(self) -> str:
        if self.uncounted == self.requests:
            return "tokens unknown"
        tokens = f"{self.prompt_tokens} prompt and {self.completion_tokens} completion tokens"
        return tokens + (f", unknown for {counted(self.uncounted, 'answer')}" if self.uncounted else "")

    def _price(self, settings: ModelSettings) -> str:
        if settings.price_in is None and settings.price_out is None:
            return ""
        cost = self.cost(settings)
        return f", cost {cost.quantize(Decimal('0.000001')).normalize():f}" if cost is not None else ", cost unknown"


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

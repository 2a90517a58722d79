from decimal import Decimal
from typing import Any

import pytest

from ingest.llm.client import Reply
from ingest.llm.usage import Usage

PRICES = {"price_in": Decimal("2.5"), "price_out": Decimal(10)}


def test_counts_add_up() -> None:
    asked = Usage.of(Reply("", True, 100, 20)) + Usage.of(Reply("", True, 1, 2)) + Usage(cached=3)
    assert asked == Usage(2, 3, 101, 22, 0)


COUNTED = "100 prompt and 20 completion tokens"


@pytest.mark.parametrize(
    ("usage", "given", "line"),
    [
        (Usage(1, 0, 100, 20, 0), {}, f"1 answer, {COUNTED}"),
        (Usage(2, 1, 100, 20, 0), PRICES, f"2 answers, {COUNTED}, cost 0.00045; 1 kept answer"),
        (Usage(2, 0, 100, 20, 1), PRICES, f"2 answers, {COUNTED}, unknown for 1 answer, cost unknown"),
        (Usage(1, 0, 0, 0, 1), {}, "1 answer, tokens unknown"),
        (Usage(0, 2), PRICES, "2 kept answers, no tokens"),
        (Usage(), PRICES, "no answer, no tokens"),
        (Usage(1, 0, 100, 20, 0), {"price_in": Decimal(10_000)}, f"1 answer, {COUNTED}, cost 1"),
    ],
)
def test_usage_is_told_in_a_line(settings: Any, usage: Usage, given: dict[str, Any], line: str) -> None:
    assert usage.line(settings(**given)) == line

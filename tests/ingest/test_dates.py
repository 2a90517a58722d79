import pytest

from ingest.dates import is_edtf, precision


@pytest.mark.parametrize(
    "edtf",
    ["2023", "2023-11", "2023-11-29", "2024-02-29", "2023-11~", "202X", "2023-21", "2023-05/..", "../2023", "2023-XX"],
)
def test_dates_that_exist(edtf: str) -> None:
    assert is_edtf(edtf)


@pytest.mark.parametrize(
    "edtf", ["", "23", "2023-13", "2023-02-29", "2023-11-29T10:00", "in June", "../..", "/", "2023/x"]
)
def test_dates_that_do_not(edtf: str) -> None:
    assert not is_edtf(edtf)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2023-11-29", "day"), ("2023-11", "month"), ("2023", "year"), (None, "unresolved"), ("202X", "unresolved")],
)
def test_precision_follows_the_value(edtf: str | None, expected: str) -> None:
    assert precision(edtf) == expected

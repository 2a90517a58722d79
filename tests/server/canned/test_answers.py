"""Answers: exact values, and the formats they are written in, read back by other programs."""

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ontology.errors import InputError, NotFound
from ontology.namespaces import EDTF, XSD
from server.canned.answers import FORMATS, Answer, ask, cell, render, run
from server.canned.catalogue import Catalogue
from server.releases.release import Release

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("https://example.org/a"), "https://example.org/a"),
        (Literal("a"), "a"),
        (Literal("a", language="en"), "a"),
        (Literal("2023-07", datatype=EDTF.EDTF), "2023-07"),
        (Literal("12", datatype=XSD.integer), 12),
        (Literal("300000.0", datatype=XSD.decimal), 300000),
        (Literal("200.50", datatype=XSD.decimal), Decimal("200.5")),
        (Literal("0.1", datatype=XSD.decimal), Decimal("0.1")),
        (Literal("1.5", datatype=XSD.double), 1.5),
        (Literal("true", datatype=XSD.boolean), True),
        (Literal("0", datatype=XSD.boolean), False),
        (Literal("many", datatype=XSD.integer), "many"),
    ],
)
def test_a_term_becomes_a_value(term: object, value: object) -> None:
    found = cell(term)
    assert found == value
    assert type(found) is type(value)


def test_whole_amounts_are_integers_and_others_exact_decimals(invented: Release) -> None:
    answer = ask(invented, CATALOGUE["pay-compared"], {})
    text = answer.render("json")
    assert '"amount_min": 300000, "amount_max": 900000' in text
    assert '"amount_min": 200.5' in text
    assert '"amount_min": null' in text


def test_json_is_a_list_of_flat_objects_with_all_columns(invented: Release) -> None:
    for query in CATALOGUE:
        rows = json.loads(ask(invented, query, {}).render("json"))
        assert rows
        assert all(tuple(row) == query.columns for row in rows)
        assert all(value is None or isinstance(value, str | int | float) for row in rows for value in row.values())


def test_no_rows_are_an_empty_list_and_a_line_of_headings() -> None:
    empty = Answer(("a", "b"), [])
    assert empty.render("json") == "[]\n"
    assert empty.render("csv") == "a,b\r\n"
    assert empty.render("tsv") == "a\tb\n"
    assert empty.render("md") == "| a | b |\n| --- | --- |\n"


def test_csv_is_that_of_rfc_4180() -> None:
    rows = [{"a": 'x "y"', "b": "1,2"}, {"a": "two\nlines", "b": None}]
    assert render(["a", "b"], rows, "csv") == 'a,b\r\n"x ""y""","1,2"\r\n"two\nlines",\r\n'


def test_tsv_keeps_one_line_a_row() -> None:
    assert render(["a", "b"], [{"a": "x\ty\\", "b": "two\nlines"}], "tsv") == "a\tb\nx\\ty\\\\\ttwo\\nlines\n"


def test_markdown_escapes_what_would_be_markup() -> None:
    rows = [{"a": "x|y", "b": "<b>*_`[…]`_*</b>\nnext"}]
    assert render(["a", "b"], rows, "md").splitlines()[2] == (r"| x\|y | \<b\>\*\_\`\[…\]\`\_\*\</b\> next |")


VALUES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False, places=2)
)
ROWS = st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=5)


@given(ROWS)
def test_json_comes_back_as_it_was(rows: list[dict[str, object]]) -> None:
    assert json.loads(render(["a", "b"], rows, "json"), parse_float=Decimal) == rows


@given(ROWS)
def test_csv_comes_back_with_every_text(rows: list[dict[str, object]]) -> None:
    found = list(csv.reader(io.StringIO(render(["a", "b"], rows, "csv"), newline="")))
    texts = [[row[column] for column in "ab"] for row in rows]
    assert found[0] == ["a", "b"]
    assert [
        (got, value)
        for line, values in zip(found[1:], texts, strict=True)
        for got, value in zip(line, values, strict=True)
        if isinstance(value, str) and got != value
    ] == []


@given(ROWS)
def test_tsv_and_markdown_have_a_line_for_each_row(rows: list[dict[str, object]]) -> None:
    tsv = render(["a", "b"], rows, "tsv").removesuffix("\n").split("\n")
    assert [line.count("\t") for line in tsv] == [1] * (len(rows) + 1)
    assert len(render(["a", "b"], rows, "md").removesuffix("\n").split("\n")) == len(rows) + 2


def test_asking_tells_what_is_wrong_with_a_value(invented: Release) -> None:
    with pytest.raises(NotFound, match="speaker: there is no actor 'Ada Fen' on record; nearest: Ada Fenn"):
        ask(invented, CATALOGUE["who-said-what"], {"speaker": ["Ada Fen"]})
    with pytest.raises(NotFound, match=r"who-said-what has no parameter 'speakr'.*nearest: speaker"):
        ask(invented, CATALOGUE["who-said-what"], {"speakr": ["Ada Fenn"]})
    with pytest.raises(InputError, match="min-sources: 'many' is not a whole number from 1 up, such as 3"):
        ask(invented, CATALOGUE["corroborated"], {"min-sources": ["many"]})


def test_an_empty_store_has_empty_answers() -> None:
    for query in CATALOGUE:
        assert run(query, Store(), {}) == Answer(query.columns, [])


def test_the_formats_are_those_of_the_command_line() -> None:
    assert list(FORMATS) == ["json", "csv", "tsv", "md"]

"""The table of formats: one row an entry, nothing twice, every row of use."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from ontology.errors import InputError
from server.formats import FORMATS, Form, Format, content_type, format_named, formats

ROWS = pytest.mark.parametrize("format", FORMATS, ids=lambda format: f"{format.name}-{'-'.join(sorted(format.forms))}")


@ROWS
def test_each_format_is_found_by_all_it_is_called(format: Format) -> None:
    for form in format.forms:
        for name in (*format.names, *format.media_types, format.suffix, format.name.upper()):
            assert format_named(name, form).media_type in format.media_types or name in format.aliases


@ROWS
def test_the_first_name_the_media_type_and_the_suffix_are_its_own(format: Format) -> None:
    for form in format.forms:
        assert format_named(format.name, form) is format
        assert format_named(format.media_type, form) is format
        assert format_named(format.suffix, form) is format


@ROWS
def test_the_engine_writes_what_is_on_offer(format: Format) -> None:
    if Form.GRAPH in format.forms:
        assert f".{RdfFormat.from_media_type(format.media_type).file_extension}" == format.suffix
    if Form.SOLUTIONS in format.forms:
        assert f".{QueryResultsFormat.from_media_type(format.media_type).file_extension}" == format.suffix


def test_no_name_of_a_form_means_two_formats() -> None:
    for form in Form:
        names = [name for format in formats(form) for name in format.names]
        assert len(names) == len(set(names)), form
        types = [format.media_type for format in formats(form)]
        assert len(types) == len(set(types)), form


def test_every_form_has_its_formats_in_the_order_of_preference() -> None:
    assert [format.name for format in formats(Form.SOLUTIONS)] == ["json", "xml", "csv", "tsv"]
    assert [format.name for format in formats(Form.BOOLEAN)] == ["json", "xml", "csv", "tsv"]
    assert [format.name for format in formats(Form.GRAPH)][:3] == ["turtle", "jsonld", "ntriples"]
    assert next(format.name for format in formats(Form.ROWS)) == "json"


def test_an_unknown_name_is_an_error_that_says_what_there_is() -> None:
    with pytest.raises(InputError, match=r"no format 'xls' for solutions; there are json, xml, csv, tsv"):
        format_named("xls", Form.SOLUTIONS)
    with pytest.raises(InputError, match="csv"):
        format_named("csv", Form.GRAPH)


def test_text_is_said_to_be_utf_8_and_nothing_else_is() -> None:
    assert content_type("text/csv") == "text/csv; charset=utf-8"
    assert content_type("application/sparql-results+json") == "application/sparql-results+json"

"""What a document says of itself."""

import pytest

from ingest.document import Metadata
from ingest.rules.heading import metadata

ARTICLE = """Harbor Guild Votes To Strike

By Ada Quill and Tom Brandt
Updated: March 6, 2025

The guild at Harbor Lines has voted to strike, its president said on Thursday.

What happens now

The company has a week to answer, and it has said that it will.

Pickets at the harbor gate (Photo: Lena Ode)

Also read: What a strike costs
"""


def _read(facts, text, given=None):
    return {(fact.property, fact.value) for fact in facts(metadata, text, given)}


def test_title_authors_date_heading_credit_caption_and_what_else_to_read(facts):
    assert _read(facts, ARTICLE) == {
        ("title", "Harbor Guild Votes To Strike"),
        ("author", "Ada Quill"),
        ("author", "Tom Brandt"),
        ("modified", "March 6, 2025"),
        ("heading", "What happens now"),
        ("image_credit", "Lena Ode"),
        ("caption", "Pickets at the harbor gate"),
        ("related", "What a strike costs"),
    }


def test_a_modified_date_has_its_value(facts):
    (fact,) = [fact for fact in facts(metadata, ARTICLE) if fact.property == "modified"]
    assert fact.date.edtf == "2025-03-06"


def test_the_title_of_the_metadata_is_the_title_where_it_stands_in_the_text(facts):
    text = "Harbor News\n\nGuild votes to strike\n\nThe guild has voted to strike, and it means it."
    assert ("title", "Guild votes to strike") in _read(facts, text, Metadata(title="Guild votes to strike"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By ADA QUILL", "ADA QUILL"),
        ("Posted by Ada Quill in News", "Ada Quill"),
        ("Writer's pictureAda Quill", "Ada Quill"),
        ("(Reporting by Ada Quill; editing by Tom Brandt)", "Ada Quill"),
        ("By Ada Quill, media reporter", "Ada Quill"),
    ],
)
def test_bylines(facts, line, name):
    text = f"Guild votes to strike\n\n{line}\n\nThe guild has voted to strike, and it means it."
    assert ("author", name) in _read(facts, text)


@pytest.mark.parametrize("line", ["By the editors of the Harbor Post", "By and large it was quiet at the gates."])
def test_lines_with_by_that_name_nobody(facts, line):
    text = f"Guild votes to strike\n\n{line}\n\nThe guild has voted to strike, and it means it."
    assert not [value for kind, value in _read(facts, text) if kind == "author"]


def test_a_list_of_openings_is_no_list_of_authors(facts):
    text = "Now hiring\n\nThese are open.\n\n• Product Manager\n\n• Technical Director\n\nApply now, it says."
    assert not [value for kind, value in _read(facts, text) if kind == "author"]


def test_one_paragraph_has_no_title(facts):
    assert _read(facts, "The guild has voted to strike, and it means it.") == set()


def test_a_dateline_dates_the_document(facts):
    text = "LONDON, 6 March 2025 (Harbor News) - The guild has voted to strike, and it means it."
    assert _read(facts, text) == {("published", "6 March 2025")}

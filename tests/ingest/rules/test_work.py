"""Works: titles that stand with a word for what they are."""

import pytest

from ingest.rules.work import works

NAMED = [
    (
        "Netflix’s Spanish reality series, Deep Fake Love, is back.",
        "Deep Fake Love",
        "Spanish reality series",
        "Netflix",
    ),
    ("The film “Salt Harbor” opens on Friday.", "Salt Harbor", "film", None),
    ("She wrote the novel ‘The Cold Orchard’ in a year.", "The Cold Orchard", "novel", None),
    ("Mirefall, a fantasy game, will not be released.", "Mirefall", "fantasy game", None),
    ("He hosts a podcast called Out of Office.", "Out of Office", "podcast", None),
    ("She is the creator of “Harrow Lane.”", "Harrow Lane", None, None),
    ('The stoppage hit the Netflix series "The Marches".', "The Marches", "series", "Netflix"),
]

UNNAMED = [
    "“We Will Not Go Back,” read one sign.",
    "Three series Monday came to a stop.",
    "The show Monday night was sold out.",
    "The film was made by Warner Bros. in London.",
    "He spoke of “fair play” on the show.",
    "The producer of the film, Ada Quill, said so.",
]


@pytest.mark.parametrize(("text", "title", "kind", "by"), NAMED, ids=[row[1] for row in NAMED])
def test_works(facts, text, title, kind, by):
    (fact,) = facts(works, text)
    assert (fact.title, fact.work_kind, fact.by) == (title, kind, by)


@pytest.mark.parametrize("text", UNNAMED)
def test_capitals_and_quotation_marks_alone_name_no_work(facts, text):
    assert facts(works, text) == []


def test_a_work_is_told_once(facts):
    assert len(facts(works, "The film “Salt Harbor” is out. The film “Salt Harbor” is long.")) == 1

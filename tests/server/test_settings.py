"""The settings: each from the environment, each with a default and help, wrong values named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ontology.errors import InputError
from server.settings import DefaultGraphKind, LogFormat, LogLevel, Settings, table, variable
from server.sizes import ByteSize


def test_the_defaults_are_those_of_the_table() -> None:
    settings = Settings.read({})
    assert settings == Settings()
    assert settings.home == Path(".onrecord")
    assert settings.port == 8000
    assert {name: default for name, default, _ in table()} == {
        variable(each.name): "none" if (value := getattr(settings, each.name)) is None else str(value)
        for each in fields(settings)
    }


def test_every_setting_is_documented_and_read_back_as_it_is_written() -> None:
    assert all(help for _, _, help in table())
    assert Settings.read({name: default for name, default, _ in table()}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("home", "/srv/record", Path("/srv/record")),
        ("base", "https://example.org/", "https://example.org/"),
        ("host", "0.0.0.0", "0.0.0.0"),
        ("port", "0", 0),
        ("workers", "8", 8),
        ("queue", "0", 0),
        ("query_seconds", "2.5", 2.5),
        ("query_memory", "2G", 2 * 2**30),
        ("result_bytes", "500kb", 500 * 2**10),
        ("query_bytes", "1000", 1000),
        ("keep", "3", 3),
        ("keep_days", "90", 90),
        ("keep_days", "none", None),
        ("default_graph", "plain", DefaultGraphKind.PLAIN),
    ],
)
def test_each_is_read_from_the_environment(name: str, text: str, value: object) -> None:
    assert getattr(Settings.read({variable(name): text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("port", "http", "ONRECORD_PORT: 'http' is not a whole number"),
        ("port", "-1", "ONRECORD_PORT: must be at least 0, not -1"),
        ("workers", "0", "ONRECORD_WORKERS: must be at least 1, not 0"),
        ("query_seconds", "soon", "ONRECORD_QUERY_SECONDS: 'soon' is not a number"),
        ("query_memory", "much", "ONRECORD_QUERY_MEMORY: 'much' is not a size such as 64M"),
        ("query_memory", "1K", "ONRECORD_QUERY_MEMORY: must be at least"),
        ("keep", "0", "ONRECORD_KEEP: must be at least 1, not 0"),
        ("keep", "none", "ONRECORD_KEEP: 'none' is not a whole number"),
        ("keep_days", "0", "ONRECORD_KEEP_DAYS: must be at least 1, not 0"),
        ("keep_days", "a week", "ONRECORD_KEEP_DAYS: 'a week' is not a whole number"),
        ("default_graph", "union", "ONRECORD_DEFAULT_GRAPH: 'union' is not one of merge, plain"),
        ("base", "example.org", "must be an http or https IRI"),
    ],
)
def test_a_wrong_value_is_named(name: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        Settings.read({variable(name): text})
    assert message in str(raised.value)


def test_a_file_goes_behind_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.toml"
    path.write_text('port = 9000\nquery_memory = "2G"\nclient_rate = 1.5\nkeep_days = "none"\nlog_format = "json"\n')
    settings = Settings.read({"ONRECORD_SETTINGS": str(path), "ONRECORD_PORT": "9001"})
    assert (settings.port, settings.query_memory, settings.client_rate) == (9001, 2 * 2**30, 1.5)
    assert (settings.keep_days, settings.log_format) == (None, LogFormat.JSON)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "prot is no setting; nearest: port"),
        ("zzz = 1", "zzz is no setting"),
        ("port = 'http'", "port: 'http' is not a whole number"),
        ("port = true", "port must be a text or a number"),
        ("[server]", "server is no setting"),
        ("port = ", "is no TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "onrecord.toml"
    path.write_text(text)
    with pytest.raises(InputError) as raised:
        Settings.read({"ONRECORD_SETTINGS": str(path)})
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Settings.read({"ONRECORD_SETTINGS": str(tmp_path / "onrecord.toml")})


def test_settings_are_read_back_from_the_environment_that_they_make() -> None:
    settings = Settings(port=1, token="secret", keep_days=3, query_memory=ByteSize(2**27), log_level=LogLevel.INFO)
    assert Settings.read(settings.environment()) == settings


def test_what_is_given_goes_before_the_environment() -> None:
    settings = Settings.read({"ONRECORD_PORT": "1", "ONRECORD_HOST": "::1"}, port=2, host=None)
    assert (settings.port, settings.host) == (2, "::1")


def test_an_empty_variable_is_none() -> None:
    assert Settings.read({"ONRECORD_PORT": ""}).port == 8000


@pytest.mark.parametrize(("text", "size"), [("0", 0), ("1k", 1024), ("1.5M", 1572864), ("1 GiB", 2**30), ("2T", 2**41)])
def test_sizes(text: str, size: int) -> None:
    assert ByteSize.parse(text) == size
    assert ByteSize.parse(str(ByteSize(size))) == size

"""The file of identities: read as it stands, and refused when it decides nothing or everything."""

from pathlib import Path

import pytest

from ontology import identities
from ontology.authority import Authority
from ontology.errors import InputError
from ontology.namespaces import ONR, Base

PREFIXES = "@prefix id: <https://w3id.org/onrecord/id/> . @prefix onr: <https://w3id.org/onrecord/ontology#> .\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "identities.ttl"


def test_the_file_that_comes_with_the_program_is_sound() -> None:
    assert isinstance(identities.parsed(), tuple)


def test_decisions_are_read(file: Path) -> None:
    file.write_text(
        PREFIXES + r"id:person\/a onr:identifiedWith id:person\/b . id:person\/a onr:distinctFrom id:person\/c ."
    )
    assert sorted(quad.predicate.value for quad in identities.read(file)) == [
        ONR.distinctFrom.value,
        ONR.identifiedWith.value,
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            r"id:person\/a onr:identifiedWith id:person\/b . id:person\/b onr:distinctFrom id:person\/a .",
            "both joined and",
        ),
        (r"id:person\/a onr:identifiedWith id:person\/a .", "against itself"),
        (r"id:person\/a onr:name id:person\/b .", "is none of"),
        (r'id:person\/a onr:distinctFrom "b" .', "is not a thing"),
        (r"id:person\/a onr:distinctFrom <https://example.org/b> .", "is not a thing"),
        ("id:person", "not Turtle"),
    ],
)
def test_what_is_no_decision_is_refused_with_its_place(file: Path, text: str, says: str) -> None:
    file.write_text(PREFIXES + text)
    with pytest.raises(InputError, match=says) as error:
        identities.read(file)
    assert str(file) in str(error.value)


def test_the_authority_publishes_the_decisions(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text(PREFIXES + r"id:person\/a onr:distinctFrom id:person\/b .")
    decided = identities.read(file)
    monkeypatch.setattr(identities, "parsed", lambda own: decided)
    base = Base("https://example.org/")
    quads = Authority.load(base).quads(base.graph("authority"))
    assert [(quad.subject, quad.object) for quad in quads if quad.predicate == ONR.distinctFrom] == [
        (base.id("person", "a"), base.id("person", "b"))
    ]

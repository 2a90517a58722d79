"""A user's own authority files: what they add, and how one that is wrong is refused."""

import os
from pathlib import Path

import pytest

from ingest.fingerprint import program_digest
from ontology import additions
from ontology.authority import Authority
from ontology.errors import InputError
from ontology.namespaces import ONR, Base

PREFIXES = (
    "@prefix id: <https://w3id.org/onrecord/id/> .\n"
    "@prefix organization: <https://w3id.org/onrecord/id/organization/> .\n"
    "@prefix onr: <https://w3id.org/onrecord/ontology#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)
BAKERS = 'organization:bakers a onr:Union ; skos:prefLabel "Bakers Union"@en ; skos:definition "Bakers."@en .\n'
BASE = Base("https://example.org/")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "own.ttl"
    monkeypatch.setenv(additions.VARIABLE, str(file))
    return file


def test_an_actor_is_added_with_its_names(own: Path) -> None:
    own.write_text(PREFIXES + BAKERS + 'organization:bakers skos:altLabel "BU"@en .')
    found = Authority.load(BASE).find("BU")
    assert found is not None
    assert (found.label, found.kind, found.iri.value) == (
        "Bakers Union",
        "union",
        "https://example.org/id/organization/bakers",
    )


def test_a_known_actor_gets_another_name(own: Path) -> None:
    own.write_text(PREFIXES + 'organization:netflix skos:altLabel "The Red N"@en .')
    assert Authority.load(BASE).find("the red n") == Authority.load(BASE).find("Netflix")


def test_without_the_setting_nothing_is_added(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own.write_text(PREFIXES + BAKERS)
    assert Authority.load(BASE).find("Bakers Union") is not None
    monkeypatch.delenv(additions.VARIABLE)
    assert Authority.load(BASE).find("Bakers Union") is None


def test_what_is_added_is_published_with_the_decisions(own: Path) -> None:
    own.write_text(PREFIXES + BAKERS + r"id:person\/a onr:distinctFrom id:person\/b .")
    quads = Authority.load(BASE).quads(BASE.graph("authority"))
    about = {quad.subject.value for quad in quads if "bakers" in str(quad.subject)}
    assert about == {"https://example.org/id/organization/bakers"}
    assert [quad.object.value for quad in quads if quad.predicate == ONR.distinctFrom] == [
        "https://example.org/id/person/b"
    ]


def test_files_and_directories_are_named_as_in_path(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl", "c.txt"):
        (tmp_path / "directory").mkdir(exist_ok=True)
        (tmp_path / "directory" / name).write_text("")
    (tmp_path / "one.ttl").write_text("")
    value = os.pathsep.join(map(str, (tmp_path / "one.ttl", tmp_path / "directory")))
    assert [path.name for path in additions.files({additions.VARIABLE: value})] == ["one.ttl", "a.ttl", "b.ttl"]
    assert additions.files({}) == ()


def test_a_document_is_read_again_when_an_own_file_is_another(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.write_text(PREFIXES + BAKERS)
    first = program_digest()
    other = tmp_path / "other.ttl"
    other.write_text(PREFIXES)
    monkeypatch.setenv(additions.VARIABLE, str(other))
    assert program_digest() != first


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('organization:bakers skos:prefLabel "Bakers"@en .', "type> 0 times, not once"),
        (BAKERS + 'organization:bakers skos:prefLabel "Other"@en .', "prefLabel> 2 times, not once"),
        ("organization:bakers a skos:Concept .", "is no kind of actor"),
        (BAKERS + 'organization:bakers skos:altLabel "Netflix"@en .', "stands for both"),
        ('organization:netflix skos:prefLabel "Flix"@en .', "in the authority file"),
        ('organization:bakers skos:note "x" .', "is not said of an actor"),
        (r'id:person\/a skos:altLabel "x" .', "is not an organization"),
        (r"id:person\/a onr:identifiedWith id:person\/a .", "against itself"),
        ("organization:", "not Turtle"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(own: Path, text: str, says: str) -> None:
    own.write_text(PREFIXES + text)
    with pytest.raises(InputError, match=says) as error:
        Authority.load(BASE).quads(BASE.graph("authority"))
    assert str(own) in str(error.value)


def test_a_file_that_is_not_there_is_named(own: Path) -> None:
    with pytest.raises(InputError, match="there is no Turtle file") as error:
        Authority.load(BASE)
    assert additions.VARIABLE in str(error.value)
    assert str(own) in str(error.value)

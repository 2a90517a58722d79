import pytest

from bench.reading.identity import Identity, alike, same_document, same_group, same_organization, same_person
from ingest.declarations import Declarations, DeclaredActor
from ingest.engine import Tools
from ingest.facts import Name, NameKind


def person(name: str, unresolved: bool = False) -> Name:
    return Name(name=name, kind=NameKind.PERSON, unresolved=unresolved)


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Mara Quill", "Quill", True),
        ("Mara Quill", "M. Quill", True),
        ("Mara Quill", "Ms. Quill", True),
        ("Mara Quill", "Tom Quill", False),
        ("Mara Quill", "he", False),
        ("Mara Quill", "Mara", False),
    ],
)
def test_persons_are_the_same_by_surname(gold: str, found: str, same: bool) -> None:
    assert same_person(gold, found) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Ferry Workers of Northland", "FWN", True),
        ("FWN", "Ferry Workers of Northland", True),
        ("Harbor Lines Inc.", "Harbor Lines", True),
        ("Harbor Lines", "Harbor Lines Research Unit", False),
        ("Harbor Lines", "the company", False),
    ],
)
def test_organizations_are_the_same_by_acronym_or_most_words(gold: str, found: str, same: bool) -> None:
    assert same_organization(gold, found) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("striking deckhands", "deckhands", True),
        ("deckhands on the night ferries", "the deckhands", True),
        ("one in four employers", "one in four employers", True),
        ("two people familiar with the talks", "two people", True),
        ("17% of deckhands", "17%", True),
        ("66% of deckhands", "Sixty-six percent of the deckhands", True),
        ("one in four employers", "17% of employers", True),
        ("a third of all deckhands", "deckhands", True),
        ("most of the deckhands", "most of the captains", False),
        ("striking deckhands", "striking captains", False),
        ("deckhands", "captains", False),
    ],
)
def test_groups_are_the_same_by_head_noun(gold: str, found: str, same: bool) -> None:
    assert same_group(gold, found) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Harbor Lines survey", "report by Harbor Lines", True),
        ("Harbor Lines posting for a night captain", "the posting", True),
        ("Harbor Lines survey", "audit", False),
    ],
)
def test_documents_are_the_same_by_half_of_their_words(gold: str, found: str, same: bool) -> None:
    assert same_document(gold, found) is same


def test_the_authority_file_knows_an_organization_under_its_other_names(given: Tools) -> None:
    identity = Identity(given.authority, Declarations())
    assert identity.same_words("Alliance of Motion Picture and Television Producers", "AMPTP", NameKind.ORGANIZATION)


def test_two_actors_of_the_authority_file_are_never_one(given: Tools) -> None:
    identity = Identity(given.authority, Declarations())
    assert not identity.same_words("Writers Guild of America East", "Writers Guild of America", NameKind.ORGANIZATION)


def test_aliases_that_the_gold_declares_count(given: Tools) -> None:
    declared = Declarations(actors=(DeclaredActor("Mara Quill", "person", ("the ferry chief",)),))
    identity = Identity(given.authority, declared)
    assert identity.same(person("Mara Quill"), person("The ferry chief"))


def test_a_name_left_unresolved_is_right_only_word_for_word(given: Tools) -> None:
    identity = Identity(given.authority, Declarations())
    assert not identity.same(person("Mara Quill"), person("Quill", unresolved=True))
    assert identity.same(person("a captain", unresolved=True), person("A captain", unresolved=True))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("head of ferries", "head of ferries", True),
        ("head of ferries", "ferries head and vice president", True),
        ("chief executive", "deckhand", False),
        ("the", "the", True),
    ],
)
def test_phrases_are_alike_by_their_words(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same

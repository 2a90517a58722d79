from typing import Any

from ingest.declarations import DeclaredActor, Names
from ingest.facts import Organization, Person, Statement
from ingest.llm.introduction import contradiction, declarations, with_full_names
from ontology.authority import Authority
from ontology.namespaces import Base

AUTHORITY = Authority.load(Base())
SENTENCE = {"start": 0, "end": 4, "exact": "Text"}
BASE = {"source": "a.txt", "evidence": (SENTENCE,), "extractor": "llm", "confidence": "0.7"}


def said(speaker: str, kind: str = "person", **keys: Any) -> Statement:
    name = {"name": speaker, "kind": kind, "unresolved": keys.pop("unresolved", False)}
    return Statement.model_validate(BASE | {"speaker": name, "mode": "indirect", "content": "x"} | keys)


def person(name: str, **keys: Any) -> Person:
    return Person.model_validate(BASE | {"name": name, "role": "chair"} | keys)


def names(facts: list[Any]) -> list[str]:
    return [fact.speaker.name if isinstance(fact, Statement) else fact.name for fact in with_full_names(facts)]


def test_a_surname_is_the_one_person_who_has_it() -> None:
    assert names([said("Mara Quill"), said("Quill"), person("quill")]) == ["Mara Quill"] * 3


def test_a_surname_that_two_have_stays() -> None:
    assert names([said("Mara Quill"), said("Ada Quill"), said("Quill")]) == ["Mara Quill", "Ada Quill", "Quill"]


def test_an_organization_and_an_unresolved_name_are_no_surname() -> None:
    facts = [said("Mara Quill"), said("Quill", "organization"), said("Quill", unresolved=True)]
    assert names(facts) == ["Mara Quill", "Quill", "Quill"]


def test_a_list_of_names_is_made_full_too() -> None:
    facts = [person("Mara Quill"), said("Ada", told_to=({"name": "Quill", "kind": "person"},))]
    told = with_full_names(facts)[1]
    assert isinstance(told, Statement)
    assert told.told_to[0].name == "Mara Quill"


def test_names_that_are_not_known_are_declared_once() -> None:
    facts = [
        said("Mara Quill", affiliation="Deckhands Guild", told_to=({"name": "Netflix", "kind": "organization"},)),
        said("deckhands", "group", reported_by=({"name": "mara quill", "kind": "person"},)),
        said("the survey", "document"),
        said("she", unresolved=True),
    ]
    assert declarations(facts, AUTHORITY).actors == (
        DeclaredActor("Deckhands Guild", "other"),
        DeclaredActor("Mara Quill", "person"),
        DeclaredActor("deckhands", "group"),
    )


def test_what_a_fact_says_about_a_name_goes_before_how_others_use_it() -> None:
    about = BASE | {"kind": "organization", "name": "Deckhands Guild", "organization_kind": "union"}
    facts = [said("Mara Quill", affiliation="Deckhands Guild"), Organization.model_validate(about)]
    assert declarations(facts, AUTHORITY).actors[0] == DeclaredActor("Deckhands Guild", "union")


def test_a_fact_that_makes_a_person_of_an_organization_contradicts_it() -> None:
    organization = Organization.model_validate(BASE | {"name": "Deckhands Guild", "organization_kind": "union"})
    facts = [
        organization,
        person("Deckhands Guild"),
        person("Netflix"),
        person("Mara Quill", affiliation="Deckhands Guild"),
        person("Ada Reader", affiliation="Mara Quill"),
        said("Ada Reader", affiliation="mara quill"),
        said("Ada Reader", affiliation="Netflix"),
    ]
    names = Names(AUTHORITY, declarations(facts, AUTHORITY))
    assert [contradiction(fact, names) for fact in facts] == [
        None,
        "Deckhands Guild is no person elsewhere",
        "Netflix is no person elsewhere",
        None,
        "affiliation: Mara Quill is no organization elsewhere",
        "affiliation: mara quill is no organization elsewhere",
        None,
    ]

"""Who is named: forms of a name put together, what is no name, and kinds that words beside a name tell."""

from collections.abc import Callable

import pytest

from ingest.facts import NameKind, OrganizationKind
from ingest.language.candidate import _parts
from ingest.language.entity import Cast
from ingest.language.name import Name

Casting = Callable[[str], Cast]


def persons(cast: Cast) -> list[str]:
    return [person.name for person in cast.persons()]


def organizations(cast: Cast) -> list[str]:
    return [organization.name for organization in cast.organizations()]


def printed(cast: Cast, text: str, name: str) -> list[str]:
    return [text[m.start : m.end] for m in cast.mentions if m.entity.name == name]


def test_a_surname_belongs_to_the_person_named_in_full(casting: Casting) -> None:
    text = "Maribel Ochoa spoke on Monday. Ochoa said that the talks were over. “No more,” said Ochoa."
    assert printed(casting(text), text, "Maribel Ochoa") == ["Maribel Ochoa", "Ochoa", "Ochoa"]


def test_a_shared_surname_belongs_to_who_was_named_last(casting: Casting) -> None:
    text = (
        "Maribel Ochoa is a grip. Ochoa said that she was tired.\n\n"
        "Daniel Ochoa is a painter. Ochoa said that he was rested."
    )
    cast = casting(text)
    assert printed(cast, text, "Maribel Ochoa") == ["Maribel Ochoa", "Ochoa"]
    assert printed(cast, text, "Daniel Ochoa") == ["Daniel Ochoa", "Ochoa"]
    assert all("Ochoa" not in person.aliases for person in cast.persons())


def test_a_byline_in_capitals_is_the_person_that_the_text_names(casting: Casting) -> None:
    assert persons(casting("BY RUTHANNE COLE\n\nRuthanne Cole said on Monday that she was leaving.")) == [
        "Ruthanne Cole"
    ]


def test_an_organization_with_an_article_is_found_without_it(casting: Casting) -> None:
    text = "A survey of 312 nurses by the Minnesota Nurses Alliance found that they were tired."
    assert organizations(casting(text)) == ["Minnesota Nurses Alliance"]


def test_an_acronym_in_parentheses_is_another_name(casting: Casting) -> None:
    text = "The Harbor Performers Guild (HPG) said no on Monday. Members of HPG will vote on Friday."
    cast = casting(text)
    assert printed(cast, text, "Harbor Performers Guild") == ["Harbor Performers Guild", "HPG", "HPG"]


def test_a_paper_is_named_again_by_its_last_word(casting: Casting) -> None:
    text = "The memo was obtained by the Foothill Dispatch. Marisol Vega told the Dispatch that she was surprised."
    assert printed(casting(text), text, "Foothill Dispatch") == ["Foothill Dispatch", "Dispatch"]


def test_known_names_in_a_list_are_told_apart(casting: Casting) -> None:
    text = "The guild has organized workers at shops including Spotify, at MTV, Hulu and Peacock."
    assert organizations(casting(text)) == ["Spotify", "MTV", "Hulu", "Peacock"]


def test_what_stands_beside_a_known_name_in_what_the_model_took_for_one_is_a_name_too() -> None:
    text = "at Spotify's Gimlet and Moving Parts"
    known = Name(3, 10, NameKind.ORGANIZATION)
    whole = Name(3, len(text), NameKind.ORGANIZATION)
    assert [text[part.start : part.end] for part in _parts(text, whole, [known])] == [
        "Spotify",
        "Gimlet",
        "Moving Parts",
    ]
    assert list(_parts(text, whole, [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "The program is called Rubric.",
        "Two reporters said that the transcription tool Bell bought last spring, called Scribely, saves them time.",
        "A Dundee video games studio is to close.",
        "The Galway firm has 40 workers.",
        "Last Thursday, the publisher sent out a contract.",
        "Dissenters said that the last clause was a mistake.",
        "The VFX on the film, which shot under the title “Salt Flats,” are late.",
        "However, the company said no.",
        "Company founder Ada Roe said no.",
        "Former CEO Ada Roe said no.",
    ],
)
def test_products_places_days_titles_and_common_words_are_nobody(casting: Casting, text: str) -> None:
    assert set(organizations(casting(text))) <= {"Bell"}


def test_a_courtesy_title_makes_a_person_of_a_name(casting: Casting) -> None:
    text = "Paul Ozanne wrote a letter. In it, Mr Ozanne asked the network to reply."
    assert printed(casting(text), text, "Paul Ozanne") == ["Paul Ozanne", "Ozanne"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The puck, made by a startup called Notara, turns talk into notes.", "Notara", "tech_company"),
        ("Scriptorium, a San Francisco startup that sells coverage, said no.", "Scriptorium", "tech_company"),
        ("The strike was called by the union Voix Unies on Monday.", "Voix Unies", "union"),
        ("A Senate panel pressed the streaming service Orbita over it.", "Orbita", "streaming_service"),
        ("Vale is the creation of Particle Six, an Amsterdam studio run by a comic.", "Particle Six", "studio"),
        ("A spokesperson told WNBX that the company respects them.", "WNBX", "news_outlet"),
        ("LOS ANGELES, July 24 (Eurowire) — The studios said no on Monday.", "Eurowire", "news_outlet"),
        ("Research firm Talentscope said in a report that jobs had doubled.", "Talentscope", "research_firm"),
        ("Blackwood & Finch, the visual effects company behind it, closed.", "Blackwood & Finch", "studio"),
    ],
)
def test_words_beside_a_name_tell_its_kind(casting: Casting, text: str, name: str, kind: str) -> None:
    kinds = {each.name: each.organization_kind for each in casting(text).organizations()}
    assert kinds[name] is OrganizationKind(kind)


def test_a_noun_that_begins_a_clause_tells_nothing_of_the_name_before_it(casting: Casting) -> None:
    text = "In a letter seen by Federal Wire, the alliance argued that the draft had failed."
    (outlet,) = casting(text).organizations()
    assert outlet.organization_kind is OrganizationKind.NEWS_OUTLET


def test_the_authority_file_goes_before_words_beside_a_name(casting: Casting) -> None:
    text = "Netflix, a tech company in California, said no."
    (netflix,) = casting(text).organizations()
    assert netflix.actor is not None
    assert netflix.organization_kind is OrganizationKind.STREAMING_SERVICE


def test_places_in_a_cast_are_found_by_offset(casting: Casting) -> None:
    text = "Ada Roe and Maribel Ochoa left Netflix."
    cast = casting(text)
    start = text.index("Maribel")
    mention = cast.mention_at(start + 3)
    assert mention is not None
    assert mention.entity.name == "Maribel Ochoa"
    assert cast.mention_at(text.index(" and")) is None
    assert [m.entity.name for m in cast.before(len(text))] == ["Netflix", "Maribel Ochoa", "Ada Roe"]
    assert [m.entity.name for m in cast.mentions_in(start, len(text))] == ["Maribel Ochoa", "Netflix"]


def test_a_document_of_thousands_of_names_keeps_them_apart(casting: Casting) -> None:
    text = "\n\n".join(f"Ada Roe{chr(97 + n % 26)}{chr(97 + n // 26)} said that she was there." for n in range(300))
    assert len(persons(casting(text))) == 300

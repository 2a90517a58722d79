"""The form of a name: where it begins and ends, what it can be a name of, and when two forms are one name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import NameKind, OrganizationKind
from ingest.language.gazetteer import gender, organization_kind, role_nouns, titles
from ingest.language.lexicon import words as word_list
from ontology.authority import Actor

JUNIOR = frozenset({"Jr", "Sr", "II", "III", "IV"})
"""What may follow a surname."""

LONGEST = 9
"""Words of the longest name."""

_LONGEST_PERSON = 5
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
_EDGES = " \t\r\n\u00a0“”\"‘'«».,;:!?()[]—–-"
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|[A-Z])\.\Z")
_ABBREVIATION_LENGTH = 6
_POSSESSIVE = re.compile(r"'s?\Z")
_FIRST_WORD = re.compile(r"([\w-]+)\.?\s+")
_LEGAL_FORM = re.compile(r",?\s+(?:Inc|Corp|Corporation|Co|LLC|Ltd|Limited|plc|PLC|GmbH|LLP|Company)\.?\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of characters that names somebody, with who it is if known."""

    start: int
    end: int
    kind: NameKind
    actor: Actor | None = None


def plain(text: str) -> str:
    """A text with straight apostrophes and breaking spaces, one character for one."""
    return text.translate(_PLAIN)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without marks and white space around it, and without the `'s` of a possessive."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        if text[end - 1] == "." and _ABBREVIATED.search(text, max(start, end - _ABBREVIATION_LENGTH), end):
            break
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    return start, possessive.start() if possessive and possessive.start() > start else end


def without_titles(text: str, start: int, end: int) -> tuple[int, int]:
    """The name after the last form of address or role that it begins with: "Chief Technology Officer Jane Roe"."""
    begin = start
    for word in _FIRST_WORD.finditer(text, start, end):
        if word.group(1) in titles() or word.group(1).casefold() in role_nouns():
            begin = word.end()
    return begin, end


def is_name(words: list[str], kind: NameKind) -> bool:
    """Whether words have the form of a name of a kind."""
    if not words or " ".join(words) in word_list("no_names.txt"):
        return False
    if kind is NameKind.PERSON:
        return _is_person(words)
    first = words[0]
    return any(character.isalpha() for character in first) and (first[0].isdigit() or first != first.lower())


def _is_person(words: list[str]) -> bool:
    if len(words) > _LONGEST_PERSON or any(character.isdigit() for word in words for character in word):
        return False
    particles = word_list("particles.txt")
    return words[0][0].isalpha() and all(word[0].isupper() or word.casefold() in particles for word in words)


def could_be_person(words: str) -> bool:
    """Whether words may be a full name: two to four, each with a capital."""
    parts = words.split()
    return 1 < len(parts) <= _LONGEST_PERSON - 1 and all(p[0].isupper() and not p[-1].isdigit() for p in parts)


def corrected(kind: NameKind, words: str) -> NameKind:
    """The kind that a name's own words tell, where the model is wrong: "Maribel Ochoa" is a person, no organization."""
    parts = words.split()
    if not 1 < len(parts) < _LONGEST_PERSON:
        return kind
    given = gender(words) is not None
    ends_so = parts[-1].rstrip(".") in word_list("organization_endings.txt")
    telling = ends_so or organization_kind(words) is not OrganizationKind.OTHER
    if kind is NameKind.ORGANIZATION and given and not telling and is_name(parts, NameKind.PERSON):
        return NameKind.PERSON
    return NameKind.ORGANIZATION if kind is NameKind.PERSON and telling and not given else kind


def proper_words(name: str) -> list[str]:
    """The words of a person's name, without "Jr." and the like."""
    return [word for word in name.split() if word.strip(".,") not in JUNIOR]


def person_key(name: str) -> str:
    """What the forms of a full name have in common: the first and the last word, in any case."""
    words = proper_words(name)
    return f"{words[0]} {words[-1]}".casefold() if len(words) > 1 else name.casefold()


def organization_key(words: str) -> str:
    """What the forms of an organization's name have in common: all but its legal form and an article, in any case."""
    return _LEGAL_FORM.sub("", words).removeprefix("The ").casefold()

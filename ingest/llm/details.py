"""The details of a candidate, each read as its key wants it, and only in words that the document has."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from ingest.declarations import name_kind
from ingest.fact_keys import PARTS, Reading, readings
from ingest.facts import EventKind, EventState, NameKind, OrganizationKind, PayKind, Period, Stance
from ingest.llm.answer import Candidate
from ingest.llm.evidence import Rejected, shown, texts
from ingest.llm.loose_json import Value
from ingest.llm.words import Words
from ontology.authority import Authority
from ontology.topics import Topics

_ESSENTIAL: Final = frozenset(
    {"speaker", "role", "affiliation", "holder", "who", "employer", "title", "name", "by", "finding", "technology"}
)
_READ_FROM_WORDS: Final = frozenset(
    {"mode", "salary_min", "salary_max", "currency", "period", "qualifier", "wording", "amount", "value", "unit"}
    | {"sample_size", "count", "remote", "open", "survey", "label", "event", "posting", "confidence"}
)
"""Keys that are not taken from the model as they are."""

_CHOICES: Final[dict[str, tuple[type[StrEnum], str | None]]] = {
    "stance": (Stance, None),
    "state": (EventState, None),
    "period": (Period, None),
    "event_kind": (EventKind, EventKind.OTHER),
    "organization_kind": (OrganizationKind, OrganizationKind.OTHER),
    "pay_kind": (PayKind, PayKind.OTHER),
}
"""Keys for which the model chooses out of a list, and what any other word comes to."""

_PRONOUNS: Final = {
    **dict.fromkeys(("he", "she", "i", "him", "her", "me", "one", "another", "somebody", "someone"), NameKind.PERSON),
    **dict.fromkeys(("they", "we", "them", "us", "some", "others"), NameKind.GROUP),
    **dict.fromkeys(("it", "this", "that"), NameKind.ORGANIZATION),
}
_DEFINITE: Final = re.compile(r"(?:the|this|that|these|those|its|his|her|their)\b", re.IGNORECASE)
_KINDS_OF_NAMES: Final[dict[str, str]] = {
    "organisation": "organization",
    "company": "organization",
    "org": "organization",
    "union": "organization",
    "survey": "document",
    "report": "document",
    "people": "group",
}


class Details:
    """Reads the details of the candidates of one document."""

    def __init__(self, words: Words, authority: Authority, topics: Topics) -> None:
        self._words = words
        self._authority = authority
        self._topics = topics
        self._readers: dict[Reading, Callable[[Value, str], Any]] = {
            Reading.NAME: self._name,
            Reading.NAMES: self._names,
            Reading.ACTOR: self._actor,
            Reading.TOPICS: self._slugs,
            Reading.DATE: self._date,
            Reading.WORDS: self.stands,
            Reading.ALL_WORDS: self._all_stand,
            Reading.THING: self.stands,
            Reading.TEXT: self.choice,
        }

    def fields(self, kind: str, candidate: Candidate) -> tuple[dict[str, Any], int]:
        """The fields whose words stand in the document, and how many did not.

        Raises:
            Rejected: one of them makes the fact what it is.
        """
        fields: dict[str, Any] = {}
        left_out = 0
        for key, reading in readings(kind).items():
            value = candidate.get(key)
            if reading is Reading.ANCHOR or key in PARTS or key in _READ_FROM_WORDS or value in (None, "", [], {}):
                continue
            read = self._readers[reading](value, key)
            if read in (None, ()):
                if key in _ESSENTIAL and not self._may_be_left_out(value, key):
                    wrong = "is not in the document" if self.stands(_said(value)) is None else "is no name"
                    raise Rejected(f"{key}: {shown(_said(value))} {wrong}")
                left_out += 1
            else:
                left_out += len(value) - len(read) if isinstance(value, list) and isinstance(read, tuple) else 0
                fields[key] = read
        return fields, left_out

    def _may_be_left_out(self, value: Value, key: str) -> bool:
        """Whether a fact may go without: an affiliation that is only described, a made-up name of no person."""
        if key == "affiliation":
            return self.stands(_said(value)) is not None
        kind = value.get("kind") if isinstance(value, dict) else None
        return key in ("speaker", "holder") and kind in (NameKind.GROUP.value, NameKind.DOCUMENT.value)

    def described(self, source: str, given: Value) -> dict[str, Any]:
        """The words of a source in place of a name. A document is what it is described as; others are unresolved."""
        kind = given.get("kind") if isinstance(given, dict) else None
        kind = kind if kind in (NameKind.GROUP.value, NameKind.DOCUMENT.value) else self.name_kind(source)
        named = kind == NameKind.DOCUMENT and source.lower() not in _PRONOUNS
        return {"name": source, "kind": kind, "unresolved": not named}

    def _name(self, value: Value, _: str = "") -> dict[str, Any] | None:
        """A name with its kind, when it stands in the document."""
        given = value if isinstance(value, dict) else {"name": value}
        name, kind = given.get("name"), given.get("kind")
        stands = self._proper(name)
        if stands is None:
            return None
        of_kind = self.name_kind(stands, kind)
        named = of_kind in (NameKind.GROUP, NameKind.DOCUMENT) or self._is_proper(stands)
        unresolved = stands.lower() in _PRONOUNS or not named or given.get("unresolved") is True
        return {"name": stands, "kind": of_kind, "unresolved": unresolved}

    def name_kind(self, name: str, given: Value = None) -> NameKind:
        """What the authority file says, else the model, else what the name looks like."""
        known = self._authority.find(name)
        if known is not None:
            return name_kind(known)
        if isinstance(given, str):
            kind = _KINDS_OF_NAMES.get(given.strip().lower(), given.strip().lower())
            if kind in list(NameKind):
                return NameKind(kind)
        if name.lower() in _PRONOUNS:
            return _PRONOUNS[name.lower()]
        return NameKind.ORGANIZATION if name[:1].isupper() and not _DEFINITE.match(name) else NameKind.GROUP

    def _names(self, value: Value, _: str) -> tuple[dict[str, Any], ...]:
        items = value if isinstance(value, list) else [value]
        return tuple(name for item in items if (name := self._name(item)) is not None)

    def _actor(self, value: Value, _: str) -> str | None:
        """An actor is named, since "the company" is another one in every document."""
        stands = self._proper(value.get("name") if isinstance(value, dict) else value)
        return stands if stands is not None and self._is_proper(stands) else None

    def _proper(self, name: Value) -> str | None:
        """The name as the document has it: models like to write the full name where the document has an acronym."""
        stands = self.stands(name)
        known = self._authority.find(name) if stands is None and isinstance(name, str) else None
        return next((alias for each in known.names if (alias := self.stands(each))), None) if known else stands

    def _is_proper(self, name: str) -> bool:
        """Whether the words are a name and no description: a known one, or with a capital after any article."""
        bare = _DEFINITE.sub("", name, count=1)
        return self._authority.find(name) is not None or any(character.isupper() for character in bare)

    def _slugs(self, value: Value, _: str) -> tuple[str, ...]:
        found = (self._topics.resolve(text) for text in texts(value))
        return tuple(dict.fromkeys(slug for slug in found if slug is not None))

    def _date(self, value: Value, key: str) -> dict[str, str] | None:
        wording = self.stands(value.get("wording") if isinstance(value, dict) else value, key)
        return {"wording": wording} if wording is not None else None

    def stands(self, value: Value, _: str = "") -> str | None:
        """The document's own characters for words; None when it does not have them."""
        return self._words.stand(value) if isinstance(value, str) else None

    def _all_stand(self, value: Value, key: str) -> tuple[str, ...]:
        return tuple(found for text in texts(value) if (found := self.stands(text, key)) is not None)

    def choice(self, value: Value, key: str) -> str | None:
        """One of the words that the fact model knows, or else words of the document."""
        if key not in _CHOICES or not isinstance(value, str):
            return self.stands(value, key)
        choices, otherwise = _CHOICES[key]
        word = value.strip().lower().replace(" ", "_").replace("-", "_")
        return word if word in list(choices) else otherwise


def _said(value: Value) -> str:
    """The words of a value, for a message."""
    if isinstance(value, dict):
        return _said(value.get("name"))
    return ", ".join(texts(value)) or str(value)

"""Which common nouns stand for people, or for bodies of people that act."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.gazetteer import role_nouns
from ingest.rules import phrase
from ingest.rules.description import descriptions

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")


_PLURAL = re.compile(r"\w{3,}(?:[^e]ers|ors|ists|ians|ees|men|women)\Z")


def is_actor_noun(head: Token) -> bool:
    """Whether a common noun stands for people or a body of people: a listed one, or a plural made like "dubbers"."""
    if phrase.antecedent(head) is not None:
        return True
    words = {head.lemma_.casefold(), head.lower_, head.lower_.removesuffix("s")}
    if words & actor_nouns():
        return True
    return head.tag_ == "NNS" and _PLURAL.match(head.lower_) is not None and head.lower_ not in _not_people()


@cache
def _not_people() -> frozenset[str]:
    lines = (DATA / "not_people.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def actor_nouns() -> frozenset[str]:
    """Nouns for people and bodies that can take part in events, singular."""
    lines = (DATA / "people.txt").read_text(encoding="utf-8").splitlines()
    people = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    described = {noun for noun, each in descriptions().items() if each.stands_for is not NameKind.DOCUMENT}
    return frozenset(people | described | role_nouns())

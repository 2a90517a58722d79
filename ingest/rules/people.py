"""Which common nouns stand for people, or for bodies of people that act."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.facts import NameKind
from ingest.language.gazetteer import role_nouns
from ingest.rules import phrase
from ingest.rules.reference import descriptions

if TYPE_CHECKING:
    from spacy.tokens import Token

DATA = Path(__file__).with_name("data")


def is_actor_noun(head: Token) -> bool:
    """Whether a common noun stands for people or a body of people."""
    words = {head.lemma_.casefold(), head.lower_, head.lower_.removesuffix("s")}
    return phrase.antecedent(head) is not None or bool(words & actor_nouns())


@cache
def actor_nouns() -> frozenset[str]:
    """Nouns for people and bodies that can take part in events, singular."""
    lines = (DATA / "people.txt").read_text(encoding="utf-8").splitlines()
    people = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    described = {noun for noun, each in descriptions().items() if each.stands_for is not NameKind.DOCUMENT}
    return frozenset(people | described | role_nouns())

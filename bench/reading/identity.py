"""When a name that was read stands for the same actor as the name in the gold.

Names are the same when they fold to the same form, or when the authority file or the gold's own aliases give both to
one actor. Two names that the authority file gives to different actors are never the same. Otherwise it depends on what
the gold name stands for: persons by surname and first name or initial, organizations by acronym or most of their words,
groups by their head noun and half of their words, whichever share of a group is named, and documents by half of their
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ingest.declarations import Declarations, Declared
from ingest.facts import Name, NameKind
from ontology.authority import Authority
from ontology.names import fold

_WORD = re.compile(r"\w+(?:'\w+)?")
_SMALL = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "for",
        "and",
        "in",
        "on",
        "at",
        "to",
        "by",
        "with",
        "from",
        "some",
        "many",
        "other",
        "its",
        "their",
        "his",
        "her",
        "our",
        "this",
        "that",
    }
)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "jr", "sr", "ii", "iii", "president", "senator", "gov", "rep", "judge", "justice"}
)
_LEGAL = frozenset({"inc", "corp", "corporation", "company", "co", "ltd", "llc", "plc", "group"})
_NOUN_PHRASE_ENDS = re.compile(
    r",|\b(?:of|in|at|for|from|with|who|that|which|whose|on|to|about|by|working|looking|represented|familiar|close)\b"
)
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
)
_QUANTITY = rf"(?:[\d.,]+%?|{_NUMBERS.replace(' ', '|')}|half|third|thirds|quarter|quarters|percent|per cent)"
_SHARE = re.compile(
    rf"^(?:(?:about|nearly|almost|over|more than|at least|a|an) )*"
    rf"(?:{_QUANTITY}(?: {_QUANTITY})* (?:of|in {_QUANTITY})|(?:most|many|some|majority|number) of) (?:the |all )*"
)


class Identity:
    """Compares names of one document."""

    def __init__(self, authority: Authority, declarations: Declarations) -> None:
        self._authority = authority
        self._declared: dict[str, str] = {}
        declared: tuple[Declared, ...] = (*declarations.actors, *declarations.things)
        for each in declared:
            for name in (each.name, *each.aliases):
                self._declared.setdefault(fold(name), fold(each.name))

    def same(self, gold: Name, found: Name) -> bool:
        """Whether the name found is right. One that its reader left unresolved is right only word for word."""
        if found.unresolved or gold.unresolved:
            return fold(gold.name) == fold(found.name)
        return self.same_words(gold.name, found.name, gold.kind)

    def same_words(self, gold: str, found: str, kind: NameKind) -> bool:
        """The same for plain names."""
        wanted, given = self._key(gold), self._key(found)
        if wanted == given:
            return True
        if self._known(gold) and self._known(found):
            return False
        return _ALIKE[kind](wanted, given)

    def among(self, gold: Iterable[Name], found: Name) -> bool:
        """Whether the name found is one of several."""
        return any(self.same(name, found) for name in gold)

    def _key(self, name: str) -> str:
        actor = self._authority.find(name)
        if actor is not None:
            return fold(actor.label)
        folded = fold(name)
        return self._declared.get(folded, folded)

    def _known(self, name: str) -> bool:
        return self._authority.find(name) is not None


def words(name: str) -> tuple[str, ...]:
    """The words of a folded name that say something."""
    return tuple(word for word in _WORD.findall(fold(name)) if word not in _SMALL)


def alike(one: str, other: str) -> bool:
    """Whether two phrases share at least half of the words of both together, or one is within the other."""
    a, b = set(words(one)), set(words(other))
    if not a or not b:
        return fold(one) == fold(other)
    return a <= b or b <= a or len(a & b) / len(a | b) >= 0.5


def same_person(gold: str, found: str) -> bool:
    """Surnames are equal, and first names or initials are where both are given."""
    a = [word for word in words(gold) if word not in _TITLES]
    b = [word for word in words(found) if word not in _TITLES]
    if not a or not b or a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0])


def same_organization(gold: str, found: str) -> bool:
    """One is the acronym of the other, or more than half of their words are the same."""
    a, b = _distinct(gold), _distinct(found)
    if not a or not b:
        return False
    if _is_acronym(gold, found) or _is_acronym(found, gold):
        return True
    return len(a & b) / len(a | b) > 0.5


def same_group(gold: str, found: str) -> bool:
    """The head noun of either is in the other, and half of the words of the shorter are shared."""
    # "17%", after which the document leaves out of whom.
    if fold(gold).startswith(f"{fold(found)} of "):
        return True
    return _same_heads(_whole(gold), _whole(found))


def same_document(gold: str, found: str) -> bool:
    """Half of the words of the shorter are shared: a report may be called a survey, and a listing a job."""
    a, b = _singular(words(gold)), _singular(words(found))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.5


def _same_heads(gold: str, found: str) -> bool:
    a, b = _singular(words(gold)), _singular(words(found))
    if not a or not b:
        return False
    if not ({_head(gold)} & b and {_head(found)} & a):
        return False
    return len(a & b) / min(len(a), len(b)) >= 0.5


_ALIKE = {
    NameKind.PERSON: same_person,
    NameKind.ORGANIZATION: same_organization,
    NameKind.GROUP: same_group,
    NameKind.DOCUMENT: same_document,
}


def _distinct(name: str) -> set[str]:
    return {word for word in words(name) if word not in _LEGAL} or set(words(name))


def _is_acronym(short: str, long: str) -> bool:
    letters = fold(short).replace(" ", "")
    several = _WORD.findall(fold(long))
    if len(letters) < 2 or len(several) < 2:
        return False
    return letters in ("".join(word[0] for word in several), "".join(word[0] for word in words(long)))


def _whole(name: str) -> str:
    """The group of which a share is named: employers of "one in four employers" and of "17% of employers"."""
    folded = fold(name)
    return _SHARE.sub("", folded) or folded


def _singular(several: Iterable[str]) -> set[str]:
    return {_stem(word) for word in several}


@cache
def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _head(name: str) -> str:
    """The last word before anything that is hung behind a noun."""
    folded = fold(name)
    end = _NOUN_PHRASE_ENDS.search(folded)
    several = words(folded[: end.start()]) if end else words(folded)
    several = several or words(folded)
    return _stem(several[-1]) if several else ""

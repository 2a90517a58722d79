"""What looks like a name of somebody and is none: products, works, codes, places, common words, datelines."""

from __future__ import annotations

import re
from functools import cache, cached_property

from ingest.facts import NameKind
from ingest.language.article import Article
from ingest.language.gazetteer import role_nouns
from ingest.language.lexicon import lines, words
from ingest.language.name import Name

_REACH = 60
_WORD = re.compile(r"[\w-]+")
_INSIDE = re.compile(r"(?<=[a-zà-þ,] )[A-Z][\w'-]*[a-zà-þ]\b")
_CODE = re.compile(r"[A-Z]\d+|(?:AI|ML|VFX|CGI)(?:/(?:AI|ML|VFX|CGI))*")
_LONG_FORM = re.compile(r"((?:[A-Z][\w'-]+ ){1,5}[A-Z][\w'-]+)\s\(\Z")
_DATELINE = re.compile(r"(?<![^\n])[A-Z][A-Z .'-]{1,40}(?:,[^—–(\n-]{0,40})?\s*(?:\(|—|–|--|-\s)")
_MARKS_AT_END = ".,;:!? "
_COMMON_NOUNS = frozenset({"NN", "NNS"})
_SMALL_WORDS = frozenset(
    {
        "CC",
        "DT",
        "EX",
        "IN",
        "JJ",
        "JJR",
        "JJS",
        "MD",
        "NNS",
        "PDT",
        "PRP",
        "PRP$",
        "RB",
        "RBR",
        "RBS",
        "RP",
        "TO",
        "UH",
    }
    | {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB"}
)


class Exclusion:
    """Tells what is no name in one article.

    Args:
        article: the parsed document.
        text: its text with straight apostrophes.
    """

    def __init__(self, article: Article, text: str) -> None:
        self._article = article
        self._text = text

    def holds(self, name: Name) -> bool:
        """Whether a name that the model gives is none of a person or an organization. Known names always are."""
        if name.actor is not None:
            return False
        return self._names_thing(name) or self._is_place_of_writing(name) or self._is_title(name) or self._is_word(name)

    def is_common(self, name: Name) -> bool:
        """Whether a name is a word that may stand anywhere with a capital: an adverb, a day, a place, a noun."""
        printed = self._text[name.start : name.end]
        first, *more = printed.split()
        if printed in words("places.txt") or first.casefold() in words("sentence_adverbs.txt"):
            return True
        if first in words("calendar.txt") or (more and more[-1] in words("calendar.txt")):
            return True
        if more or name.kind is NameKind.PERSON:
            return False
        if self.is_written_small(printed):
            return True
        return printed not in self._capitals_inside and self._opening_tag(name) in _SMALL_WORDS

    def is_written_small(self, word: str) -> bool:
        """Whether the article has a word without its capital, so that it is no name of its own."""
        return word.casefold() in self._small_words

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(word for word in _WORD.findall(self._text) if word.islower())

    @cached_property
    def _capitals_inside(self) -> frozenset[str]:
        """Words that have their capital inside of a sentence too, and so are names where one opens with them."""
        return frozenset(_INSIDE.findall(self._text))

    def _names_thing(self, name: Name) -> bool:
        """Whether the words before it say that it is a product or a work, or its last word does."""
        if _thing_before().search(self._text, max(0, name.start - _REACH), name.start):
            return True
        printed = self._text[name.start : name.end]
        if printed.split()[-1].strip("'") in words("things.txt") or _CODE.fullmatch(printed):
            return True
        before = _LONG_FORM.search(self._text, max(0, name.start - _REACH), name.start)
        abbreviated = before is not None and before.group(1).split()[-1] in words("things.txt")
        return abbreviated and name.kind is NameKind.ORGANIZATION

    def _is_place_of_writing(self, name: Name) -> bool:
        """Whether it is the place at the head of a report: "LOS ANGELES, July 24 (AMN) —"."""
        return self._text[name.start : name.end].isupper() and _DATELINE.match(self._text, name.start) is not None

    def _is_title(self, name: Name) -> bool:
        """Whether it is all that stands between quotation marks: a title or a word that is spoken of."""
        quotation = self._article.in_quotation(name.start)
        if quotation is None:
            return False
        start, end = quotation.pieces[0]
        return start == name.start and not self._text[name.end : end].strip(_MARKS_AT_END) and name.end <= end

    def _is_word(self, name: Name) -> bool:
        if self.is_common(name):
            return True
        printed = self._text[name.start : name.end]
        if " " in printed or name.kind is NameKind.PERSON:
            return False
        # The tagger has seen the sentence around it: "Boutique agency", "Dissenters said".
        return printed.casefold() in role_nouns() or self._opening_tag(name) in _COMMON_NOUNS

    def _opening_tag(self, name: Name) -> str:
        """The tag of a single word with which a sentence opens, and which therefore has its capital anyway."""
        printed = self._text[name.start : name.end]
        sentence = self._article.sentence_at(name.start)
        token = sentence.passage.token_at(name.start) if sentence is not None and printed.istitle() else None
        if sentence is None or token is None or token.text != printed or token.i != sentence.tokens.start:
            return ""
        return token.tag_


@cache
def _thing_before() -> re.Pattern[str]:
    """What stands before the name of a product, a work or a figure: "a tool called", "the sitcom"."""
    nouns = "|".join(sorted(map(re.escape, lines("thing_nouns.txt")), key=len, reverse=True))
    called = r"(?:called|named|dubbed|titled|entitled|christened|known\s+(?:\w+\s+){0,4}as)"
    return re.compile(
        rf"(?:\b(?:{nouns})s?(?:,?\s+(?:is\s+|was\s+)?{called}|,?[^.!?;“”\"\n]{{0,40}},\s+{called})?,?\s+(?:the\s+)?"
        rf"|\b(?:credits\s+include|starred\s+in|stars\s+in|star\s+of)\s+(?:the\s+)?)[“\"']?\Z",
        re.IGNORECASE,
    )
